/** The file by which a folder names its profile, and which of these files the user has allowed. */
@NullMarked
package dev.jvault.folder;

import org.jspecify.annotations.NullMarked;
