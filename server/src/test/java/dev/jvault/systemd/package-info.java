@NullMarked
package dev.jvault.systemd;

import org.jspecify.annotations.NullMarked;
