package dev.jvault.imds;

import dev.jvault.grant.Grant;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What stands behind the instances that metadata describes.
 *
 * @param chains resolves a grant's profile as it is now
 * @param storedKey whether the vault has a key of that name, or may have one
 * @param started when this daemon began
 */
public record Instances(
    Function<Grant, Chain> chains, Predicate<String> storedKey, Instant started) {
  Chain chain(Grant grant) {
    return chains.apply(grant);
  }

  /** Whether an instance has its role: its chain starts at no key, or at one that is there. */
  boolean hasRole(Chain chain) {
    return !(chain.bottom() instanceof Hop.StoredKey key) || storedKey.test(key.name());
  }
}
