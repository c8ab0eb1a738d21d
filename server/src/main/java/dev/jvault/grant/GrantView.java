package dev.jvault.grant;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant as lists show it.
 *
 * @param lastUsed when it was last used; empty if it never was
 * @param ended whether its process is gone
 * @param graceEnd until when the previous token is valid; {@link Instant#MAX} if as long as the
 *     grant, empty if there is none
 * @param exposed when its token was replaced because others may have read the file
 */
public record GrantView(
    Grant grant,
    Optional<Instant> lastUsed,
    boolean ended,
    Optional<Instant> graceEnd,
    Optional<Instant> exposed) {
  static GrantView of(GrantEntry entry, Instant now) {
    return new GrantView(
        entry.grant(),
        entry.lastUse().get(),
        entry.grant().orphaned(),
        entry.token().at(now).previous().map(GrantToken.Retired::until),
        entry.exposed());
  }
}
