/** Tests of the link-local addresses, with fakes instead of the system. */
@NullMarked
package dev.jvault.linklocal;

import org.jspecify.annotations.NullMarked;
