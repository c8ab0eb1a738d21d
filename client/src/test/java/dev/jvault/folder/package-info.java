/** Tests of the files by which folders name their profiles. */
@NullMarked
package dev.jvault.folder;

import org.jspecify.annotations.NullMarked;
