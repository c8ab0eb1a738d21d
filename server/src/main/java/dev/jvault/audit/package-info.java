/** Who was given which credentials, in a file of its own. */
@NullMarked
package dev.jvault.audit;

import org.jspecify.annotations.NullMarked;
