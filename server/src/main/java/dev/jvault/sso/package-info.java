/** Logins to IAM Identity Center: logging in, renewing tokens, and obtaining role credentials. */
@NullMarked
package dev.jvault.sso;

import org.jspecify.annotations.NullMarked;
