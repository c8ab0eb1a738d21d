package dev.jvault.doctor;

import dev.jvault.files.ForeignFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether the variables of the container provider lead to something that answers. */
final class ContainerVariablesCheck implements Check {
  private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  private static final String ECS = "http://169.254.170.2";

  private final Predicate<URI> ended;
  private final ForeignFiles files;

  /**
   * The check.
   *
   * @param ended whether a URI is one of this daemon's for a grant that has ended
   */
  ContainerVariablesCheck(Predicate<URI> ended, ForeignFiles files) {
    this.ended = ended;
    this.files = files;
  }

  @Override
  public String id() {
    return "container-variables";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    Optional<String> relative = caller.value(RELATIVE);
    Optional<String> full = caller.value(FULL);
    if (relative.isEmpty() && full.isEmpty()) {
      return List.of(Finding.ok("No AWS_CONTAINER_* variable names an endpoint."));
    }
    if (relative.isPresent() && full.isPresent()) {
      return List.of(
          Finding.problem(
              RELATIVE + " and " + FULL + " are both set.",
              "Every SDK takes the first one, which means " + ECS + ".",
              "unset " + RELATIVE));
    }
    String variable = relative.isPresent() ? RELATIVE : FULL;
    String address = relative.map(path -> ECS + path).or(() -> full).orElseThrow();
    return List.of(trouble(variable, address, caller).orElseGet(() -> works(variable, address)));
  }

  private static Finding works(String variable, String address) {
    String host = Reachability.uri(address).map(URI::getAuthority).orElse(address);
    return Finding.ok(variable + " leads to " + host + ", where something listens.");
  }

  private Optional<Finding> trouble(String variable, String address, ExaminedCaller caller) {
    Optional<URI> uri = Reachability.uri(address);
    if (uri.isEmpty()) {
      return Optional.of(broken(variable, "is no address."));
    }
    if (!Reachability.listens(uri.get())) {
      return Optional.of(
          broken(variable, "leads to " + uri.get().getAuthority() + ", where nothing listens."));
    }
    if (ended.test(uri.get())) {
      return Optional.of(broken(variable, "belongs to a grant that has ended."));
    }
    return caller
        .value(TOKEN_FILE)
        .filter(file -> !readable(file))
        .map(file -> broken(TOKEN_FILE, "names " + file + ", which cannot be read."));
  }

  private static Finding broken(String variable, String how) {
    return Finding.problem(
        variable + " " + how,
        "SDKs that ask there get nothing, and most of them look no further.",
        "unset %s %s AWS_CONTAINER_AUTHORIZATION_TOKEN %s".formatted(RELATIVE, FULL, TOKEN_FILE));
  }

  private boolean readable(String file) {
    try {
      return files.look(Path.of(file), Files::isReadable);
    } catch (IOException | InvalidPathException _) {
      return false;
    }
  }
}
