/** Sessions: obtained once for all callers, kept, and refreshed ahead of time. */
@NullMarked
package dev.jvault.session;

import org.jspecify.annotations.NullMarked;
