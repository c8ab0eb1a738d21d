package dev.jvault.setup;

import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.ConfigText;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code profile}: a section of {@code ~/.aws/config} by which programs reach a profile through
 * jvault.
 */
final class ProfileTarget implements SetupTarget {
  private static final Description DESCRIPTION =
      new Description(
          "profile",
          "a profile NAME-jvault in the config file, for every SDK and IDE",
          true,
          false);

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return context.served().isEmpty()
        ? Optional.empty()
        : Optional.of("served: " + String.join(", ", names(context)));
  }

  private static List<String> names(SetupContext context) {
    return context.served().stream().map(ServedAddress::name).toList();
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    if (profiles.isEmpty()) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "No profile is served: name one, as in `jvault setup profile NAME`, or run `jvault server --profile NAME --background` first.");
    }
    List<SetupEdit> edits = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String profile : profiles) {
      edits.add(edit(context, profile));
      notes.add(
          "Programs find the credentials of %s under the profile %s: choose it, or set AWS_PROFILE=%s."
              .formatted(
                  profile,
                  CredentialProcessLine.profileFor(profile),
                  CredentialProcessLine.quoted(CredentialProcessLine.profileFor(profile))));
    }
    return new Wishes(edits, notes);
  }

  /** The section for one profile. */
  static SetupEdit edit(SetupContext context, String profile) {
    Optional<String> region = context.region().apply(profile);
    ConfigFiles files = ConfigFiles.of(context.environment());
    List<String> lines = CredentialProcessLine.section(context.command(), profile, region);
    String name = CredentialProcessLine.profileFor(profile);
    return new SetupEdit.Block(
        "profile " + profile,
        files.config(),
        content -> {
          CredentialKeys.requireNone(name, name, files.credentials(), context);
          boolean there = isThere(name, content, files.config(), lines);
          return SetupEdit.Insertion.atEnd(there ? List.of() : lines);
        });
  }

  /** Whether the user has written the section; refuses a name that means something else. */
  private static boolean isThere(String name, byte[] content, Path file, List<String> lines) {
    ConfigText config = ConfigText.config(content);
    if (!config.has(name)) {
      return false;
    }
    String process = "credential_process = " + config.settings(name).get("credential_process");
    if (lines.contains(process)) {
      return true;
    }
    throw new JvaultException(
        ExitCode.PROFILE,
        "%s has a section [%s] of yours (%s); rename it or take it out, then try again. Nothing was changed."
            .formatted(file, PrintableText.quoted(name), CredentialKeys.shown(config, name, file)));
  }
}
