package dev.jvault.credential;

import dev.jvault.files.ForeignFiles;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.secret.AccessKey;
import dev.jvault.vault.UnlockResult;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes sources of a profile's chain, with the stored key from the vault. Keeps the result as long
 * as chain, caller and key are unchanged, because each SDK request needs it. Safe for many threads.
 */
public final class Sources {
  @SuppressWarnings("UnnecessaryLambda") // Compared by identity below.
  private static final Consumer<String> IGNORE_OUTPUT = _ -> {};

  private final Vault vault;
  private final AwsServices aws;
  private final MfaCodes codes;
  private final EnvironmentKeys environmentKeys;
  private final InstantSource clock;
  private final ForeignFiles tokenFiles = new ForeignFiles();
  private final Set<String> longLivedProcesses = ConcurrentHashMap.newKeySet();

  /** The latest result of each profile. */
  private final Map<String, Assembled> latest = new ConcurrentHashMap<>();

  /** The sources of one chain, caller and key. */
  private record Assembled(
      Chain chain, CallerEnvironment environment, Optional<AccessKey> key, SourceChain sources) {
    /** Compares by identity, because unchanged chains and environments are shared. */
    @SuppressWarnings("ReferenceEquality") // Equality would cost more than it saves.
    boolean isOf(Chain otherChain, CallerEnvironment otherCaller, Optional<AccessKey> otherKey) {
      return chain == otherChain && environment == otherCaller && key.equals(otherKey);
    }
  }

  /** The caller, and what receives the output of its helper commands. */
  private record Caller(CallerEnvironment environment, Consumer<String> output) {}

  /** Sources that share a vault, AWS's services, MFA codes and the callers' credentials. */
  public Sources(
      Vault vault,
      AwsServices aws,
      MfaCodes codes,
      EnvironmentKeys environmentKeys,
      InstantSource clock) {
    this.vault = vault;
    this.aws = aws;
    this.codes = codes;
    this.environmentKeys = environmentKeys;
    this.clock = clock;
  }

  /**
   * Assembles a chain: finds its key, and opens the vault if needed.
   *
   * @throws dev.jvault.protocol.JvaultException if the vault cannot be opened for another reason
   *     than a missing passphrase
   */
  public Assembly assemble(Chain chain, CallerEnvironment environment) {
    return assemble(chain, environment, IGNORE_OUTPUT);
  }

  /**
   * The same, for a caller who waits.
   *
   * @param output receives what the user's helper commands print while they run, line by line
   */
  public Assembly assemble(Chain chain, CallerEnvironment environment, Consumer<String> output) {
    var caller = new Caller(environment, output);
    return switch (chain.bottom()) {
      case Hop.StoredKey stored -> stored(chain, stored, caller);
      case Hop.PlainKey plain when plain.isLongLivedKey() ->
          ready(chain, Optional.of(plain.key()), caller);
      case Hop.Sso _ -> {
        // The vault may hold the login's token. If not, the source says what is missing.
        if (vault.exists()) {
          UnlockResult _ = open(caller);
        }
        yield ready(chain, Optional.empty(), caller);
      }
      case Hop.Bottom _ -> ready(chain, Optional.empty(), caller);
    };
  }

  /** Forgets all results, and with them the stored keys in memory. */
  public void forget() {
    latest.clear();
  }

  private Assembly stored(Chain chain, Hop.StoredKey bottom, Caller caller) {
    if (!vault.exists()) {
      return new Assembly.Blocked(noKey(chain, bottom));
    }
    UnlockResult opened = open(caller);
    if (opened != UnlockResult.OPEN) {
      return new Assembly.Blocked(new Outcome.NeedsPerson(need(opened)));
    }
    Optional<AccessKey> key = vault.keys().find(bottom.name());
    return key.isEmpty() ? new Assembly.Blocked(noKey(chain, bottom)) : ready(chain, key, caller);
  }

  private UnlockResult open(Caller caller) {
    return vault.unlocked()
        ? UnlockResult.OPEN
        : vault.unlockQuietly(caller.environment().helper());
  }

  private static PersonNeed need(UnlockResult opened) {
    return switch (opened) {
      case LOCKED_BY_USER -> new PersonNeed.Unlocking();
      case KEYRING_LOCKED -> new PersonNeed.Keyring();
      case PASSPHRASE_NEEDED, PASSPHRASE_WRONG -> new PersonNeed.Passphrase();
      case OPEN -> throw new IllegalArgumentException("an open vault needs nobody");
    };
  }

