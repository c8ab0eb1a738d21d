/** The container credentials endpoint that SDKs ask. */
@NullMarked
package dev.jvault.endpoint;

import org.jspecify.annotations.NullMarked;
