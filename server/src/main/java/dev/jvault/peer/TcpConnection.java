package dev.jvault.peer;

/**
 * One end of an open TCP connection, and what has passed through it.
 *
 * @param read the bytes that its process has read
 * @param written the bytes that its process has written
 * @param waiting those of them that wait because the other end does not read
 */
record TcpConnection(TcpSocket socket, long read, long written, long waiting) {}
