/** What the completions of shells offer: names of profiles, logins and grants. */
@NullMarked
package dev.jvault.completion;

import org.jspecify.annotations.NullMarked;
