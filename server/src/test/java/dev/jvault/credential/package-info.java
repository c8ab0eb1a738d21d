@NullMarked
package dev.jvault.credential;

import org.jspecify.annotations.NullMarked;
