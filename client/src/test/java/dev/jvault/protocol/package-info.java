@NullMarked
package dev.jvault.protocol;

import org.jspecify.annotations.NullMarked;
