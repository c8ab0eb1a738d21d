/** The encrypted store of long-lived keys and sessions, and where the key to it is kept. */
@NullMarked
package dev.jvault.vault;

import org.jspecify.annotations.NullMarked;
