@NullMarked
package dev.jvault.reference;

import org.jspecify.annotations.NullMarked;
