package dev.jvault.prompt;

import java.time.Instant;

/**
 * A question that waits for the user's answer.
 *
 * @param what what the user is asked for, such as {@code an MFA code of arn:…}
 * @param askedBy the command or program that needs it, and its place
 * @param driver where it is asked: {@code terminal}, or the name of a program
 * @param since when it was asked
 */
public record OpenQuestion(String what, String askedBy, String driver, Instant since) {}
