package dev.jvault.sso;

import dev.jvault.credential.Pause;
import java.time.Duration;

/**
 * How long a person may take to log in.
 *
 * @param limit for all of it
 * @param pause between two questions whether a code has been entered
 */
record Patience(Duration limit, Pause pause) {}
