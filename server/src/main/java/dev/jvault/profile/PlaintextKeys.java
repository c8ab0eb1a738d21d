package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the long-lived keys that profiles have in plain text, and refuses anything else. */
final class PlaintextKeys {
  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final List<String> TOKENS = List.of("aws_session_token", "aws_security_token");

  /** Those of AWS have 40 characters of base64; other vendors use more kinds of characters. */
  private static final Pattern SECRET_SHAPE = Pattern.compile("[!-~]{16,256}");

  /** Stand-ins for AWS take any secret, such as {@code test}. */
  private static final Pattern STAND_IN_SECRET_SHAPE = Pattern.compile("[!-~]{1,256}");

  private final ProfileSet profiles;

  PlaintextKeys(ProfileSet profiles) {
    this.profiles = profiles;
  }

  /** The profiles that have keys in plain text, each with the place of the key's first part. */
  List<ConfigReader.KeyLocation> all() {
    return profiles.names().stream()
        .flatMap(name ->
            profiles
                .find(name)
                .flatMap(profile ->
                    profile
                        .firstOf(SourceKeys.KEY_PAIR)
                        .map(setting ->
                            new ConfigReader.KeyLocation(name, setting.where(), isOfAws(profile))))
                .stream())
        .toList();
  }

  private static boolean isOfAws(Profile profile) {
    return profile
        .keySection()
        .flatMap(section -> section.secret(ID))
        .map(Secret::reveal)
        .filter(AccessKeyIds::ofAws)
        .isPresent();
  }

  /** The whole key of a profile. */
  PlaintextKey of(String name) {
    Profile profile =
        profiles
            .find(name)
            .orElseThrow(() ->
                new JvaultException(ExitCode.PROFILE, "There is " + profiles.explainMissing(name)));
    profile.requireReadable();
    Section section = profile.keySection().orElseThrow(() -> none(name));
    Optional<Setting> id = section.setting(ID);
    Optional<Setting> secret = section.setting(SECRET);
    Setting first = id.or(() -> secret).orElseThrow(() -> none(name));
    for (String token : TOKENS) {
      profile
          .setting(token)
          .ifPresent(setting -> {
            throw setting.wrong(
                "makes these temporary credentials, which expire; there is nothing to import");
          });
    }
    if (id.isEmpty() || secret.isEmpty()) {
      throw first.wrong(
          "has no " + (id.isEmpty() ? ID : SECRET) + " beside it; complete the key or delete it");
    }
    String idText = section.secret(ID).map(Secret::reveal).orElse("");
    if (AccessKeyIds.temporary(idText)) {
      throw id.get().wrong("belongs to temporary credentials; there is nothing to import");
    }
    if (AccessKeyIds.looksLikeSecret(idText)) {
      throw id.get().wrong("looks like a secret access key and not like its ID; correct it");
    }
    if (!AccessKeyIds.possible(idText)) {
      throw id.get().wrong("is no access key ID such as AKIAIOSFODNN7EXAMPLE; correct it");
    }
    Secret secretText = section.secret(SECRET).orElse(Secret.of(""));
    Pattern shape = AccessKeyIds.ofAws(idText) ? SECRET_SHAPE : STAND_IN_SECRET_SHAPE;
    if (!shape.matcher(secretText.reveal()).matches() || AccessKeyIds.ofAws(secretText.reveal())) {
      throw secret.get().wrong("is no secret access key; correct it");
    }
    return new PlaintextKey(name, new AccessKey(idText, secretText), id.get().where());
  }

  private static JvaultException none(String name) {
    return new JvaultException(
        ExitCode.PROFILE,
        "Profile %s has no key in plain text; there is nothing to import."
            .formatted(PrintableText.quoted(name)));
  }
}
