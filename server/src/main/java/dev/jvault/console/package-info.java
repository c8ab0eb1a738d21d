/** Logs the user in to the AWS console: its addresses, sign-in tokens, and the browser. */
@NullMarked
package dev.jvault.console;

import org.jspecify.annotations.NullMarked;
