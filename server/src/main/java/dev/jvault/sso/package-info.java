/** Logins to IAM Identity Center: how they come about, last, and give the credentials of roles. */
@NullMarked
package dev.jvault.sso;

import org.jspecify.annotations.NullMarked;
