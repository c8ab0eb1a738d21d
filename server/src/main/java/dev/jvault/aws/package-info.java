/** Implements the ports of other packages with the AWS SDK. */
@NullMarked
package dev.jvault.aws;

import org.jspecify.annotations.NullMarked;
