package dev.jvault.sso;

import dev.jvault.credential.Sleeper;
import java.time.Duration;

/**
 * How long a person may take to log in.
 *
 * @param limit for all of it
 * @param pause between two questions whether a code has been entered
 */
record LoginTimeout(Duration limit, Sleeper pause) {}
