/** Tests of the service. */
@NullMarked
package dev.jvault.service;

import org.jspecify.annotations.NullMarked;
