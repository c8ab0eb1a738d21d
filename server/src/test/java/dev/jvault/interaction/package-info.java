@NullMarked
package dev.jvault.interaction;

import org.jspecify.annotations.NullMarked;
