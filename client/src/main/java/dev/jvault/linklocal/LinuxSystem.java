package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Linux, with the programs {@code ip} and {@code nft}. */
final class LinuxSystem implements LinkLocalSystem {
  /** The folder of the kernel's files about this network namespace. */
  static final Path KERNEL = Path.of("/proc");

  private static final NftRuleset NO_RULES = NftRuleset.read("");

  private final SystemCommands commands;
  private final CloudMetadata cloud;
  private final Path kernel;

  LinuxSystem(SystemCommands commands, CloudMetadata cloud, Path kernel) {
    this.commands = commands;
    this.cloud = cloud;
    this.kernel = kernel;
  }

  @Override
  public void refuse(long uid, boolean root) {
    need("ip", "iproute2", "iproute");
    need("nft", "nftables", "nftables");
    cloud.refuseCloud();
    addresses().forEach(this::refuseForeignAddress);
    Set<LinkLocalAddress> taken = routed();
    if (root) {
      NftRuleset ruleset = ruleset();
      refuseForeignRules(ruleset);
      // An earlier run may have left rules without routes, and those may redirect this process.
      addresses().stream().filter(a -> ruleset.port(uid, a).isPresent()).forEach(taken::add);
    }
    cloud.refuseAnswering(taken);
    addresses().forEach(this::refuseForeignRoute);
  }

  @Override
  public LinkLocalPlan up(long uid, DaemonPorts ports) {
    return LinuxPlan.up(uid, ports, addresses(), routed());
  }

  @Override
  public LinkLocalPlan down(long uid, boolean root) {
    need("ip", "iproute2", "iproute");
    if (!root) {
      return LinuxPlan.down(uid, true, routed());
    }
    NftRuleset ruleset = commands.has("nft") ? ruleset() : NO_RULES;
    Set<LinkLocalAddress> unused =
        ruleset.hasAnother(uid) ? EnumSet.noneOf(LinkLocalAddress.class) : routed();
    return LinuxPlan.down(uid, ruleset.has(uid), unused);
  }

  @Override
  public Set<LinkLocalAddress> routed() {
    var routed = EnumSet.noneOf(LinkLocalAddress.class);
    if (commands.has("ip")) {
      for (LinkLocalAddress address : addresses()) {
        if (routes(address).anyMatch(line -> isOurs(line, address))) {
          routed.add(address);
        }
      }
    }
    return routed;
  }

  @Override
  public Optional<Rules> rules(long uid, boolean root) {
    if (!root) {
      return Optional.empty();
    }
    NftRuleset ruleset = commands.has("nft") ? ruleset() : NO_RULES;
    return Optional.of(address -> ruleset.port(uid, address));
  }

  /** Leaves out IPv6 addresses if the loopback interface has no IPv6. */
  @Override
  public List<LinkLocalAddress> addresses() {
    boolean v6 = line("sys/net/ipv6/conf/lo/disable_ipv6").equals("0");
    return Stream.of(LinkLocalAddress.values()).filter(a -> v6 || !a.isV6()).toList();
  }

  private void refuseForeignAddress(LinkLocalAddress address) {
    Command show = Command.of("ip", "-o", "addr", "show", "to", address.network());
    String[] words = output(show).strip().split("\\s+", -1);
    if (words.length > 1) {
      throw address.usedBy("it is an address of the interface " + words[1], rendered(show));
    }
  }

  private void refuseForeignRoute(LinkLocalAddress address) {
    Optional<String> other = routes(address).filter(line -> !isOurs(line, address)).findFirst();
    if (other.isPresent()) {
      throw address.usedBy("it has a route of its own", rendered(routesTo(address)));
    }
  }

  private void refuseForeignRules(NftRuleset ruleset) {
    String legacy = legacyRules();
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      Optional<String> table = ruleset.foreign(address);
      if (table.isPresent()) {
        throw address.usedBy(
            "rules in the table " + table.get(), "sudo nft list table " + table.get());
      }
      if (address.isIn(legacy)) {
        throw address.usedBy("rules of iptables", "sudo iptables-legacy -t nat -S");
      }
    }
  }

  private NftRuleset ruleset() {
    return NftRuleset.read(output(Command.of("nft", "-n", "list", "ruleset")));
  }

  /**
   * The rules of iptables-legacy, which nft does not show. Reads them only if the kernel has some,
   * because reading would load its module.
   */
  private String legacyRules() {
    boolean there = line("net/ip_tables_names").contains("nat");
    return there && commands.has("iptables-legacy-save")
        ? output(Command.of("iptables-legacy-save", "-t", "nat"))
        : "";
  }

  private Stream<String> routes(LinkLocalAddress address) {
    return output(routesTo(address)).lines().filter(line -> !line.isBlank());
  }

  private static Command routesTo(LinkLocalAddress address) {
    return Command.of(
        "ip",
        address.isV6() ? "-6" : "-4",
        "route",
        "show",
        "table",
        "all",
        "to",
        "exact",
        address.network());
  }

  /** Whether a route is ours; the kernel's own local routes belong to an interface's address. */
  private static boolean isOurs(String route, LinkLocalAddress address) {
    return route.startsWith("local " + address.text() + " dev lo ")
        && !route.contains(" proto kernel ");
  }

  private String output(Command command) {
    CommandResult result = commands.run(command);
    if (!result.succeeded()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "`" + rendered(command) + "` failed" + result.because() + "; nothing has been changed.");
    }
    return result.output();
  }

  private static String rendered(Command command) {
    return command.rendered();
  }

  private void need(String program, String debian, String fedora) {
    if (!commands.has(program)) {
      throw new JvaultException(
          ExitCode.FAULT,
          "The program %s is not installed; install the package %s (Debian) or %s (Fedora)."
              .formatted(program, debian, fedora));
    }
  }

  private String line(String file) {
    try {
      return Files.readString(kernel.resolve(file)).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
