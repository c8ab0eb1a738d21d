package dev.jvault.control;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.DeliveryMethod;
import dev.jvault.audit.Issuance;
import dev.jvault.profile.Chain;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Records the credentials that are issued over the control socket, which needs no grant. */
final class ControlAudit {
  private final AuditLog audit;
  private final long uid;
  private final InstantSource clock;

  ControlAudit(AuditLog audit, long uid, InstantSource clock) {
    this.audit = audit;
    this.uid = uid;
    this.clock = clock;
  }

  /**
   * Records credentials for a command. Records the PID only; the process is still the launcher and
   * has not executed the command yet.
   */
  void toCommand(DeliveryMethod method, Chain chain, SigningCredentials credentials, Call call) {
    Optional<Long> pid = call.pid();
    record(method, chain, credentials, pid, Optional.empty());
  }

  /** Records credentials for the process that started {@code jvault} and reads its output. */
  void toParent(DeliveryMethod method, Chain chain, SigningCredentials credentials, Call call) {
    Optional<ProcessHandle> reader =
        call.pid().flatMap(ProcessHandle::of).flatMap(ProcessHandle::parent);
    record(
        method,
        chain,
        credentials,
        reader.map(ProcessHandle::pid),
        reader.flatMap(process -> process.info().command()));
  }

  private void record(
      DeliveryMethod method,
      Chain chain,
      SigningCredentials credentials,
      Optional<Long> pid,
      Optional<String> executable) {
    audit.record(
        new Issuance(
            clock.instant(),
            chain.profile(),
            method,
            Issuance.NO_GRANT,
            Optional.empty(),
            pid.map(OptionalLong::of).orElse(OptionalLong.empty()),
            executable,
            uid,
            AccessKeyIds.shown(credentials.accessKeyId()),
            credentials instanceof SessionCredentials session
                ? Optional.of(session.expiration())
                : Optional.empty()));
  }
}