  private Assembly ready(Chain chain, Optional<AccessKey> key, Caller caller) {
    // Output goes to one call only, and each caller brings its own variables.
    if (!caller.output().equals(IGNORE_OUTPUT) || chain.bottom() instanceof Hop.EnvironmentKey) {
      return new Assembly.Ready(sources(chain, key, caller));
    }
    Assembled known = latest.get(chain.profile());
    if (known == null || !known.isOf(chain, caller.environment(), key)) {
      known = new Assembled(chain, caller.environment(), key, sources(chain, key, caller));
      latest.put(chain.profile(), known);
    }
    return new Assembly.Ready(known.sources());
  }

  private SourceChain sources(Chain chain, Optional<AccessKey> key, Caller caller) {
    var sources = new ArrayList<CredentialSource>();
    for (Hop hop : chain.hops().subList(key.isPresent() ? 1 : 0, chain.hops().size())) {
      sources.add(source(hop, caller));
    }
    return new SourceChain(chain.profile(), chain.bottom().profile(), key, sources);
  }

  private CredentialSource source(Hop hop, Caller caller) {
    var deviceCodes = new DeviceCodes(codes, caller.environment().helper(), caller.output());
    return switch (hop) {
      case Hop.SessionToken token -> new SessionTokenSource(token, aws.sts(), deviceCodes);
      case Hop.FederationToken token -> new FederationTokenSource(token, aws.sts());
      case Hop.AssumeRole role -> new AssumeRoleSource(role, aws.sts(), deviceCodes);
      case Hop.PlainKey plain ->
          new StaticCredentialsSource(plain, plain.sessionToken().orElseThrow(), clock);
      case Hop.WebIdentity identity ->
          new WebIdentitySource(
              identity, aws.sts(), new HelperEnvironment(caller.environment()), tokenFiles);
      case Hop.Sso role -> new SsoSource(role, aws.sso());
      case Hop.EnvironmentKey variables ->
          new EnvironmentSource(
              variables.profile(),
              environmentKeys.find(variables.profile()),
              externalReader(variables.trade(), deviceCodes));
      case Hop.CredentialProcess process ->
          new ProcessSource(
              process,
              new HelperEnvironment(caller.environment()),
              externalReader(process.trade(), deviceCodes),
              caller.output(),
              longLivedProcesses);
      case Hop.Login login -> AmbientSource.of(login, caller.environment(), aws.ambient());
      case Hop.Ec2InstanceMetadata instance -> AmbientSource.of(instance, aws.ambient());
      case Hop.EcsContainer container -> AmbientSource.of(container, aws.ambient());
      case Hop.StoredKey _ -> throw new IllegalStateException("a stored key is not a source");
    };
  }

  private ExternalCredentialReader externalReader(
      Optional<Hop.SessionToken> trade, DeviceCodes deviceCodes) {
    return new ExternalCredentialReader(
        trade.map(hop -> new SessionTokenSource(hop, aws.sts(), deviceCodes)), aws.skew(), clock);
  }

  private static Outcome noKey(Chain chain, Hop.StoredKey bottom) {
    String whose =
        bottom.name().equals(chain.profile())
            ? "Profile " + chain.profile() + " has no key"
            : "Profile " + chain.profile() + " starts at " + bottom.name() + ", which has no key";
    return new Outcome.Denied(
        Outcome.Reason.PROFILE,
        whose + " in the vault; run `jvault add " + bottom.name() + "` to store one.");
  }

  /** The result of assembling a chain. */
  public sealed interface Assembly {
    /** The sources can be asked. */
    record Ready(SourceChain chain) implements Assembly {}

    /** They cannot, for this reason; never {@link Outcome.Issued}. */
    record Blocked(Outcome outcome) implements Assembly {}
  }

  /**
   * The services of AWS that sources use.
   *
   * @param sts exchanges credentials
   * @param sso gives the roles of IAM Identity Center
   * @param ambient gives the credentials of the machine or container
   * @param skew how far this machine's clock is from AWS's
   */
  public record AwsServices(Sts sts, SsoRoles sso, AmbientCredentials ambient, ClockSkew skew) {}
}
