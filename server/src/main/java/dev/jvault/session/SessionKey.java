package dev.jvault.session;

import dev.jvault.credential.CredentialSource;
import dev.jvault.credential.SourceChain;
import dev.jvault.digest.Digests;
import dev.jvault.secret.AccessKey;
import java.util.HexFormat;

/**
 * Names a session by everything that changes it: the access key id and each hop's parameters up to
 * its own. An edit to the configuration is another key, so it can never serve a stale session; two
 * terminals or two profiles that mean the same share one.
 *
 * @param hash SHA-256 in hexadecimal; no secret goes into it, and it may be logged
 */
record SessionKey(String hash) {
  static SessionKey of(SourceChain chain) {
    var parts = new StringBuilder();
    add(parts, chain.key().map(AccessKey::accessKeyId).orElse(""));
    for (CredentialSource source : chain.sources()) {
      add(parts, source.fingerprint());
    }
    return new SessionKey(HexFormat.of().formatHex(Digests.sha256(parts.toString())));
  }

  /** A separator that no value holds keeps two neighbours apart. */
  private static void add(StringBuilder parts, String part) {
    parts.append(part).append('\u0001');
  }
}
