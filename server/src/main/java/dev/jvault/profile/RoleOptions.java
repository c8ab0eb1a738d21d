package dev.jvault.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The optional parameters of AssumeRole.
 *
 * @param externalId what the role's owner has agreed upon with its users
 * @param sourceIdentity who it is, for the role's trail
 * @param tags session tags, in the order in which they were written
 * @param transitiveTags keys of tags that go on to the next role
 */
public record RoleOptions(
    Optional<String> externalId,
    Optional<String> sourceIdentity,
    Map<String, String> tags,
    List<String> transitiveTags) {
  /** No options. */
  public static final RoleOptions NONE =
      new RoleOptions(Optional.empty(), Optional.empty(), Map.of(), List.of());

  /** Copies tags and keys. */
  public RoleOptions {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    transitiveTags = List.copyOf(transitiveTags);
  }
}
