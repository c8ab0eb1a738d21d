@NullMarked
package dev.jvault.aws;

import org.jspecify.annotations.NullMarked;
