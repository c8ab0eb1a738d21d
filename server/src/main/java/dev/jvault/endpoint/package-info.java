/** What SDKs ask, and the bodies they get. */
@NullMarked
package dev.jvault.endpoint;

import org.jspecify.annotations.NullMarked;
