package dev.jvault.peer;

/**
 * One end of an open TCP connection, and what has passed through it.
 *
 * @param received the bytes that its process has got, or could have read
 * @param sent the bytes that its process has sent, those that were sent again not counted twice
 */
record TcpConnection(TcpSocket socket, long received, long sent) {}
