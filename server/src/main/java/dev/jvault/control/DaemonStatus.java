package dev.jvault.control;

import dev.jvault.audit.AuditLog;
import dev.jvault.json.JsonText;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.vault.Vault;
import io.avaje.json.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The part of {@code status} that is about the daemon itself, its vault and its clock. */
final class DaemonStatus {
  private static final Duration SKEW_WORTH_TELLING = Duration.ofMinutes(1);

  private final DaemonInfo info;
  private final Supplier<DaemonPhase> phase;
  private final Vault vault;
  private final AuditLog audit;
  private final Supplier<Duration> skew;
  private final LongSupplier malformed;
  private final Supplier<Optional<PendingUpgrade>> upgrade;

  /**
   * The status of a daemon.
   *
   * @param skew how far AWS's clock is ahead of this machine's
   * @param malformed how many malformed requests the endpoint has refused
   * @param upgrade the version that is to take over
   */
  DaemonStatus(
      DaemonInfo info,
      Supplier<DaemonPhase> phase,
      Vault vault,
      AuditLog audit,
      Supplier<Duration> skew,
      LongSupplier malformed,
      Supplier<Optional<PendingUpgrade>> upgrade) {
    this.info = info;
    this.phase = phase;
    this.vault = vault;
    this.audit = audit;
    this.skew = skew;
    this.malformed = malformed;
    this.upgrade = upgrade;
  }

  /** The heading and the first lines. */
  void text(StatusText text, LocalTimes times) {
    text.heading(
        "jvault %s has been running for %s, pid %d"
            .formatted(ProgramVersion.CURRENT, times.since(info.started()), info.pid()));
    text.line("state", phase.get().text());
    upgrade.get().ifPresent(pending -> text.line("upgrade", pending.sentence()));
    text.line("endpoint", info.endpoint());
    info.endpointPort().sentences().forEach(sentence -> text.line("port", sentence));
    text.line(
        "control",
        info.files().controlSocket()
            + (info.socketsKept() ? "; systemd keeps it and the port (jvault.socket)" : ""));
    text.line("vault", vault());
    text.line("log", info.files().log() + logTrouble().map(trouble -> "; " + trouble).orElse(""));
    malformedLine().ifPresent(line -> text.line("requests", line));
    skewLine().ifPresent(line -> text.line("clock", line));
    audit.trouble().ifPresent(trouble -> text.line("audit", trouble));
  }

  /** The first members. */
  void json(JsonWriter json) {
    JsonText.member(json, "running", true);
    JsonText.member(json, "state", phase.get().word());
    JsonText.member(json, "stateText", phase.get().text());
    JsonText.member(json, "version", ProgramVersion.CURRENT);
    Optional<PendingUpgrade> pending = upgrade.get();
    JsonText.member(json, "newerVersion", pending.map(PendingUpgrade::version));
    JsonText.member(json, "newerVersionWaitsFor", pending.map(PendingUpgrade::waitsFor));
    JsonText.member(json, "pid", info.pid());
    JsonText.time(json, "started", info.started());
    JsonText.member(json, "endpoint", info.endpoint());
    JsonText.member(json, "endpointLasts", info.endpointPort().lasting());
    JsonText.member(json, "socketsKept", info.socketsKept());
    JsonText.member(json, "wantedPort", info.endpointPort().now().wanted());
    JsonText.member(json, "wantedPortHolder", info.endpointPort().thief());
    JsonText.member(json, "control", info.files().controlSocket().toString());
    JsonText.member(json, "log", info.files().log().toString());
    JsonText.member(json, "logTrouble", logTrouble());
    JsonText.member(json, "auditTrouble", audit.trouble());
    JsonText.member(json, "malformedRequests", malformed.getAsLong());
    vaultKey(json);
    JsonText.member(json, "vaultUnlocked", vault.unlocked());
    JsonText.member(json, "vaultLockedByPerson", vault.lockedByUser());
    JsonText.member(json, "clockSkewSeconds", skew.get().toSeconds());
  }

  /** The status answers even if that file cannot be read. */
  private void vaultKey(JsonWriter json) {
    try {
      JsonText.member(json, "vaultKey", keySource());
    } catch (JvaultException e) {
      JsonText.member(json, "vaultKey", "unknown");
      JsonText.member(json, "vaultTrouble", e.sentence());
    }
  }

  private String vault() {
    String where = " in " + info.files().vault();
    if (!vault.exists()) {
      return "none yet" + where;
    }
    try {
      return lock() + ", key from " + keySource() + where;
    } catch (JvaultException e) {
      return lock() + "; " + e.sentence();
    }
  }

  private String lock() {
    if (vault.unlocked()) {
      return "unlocked";
    }
    return vault.lockedByUser() ? "locked by `jvault lock`" : "locked";
  }

  private String keySource() {
    return vault.keySource().map(source -> source.name().toLowerCase(Locale.ROOT)).orElse("none");
  }

  /** What keeps the log from being written; it is opened again for every line. */
  private Optional<String> logTrouble() {
    Path log = info.files().log();
    if (Files.exists(log) && !Files.isRegularFile(log)) {
      return Optional.of("nothing is logged, because that is not a file; move it away");
    }
    return Files.exists(log) && !Files.isWritable(log)
        ? Optional.of(
            "nothing is logged, because that file cannot be written; run: chmod 600 " + log)
        : Optional.empty();
  }

  private Optional<String> malformedLine() {
    long count = malformed.getAsLong();
    return count == 0
        ? Optional.empty()
        : Optional.of("refused as malformed since the start: %,d".formatted(count));
  }

  private Optional<String> skewLine() {
    Duration ahead = skew.get();
    return ahead.abs().compareTo(SKEW_WORTH_TELLING) > 0
        ? Optional.of("differs from AWS's by " + ahead.toSeconds() + " s; set this machine's clock")
        : Optional.empty();
  }
}
