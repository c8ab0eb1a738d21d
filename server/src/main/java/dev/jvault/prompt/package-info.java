/** Questions for the person, and who can be asked. */
@NullMarked
package dev.jvault.prompt;

import org.jspecify.annotations.NullMarked;
