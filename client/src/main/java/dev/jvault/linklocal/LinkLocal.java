package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the addresses at which AWS serves credentials answer for one user's programs, and takes
 * that back. Each job ends with an exit status and a text for standard output.
 */
public final class LinkLocal {
  /** How a job ended. */
  public record Report(int exit, String text) {}

  private final InvokingUser invokingUser;
  private final SystemCommands commands;
  private final LinkLocalSystem system;
  private final AddressProbe probe;
  private final UserContext caller;

  LinkLocal(
      InvokingUser invokingUser,
      SystemCommands commands,
      LinkLocalSystem system,
      AddressProbe probe,
      UserContext caller) {
    this.invokingUser = invokingUser;
    this.commands = commands;
    this.system = system;
    this.probe = probe;
    this.caller = caller;
  }

  /**
   * The addresses of this machine.
   *
   * @param caller the user's side where this process is not root's
   * @throws JvaultException with {@link ExitCode#FAULT} on a system that is not supported
   */
  public static LinkLocal of(InvokingUser invokingUser, UserContext caller) {
    var commands = new FixedPathCommands();
    var probe = new SocketAddressProbe();
    var cloud = new CloudMetadata(CloudMetadata.FIRMWARE, probe);
    if (!invokingUser.isLinux() && !invokingUser.isMac()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "jvault link-local knows Linux and macOS, not "
              + invokingUser.osName()
              + "; use `jvault exec` here.");
    }
    LinkLocalSystem system =
        invokingUser.isMac()
            ? new MacSystem(commands, cloud)
            : new LinuxSystem(commands, cloud, LinuxSystem.KERNEL);
    return new LinkLocal(invokingUser, commands, system, probe, caller);
  }

  /** Leads the addresses to the user's daemon, instance metadata to one profile's. */
  public Report up(String profile, boolean dryRun) {
    needRoot("up " + profile, dryRun);
    long uid = invokingUser.userId();
    UserContext user = userContext();
    system.refuse(uid, invokingUser.isRoot());
    UserContext.Reply reply = user.ports(profile);
    if (reply.exit() != ExitCode.OK.status()) {
      return new Report(reply.exit(), "");
    }
    LinkLocalPlan plan = system.up(uid, DaemonPorts.read(reply.text()));
    if (dryRun) {
      return done(plan.rendered());
    }
    plan.applyOrUndo(commands);
    return done(
        """
        %s now answers with the EC2 metadata of %s, and %s ask for a token of jvault, \
        all on port 80 and for programs of the user %s only.
        This lasts until the next boot or `sudo jvault link-local down`.
        """
            .formatted(
                LinkLocalAddress.IMDS.text(), profile, others(system.addresses()), name(uid)));
  }

  /** Takes everything back that {@link #up} did for the user, also a half of it. */
  public Report down(boolean dryRun) {
    needRoot("down", dryRun);
    LinkLocalPlan plan = system.down(invokingUser.userId(), invokingUser.isRoot());
    if (dryRun) {
      return done(plan.rendered());
    }
    plan.applyAll(commands);
    return done(
        plan.steps().isEmpty()
            ? "Nothing of jvault link-local is there.\n"
            : "The addresses do not answer any more.\n");
  }

  /** What is in place for the user, and what answers. */
  public Report status(boolean json) {
    long uid = invokingUser.userId();
    Set<LinkLocalAddress> routed = system.routed();
    Optional<LinkLocalSystem.Rules> rules = system.rules(uid, invokingUser.isRoot());
    Set<LinkLocalAddress> answering =
        routed.isEmpty() ? Set.of() : LinkLocalAddress.parseLines(userContext().probe());
    var states = new ArrayList<AddressState>();
    for (LinkLocalAddress address : LinkLocalAddress.values()) {
      states.add(
          new AddressState(
              address,
              routed.contains(address),
              rules.map(r -> r.port(address)),
              answering.contains(address)));
    }
    return done(json ? AddressState.json(states) : AddressState.table(states));
  }

  /**
   * Asks the addresses that belong to this machine as whoever runs this, one line each. No other
   * address is asked: it may be a real one.
   */
  public Report probe() {
    var answering = EnumSet.noneOf(LinkLocalAddress.class);
    for (LinkLocalAddress address : system.routed()) {
      if (probe.answers(address)) {
        answering.add(address);
      }
    }
    return done(LinkLocalAddress.lines(answering));
  }

  /** Root that acts for itself has nobody to become. */
  private UserContext userContext() {
    return invokingUser.isRoot() && invokingUser.userId() != 0
        ? new SudoUserContext(
            commands, invokingUser, entry(invokingUser.userId()), Path.of("/run/user"))
        : caller;
  }

  private PasswdEntry entry(long uid) {
    return PasswdEntry.of(uid, invokingUser.isMac(), commands);
  }

  private String name(long uid) {
    return entry(uid).name();
  }

  private void needRoot(String arguments, boolean dryRun) {
    if (!invokingUser.isRoot() && !dryRun) {
      throw new JvaultException(
          ExitCode.USAGE,
          "Routes and packet rules are root's to change; run `sudo jvault link-local "
              + arguments
              + "`, or add --dry-run to see what it would do.");
    }
  }

  private static String others(List<LinkLocalAddress> addresses) {
    var hosts = new ArrayList<String>();
    for (LinkLocalAddress address : addresses) {
      if (address != LinkLocalAddress.IMDS) {
        hosts.add(address.host() + " (" + address.use() + ")");
      }
    }
    String last = hosts.removeLast();
    return String.join(", ", hosts) + " and " + last;
  }

  private static Report done(String text) {
    return new Report(ExitCode.OK.status(), text);
  }
}
