/** Tests of the client and of the launcher script. */
@NullMarked
package dev.jvault.client;

import org.jspecify.annotations.NullMarked;
