package dev.jvault.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Reads certificates in PEM form. */
final class CertificateFiles {
  private CertificateFiles() {}

  /** The certificates of a file, between any comments; none if it is empty. */
  static Collection<? extends Certificate> read(Path file)
      throws IOException, CertificateException {
    try (InputStream pem = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem);
    }
  }

  /** The certificates of all files in a folder; a file without one is left out. */
  static List<Certificate> readFolder(Path folder) throws IOException {
    var all = new ArrayList<Certificate>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          all.addAll(read(file));
        } catch (IOException | CertificateException _) {
          // Such folders hold keys and notes too.
        }
      }
    }
    return all;
  }
}
