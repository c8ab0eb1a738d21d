@NullMarked
package dev.jvault.doctor;

import org.jspecify.annotations.NullMarked;
