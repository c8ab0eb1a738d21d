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
 * Sets up the addresses at which AWS serves credentials for one user's programs, undoes that, and
 * shows it.
 */
public final class LinkLocal {
  /** How a job ended: the exit status, and a text for standard output. */
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
   * For this machine.
   *
   * @param caller acts as the user if this process does not run as root
   * @throws JvaultException with {@link ExitCode#FAULT} on an unsupported system
   */
  public static LinkLocal of(InvokingUser invokingUser, UserContext caller) {
    var commands = new FixedPathCommands();
    var probe = new SocketAddressProbe();
    var cloud = new CloudMetadata(CloudMetadata.FIRMWARE, probe);
    if (!invokingUser.isLinux() && !invokingUser.isMac()) {
      throw new JvaultException(
          ExitCode.FAULT,
          "jvault link-local supports Linux and macOS, not "
              + invokingUser.osName()
              + "; use `jvault exec` here.");
    }
    LinkLocalSystem system =
        invokingUser.isMac()
            ? new MacSystem(commands, cloud)
            : new LinuxSystem(commands, cloud, LinuxSystem.KERNEL);
    return new LinkLocal(invokingUser, commands, system, probe, caller);
  }

  /** Routes the addresses to the user's daemon, that of instance metadata to one profile. */
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

  /** Undoes what {@link #up} did for the user, even if that had failed halfway. */
  public Report down(boolean dryRun) {
    needRoot("down", dryRun);
    LinkLocalPlan plan = system.down(invokingUser.userId(), invokingUser.isRoot());
    if (dryRun) {
      return done(plan.rendered());
    }
    plan.applyAll(commands);
    return done(
        plan.steps().isEmpty()
            ? "jvault link-local is not set up.\n"
            : "The addresses no longer answer.\n");
  }

  /** Shows what is set up for the user, and what answers. */
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
   * Lists the addresses that answer this process's user. Asks only addresses of this machine,
   * because any other may be a real metadata service.
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

  /** Root without sudo acts for itself. */
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
          "Only root can change routes and packet rules; run `sudo jvault link-local "
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
