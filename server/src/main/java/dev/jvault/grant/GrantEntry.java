package dev.jvault.grant;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant with what only this package knows of it.
 *
 * @param exposed when its token was replaced because others may have read the file
 * @param lastUse shared by all later entries of this grant
 */
record GrantEntry(Grant grant, GrantToken token, Optional<Instant> exposed, LastUse lastUse) {
  /** A grant that is new. */
  GrantEntry(Grant grant, TokenHash hash) {
    this(grant, new GrantToken(hash, grant.made()), Optional.empty(), LastUse.never());
  }

  GrantEntry with(Grant latest) {
    return new GrantEntry(latest, token, exposed, lastUse);
  }

  GrantEntry with(GrantToken latest) {
    return new GrantEntry(grant, latest, exposed, lastUse);
  }

  GrantEntry with(GrantToken latest, Optional<Instant> exposure) {
    return new GrantEntry(grant, latest, exposure, lastUse);
  }
}
