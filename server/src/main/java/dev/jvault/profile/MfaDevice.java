package dev.jvault.profile;

import java.util.Optional;

/**
 * The device whose code STS wants.
 *
 * @param serial its ARN or serial number
 * @param process a command that prints the code, from {@code mfa_process}
 */
public record MfaDevice(String serial, Optional<String> process) {}
