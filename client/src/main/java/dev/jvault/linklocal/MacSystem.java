package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** macOS, with the programs {@code ifconfig} and {@code pfctl}, which are part of it. */
final class MacSystem implements LinkLocalSystem {
  private static final Pattern ANCHOR = Pattern.compile("com\\.apple/jvault\\.([0-9]+)");

  private final SystemCommands commands;
  private final CloudMetadata cloud;

  MacSystem(SystemCommands commands, CloudMetadata cloud) {
    this.commands = commands;
    this.cloud = cloud;
  }

  @Override
  public void refuse(long uid, boolean root) {
    cloud.refuseCloud();
    if (root) {
      refuseOtherUser(uid);
    }
    boolean half = !root || rules(uid, true).filter(MacSystem::any).isPresent();
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      boolean elsewhere = address.isIn(interfaces()) && !routed().contains(address);
      if (elsewhere || (routed().contains(address) && !half)) {
        throw address.usedBy("it is an address of an interface", "ifconfig");
      }
    }
    cloud.refuseAnswering(routed());
  }

  @Override
  public LinkLocalPlan up(long uid, DaemonPorts ports) {
    boolean enabled = output("pfctl", "-s", "info").contains("Status: Enabled");
    return MacPlan.up(uid, ports, routed(), enabled);
  }

  @Override
  public LinkLocalPlan down(long uid, boolean root) {
    return MacPlan.down(uid, routed());
  }

  @Override
  public List<LinkLocalAddress> addresses() {
    return List.of(LinkLocalAddress.values());
  }

  @Override
  public Set<LinkLocalAddress> routed() {
    String loopback = output("ifconfig", "lo0");
    var routed = EnumSet.noneOf(LinkLocalAddress.class);
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      if (address.isIn(loopback)) {
        routed.add(address);
      }
    }
    return routed;
  }

  @Override
  public Optional<Rules> rules(long uid, boolean root) {
    if (!root) {
      return Optional.empty();
    }
    String rules = output("pfctl", "-a", MacPlan.anchor(uid), "-s", "nat");
    return Optional.of(address -> port(rules, address));
  }

  /** One user at a time: the rules of one user refuse all others. */
  private void refuseOtherUser(long uid) {
    Matcher matcher = ANCHOR.matcher(output("pfctl", "-a", "com.apple", "-s", "Anchors"));
    while (matcher.find()) {
      long other = Long.parseLong(matcher.group(1));
      if (other != uid && rules(other, true).filter(MacSystem::any).isPresent()) {
        throw new JvaultException(
            ExitCode.FAULT,
            "The user "
                + other
                + " has the addresses already, and on macOS only one user can; let that user run"
                + " `sudo jvault link-local down` first.");
      }
    }
  }

  private static boolean any(Rules rules) {
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      if (rules.port(address).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static OptionalInt port(String rules, LinkLocalAddress address) {
    Matcher matcher =
        Pattern.compile(
                " to " + Pattern.quote(address.text()) + " port = 80 -> \\S+ port ([0-9]{1,5})")
            .matcher(rules);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private String interfaces() {
    return output("ifconfig", "-a");
  }

  private String output(String... words) {
    return commands.run(Command.of(words)).output();
  }
}
