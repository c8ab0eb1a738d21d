package dev.jvault.peer;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs that forward connections of others: they run as this user and carry the traffic of a
 * container, a virtual machine or another computer. A listener that checks only the caller's user
 * must refuse them.
 *
 * <p>The list has programs whose purpose is to open connections for others and that never need AWS
 * credentials themselves, so refusing them harms no other program. It omits servers that forward to
 * addresses in their own configuration (nginx, Envoy) and interpreters (node, python, java), which
 * can run anything. The check is by name, so it stops programs that forward in good faith. It does
 * not stop a hostile program of this user, which could ask for itself anyway.
 */
public final class Forwarders {
  /** The length of the program name that the kernel keeps, used if the path cannot be read. */
  private static final int SHORT_NAME = 15;

  /** Network stacks of rootless containers and virtual machines; the guest chooses the address. */
  private static final Set<String> GUEST_NETWORKS =
      Set.of(
          "slirp4netns",
          "pasta",
          "pasta.avx2",
          "passt",
          "passt.avx2",
          "gvproxy",
          "vpnkit",
          "vpnkit-bridge",
          "com.docker.vpnkit",
          "com.docker.backend",
          "rootlesskit",
          "docker-rootlesskit",
          "limactl",
          "colima",
          "krun",
          "krunvm",
          "muvm",
          "qemu-kvm",
          "VirtualBoxVM",
          "VBoxHeadless",
          "VBoxNetNAT");

  /** QEMU's user-mode network; it has one program for each processor architecture. */
  private static final String QEMU = "qemu-system-";

  /** Programs that publish the ports of containers. */
  private static final Set<String> PUBLISHERS =
      Set.of("docker-proxy", "rootlesskit-docker-proxy", "rootlessport");

  /** Remote logins, which forward ports with {@code -L}, {@code -R} and {@code -D}. */
  private static final Set<String> LOGINS =
      Set.of(
          "ssh",
          "sshd",
          "sshd-session",
          "dropbear",
          "dropbearmulti",
          "dbclient",
          "plink",
          "etserver",
          "etterminal");

  /** Tunnels through which others reach this machine's ports. */
  private static final Set<String> TUNNELS =
      Set.of(
          "ngrok",
          "cloudflared",
          "tailscaled",
          "frpc",
          "chisel",
          "bore",
          "zrok",
          "inlets",
          "devtunnel",
          "code-tunnel",
          "telepresence",
          "wireproxy");

  /** Relays of single connections, and proxies that let their client choose the address. */
  private static final Set<String> RELAYS =
      Set.of(
          "socat",
          "nc",
          "nc.openbsd",
          "nc.traditional",
          "ncat",
          "netcat",
          "systemd-socket-proxyd",
          "redir",
          "rinetd",
          "stunnel",
          "stunnel4",
          "gost",
          "3proxy",
          "microsocks",
          "sockd",
          "danted",
          "tinyproxy",
          "privoxy",
          "squid");

  private static final Set<String> ALL =
      Stream.of(GUEST_NETWORKS, PUBLISHERS, LOGINS, TUNNELS, RELAYS)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private Forwarders() {}

  /** Whether a process runs one of these programs, judged by the file name of its executable. */
  public static boolean include(PeerProcess process) {
    String program = process.program();
    boolean cut = !process.executable().contains("/") && program.length() == SHORT_NAME;
    return program.startsWith(QEMU)
        || (cut ? ALL.stream().anyMatch(name -> name.startsWith(program)) : ALL.contains(program));
  }
}
