/** What the daemon does for one call of a client, told to the client while it happens. */
@NullMarked
package dev.jvault.trace;

import org.jspecify.annotations.NullMarked;
