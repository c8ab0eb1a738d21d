/** Who may read which profile's credentials. */
@NullMarked
package dev.jvault.grant;

import org.jspecify.annotations.NullMarked;
