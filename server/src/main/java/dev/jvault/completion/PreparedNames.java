package dev.jvault.completion;

import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ListedProfile;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SeenFile;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.RuntimeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files from which the launcher completes the names of profiles, logins and grants without a
 * JVM. They hold what the config files say, and ids of grants, but no name that only the vault
 * knows: those are encrypted at rest. They are about the config files of the latest caller, and a
 * short cut: without them the launcher reads the headers of the config files itself. Safe for many
 * threads.
 */
public final class PreparedNames {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedNames.class);

  private final RuntimeFiles files;
  private final Profiles profiles;
  private final ConfigReader configReader;
  private final SsoDirectory logins;
  private final Grants grants;

  /** Each file's text when it was written last. */
  private final Map<Path, String> written = new HashMap<>();

  private Optional<CallerEnvironment> caller = Optional.empty();
  private List<SeenFile> seen = List.of();
  private boolean released;

  /** Prepares no names of profiles before the first caller. */
  public PreparedNames(
      RuntimeFiles files, Profiles profiles, ConfigReader configReader, Grants grants) {
    this.files = files;
    this.profiles = profiles;
    this.configReader = configReader;
    this.logins = new SsoDirectory(profiles);
    this.grants = grants;
  }

  /** From now on the names are those of this caller's files, if the call brought variables. */
  public synchronized void calledBy(CallerEnvironment environment) {
    if (environment.get("HOME").isPresent() && !caller.equals(Optional.of(environment))) {
      caller = Optional.of(environment);
      seen = List.of();
    }
    refresh();
  }

  /** Writes again what has changed. */
  public synchronized void refresh() {
    if (released) {
      return;
    }
    try {
      write("grants", grants());
      if (caller.isPresent()) {
        refreshProfiles(caller.get());
      }
    } catch (JvaultException e) {
      LOG.debug("event=no_prepared_names reason=\"{}\"", e.logged());
    }
  }

  /** Leaves the files to another process. */
  public synchronized void release() {
    released = true;
  }

  private void refreshProfiles(CallerEnvironment environment) {
    boolean unchanged =
        !seen.isEmpty()
            && seen.stream().allMatch(SeenFile::unchanged)
            && Files.exists(file("profiles"));
    if (unchanged) {
      return;
    }
    Optional<List<SeenFile>> now = configReader.snapshot(environment);
    if (now.isEmpty()) {
      return;
    }
    var text = new StringBuilder("jvault-completion 1\n");
    header(text, "config", now.get().getFirst());
    header(text, "credentials", now.get().getLast());
    for (ListedProfile profile : profiles.list(environment)) {
      line(text, "profile ", profile.summary().name(), ProfileWords.of(profile));
    }
    for (SsoSession login : logins.all(environment)) {
      line(text, "session ", login.name(), login.startUrl().toString());
    }
    written.remove(file("profiles"));
    write("profiles", text.toString());
    seen = now.get();
  }

  private String grants() {
    var text = new StringBuilder();
    for (var view : grants.views()) {
      Grant grant = view.grant();
      line(text, "", grant.id(), kind(grant.kind()) + ", " + grant.profile());
    }
    return text.toString();
  }

  private static String kind(Grant.Kind kind) {
    return switch (kind) {
      case TERMINAL -> "terminals";
      case SERVER -> "IDEs and apps";
      case CONTAINER -> "a container";
      case IMDS -> "instance metadata";
      case BOUND, ENVIRONMENT -> "one command";
    };
  }

  private static void header(StringBuilder text, String word, SeenFile file) {
    text.append(word).append(file.existed() ? " + " : " - ").append(file.path()).append('\n');
  }

  private static void line(StringBuilder text, String word, String name, String what) {
    if (PrintableText.isPrintable(name)) {
      text.append(word).append(name).append('\t').append(PrintableText.of(what)).append('\n');
    }
  }

  private void write(String name, String text) {
    Path file = file(name);
    if (!text.equals(written.get(file)) || !Files.exists(file)) {
      OwnerFiles.folder(files.run());
      OwnerFiles.folder(file.resolveSibling(""));
      OwnerFiles.write(file, text);
      written.put(file, text);
    }
  }

  private Path file(String name) {
    return files.completion().resolve(name);
  }
}
