/** Sources of credentials, and the outcomes of asking them. */
@NullMarked
package dev.jvault.credential;

import org.jspecify.annotations.NullMarked;
