/** Tests of logins to IAM Identity Center, against a stand-in over HTTP. */
@NullMarked
package dev.jvault.sso;

import org.jspecify.annotations.NullMarked;
