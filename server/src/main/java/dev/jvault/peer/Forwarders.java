package dev.jvault.peer;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs whose connections are somebody else's: they run as this user and carry what a
 * container, a virtual machine or another computer sends. Where nothing but the caller's user is
 * asked for, they must not be let in.
 *
 * <p>A program is listed when it opens connections for others by its nature and never needs AWS
 * credentials itself, so that to refuse it takes nothing from anybody. Not listed: servers that
 * forward where their own configuration names the address (nginx, Envoy), and interpreters (node,
 * python, java), which can be anything. The name decides, so this keeps out what forwards in good
 * faith, not a program of this user that wants to get in: that one may ask for itself.
 */
public final class Forwarders {
  /** How much of a program's name the kernel keeps where its path cannot be read. */
  private static final int SHORT_NAME = 15;

  /** Network stacks of rootless containers and of virtual machines: the guest picks the address. */
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

  /** QEMU's own user-mode network, one program for each processor. */
  private static final String QEMU = "qemu-system-";

  /** What publishes the ports of containers. */
  private static final Set<String> PUBLISHERS =
      Set.of("docker-proxy", "rootlesskit-docker-proxy", "rootlessport");

  /** Remote logins: {@code -L}, {@code -R} and {@code -D} reach from one machine into another. */
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

  /** Tunnels that give others a way to this machine's ports. */
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

  /** Relays of single connections, and proxies that take the address from their client. */
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

  /** Whether a process runs such a program, by the file name of its executable. */
  public static boolean include(PeerProcess process) {
    String program = process.program();
    boolean cut = !process.executable().contains("/") && program.length() == SHORT_NAME;
    return program.startsWith(QEMU)
        || (cut ? ALL.stream().anyMatch(name -> name.startsWith(program)) : ALL.contains(program));
  }
}
