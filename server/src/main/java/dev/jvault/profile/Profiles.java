package dev.jvault.profile;

import dev.jvault.clock.Sleeper;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Resolves the profiles of a caller's AWS config files, for any number of threads. Reads a file
 * again if it has changed, so that an answer is always about the files as they are.
 *
 * <p>All methods throw {@link JvaultException} with {@link ExitCode#PROFILE} and a sentence that
 * names file and line if a file, a profile or a variable is wrong.
 */
public final class Profiles {
  private final ConfigReader reader;
  private final StoredKeys storedKeys;
  private final String userName;
  private final SettledFiles settled;
  private final ResolvedChains resolved = new ResolvedChains();
  private volatile Runnable edited = () -> {};

  /**
   * Creates profiles.
   *
   * @param reader reads their files
   * @param storedKeys the names of the vault's keys; such a name needs no section
   */
  public Profiles(ConfigReader reader, StoredKeys storedKeys) {
    this(reader, storedKeys, System.getProperty("user.name", "user"));
  }

  Profiles(ConfigReader reader, StoredKeys storedKeys, String userName) {
    this.reader = reader;
    this.storedKeys = storedKeys;
    this.userName = userName;
    this.settled = new SettledFiles(reader, Sleeper.REAL);
  }

  /**
   * The same files, resolved as if the vault held other keys. The chains that it resolves are not
   * in use, so {@link #edits} does not report changes to them.
   */
  public Profiles assuming(StoredKeys keys) {
    return new Profiles(reader, keys, userName);
  }

  /** Whether the vault holds, or may hold, a key of that name. */
  public boolean mayHaveStoredKey(String name) {
    return storedKeys.mayContain(name);
  }

  /** The chain that a profile stands for. */
  public Chain resolve(String name, CallerEnvironment environment) {
    return resolve(name, Optional.empty(), environment);
  }

  /**
   * The chain that a profile stands for, and above it a role that no profile names.
   *
   * @param role its ARN, for a chain that ends in it
   */
  public Chain resolve(String name, Optional<String> role, CallerEnvironment environment) {
    return reportingEdits(() -> resolve(new ResolvedChains.Question(name, role, environment)));
  }

  /**
   * The same for a command that starts now, which never gets what an older state of a file says.
   * Waits at most two seconds while a file may be half-written.
   *
   * @throws JvaultException also if a file cannot be read, or with {@link ExitCode#UNAVAILABLE} if
   *     it is still being written after that time
   */
  public Chain resolveForCommand(String name, CallerEnvironment environment) {
    return reportingEdits(() ->
        resolve(
            new ResolvedChains.Question(name, Optional.empty(), environment),
            settled.of(environment)));
  }

  /**
   * Calls a listener when a chain that was in use is no longer what its profile means, on the
   * thread of the request that finds it.
   */
  public void whenEdited(Runnable listener) {
    edited = listener;
  }

  /**
   * Looks at the files of all chains that are in use, and says which of them edits have changed;
   * each change is reported once. The vault must be open, if there is one.
   */
  public Optional<ChainsEdit> edits() {
    for (ResolvedChains.Question question : resolved.questions()) {
      problem(() -> resolve(question));
    }
    List<ChainsEdit.ChainInUse> outdated = resolved.takeOutdated();
    return outdated.isEmpty()
        ? Optional.empty()
        : Optional.of(new ChainsEdit(outdated, resolved.all()));
  }

  /**
   * What the files say of a profile and of those below it, even if it does not resolve: the profile
   * itself first; empty if there is none of that name.
   */
  public List<ProfileReading> readings(String name, CallerEnvironment environment) {
    return new ProfileReadings(read(environment)).from(name);
  }

  /** Whether the files have a profile of exactly this name. */
  public boolean configured(String name, CallerEnvironment environment) {
    return !read(environment).sections(name).isEmpty();
  }

  /** The other profiles whose chains begin with the same hops, and so share their sessions. */
  public List<String> sharing(List<Hop> hops, String name, CallerEnvironment environment) {
    ProfileSet files = read(environment);
    var names = new ArrayList<String>();
    for (String other : files.names()) {
      problem(() -> {
        List<Hop> all = resolve(other, files, environment, storedKeys).hops();
        if (!other.equals(name)
            && all.size() >= hops.size()
            && all.subList(0, hops.size()).equals(hops)) {
          names.add(other);
        }
      });
    }
    return names;
  }

  /** All profiles, in the order of the files; one that cannot be used comes with the reason. */
  public List<ProfileSummary> list(CallerEnvironment environment) {
    ProfileSet files = read(environment);
    return new ProfileSummaries(files)
        .all(name -> problem(() -> resolve(name, files, environment, storedKeys)));
  }

  /** The profiles whose chain starts at the key of this name, once it is in the vault. */
  public List<String> dependingOn(String keyName, CallerEnvironment environment) {
    ProfileSet files = read(environment);
    var key = new Hop.StoredKey(keyName);
    var names = new ArrayList<String>();
    for (String name : files.names()) {
      // A profile that is broken now depends on nothing.
      problem(() -> {
        if (resolve(name, files, environment, keyName::equals).hops().contains(key)) {
          names.add(name);
        }
      });
    }
    return names;
  }

  private Chain reportingEdits(Supplier<Chain> resolution) {
    try {
      return resolution.get();
    } finally {
      if (resolved.takeEdited()) {
        edited.run();
      }
    }
  }

  private Chain resolve(ResolvedChains.Question question) {
    return resolve(question, read(question.environment()));
  }

  private Chain resolve(ResolvedChains.Question question, ProfileSet files) {
    return resolved.get(
        question,
        files,
        storedKeys,
        keys ->
            new ChainResolver(files, question.environment(), keys, userName)
                .resolve(question.profile(), question.role()));
  }

  Chain resolve(String name, ProfileSet files, CallerEnvironment environment, StoredKeys keys) {
    return new ChainResolver(files, environment, keys, userName).resolve(name, Optional.empty());
  }

  ProfileSet read(CallerEnvironment environment) {
    return reader.read(environment);
  }

  private static Optional<String> problem(Runnable attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (JvaultException e) {
      return Optional.of(e.sentence());
    }
  }
}
