/** Tests of the ways to be asked. */
@NullMarked
package dev.jvault.prompt;

import org.jspecify.annotations.NullMarked;
