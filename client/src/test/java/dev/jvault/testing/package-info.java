/** What tests of several packages share. */
@NullMarked
package dev.jvault.testing;

import org.jspecify.annotations.NullMarked;
