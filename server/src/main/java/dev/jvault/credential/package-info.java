/** The ways to obtain credentials, and the closed set of what comes out. */
@NullMarked
package dev.jvault.credential;

import org.jspecify.annotations.NullMarked;
