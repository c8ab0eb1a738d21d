package dev.jvault.server;

import dev.jvault.aws.SdkAmbient;
import dev.jvault.aws.SdkFederation;
import dev.jvault.aws.SdkIam;
import dev.jvault.aws.SdkSectionParser;
import dev.jvault.aws.SdkSsoOidc;
import dev.jvault.aws.SdkSsoPortal;
import dev.jvault.aws.SdkSts;
import dev.jvault.clock.Clocks;
import dev.jvault.clock.Sleeper;
import dev.jvault.console.Federation;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.Iam;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Sources;
import dev.jvault.credential.Sts;
import dev.jvault.http.Caller;
import dev.jvault.interaction.InteractionBroker;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Drivers;
import dev.jvault.session.SdkTimeouts;
import dev.jvault.session.Sessions;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;

/**
 * What makes credentials, wired: the vault, the profiles, the clients of AWS and the sessions.
 *
 * @param skew how far AWS's clock is ahead of this machine's
 */
record CredentialServices(
    Vault vault,
    ConfigReader configReader,
    Profiles profiles,
    Sts sts,
    Iam iam,
    Federation federation,
    EnvironmentKeys environmentKeys,
    SsoLogins sso,
    Sessions sessions,
    ClockSkew skew) {

  /**
   * Wires them.
   *
   * @param callers looks up who opens the pages of a login
   * @param ownPorts the ports that a source must not ask, because this daemon listens on them
   * @param timeouts how long SDK requests wait
   * @param resources gets what has to be closed
   */
  static CredentialServices wire(
      ServerConfig config,
      Caller.Lookup callers,
      IntPredicate ownPorts,
      SdkTimeouts timeouts,
      Clocks clock,
      ResourceStack resources) {
    var skew = new ClockSkew(clock);
    var vault = resources.add(Vault.open(config.files().vault(), clock));
    StandingPassphrase.file(config.environment())
        .ifPresent(file -> vault.standingPassphrase(() -> StandingPassphrase.firstLine(file)));
    var sts = resources.add(new SdkSts(clock, skew));
    var iam = resources.add(new SdkIam(skew));
    var environmentKeys = new EnvironmentKeys(config.environment());
    var ambient = resources.add(new SdkAmbient(config.environment(), ownPorts, clock, skew));
    var configReader = new ConfigReader(new SdkSectionParser());
    var profiles = new Profiles(configReader, vault::mayHoldKey);
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("load-", 0).factory());
    resources.add(executor::shutdownNow);
    var codes = new MfaCodes(clock);
    var drivers = new Drivers(System.getProperty("os.name", ""));
    var oidc = resources.add(new SdkSsoOidc(clock, skew));
    var portal = resources.add(new SdkSsoPortal(clock, skew));
    var sso = resources.add(new SsoLogins(oidc, portal, vault, clock, config.ssoCache(), callers));
    var broker =
        new InteractionBroker(vault, codes, sso::loginAndTell, drivers, clock.steadySource());
    var sources =
        new Sources(
            vault, new Sources.AwsServices(sts, sso, ambient, skew), codes, environmentKeys, clock);
    var sessions = new Sessions(sources, vault, broker, timeouts, clock, executor, Sleeper.REAL);
    return new CredentialServices(
        vault,
        configReader,
        profiles,
        sts,
        iam,
        new SdkFederation(skew),
        environmentKeys,
        sso,
        sessions,
        skew);
  }
}
