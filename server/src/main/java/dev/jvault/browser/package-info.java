/** Opens pages in the user's browser, by addresses that may stand in a command line. */
@NullMarked
package dev.jvault.browser;

import org.jspecify.annotations.NullMarked;
