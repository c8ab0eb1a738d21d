/** Tests of the vault. */
@NullMarked
package dev.jvault.vault;

import org.jspecify.annotations.NullMarked;
