/** Files that only their owner can access, written atomically. */
@NullMarked
package dev.jvault.files;

import org.jspecify.annotations.NullMarked;
