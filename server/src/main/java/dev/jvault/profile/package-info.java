/** The profiles of the AWS config files, and which hops each one means. */
@NullMarked
package dev.jvault.profile;

import org.jspecify.annotations.NullMarked;
