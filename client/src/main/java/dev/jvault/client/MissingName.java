package dev.jvault.client;

import dev.jvault.folder.AllowedFiles;
import dev.jvault.folder.ProfileFile;
import dev.jvault.program.Command;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the profile of a command line that names none: that of {@code AWS_PROFILE}, else that of
 * the folder's {@link ProfileFile} if the user has allowed it. A verb takes part if its {@link
 * Verb.Names} say so.
 */
final class MissingName {
  private static final String VARIABLE = "AWS_PROFILE";

  private final Client client;

  MissingName(Client client) {
    this.client = client;
  }

  /**
   * The name of the profile.
   *
   * @return empty if the user was asked and did not choose
   * @throws JvaultException if no place names a profile, or if the folder's file is not allowed or
   *     wrong
   */
  Optional<String> find(Verb verb) {
    Invocation invocation = client.invocation();
    String name = invocation.variable(VARIABLE);
    if (!name.isEmpty()) {
      verb.refuseNoName(List.of(name));
      return Optional.of(name);
    }
    Optional<Path> file = AllowVerb.nearestTo(invocation);
    if (file.isPresent()) {
      return Optional.of(allowed(ProfileFile.read(file.get(), invocation.uid()), invocation));
    }
    throw verb.nameMissing();
  }

  private static String allowed(ProfileFile file, Invocation invocation) {
    if (new AllowedFiles(invocation.files().state(), invocation.uid()).allows(file)) {
      return file.profile();
    }
    throw new JvaultException(
        ExitCode.PROFILE,
        "%s names the profile %s, but you have not allowed it with this content; run `jvault allow %s`, or name the profile."
            .formatted(
                file.path(),
                PrintableText.quoted(file.profile()),
                Command.quoted(file.path().toString())));
  }
}
