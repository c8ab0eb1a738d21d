package dev.jvault.aws;

import dev.jvault.files.ForeignFiles;
import dev.jvault.files.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Reads certificates in PEM form. Safe for many threads. */
final class CertificateFiles {
  /** Many times the authorities of any system, and little of the daemon's heap. */
  private static final int LARGEST = 2 << 20;

  private final ForeignFiles files;

  CertificateFiles(ForeignFiles files) {
    this.files = files;
  }

  /** Looks at the files. */
  ForeignFiles files() {
    return files;
  }

  /** The certificates of a file, between any comments; none if it is empty. */
  Collection<? extends Certificate> read(Path file) throws IOException, CertificateException {
    return parsed(files.read(file, LARGEST));
  }

  /** The certificates of a file, or of all files in a folder. */
  Collection<? extends Certificate> readAll(Path place) throws IOException, CertificateException {
    return files.look(place, Files::isDirectory)
        ? files.look(place, CertificateFiles::folder)
        : read(place);
  }

  /** A file without a certificate is left out. */
  private static List<Certificate> folder(Path folder) throws IOException {
    var all = new ArrayList<Certificate>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try {
          all.addAll(parsed(RegularFile.content(file, LARGEST)));
        } catch (IOException | CertificateException _) {
          // Such folders hold keys and notes too.
        }
      }
    }
    return all;
  }

  private static Collection<? extends Certificate> parsed(byte[] pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }
}
