/** Instance metadata (IMDS) as EC2 has it: one listener a profile. */
@NullMarked
package dev.jvault.imds;

import org.jspecify.annotations.NullMarked;
