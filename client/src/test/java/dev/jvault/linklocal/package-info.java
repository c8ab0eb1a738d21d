/** Tests of the link-local addresses, with fakes in place of the system. */
@NullMarked
package dev.jvault.linklocal;

import org.jspecify.annotations.NullMarked;
