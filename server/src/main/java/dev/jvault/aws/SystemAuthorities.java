package dev.jvault.aws;

import dev.jvault.profile.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The authorities of the operating system, and those that a caller's variables name. As in OpenSSL
 * and Go, {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR} replace the system's places; each other
 * variable adds a file. What cannot be read is left out, and {@link #unreadable} names it.
 */
final class SystemAuthorities {
  private static final String FILE = "SSL_CERT_FILE";
  private static final String FOLDERS = "SSL_CERT_DIR";

  /** Where Debian, Fedora, RHEL, openSUSE, Alpine and macOS keep all authorities in one file. */
  private static final List<Path> FILES =
      Stream.of(
              "/etc/ssl/certs/ca-certificates.crt",
              "/etc/pki/tls/certs/ca-bundle.crt",
              "/etc/ssl/ca-bundle.pem",
              "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
              "/etc/ssl/cert.pem")
          .map(Path::of)
          .toList();

  private static final List<Path> SYSTEM_FOLDERS =
      Stream.of("/etc/ssl/certs", "/etc/pki/tls/certs").map(Path::of).toList();

  /** The keychains of macOS, as the JDK reads them; other systems have no such stores. */
  private static final List<String> KEYCHAINS = List.of("KeychainStore-ROOT", "KeychainStore");

  private final List<Setting> variables;
  private final List<Path> systemFiles;
  private final List<Path> systemFolders;
  private final CertificateFiles certificates;

  /** The system's authorities, and those of a caller's variables. */
  SystemAuthorities(List<Setting> variables, CertificateFiles certificates) {
    this(variables, FILES, SYSTEM_FOLDERS, certificates);
  }

  SystemAuthorities(
      List<Setting> variables,
      List<Path> systemFiles,
      List<Path> systemFolders,
      CertificateFiles certificates) {
    this.certificates = certificates;
    this.variables = List.copyOf(variables);
    this.systemFiles = List.copyOf(systemFiles);
    this.systemFolders = List.copyOf(systemFolders);
  }

  /** Reads all of them. */
  Set<Certificate> read() {
    var all = new LinkedHashSet<Certificate>();
    for (Path place : places()) {
      try {
        all.addAll(certificates.readAll(place));
      } catch (IOException | CertificateException _) {
        // unreadable() names those of the variables.
      }
    }
    KEYCHAINS.forEach(name -> all.addAll(keychain(name)));
    return all;
  }

  /** When each file or folder was changed, to notice that it must be read again. */
  Map<Path, FileTime> stamp() {
    var times = new LinkedHashMap<Path, FileTime>();
    for (Path place : places()) {
      try {
        times.put(place, certificates.files().look(place, Files::getLastModifiedTime));
      } catch (IOException _) {
        // It does not exist, or does not answer.
      }
    }
    return times;
  }

  /** The names of the variables whose file or folder cannot be read. */
  List<String> unreadable() {
    return variables.stream()
        .filter(variable -> paths(variable).stream().noneMatch(this::usable))
        .map(Setting::key)
        .toList();
  }

  private List<Path> places() {
    var places = new ArrayList<Path>();
    if (!named(FILE)) {
      systemFiles.stream().filter(Files::isReadable).findFirst().ifPresent(places::add);
    }
    if (!named(FOLDERS)) {
      systemFolders.stream().filter(Files::isDirectory).forEach(places::add);
    }
    variables.forEach(variable -> places.addAll(paths(variable)));
    return places;
  }

  private boolean named(String name) {
    return variables.stream().anyMatch(variable -> variable.key().equals(name));
  }

  private static List<Path> paths(Setting variable) {
    try {
      String separator = variable.key().equals(FOLDERS) ? File.pathSeparator : "\0";
      return Stream.of(variable.text().split(separator, -1))
          .map(Path::of)
          .filter(Path::isAbsolute)
          .toList();
    } catch (InvalidPathException _) {
      return List.of();
    }
  }

  private boolean usable(Path place) {
    try {
      return certificates.files().look(place, Files::isDirectory)
          || !certificates.read(place).isEmpty();
    } catch (IOException | CertificateException _) {
      return false;
    }
  }

  private static List<Certificate> keychain(String name) {
    try {
      var store = KeyStore.getInstance(name);
      store.load(null, null);
      var all = new LinkedHashSet<Certificate>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          all.add(store.getCertificate(alias));
        }
      }
      return List.copyOf(all);
    } catch (GeneralSecurityException | IOException _) {
      return List.of();
    }
  }
}
