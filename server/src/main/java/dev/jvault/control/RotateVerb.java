package dev.jvault.control;

import dev.jvault.profile.Chain;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.rotation.Rotation;
import dev.jvault.vault.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code rotate}: replaces stored keys by new ones of the same users. A second call goes on where a
 * first one stopped.
 */
final class RotateVerb implements Verb {
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final Rotation rotation;
  private final StoredKeyChains chains;
  private final SessionEraser eraser;

  RotateVerb(
      Vault vault,
      VaultAccess vaultAccess,
      Profiles profiles,
      Rotation rotation,
      StoredKeyChains chains,
      SessionEraser eraser) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.rotation = rotation;
    this.chains = chains;
    this.eraser = eraser;
  }

  @Override
  public Reply run(Call call) {
    vaultAccess.open(call);
    if (!vault.exists()) {
      throw new JvaultException(
          ExitCode.VAULT, "There is no vault, and so no key to rotate; `jvault add` stores one.");
    }
    return call.flag("all") ? all(call) : Reply.ofMessage(one(call.profile(), call));
  }

  /** Goes on after a failure, and ends with the first one's exit status. */
  private Reply all(Call call) {
    Map<String, String> names = new LinkedHashMap<>();
    vault.keys().list().forEach(key -> names.putIfAbsent(key.accessKeyId(), key.name()));
    List<String> lines = new ArrayList<>();
    Optional<JvaultException> first = Optional.empty();
    for (String name : names.values()) {
      try {
        lines.add(one(name, call));
      } catch (JvaultException e) {
        lines.add(name + ": " + e.sentence());
        first = first.or(() -> Optional.of(e));
      }
    }
    String text = names.isEmpty() ? "The vault has no key to rotate." : String.join("\n", lines);
    return first.map(e -> Reply.failed(e.exitCode(), text)).orElseGet(() -> Reply.ofMessage(text));
  }

  private String one(String profile, Call call) {
    boolean held = vault.keys().find(profile).isPresent();
    String name = chains.keyOf(profile, held, call.environment());
    if (vault.keys().find(name).isEmpty()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "Profile %1$s starts at %2$s, which has no key in the vault; run `jvault add %2$s` to store one."
              .formatted(profile, name));
    }
    if (!name.equals(profile)) {
      call.person().tell("profile %s uses the key of %s".formatted(profile, name));
    }
    CallersKey key = key(profile, name, call);
    if (call.flag("dry-run")) {
      return rotation.preview(key);
    }
    String done = rotation.run(key);
    List<String> users = users(name, call);
    return users.isEmpty()
        ? done
        : done + "\nProfiles that use the new key: " + String.join(", ", users) + ".";
  }

  /** The profiles of all names that the key has. */
  private List<String> users(String name, Call call) {
    return names(name).stream()
        .flatMap(one -> profiles.dependingOn(one, call.environment()).stream())
        .distinct()
        .toList();
  }

  private List<String> names(String name) {
    return vault
        .keys()
        .find(name)
        .map(key -> vault.keys().names(key.accessKeyId()))
        .orElse(List.of());
  }

  private CallersKey key(String profile, String name, Call call) {
    Chain chain = chains.ofKey(name, call.environment());
    ServiceTarget sts =
        StsTarget.of(chain)
            .orElseThrow(() ->
                new JvaultException(
                    ExitCode.PROFILE, "Profile %s does not call STS.".formatted(name)));
    return new CallersKey(
        name,
        sts,
        profiles.iam(name, profile, call.environment()),
        chains.withMfa(profile, name, call.environment()),
        vault,
        chains.sessions(),
        () -> names(name).forEach(one -> eraser.keyStored(one, true, call.environment())),
        call);
  }
}
