/** What the client and the server both speak: routes, file locations, exit codes, the version. */
@NullMarked
package dev.jvault.protocol;

import org.jspecify.annotations.NullMarked;
