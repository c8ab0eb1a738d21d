/** The AWS SDK behind ports that other packages declare. */
@NullMarked
package dev.jvault.aws;

import org.jspecify.annotations.NullMarked;
