package dev.jvault.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's tables of TCP sockets as text: {@code tcp} and {@code tcp6} (proc(5)). */
final class TcpTable {
  /** The tables of this process's network namespace. */
  static final Path OWN = Path.of("/proc/net");

  private static final Logger LOG = LoggerFactory.getLogger(TcpTable.class);
  private static final int QUEUE_COLUMN = 4;
  private static final int INODE_COLUMN = 9;

  private TcpTable() {}

  /** The sockets with this port at either end; none from a table that cannot be read. */
  static List<TcpSocket> ofPort(Path tables, int port) {
    return ofPort(tables, port, TcpTable::socket);
  }

  /** How many connections the listeners of this port have not accepted yet. */
  static long queued(Path tables, int port) {
    return ofPort(tables, port, line -> socket(line).state() == TcpSocket.LISTEN ? unread(line) : 0)
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static <T> List<T> ofPort(Path tables, int port, Function<String, T> reading) {
    // Skips lines without the port, because parsing costs more.
    String named = String.format(Locale.ROOT, ":%04X ", port);
    var found = new ArrayList<T>();
    for (String table : List.of("tcp", "tcp6")) {
      try (BufferedReader lines =
          Files.newBufferedReader(tables.resolve(table), StandardCharsets.US_ASCII)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.contains(named)) {
            found.add(reading.apply(line));
          }
        }
      } catch (IOException | IllegalArgumentException e) {
        LOG.debug("event=peer_table_unreadable table={} error={}", table, e.getClass().getName());
      }
    }
    return found;
  }

  /**
   * Reads a line such as {@code 0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000
   * 00000000 1000 0 12345 …}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static TcpSocket socket(String line) {
    String[] columns = line.strip().split(" +", INODE_COLUMN + 2);
    if (columns.length <= INODE_COLUMN) {
      throw new IllegalArgumentException("not a line of /proc/net/tcp");
    }
    return new TcpSocket(
        address(columns[1]),
        address(columns[2]),
        Integer.parseInt(columns[3], 16),
        Long.parseLong(columns[7]),
        Long.parseLong(columns[INODE_COLUMN]));
  }

  /** For a listener, the kernel shows its queue as what is unread ({@code tcp_get_info}). */
  private static long unread(String line) {
    String queues = line.strip().split(" +", QUEUE_COLUMN + 2)[QUEUE_COLUMN];
    return Long.parseLong(queues.substring(queues.indexOf(':') + 1), 16);
  }

  /** Parses an address, which is in words of the machine's byte order, and a port. */
  private static InetSocketAddress address(String column) {
    int colon = column.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not an address of /proc/net/tcp");
    }
    byte[] words = HexFormat.of().parseHex(column.substring(0, colon).toLowerCase(Locale.ROOT));
    var swapped = ByteBuffer.wrap(new byte[words.length]).order(ByteOrder.BIG_ENDIAN);
    var given = ByteBuffer.wrap(words).order(ByteOrder.BIG_ENDIAN);
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    while (given.remaining() >= Integer.BYTES) {
      int word = given.getInt();
      swapped.putInt(little ? Integer.reverseBytes(word) : word);
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(swapped.array()),
          Integer.parseInt(column.substring(colon + 1), 16));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address of /proc/net/tcp", e);
    }
  }
}
