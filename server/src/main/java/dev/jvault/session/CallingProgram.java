package dev.jvault.session;

/**
 * The program that has sent an SDK request.
 *
 * @param name its printable name, such as {@code terraform}
 * @param pid its process id
 */
public record CallingProgram(String name, long pid) {}
