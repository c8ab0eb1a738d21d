@NullMarked
package dev.jvault.peer;

import org.jspecify.annotations.NullMarked;
