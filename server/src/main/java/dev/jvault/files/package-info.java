/**
 * Files that only their owner can access, written atomically; and files of others, read with
 * limits.
 */
@NullMarked
package dev.jvault.files;

import org.jspecify.annotations.NullMarked;
