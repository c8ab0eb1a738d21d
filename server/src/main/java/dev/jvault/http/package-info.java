/** HTTP: the only package that knows Javalin and Jetty. */
@NullMarked
package dev.jvault.http;

import org.jspecify.annotations.NullMarked;
