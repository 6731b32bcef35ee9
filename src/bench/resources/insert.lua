-- One prepared insert; sysbench's own oltp_insert sends it as text.
sysbench.cmdline.options = { table_size = { "Number of rows of the table", 100000 } }

local function groups(number)
   return sysbench.rand.string(string.rep("-###########", number):sub(2))
end

function thread_init()
   con = sysbench.sql.driver():connect()
   stmt = con:prepare("INSERT INTO sbtest1 (k, c, pad) VALUES (?, ?, ?)")
   k = stmt:bind_create(sysbench.sql.type.INT)
   c = stmt:bind_create(sysbench.sql.type.CHAR, 120)
   pad = stmt:bind_create(sysbench.sql.type.CHAR, 60)
   stmt:bind_param(k, c, pad)
end

function event()
   k:set(sysbench.rand.uniform(1, sysbench.opt.table_size))
   c:set(groups(10))
   pad:set(groups(5))
   stmt:execute()
end

function thread_done()
   stmt:close()
   con:disconnect()
end
