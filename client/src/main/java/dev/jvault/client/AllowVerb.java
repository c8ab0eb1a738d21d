package dev.jvault.client;

import dev.jvault.folder.AllowedFiles;
import dev.jvault.folder.ProfileFile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.RuntimeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Allows the file of a folder to name the profile of commands that name none. */
final class AllowVerb extends Verb {
  AllowVerb() {
    super(
        Names.AT_MOST_ONE,
        new VerbHelp(
            "allow",
            "let a folder's .jvault file name the profile for commands in it",
            "[--undo] [FILE]",
            List.of("jvault allow", "jvault allow --undo ~/work/.jvault")));
  }

  @Override
  Options options() {
    return new Options().addOption(null, "undo", false, "allow it no longer");
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    Invocation invocation = client.invocation();
    Optional<Path> given = arguments.names().stream().findFirst().map(invocation.folder()::resolve);
    var allowed = new AllowedFiles(invocation.files().state(), invocation.uid());
    if (arguments.has("undo")) {
      return undo(given, allowed, client);
    }
    Path path = given.map(AllowVerb::existing).orElseGet(() -> nearest(invocation));
    var file = ProfileFile.read(path, invocation.uid());
    Path _ = new DaemonLauncher(invocation).stateFolder();
    allowed.allow(file);
    return client.print(
        "Commands in %s and below that name no profile use %s now.%n"
            .formatted(file.path().resolveSibling(""), PrintableText.quoted(file.profile())));
  }

  /** A file that is gone can be forgotten too. */
  private static int undo(Optional<Path> given, AllowedFiles allowed, Client client)
      throws IOException {
    Path path =
        given
            .map(named -> ProfileFile.at(named).orElseGet(named::normalize))
            .orElseGet(() -> nearest(client.invocation()));
    if (!allowed.forget(path)) {
      throw new JvaultException(ExitCode.USAGE, path + " is not allowed; nothing was changed.");
    }
    return client.print(path + " is allowed no longer.\n");
  }

  private static Path existing(Path given) {
    return ProfileFile.at(given)
        .orElseThrow(() -> missing("There is no profile file " + given.normalize()));
  }

  private static Path nearest(Invocation invocation) {
    return nearestTo(invocation)
        .orElseThrow(
            () -> missing("There is no file .jvault in " + invocation.folder() + " or above it"));
  }

  private static JvaultException missing(String what) {
    return new JvaultException(ExitCode.USAGE, what + "; write a profile's name to it first.");
  }

  /** The file that counts in the caller's folder. */
  static Optional<Path> nearestTo(Invocation invocation) {
    Map<String, String> environment = invocation.environment();
    return ProfileFile.nearest(invocation.folder(), Path.of(RuntimeFiles.home(environment)));
  }
}
