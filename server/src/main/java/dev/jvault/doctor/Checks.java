package dev.jvault.doctor;

import dev.jvault.audit.TokenlessRequests;
import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SsoDirectory;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.session.RefusedKey;
import dev.jvault.sso.LoginStatus;
import dev.jvault.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes the checks, each with what it uses. */
public final class Checks {
  private static final Path BOTO = Path.of("/etc/boto.cfg");

  private Checks() {}

  /**
   * What only a running daemon knows.
   *
   * @param port the endpoint's TCP port at the moment
   * @param portTroubles what is wrong with it at the moment
   * @param servedMetadata the profiles that it serves as instance metadata
   * @param endedGrant whether a URI is one of its own for a grant that has ended
   * @param skew how far AWS's clock is ahead of this machine's
   */
  public record Daemon(
      Vault vault,
      Supplier<List<RefusedKey>> refusedKeys,
      Function<SsoSession, LoginStatus> logins,
      TokenlessRequests tokenless,
      IntSupplier port,
      Supplier<List<String>> portTroubles,
      Supplier<List<String>> servedMetadata,
      Predicate<URI> endedGrant,
      Supplier<Duration> skew,
      InstantSource clock) {}

  /** All checks, in the order in which they are shown. */
  public static List<Check> withDaemon(
      Daemon daemon, ConfigReader reader, Profiles profiles, RuntimeFiles own) {
    var all = new ArrayList<Check>();
    all.add(new VersionCheck());
    all.add(new PortCheck(daemon.port(), daemon.portTroubles()));
    all.add(new VaultCheck(daemon.vault()));
    all.add(new KeyringCheck(daemon.vault()));
    all.add(new KeysCheck(daemon.vault(), daemon.refusedKeys(), daemon.clock()));
    all.add(new LoginsCheck(new SsoDirectory(profiles), daemon.logins(), daemon.clock()));
    all.add(new TokenlessCheck(daemon.tokenless(), daemon.clock()));
    all.add(new ClockCheck(daemon.skew()));
    all.addAll(ofCaller(reader, profiles, own, daemon.servedMetadata(), daemon.endedGrant()));
    return List.copyOf(all);
  }

  /**
   * The check of a command.
   *
   * @param words the program and its arguments
   * @param folder the caller's working folder
   * @param profile the profile that {@code exec} would run it with, if one is chosen
   * @param endpoint the address of jvault's endpoint, without a path; empty if no daemon runs
   */
  public static CommandCheck ofCommand(
      List<String> words,
      Path folder,
      Optional<String> profile,
      Profiles profiles,
      Optional<String> endpoint) {
    return new CommandCheck(
        words,
        folder,
        profile,
        new SourceSearch(
            profiles, uri -> endpoint.filter(ours -> uri.startsWith(ours + "/")).isPresent()));
  }

  /** The checks that need no daemon. */
  public static List<Check> withoutDaemon(
      ConfigReader reader, Profiles profiles, RuntimeFiles own) {
    return ofCaller(reader, profiles, own, List::of, _ -> false);
  }

  private static List<Check> ofCaller(
      ConfigReader reader,
      Profiles profiles,
      RuntimeFiles own,
      Supplier<List<String>> servedMetadata,
      Predicate<URI> endedGrant) {
    var files = new ForeignFiles();
    return List.of(
        new ConfigCheck(reader, profiles),
        new PlaintextKeysCheck(reader),
        new DefaultProfileCheck(reader, profiles),
        new BotoFilesCheck(BOTO, files),
        new VariablesCheck(),
        new ChosenProfileCheck(profiles),
        new ContainerVariablesCheck(endedGrant, files),
        new MetadataCheck(servedMetadata),
        new ProxyCheck(servedMetadata),
        new PermissionsCheck(own, files),
        new OtherMetadataCheck(),
        new InstallationsCheck(files),
        new UnitsCheck());
  }
}
