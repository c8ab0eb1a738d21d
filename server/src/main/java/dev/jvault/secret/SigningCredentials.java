package dev.jvault.secret;

import java.util.Optional;

/** What an AWS request can be signed with: a long-lived key or a session. */
public sealed interface SigningCredentials permits AccessKey, SessionCredentials {
  /** The access key id: an identifier, not a secret, yet shown to its owner only. */
  String accessKeyId();

  /** The secret access key. */
  Secret secretAccessKey();

  /** The session token; a long-lived key has none. */
  Optional<Secret> sessionToken();
}
