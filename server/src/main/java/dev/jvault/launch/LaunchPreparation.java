package dev.jvault.launch;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.SeenFile;
import dev.jvault.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Writes the ready file of a profile for which a plan has been made, so that the launcher starts
 * the profile's next command by itself. Safe for many threads.
 */
public final class LaunchPreparation {
  private final IntSupplier port;
  private final Grants grants;
  private final Profiles profiles;
  private final ConfigReader configReader;
  private final Sessions sessions;
  private final ReadyFiles readyFiles;

  /**
   * A preparation for the endpoint of this daemon.
   *
   * @param port the endpoint's TCP port at the moment
   */
  public LaunchPreparation(
      IntSupplier port,
      Grants grants,
      Profiles profiles,
      ConfigReader configReader,
      Sessions sessions,
      ReadyFiles readyFiles) {
    this.port = port;
    this.grants = grants;
    this.profiles = profiles;
    this.configReader = configReader;
    this.sessions = sessions;
    this.readyFiles = readyFiles;
  }

  /**
   * Writes the file, or removes it if the plan is stale. Resolves the profile again, because the
   * config files may have changed while a verb waited for the user.
   */
  void prepare(Chain chain, Grant grant, LaunchRequest request, LaunchPlan plan) {
    CallerEnvironment environment = request.environment();
    Optional<List<SeenFile>> seen = configReader.snapshot(environment);
    Chain now = profiles.resolve(chain.profile(), environment);
    if (seen.isEmpty() || !now.equals(chain)) {
      readyFiles.remove(chain.profile());
      return;
    }
    Instant issuable = sessions.issuableUntil(chain, environment);
    readyFiles.write(
        grant, port.getAsInt(), grants.tokenFile(grant.id()), seen.get(), issuable, plan);
  }
}
