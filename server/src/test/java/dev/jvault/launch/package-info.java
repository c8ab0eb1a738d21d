@NullMarked
package dev.jvault.launch;

import org.jspecify.annotations.NullMarked;
