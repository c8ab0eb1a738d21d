package dev.jvault.service;

import dev.jvault.protocol.PrintableText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds which program listens on a port of this machine's loopback, from Linux's {@code /proc}. */
final class PortHolders {
  /**
   * A program that listens.
   *
   * @param pid its process id, or 0 if the system does not show it to this user
   * @param program its name, or an empty string
   * @param uid the user who listens
   */
  record Holder(long pid, String program, long uid) {
    /** The program for a sentence. */
    String rendered() {
      return pid == 0
          ? "a program of " + (uid == 0 ? "root" : "the user with the id " + uid)
          : "`" + program + "` (pid " + pid + ")";
    }
  }

  /** A listening socket. */
  private record Listening(long uid, String inode) {}

  private static final String LISTENS = "0A";

  /** Every address, 127.0.0.1 and ::1, as the kernel's tables write them. */
  private static final Set<String> ADDRESSES =
      Set.of(
          "00000000",
          "0100007F",
          "00000000000000000000000000000000",
          "00000000000000000000000001000000",
          "0000000000000000FFFF00000100007F");

  private final Path proc;

  /** Reads this folder, which is {@code /proc}. */
  PortHolders(Path proc) {
    this.proc = proc;
  }

  /** The program that listens on the port; empty if none does, or without {@code /proc}. */
  Optional<Holder> of(int port) {
    return List.of("net/tcp", "net/tcp6").stream()
        .flatMap(table -> listening(proc.resolve(table), port).stream())
        .findFirst()
        .map(this::holder);
  }

  private static Optional<Listening> listening(Path table, int port) {
    String wanted = ":%04X".formatted(port);
    try {
      for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length > 9
            && fields[3].equals(LISTENS)
            && fields[1].endsWith(wanted)
            && ADDRESSES.contains(fields[1].substring(0, fields[1].indexOf(':')))) {
          return Optional.of(new Listening(Long.parseLong(fields[7]), fields[9]));
        }
      }
    } catch (IOException | NumberFormatException _) {
      // Another system, or another kernel.
    }
    return Optional.empty();
  }

  private Holder holder(Listening socket) {
    String link = "socket:[" + socket.inode() + "]";
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, link)) {
          return new Holder(
              Long.parseLong(process.getFileName().toString()), program(process), socket.uid());
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException _) {
      // The port is taken, whoever has it.
    }
    return new Holder(0, "", socket.uid());
  }

  private static boolean holds(Path process, String link) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.readSymbolicLink(descriptor).toString().equals(link)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // Another user's process, or one that has just ended.
    }
    return false;
  }

  private static String program(Path process) {
    try {
      return PrintableText.of(Files.readString(process.resolve("comm")).strip());
    } catch (IOException _) {
      return "?";
    }
  }
}
