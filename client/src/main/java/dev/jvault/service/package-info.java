/**
 * Keeps the daemon there from login on: by units of the user's systemd, by a launch agent on macOS,
 * or by an entry of the desktop or the login shell where there is neither. Every change is a value
 * of {@link Plan}, so that it can be shown, made and undone. All of it runs as the user.
 */
@NullMarked
package dev.jvault.service;

import org.jspecify.annotations.NullMarked;
