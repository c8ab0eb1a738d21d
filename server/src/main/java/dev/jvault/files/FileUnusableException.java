package dev.jvault.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that jvault does not use, though the system may let it be read. */
public final class FileUnusableException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Fault {
    /** It is a folder. */
    DIRECTORY("is a directory"),
    /** It is a pipe, a device or a socket, which may never end. */
    NOT_REGULAR("is not a regular file"),
    /** It has more bytes than the caller takes. */
    TOO_LARGE("is too large"),
    /** The system has not answered in time, as on a network drive that hangs. */
    NO_ANSWER(
        "does not answer within "
            + ForeignFiles.LIMIT.toSeconds()
            + " s; check the drive it is on");

    private final String clause;

    Fault(String clause) {
      this.clause = clause;
    }

    /** The fault, as what follows the name of the file. */
    public String clause() {
      return clause;
    }
  }

  private final Fault fault;

  FileUnusableException(Path path, Fault fault) {
    super(path.toString(), null, fault.clause());
    this.fault = fault;
  }

  /** What is wrong with it. */
  public Fault fault() {
    return fault;
  }
}
