/** What a demonstration without an AWS account needs. */
@NullMarked
package dev.jvault.demo;

import org.jspecify.annotations.NullMarked;
