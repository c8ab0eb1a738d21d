package dev.jvault.explain;

import dev.jvault.credential.Sts;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.FilteredConfig;
import dev.jvault.profile.Hop;
import dev.jvault.profile.ProfileReading;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.Setting;
import dev.jvault.profile.StoredKeys;
import dev.jvault.profile.TracedHop;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains how a profile resolves, with the same code that resolves it for a request. It asks the
 * user nothing, runs no command and does not call AWS. For any number of threads.
 */
public final class Explainer {
  private final Profiles profiles;
  private final ConfigReader configReader;
  private final Sts sts;

  /** Explains these profiles. */
  public Explainer(Profiles profiles, ConfigReader configReader, Sts sts) {
    this.profiles = profiles;
    this.configReader = configReader;
    this.sts = sts;
  }

  /** What is known of the vault. */
  public enum VaultState {
    /** It is open: its keys are known. */
    UNLOCKED,
    /** Its keys are unknown. */
    LOCKED,
    /** There is none. */
    NONE
  }

  /** An explanation. */
  public Explanation explain(String name, CallerEnvironment environment, VaultState vault) {
    List<ProfileReading> readings = profiles.readings(name, environment);
    StoredKeys keys =
        switch (vault) {
          case UNLOCKED -> profiles::mayHaveStoredKey;
          // A name that no file has can only be that of a key; otherwise the files are believed.
          case LOCKED -> key -> !profiles.configured(key, environment);
          case NONE -> StoredKeys.none();
        };
    var told = new ArrayList<ExplainedStep>();
    try {
      Chain chain = resolve(name, environment, vault, keys);
      for (TracedHop step : chain.steps()) {
        told.add(
            new StepExplainer(told.size() + 1, step, sts, environment.get("AWS_VAULT_PROMPT"))
                .explained());
      }
      List<ExplainedStep> steps = shared(chain, told, environment, keys);
      return new Explanation(
          name,
          readings,
          word(vault),
          steps,
          asks(vault, chain),
          region(readings, environment),
          missingKey(chain, vault, keys),
          notes(chain, vault, environment),
          advice(chain, readings));
    } catch (JvaultException e) {
      return new Explanation(
          name,
          readings,
          word(vault),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.of(e.sentence()),
          List.of(),
          readings.stream()
              .flatMap(reading -> reading.doubts().stream())
              .filter(doubt -> !doubt.equals(e.sentence()))
              .toList());
    }
  }

  /** While the vault is locked, a profile without another source is assumed to have a key in it. */
  private Chain resolve(
      String name, CallerEnvironment environment, VaultState vault, StoredKeys keys) {
    try {
      return profiles.assuming(keys).resolve(name, environment);
    } catch (JvaultException e) {
      if (vault == VaultState.LOCKED && profiles.configured(name, environment)) {
        return profiles.assuming(StoredKeys.any()).resolve(name, environment);
      }
      throw e;
    }
  }

  private static String word(VaultState vault) {
    return vault.name().toLowerCase(Locale.ROOT);
  }

  /** Adds to each step the profiles that share its session. */
  private List<ExplainedStep> shared(
      Chain chain, List<ExplainedStep> steps, CallerEnvironment environment, StoredKeys keys) {
    List<List<String>> sharing =
        profiles.assuming(keys).sharing(chain.hops(), chain.profile(), environment);
    var shared = new ArrayList<ExplainedStep>();
    for (int i = 0; i < steps.size(); i++) {
      shared.add(steps.get(i).sharedWith(sharing.get(i)));
    }
    return shared;
  }

  private static List<ExpectedPrompt> asks(VaultState vault, Chain chain) {
    return vault == VaultState.LOCKED && chain.bottom() instanceof Hop.StoredKey
        ? List.of(ExpectedPrompt.vault())
        : List.of();
  }

  private static Optional<Parameter> region(
      List<ProfileReading> readings, CallerEnvironment environment) {
    Optional<Setting> own = readings.stream().findFirst().flatMap(ProfileReading::region);
    return own.or(() ->
            Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
                .flatMap(name -> environment.variable(name).stream())
                .findFirst())
        .map(setting ->
            new Parameter("Region", DisplayedText.of(setting.text()), Optional.of(setting), ""));
  }

  private static Optional<String> missingKey(Chain chain, VaultState vault, StoredKeys keys) {
    return chain.bottom() instanceof Hop.StoredKey(String name)
            && vault != VaultState.LOCKED
            && !keys.mayContain(name)
        ? Optional.of(
            "There is no key for %s in the vault; run `jvault add %s` to store one."
                .formatted(DisplayedText.of(name), DisplayedText.of(name)))
        : Optional.empty();
  }

  private List<String> notes(Chain chain, VaultState vault, CallerEnvironment environment) {
    var notes = new ArrayList<>(chain.notes());
    if (vault == VaultState.LOCKED) {
      lockedAway(chain, environment).ifPresent(notes::add);
    }
    configReader.filtered(environment).removedKeys().map(Explainer::shadowed).ifPresent(notes::add);
    return notes;
  }

  private static String shadowed(FilteredConfig.RemovedKeys removed) {
    return "[default] has credential keys, which every SDK would prefer to the endpoint: a command"
        + " gets copies of both files without those keys, and the files stay as they are. Taken"
        + " out: "
        + String.join(", ", removed.keys())
        + "."
        + removed
            .keptAs()
            .map(" Profiles that have default as their source find it there as %s."::formatted)
            .orElse("");
  }

  /** A key in the vault may come before what the files say. */
  private Optional<String> lockedAway(Chain chain, CallerEnvironment environment) {
    try {
      return profiles.assuming(StoredKeys.any()).resolve(chain.profile(), environment).bottom()
                  instanceof Hop.StoredKey(String name)
              && !chain.bottom().equals(new Hop.StoredKey(name))
          ? Optional.of(
              "The vault is locked: if it has a key of the name %s, that key comes first."
                  .formatted(DisplayedText.of(name)))
          : Optional.empty();
    } catch (JvaultException _) {
      return Optional.empty();
    }
  }

  private static List<String> advice(Chain chain, List<ProfileReading> readings) {
    var advice = new ArrayList<String>();
    if (chain.bottom() instanceof Hop.PlainKey key && key.isLongLivedKey()) {
      advice.add(
          "The key of %s lies in plain text at %s; `jvault import %s` moves it into the vault."
              .formatted(
                  DisplayedText.of(key.profile()), key.where(), DisplayedText.of(key.profile())));
    }
    readings.forEach(reading -> advice.addAll(reading.doubts()));
    return advice;
  }
}
