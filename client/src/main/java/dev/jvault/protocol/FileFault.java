package dev.jvault.protocol;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why a file cannot be used: the message of such an exception is often the path. */
public final class FileFault {
  private FileFault() {}

  /** The reason without the path, such as "permission denied"; it fits into parentheses. */
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileAlreadyExistsException _ -> "something else has that name";
      case DirectoryNotEmptyException _ -> "a folder has that name";
      case NotDirectoryException _ -> "not a folder";
      case FileSystemException system when system.getReason() != null ->
          String.valueOf(system.getReason());
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
