/** The encrypted store of keys, sessions and SSO logins, and the sources of its identity. */
@NullMarked
package dev.jvault.vault;

import org.jspecify.annotations.NullMarked;
