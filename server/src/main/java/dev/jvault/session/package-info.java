/** Sessions: obtained once for all who wait, kept, refreshed ahead of time. */
@NullMarked
package dev.jvault.session;

import org.jspecify.annotations.NullMarked;
