package dev.jvault.imds;

import java.util.LinkedHashSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The metadata tree of one version: documents at their paths, and a listing for each directory
 * above them. As on EC2, a listing has one entry a line and no newline at the end.
 */
final class MetadataTree {
  private final NavigableMap<String, Supplier<String>> documents = new TreeMap<>();

  /**
   * Adds a document.
   *
   * @param path such as {@code meta-data/iam/info}
   */
  MetadataTree with(String path, Supplier<String> document) {
    documents.put(path, document);
    return this;
  }

  /** Adds a document with a fixed text. */
  MetadataTree with(String path, String text) {
    return with(path, () -> text);
  }

  /** Adds a document if there is a text. */
  MetadataTree with(String path, Optional<String> text) {
    return text.isPresent() ? with(path, text.get()) : this;
  }

  /**
   * The document or listing at a path.
   *
   * @param path with or without a slash at its end; the empty path is the root
   */
  Optional<String> find(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Supplier<String> document = documents.get(plain);
    return document == null ? listing(plain) : Optional.of(document.get());
  }

  private Optional<String> listing(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    Set<String> entries = new LinkedHashSet<>();
    for (String path : documents.tailMap(prefix, false).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      entries.add(entry(path.substring(prefix.length()), prefix.isEmpty()));
    }
    return entries.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", entries));
  }

  /** A directory ends with a slash, except at the root. */
  private static String entry(String below, boolean root) {
    int slash = below.indexOf('/');
    return slash < 0 ? below : below.substring(0, root ? slash : slash + 1);
  }
}
