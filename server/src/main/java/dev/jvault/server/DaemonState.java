package dev.jvault.server;

import dev.jvault.control.DaemonPhase;
import dev.jvault.prompt.OpenQuestion;
import dev.jvault.served.ServedProfile;
import dev.jvault.served.ServedProfiles;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what the daemon does at the moment, for {@code status}, the log and {@code systemctl
 * status}. Asks nobody. Safe for many threads.
 */
final class DaemonState {
  private static final Logger LOG = LoggerFactory.getLogger(DaemonState.class);

  private final BooleanSupplier preparing;
  private final BooleanSupplier draining;
  private final Vault vault;
  private final Sessions sessions;
  private final ServedProfiles served;
  private volatile DaemonPhase logged = new DaemonPhase(DaemonPhase.Kind.STARTING, "");

  /**
   * The state of a daemon.
   *
   * @param preparing whether the served profiles are being made ready for the first time
   * @param draining whether the daemon hands over or ends
   */
  DaemonState(
      BooleanSupplier preparing,
      BooleanSupplier draining,
      Vault vault,
      Sessions sessions,
      ServedProfiles served) {
    this.preparing = preparing;
    this.draining = draining;
    this.vault = vault;
    this.sessions = sessions;
    this.served = served;
  }

  /** The phase now. It never holds a secret. A change is logged when it is noticed. */
  DaemonPhase now() {
    DaemonPhase phase = phase();
    if (!phase.equals(logged)) {
      logged = phase;
      LOG.info("event=state state=\"{}\"", phase.text());
    }
    return phase;
  }

  private DaemonPhase phase() {
    if (draining.getAsBoolean()) {
      return new DaemonPhase(DaemonPhase.Kind.DRAINING, "requests in progress are answered");
    }
    Optional<String> wait = wait(served.all());
    if (wait.isPresent()) {
      return new DaemonPhase(DaemonPhase.Kind.WAITING, wait.get());
    }
    if (preparing.getAsBoolean()) {
      return new DaemonPhase(
          DaemonPhase.Kind.STARTING, "makes " + String.join(", ", served.names()) + " ready");
    }
    return new DaemonPhase(
        DaemonPhase.Kind.READY,
        served.names().isEmpty()
            ? ""
            : "serves " + served.names().stream().collect(Collectors.joining(", ")));
  }

  /** What the user is waited for, and how to answer. */
  private Optional<String> wait(List<ServedProfile> profiles) {
    List<OpenQuestion> questions = sessions.openQuestions();
    if (!questions.isEmpty()) {
      OpenQuestion first = questions.getFirst();
      return Optional.of(
          "%s asks for %s (%s)".formatted(first.askedBy(), first.what(), first.driver()));
    }
    if (vault.exists() && !vault.unlocked()) {
      if (vault.lockedByUser()) {
        return Optional.of("the vault was locked by `jvault lock`; run `jvault unlock`");
      }
      if (vault.needsPassphrase() && !vault.opensByItself()) {
        return Optional.of("the vault needs its passphrase; run `jvault unlock`");
      }
    }
    return profiles.stream()
        .flatMap(one ->
            one.obstacle().flatMap(obstacle -> obstacle.needed()).stream()
                .map(need ->
                    "profile %s needs %s; run `jvault unlock %s`"
                        .formatted(one.name(), need, one.name())))
        .findFirst();
  }
}
