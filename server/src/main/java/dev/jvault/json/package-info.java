/** JSON as a stream: no reflection, no model. */
@NullMarked
package dev.jvault.json;

import org.jspecify.annotations.NullMarked;
