/** Tests of logins to IAM Identity Center, against a fake server over HTTP. */
@NullMarked
package dev.jvault.sso;

import org.jspecify.annotations.NullMarked;
