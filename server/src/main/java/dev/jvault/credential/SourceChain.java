package dev.jvault.credential;

import dev.jvault.secret.AccessKey;
import java.util.List;
import java.util.Optional;

/**
 * A profile's chain, ready to be asked: a long-lived key, where there is one, and the sources above
 * it.
 *
 * @param profile the profile that was asked for
 * @param keyName the name of the key in the vault, or of the profile that the chain starts at
 * @param key the key; empty where the first source takes none
 * @param sources at least one; each takes the credentials of the one before it
 */
public record SourceChain(
    String profile, String keyName, Optional<AccessKey> key, List<CredentialSource> sources) {
  /** Copies the sources. */
  public SourceChain {
    sources = List.copyOf(sources);
  }

  /** The source on top, whose session the profile's users get. */
  public CredentialSource top() {
    return sources.getLast();
  }

  /** The chain without its top; only where there are two sources or more. */
  public SourceChain below() {
    return new SourceChain(profile, keyName, key, sources.subList(0, sources.size() - 1));
  }

  /** Whether the top is the only source, and takes the long-lived key or nothing. */
  public boolean topIsFirst() {
    return sources.size() == 1;
  }
}
