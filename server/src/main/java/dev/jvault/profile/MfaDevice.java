package dev.jvault.profile;

import java.util.Optional;

/**
 * An MFA device whose code STS requires.
 *
 * @param serial its ARN or serial number
 * @param process a command that prints the code, from {@code mfa_process}
 */
public record MfaDevice(String serial, Optional<String> process) {}
