/** Questions for the user, and the drivers that ask them. */
@NullMarked
package dev.jvault.prompt;

import org.jspecify.annotations.NullMarked;
