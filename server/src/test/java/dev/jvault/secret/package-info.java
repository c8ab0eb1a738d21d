@NullMarked
package dev.jvault.secret;

import org.jspecify.annotations.NullMarked;
