/** Tests of opening pages in a browser. */
@NullMarked
package dev.jvault.browser;

import org.jspecify.annotations.NullMarked;
