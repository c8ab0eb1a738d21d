@NullMarked
package dev.jvault.files;

import org.jspecify.annotations.NullMarked;
