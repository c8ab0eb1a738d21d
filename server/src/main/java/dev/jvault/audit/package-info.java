/** The audit: which credentials were issued to whom, in a file of its own. */
@NullMarked
package dev.jvault.audit;

import org.jspecify.annotations.NullMarked;
