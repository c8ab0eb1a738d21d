package dev.jvault.profile;

import dev.jvault.clock.Sleeper;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  /**
   * Where the keys of IAM users are managed, for a stored key.
   *
   * @param keyName the key's name in the vault
   * @param profile the profile that is asked for, whose chain starts at the key
   */
  public ServiceTarget iam(String keyName, String profile, CallerEnvironment environment) {
    ProfileSet files = read(environment);
    Profile bottom = files.find(keyName).orElseGet(() -> Profile.ofKey(keyName));
    return new ServiceTargets(new SettingLookup(files, environment))
        .iam(bottom, files.find(profile).orElse(bottom));
  }

  /**
   * Where a profile's console is signed in to, and how that is reached.
   *
   * @param host AWS's own, if no endpoint is configured
   */
  public ServiceTarget signin(
      String name, String region, String host, CallerEnvironment environment) {
    ProfileSet files = read(environment);
    Profile profile = files.find(name).orElseGet(() -> Profile.ofKey(name));
    return new ServiceTargets(new SettingLookup(files, environment))
        .of("signin", region, host, profile);
  }

  /** Whether the files have a profile of exactly this name. */
  public boolean configured(String name, CallerEnvironment environment) {
    return !read(environment).sections(name).isEmpty();
  }

  /**
   * The other profiles whose chains begin with the same hops, and so share their sessions: those
   * that share the first hop, those that share the first two, and so on.
   */
  public List<List<String>> sharing(List<Hop> hops, String name, CallerEnvironment environment) {
    List<List<String>> names =
        Stream.generate(() -> (List<String>) new ArrayList<String>()).limit(hops.size()).toList();
    for (ListedProfile other : list(environment)) {
      List<Hop> all = other.chain().map(Chain::hops).orElse(List.of());
      int most = other.summary().name().equals(name) ? 0 : Math.min(hops.size(), all.size());
      for (int hop = 0; hop < most && all.get(hop).equals(hops.get(hop)); hop++) {
        names.get(hop).add(other.summary().name());
      }
    }
    return names;
  }

  /**
   * All profiles, in the order of the files; one that cannot be used comes with the reason. Each is
   * resolved once, and none counts as in use because of this.
   */
  public List<ListedProfile> list(CallerEnvironment environment) {
    ProfileSet files = read(environment);
    var resolver = new ChainResolver(files, environment, storedKeys, userName);
    var chains = new HashMap<String, Chain>();
    return new ProfileSummaries(files)
            .all(name ->
                problem(() -> {
                  requireCaller();
                  chains.put(name, chain(name, files, environment, resolver));
                }))
            .stream()
            .map(summary ->
                new ListedProfile(summary, Optional.ofNullable(chains.get(summary.name()))))
            .toList();
  }

  /** The chain in use, if there is one, so that all know it by the same object. */
  private Chain chain(
      String name, ProfileSet files, CallerEnvironment environment, ChainResolver resolver) {
    return resolved
        .known(new ResolvedChains.Question(name, Optional.empty(), environment), files, storedKeys)
        .orElseGet(() -> resolver.resolve(name, Optional.empty()));
  }

  /** Ends a list that nobody waits for any longer. */
  private static void requireCaller() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the caller has gone");
    }
  }

  /** The profiles whose chain starts at the key of this name, once it is in the vault. */
  public List<String> dependingOn(String keyName, CallerEnvironment environment) {
    ProfileSet files = read(environment);
    var key = new Hop.StoredKey(keyName);
    var names = new ArrayList<String>();
    var resolver = new ChainResolver(files, environment, keyName::equals, userName);
    for (String name : files.names()) {
      // A profile that is broken now depends on nothing.
      problem(() -> {
        requireCaller();
        if (resolver.resolve(name, Optional.empty()).hops().contains(key)) {
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

  /** Resolves profiles as if the vault held no key. */
  ChainResolver withoutKeys(ProfileSet files, CallerEnvironment environment) {
    return new ChainResolver(files, environment, StoredKeys.none(), userName);
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
