package dev.jvault.launch;

import dev.jvault.files.OwnerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes copies of config files. They are read-only, so that a program that changes its config file
 * fails instead of losing the change. The superuser writes even so, and some editors replace the
 * file: what they wrote is put aside before the copy is made again. For one thread at a time.
 */
final class CopyWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CopyWriter.class);

  private final Map<Path, Integer> written = new HashMap<>();
  private final List<String> notices = new ArrayList<>();

  /** Makes the copy equal to the text. */
  void write(Path copy, Path original, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    try {
      boolean exists = Files.exists(copy);
      byte[] now = exists ? Files.readAllBytes(copy) : new byte[0];
      if (!exists || !Arrays.equals(now, content)) {
        if (exists && changedByOthers(copy, now)) {
          putAside(copy, original, now);
        }
        OwnerFiles.writeReadOnly(copy, content);
      }
      written.put(copy, Arrays.hashCode(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sentences for the user; each is returned once. */
  List<String> takeNotices() {
    List<String> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  private boolean changedByOthers(Path copy, byte[] now) {
    Integer own = written.get(copy);
    return own != null && own != Arrays.hashCode(now);
  }

  private void putAside(Path copy, Path original, byte[] content) {
    Path kept = copy.resolveSibling(copy.getFileName() + ".edited");
    OwnerFiles.write(kept, content);
    LOG.warn("event=config_copy_edited original={} kept={}", original, kept);
    notices.add(
        "A program changed the copy of %s that commands read; the change is not in your file but in %s: make it in %s."
            .formatted(original, kept, original));
  }
}
