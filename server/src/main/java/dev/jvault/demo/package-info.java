/** A demonstration of jvault that needs no AWS account, and its stand-in for STS. */
@NullMarked
package dev.jvault.demo;

import org.jspecify.annotations.NullMarked;
