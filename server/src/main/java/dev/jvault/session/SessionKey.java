package dev.jvault.session;

import dev.jvault.credential.CredentialSource;
import dev.jvault.credential.SourceChain;
import dev.jvault.secret.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    MessageDigest digest = sha256();
    add(digest, chain.key().map(AccessKey::accessKeyId).orElse(""));
    for (CredentialSource source : chain.sources()) {
      add(digest, source.fingerprint());
    }
    return new SessionKey(HexFormat.of().formatHex(digest.digest()));
  }

  /** A separator that no value holds keeps two neighbours apart. */
  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
