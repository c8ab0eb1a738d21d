/** Tests of the packaged program from outside, as users and applications use it. */
@NullMarked
package dev.jvault.e2e;

import org.jspecify.annotations.NullMarked;
