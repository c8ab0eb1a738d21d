package dev.jvault.credential;

import dev.jvault.secret.Secret;

/**
 * A code with the device that it is of.
 *
 * @param serial the device's ARN or serial number
 * @param code six digits; AWS takes them once
 */
public record MfaTokenCode(String serial, Secret code) {}
