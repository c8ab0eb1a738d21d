package dev.jvault.control;

import dev.jvault.audit.AuditLog;
import dev.jvault.audit.DeliveryMethod;
import dev.jvault.audit.Issuance;
import dev.jvault.profile.Chain;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.secret.SigningCredentials;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes down the credentials that leave by the control socket, which asks for no grant. */
final class ControlAudit {
  private final AuditLog audit;
  private final long uid;
  private final InstantSource clock;

  ControlAudit(AuditLog audit, long uid, InstantSource clock) {
    this.audit = audit;
    this.uid = uid;
    this.clock = clock;
  }

  /** To a command: of its process only the number is its own yet, the program is a launcher's. */
  void toCommand(DeliveryMethod method, Chain chain, SigningCredentials credentials, Call call) {
    Optional<Long> pid = call.pid();
    record(method, chain, credentials, pid, Optional.empty());
  }

  /** To the process that has started {@code jvault} and reads what it prints. */
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
            credentials.accessKeyId(),
            credentials instanceof SessionCredentials session
                ? Optional.of(session.expiration())
                : Optional.empty()));
  }
}
