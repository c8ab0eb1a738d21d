package dev.jvault.peer;

/**
 * A process that holds one end of a connection.
 *
 * @param pid its number
 * @param executable the path of its program, or its name where the path is not to be had
 */
public record PeerProcess(long pid, String executable) {}
