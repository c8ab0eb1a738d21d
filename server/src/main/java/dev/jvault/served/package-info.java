/** The profiles that {@code jvault server} keeps ready until it is told to forget them. */
@NullMarked
package dev.jvault.served;

import org.jspecify.annotations.NullMarked;
