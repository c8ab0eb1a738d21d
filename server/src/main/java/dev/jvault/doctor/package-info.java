/** Checks what keeps programs from their credentials, or a person from trusting the set-up. */
@NullMarked
package dev.jvault.doctor;

import org.jspecify.annotations.NullMarked;
