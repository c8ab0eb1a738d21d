@NullMarked
package dev.jvault.demo;

import org.jspecify.annotations.NullMarked;
