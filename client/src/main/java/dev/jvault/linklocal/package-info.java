/**
 * The addresses at which AWS itself serves credentials, led to the user's own daemon by the routes
 * and packet rules of the system. What changes the system runs as root and is a fixed text with
 * checked numbers in it.
 */
@NullMarked
package dev.jvault.linklocal;

import org.jspecify.annotations.NullMarked;
