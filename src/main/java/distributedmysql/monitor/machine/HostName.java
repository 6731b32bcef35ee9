package distributedmysql.monitor.machine;

import distributedmysql.config.HostNaming;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The name of this machine, as far as it may be told. */
final class HostName {
    private static final int DIGITS = 12;

    private HostName() {}

    /** Null if it is not to be told, or not known. */
    static String of(HostNaming naming, KernelFiles kernel) {
        String name = naming == HostNaming.NONE ? null : name(kernel);
        return name == null || naming == HostNaming.NAME ? name : hash(name);
    }

    private static String name(KernelFiles kernel) {
        List<String> linux = kernel.lines("proc/sys/kernel/hostname");
        if (!linux.isEmpty()) {
            return linux.get(0).strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has it.
            throw new IllegalStateException(e);
        }
    }
}
