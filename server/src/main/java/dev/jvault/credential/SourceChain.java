package dev.jvault.credential;

import dev.jvault.digest.Digests;
import dev.jvault.secret.AccessKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A profile's chain as sources: a long-lived key, if the chain starts at one, and the sources above
 * it. Immutable and safe for many threads.
 */
public final class SourceChain {
  private final String profile;
  private final String keyName;
  private final Optional<AccessKey> key;
  private final List<CredentialSource> sources;
  private volatile @Nullable String fingerprint;

  /**
   * A chain.
   *
   * @param profile the profile that was requested
   * @param keyName the name of the key in the vault, or of the profile that the chain starts at
   * @param key the key; empty if the first source takes none
   * @param sources at least one; each takes the credentials of the one before it
   */
  public SourceChain(
      String profile, String keyName, Optional<AccessKey> key, List<CredentialSource> sources) {
    this.profile = profile;
    this.keyName = keyName;
    this.key = key;
    this.sources = List.copyOf(sources);
  }

  /** The profile that was requested. */
  public String profile() {
    return profile;
  }

  /** The name of the key in the vault, or of the profile that the chain starts at. */
  public String keyName() {
    return keyName;
  }

  /**
   * The profile that the session of the top belongs to, whichever profile it was requested for: the
   * role's, or the one of the key that the session was made with.
   */
  public String owner() {
    return top().owner().orElse(keyName);
  }

  /** The long-lived key; empty if the first source takes none. */
  public Optional<AccessKey> key() {
    return key;
  }

  /** The source on top, whose session the profile's users get. */
  public CredentialSource top() {
    return sources.getLast();
  }

  /** The chain without its top; only for chains of two sources or more. */
  public SourceChain below() {
    return new SourceChain(profile, keyName, key, sources.subList(0, sources.size() - 1));
  }

  /** The source at the bottom, which takes the long-lived key or nothing. */
  public CredentialSource first() {
    return sources.getFirst();
  }

  /** Whether the top is the only source. It then takes the long-lived key or nothing. */
  public boolean topIsFirst() {
    return sources.size() == 1;
  }

  /**
   * SHA-256, in hexadecimal, of everything that changes the session of the top: the access key id
   * and the parameters of each hop. Contains no secret and may be logged. Computed once, because
   * each request needs it.
   */
  public String fingerprint() {
    String known = fingerprint;
    if (known == null) {
      known = HexFormat.of().formatHex(Digests.sha256(parts()));
      fingerprint = known;
    }
    return known;
  }

  /** The parts, each behind a separator that no value contains, so that neighbours stay apart. */
  private String parts() {
    var parts = new StringBuilder();
    parts.append(key.map(AccessKey::accessKeyId).orElse("")).append('\u0001');
    sources.forEach(source -> parts.append(source.fingerprint()).append('\u0001'));
    return parts.toString();
  }
}
