-- One prepared insert; sysbench's own oltp_insert sends it as text.
local function groups(number)
   return sysbench.rand.string(string.rep("-###########", number):sub(2))
end

function thread_init()
   drv = sysbench.sql.driver()
   con = drv:connect()
   stmt = con:prepare("INSERT INTO sbtest1 (k, c, pad) VALUES (?, ?, ?)")
   k = stmt:bind_create(sysbench.sql.type.INT)
   c = stmt:bind_create(sysbench.sql.type.CHAR, 120)
   pad = stmt:bind_create(sysbench.sql.type.CHAR, 60)
   stmt:bind_param(k, c, pad)
end

function event()
   k:set(sysbench.rand.uniform(1, 100000))
   c:set(groups(10))
   pad:set(groups(5))
   stmt:execute()
end

function thread_done()
   stmt:close()
   con:disconnect()
end
