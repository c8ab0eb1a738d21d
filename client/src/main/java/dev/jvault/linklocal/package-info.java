/**
 * Redirects the addresses at which AWS itself serves credentials to the user's own daemon, by
 * routes and packet rules of the system. The commands that change the system run as root; they are
 * fixed texts that contain checked numbers only.
 */
@NullMarked
package dev.jvault.linklocal;

import org.jspecify.annotations.NullMarked;
