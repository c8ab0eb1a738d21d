package dev.jvault.setup;

import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.ConfigText;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code default}: {@code [default]} of {@code ~/.aws/config} gets its credentials from jvault, so
 * that a program finds them without any profile. Its other settings stay.
 */
final class DefaultTarget implements SetupTarget {
  private static final String DEFAULT = "default";
  private static final Description DESCRIPTION =
      new Description(
          DEFAULT, "programs without a profile get the credentials of NAME", true, true);

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Optional<String> detected(SetupContext context) {
    return Optional.empty();
  }

  @Override
  public Wishes wishes(SetupContext context, List<String> profiles) {
    String profile = OneProfile.of(profiles, DESCRIPTION);
    if (profile.equals(DEFAULT)) {
      throw new JvaultException(
          ExitCode.USAGE,
          "[default] cannot get its credentials from itself; name another profile, as in `jvault setup default dev`.");
    }
    Optional<String> region = context.region().apply(profile);
    if (context.chain().apply(profile).contains(DEFAULT)) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "%s gets its own credentials from [default], which cannot get them from %s; name another profile. Nothing was changed."
              .formatted(PrintableText.quoted(profile), PrintableText.quoted(profile)));
    }
    ConfigFiles files = ConfigFiles.of(context.environment());
    SetupEdit edit =
        new SetupEdit.Block(
            DEFAULT,
            files.config(),
            content -> {
              ConfigText config = ConfigText.config(content);
              CredentialKeys.require(config, DEFAULT, DEFAULT, files.config());
              CredentialKeys.requireNone(DEFAULT, DEFAULT, files.credentials(), context);
              return insertion(config, context.command(), profile, region);
            });
    return new Wishes(
        List.of(edit),
        List.of(
            "Programs that name no profile get the credentials of %s; `jvault exec` and AWS_PROFILE still choose another."
                .formatted(profile)));
  }

  private static SetupEdit.Insertion insertion(
      ConfigText config, String command, String profile, Optional<String> region) {
    if (!config.has(DEFAULT)) {
      List<String> lines = new ArrayList<>();
      lines.add(ConfigText.header(DEFAULT));
      lines.addAll(CredentialProcessLine.settings(command, profile, region));
      return SetupEdit.Insertion.atEnd(lines);
    }
    boolean hasRegion = config.settings(DEFAULT).containsKey("region");
    return new SetupEdit.Insertion(
        CredentialProcessLine.settings(command, profile, hasRegion ? Optional.empty() : region),
        OptionalInt.of(config.endOf(DEFAULT)),
        config.indentAtEndOf(DEFAULT));
  }
}
