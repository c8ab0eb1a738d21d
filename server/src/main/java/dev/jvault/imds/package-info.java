/** Instance metadata (IMDS) as on EC2, with one listener for each profile. */
@NullMarked
package dev.jvault.imds;

import org.jspecify.annotations.NullMarked;
