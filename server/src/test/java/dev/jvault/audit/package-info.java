@NullMarked
package dev.jvault.audit;

import org.jspecify.annotations.NullMarked;
