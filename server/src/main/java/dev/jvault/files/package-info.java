/** Files that only their owner may read, written whole or not at all. */
@NullMarked
package dev.jvault.files;

import org.jspecify.annotations.NullMarked;
