package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The profiles of the AWS config files, for any caller and any number of threads. Files are read
 * anew when they have changed, so that an answer is always of the files as they are.
 *
 * <p>All methods throw {@link JvaultException} with {@link ExitCode#PROFILE} and a sentence that
 * names file and line where a file, a profile or a variable is wrong.
 */
public final class Profiles {
  private static final DateTimeFormatter BACKUP_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SectionParser parser;
  private final ConfigReader reader;
  private final Predicate<String> storedKey;
  private final String userName;
  private final ReentrantLock writing = new ReentrantLock();
  private final ResolvedChains resolved = new ResolvedChains();
  private volatile Runnable edited = () -> {};

  /**
   * Profiles as the parser reads them.
   *
   * @param storedKey whether the vault holds, or may hold, a key of that name; such a name needs no
   *     section
   */
  public Profiles(SectionParser parser, Predicate<String> storedKey) {
    this(parser, InstantSource.system(), System.getProperty("user.name", "user"), storedKey);
  }

  Profiles(
      SectionParser parser, InstantSource clock, String userName, Predicate<String> storedKey) {
    this(parser, new ConfigReader(parser, clock), userName, storedKey);
  }

  private Profiles(
      SectionParser parser, ConfigReader reader, String userName, Predicate<String> storedKey) {
    this.parser = parser;
    this.reader = reader;
    this.storedKey = storedKey;
    this.userName = userName;
  }

  /**
   * The same files, resolved as if the vault held other keys. Its chains are not in use, so edits
   * to them are not reported.
   *
   * @param keys whether the vault is taken to hold a key of that name
   */
  public Profiles supposing(Predicate<String> keys) {
    return new Profiles(parser, reader, userName, keys);
  }

  /** Whether the vault holds, or may hold, a key of that name. */
  public boolean hasStoredKey(String name) {
    return storedKey.test(name);
  }

  /** What a profile means. */
  public Chain resolve(String name, CallerEnvironment environment) {
    return resolve(name, Optional.empty(), environment);
  }

  /**
   * What a profile means, and above it a role that no profile names.
   *
   * @param role its ARN, for a chain that ends in it
   */
  public Chain resolve(String name, Optional<String> role, CallerEnvironment environment) {
    try {
      return answer(new ResolvedChains.Question(name, role, environment));
    } finally {
      if (resolved.takeNews()) {
        edited.run();
      }
    }
  }

  /**
   * Calls somebody when a chain that was in use is no longer what its profile means, on the thread
   * of the request that finds it.
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
      problem(() -> answer(question));
    }
    List<ChainInUse> left = resolved.takeLeft();
    return left.isEmpty() ? Optional.empty() : Optional.of(new ChainsEdit(left, resolved.all()));
  }

  /**
   * The caller's files in the state in which they are read now; empty where one of them is not
   * taken as it is.
   */
  public Optional<List<SeenFile>> seen(CallerEnvironment environment) {
    List<FileReading> readings = readings(environment);
    return readings.stream().anyMatch(reading -> reading.trouble().isPresent())
        ? Optional.empty()
        : Optional.of(
            readings.stream()
                .map(reading -> new SeenFile(reading.file().path(), reading.now()))
                .toList());
  }

  /** Why the caller's files are not taken as they are now. */
  public List<FileTrouble> troubles(CallerEnvironment environment) {
    return readings(environment).stream().flatMap(reading -> reading.trouble().stream()).toList();
  }

  /** What is wrong with the caller's files, and with any others that were read lately. */
  public List<ConfigFault> faults(CallerEnvironment environment) {
    return new ConfigFaults(reader).of(ConfigFiles.of(environment));
  }

  /** When a file that looks as if it were being written should be looked at again. */
  public Optional<Instant> nextLook() {
    return reader.readings().stream()
        .filter(reading -> reading.trouble().isPresent())
        .map(reading -> reading.since().plus(ConfigReader.PATIENCE))
        .min(Comparator.naturalOrder());
  }

  /**
   * What the files say of a profile and of those below it, also where it does not resolve: the
   * profile itself first; nothing where there is none of that name.
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
    ProfileSet profiles = read(environment);
    var names = new ArrayList<String>();
    for (String other : profiles.names()) {
      problem(() -> {
        List<Hop> all = resolve(other, profiles, environment, storedKey).hops();
        if (!other.equals(name)
            && all.size() >= hops.size()
            && all.subList(0, hops.size()).equals(hops)) {
          names.add(other);
        }
      });
    }
    return names;
  }

  /** All profiles, in the order of the files, those that cannot be used with the reason. */
  public List<ProfileSummary> list(CallerEnvironment environment) {
    ProfileSet profiles = read(environment);
    return new ProfileSummaries(profiles)
        .all(name -> problem(() -> resolve(name, profiles, environment, storedKey)));
  }

  /** The profiles whose chain starts at the key of this name, once it is in the vault. */
  public List<String> dependingOn(String keyName, CallerEnvironment environment) {
    ProfileSet profiles = read(environment);
    var key = new Hop.StoredKey(keyName);
    var names = new ArrayList<String>();
    for (String name : profiles.names()) {
      // A profile that is broken now depends on nothing.
      problem(() -> {
        if (resolve(name, profiles, environment, keyName::equals).hops().contains(key)) {
          names.add(name);
        }
      });
    }
    return names;
  }

  /**
   * Adds an empty section to the config file, unless there is one. The file, and its folder, are
   * created if need be.
   */
  public void addSection(String name, CallerEnvironment environment) {
    if (name.isBlank() || name.chars().anyMatch(c -> c == ']' || Character.isISOControl(c))) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "\"%s\" cannot be the name of a profile in a config file; choose another name."
              .formatted(PrintableText.of(name)));
    }
    writing.lock();
    try {
      var config = ConfigFiles.of(environment).config();
      if (!reader.read(config, FileKind.CONFIG).profiles().containsKey(name)) {
        SectionWriter.append(config, SectionWriter.header(name));
        reader.forget(config);
      }
    } finally {
      writing.unlock();
    }
  }

  /** The logins to IAM Identity Center that the config file names, those of sections first. */
  public List<SsoSession> ssoSessions(CallerEnvironment environment) {
    return directory(environment).all();
  }

  /**
   * A login to IAM Identity Center.
   *
   * @param name of an {@code [sso-session]} section, a start URL, or of a profile that uses one
   */
  public SsoSession ssoSession(String name, CallerEnvironment environment) {
    return directory(environment).find(name);
  }

  private SsoDirectory directory(CallerEnvironment environment) {
    ProfileSet profiles = read(environment);
    return new SsoDirectory(
        profiles, environment, name -> resolve(name, profiles, environment, _ -> false));
  }

  /** The profiles that have keys in plain text, and where. */
  public List<ProfilePlace> plainKeys(CallerEnvironment environment) {
    return new PlaintextKeys(read(environment)).all();
  }

  /**
   * The long-lived key that a profile has in plain text, ready to be taken out of the files.
   *
   * @throws JvaultException where it has none, or one that is temporary, incomplete or no key
   */
  public PlaintextKey plainKey(String name, CallerEnvironment environment) {
    ProfileSet profiles = read(environment);
    PlaintextKey key = new PlaintextKeys(profiles).of(name);
    ConfigFiles files = ConfigFiles.of(environment);
    new PlaintextKeyRemover(files.config(), FileKind.CONFIG, parser)
        .check(key, reader.read(files.config(), FileKind.CONFIG));
    new PlaintextKeyRemover(files.credentials(), FileKind.CREDENTIALS, parser)
        .check(key, reader.read(files.credentials(), FileKind.CREDENTIALS));
    return key;
  }

  /**
   * Takes keys out of the files, each of which is kept beside it as it was.
   *
   * @param date for the names of the backups
   */
  public List<Blanked> blank(List<PlaintextKey> keys, CallerEnvironment environment, Instant date) {
    ConfigFiles files = ConfigFiles.of(environment);
    String suffix = BACKUP_DATE.format(date);
    writing.lock();
    try {
      return Stream.of(
              new PlaintextKeyRemover(files.credentials(), FileKind.CREDENTIALS, parser),
              new PlaintextKeyRemover(files.config(), FileKind.CONFIG, parser))
          .flatMap(blanker -> blanker.blank(keys, suffix).stream())
          .toList();
    } finally {
      reader.forget(files.config());
      reader.forget(files.credentials());
      writing.unlock();
    }
  }

  /** The files that the environment means; they need not exist. */
  public ConfigFiles files(CallerEnvironment environment) {
    return ConfigFiles.of(environment);
  }

  /**
   * The texts of both files without the credential keys of {@code [default]}, which every SDK would
   * prefer to an endpoint; nothing where {@code [default]} has none. Where another profile has it
   * as its source, that reads them under another name.
   */
  public Optional<ShadowedFiles> withoutDefaultKeys(CallerEnvironment environment) {
    return DefaultShadow.of(readings(environment)).files();
  }

  /** What {@link #withoutDefaultKeys} takes out, for the person; nothing where that is nothing. */
  public Optional<ShadowedDefault> shadowing(CallerEnvironment environment) {
    return DefaultShadow.of(readings(environment)).told();
  }

  /** The texts of both files as they are read. */
  public ShadowedFiles texts(CallerEnvironment environment) {
    List<FileReading> readings = readings(environment);
    return new ShadowedFiles(readings.getFirst().text(), readings.getLast().text());
  }

  private Chain answer(ResolvedChains.Question question) {
    ProfileSet profiles = read(question.environment());
    return resolved.get(
        question,
        profiles,
        storedKey,
        keys ->
            new ChainResolver(profiles, question.environment(), keys, userName)
                .resolve(question.profile(), question.role()));
  }

  private ProfileSet read(CallerEnvironment environment) {
    List<FileReading> readings = readings(environment);
    return new ProfileSet(readings.getFirst().file(), readings.getLast().file());
  }

  /** Of the config file and of the credentials file. */
  private List<FileReading> readings(CallerEnvironment environment) {
    ConfigFiles files = ConfigFiles.of(environment);
    return List.of(
        reader.reading(files.config(), FileKind.CONFIG),
        reader.reading(files.credentials(), FileKind.CREDENTIALS));
  }

  private Chain resolve(
      String name, ProfileSet profiles, CallerEnvironment environment, Predicate<String> keys) {
    return new ChainResolver(profiles, environment, keys, userName).resolve(name, Optional.empty());
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
