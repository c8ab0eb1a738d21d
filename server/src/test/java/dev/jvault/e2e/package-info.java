/** The packaged program from outside, as a person and as applications use it. */
@NullMarked
package dev.jvault.e2e;

import org.jspecify.annotations.NullMarked;
