/** What client and server share: routes, file locations, exit codes, error codes, versions. */
@NullMarked
package dev.jvault.protocol;

import org.jspecify.annotations.NullMarked;
