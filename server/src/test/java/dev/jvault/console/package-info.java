/** Tests of the addresses of the AWS console, and of opening it. */
@NullMarked
package dev.jvault.console;

import org.jspecify.annotations.NullMarked;
