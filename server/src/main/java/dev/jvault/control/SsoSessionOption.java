package dev.jvault.control;

import dev.jvault.profile.SsoDirectory;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Optional;

/** Finds the {@code [sso-session]} that a call of {@code sso} is about. */
final class SsoSessionOption {
  private final SsoDirectory directory;

  SsoSessionOption(SsoDirectory directory) {
    this.directory = directory;
  }

  /**
   * The session that the call names, or the only one in the config file.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if the call names none and there is not
   *     exactly one
   */
  SsoSession of(Call call) {
    Optional<String> name = call.value("session");
    if (name.isPresent()) {
      return directory.find(name.get(), call.environment());
    }
    List<SsoSession> all = directory.all(call.environment());
    if (all.size() == 1) {
      return all.getFirst();
    }
    throw new JvaultException(
        ExitCode.USAGE,
        all.isEmpty()
            ? "The config file has no [sso-session] and no profile that uses IAM Identity Center; `jvault sso"
                + " setup` adds them."
            : "Say which session: "
                + String.join(", ", all.stream().map(SsoSession::name).toList())
                + ".");
  }

  /** All sessions of the caller's config file. */
  List<SsoSession> all(Call call) {
    return directory.all(call.environment());
  }
}
