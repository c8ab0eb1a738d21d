package dev.jvault.doctor;

import dev.jvault.profile.ProfileReading;
import dev.jvault.profile.Profiles;
import dev.jvault.profile.Setting;
import dev.jvault.protocol.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the source that an SDK takes, in the order in which it looks. */
final class SourceSearch {
  private static final Set<String> CREDENTIAL_KEYS =
      Set.of(
          "aws_access_key_id",
          "role_arn",
          "sso_account_id",
          "credential_process",
          "login_session",
          "web_identity_token_file");

  private final Profiles profiles;
  private final Predicate<String> endpoint;

  /**
   * A search.
   *
   * @param endpoint whether a URI is one of jvault's own
   */
  SourceSearch(Profiles profiles, Predicate<String> endpoint) {
    this.profiles = profiles;
    this.endpoint = endpoint;
  }

  /**
   * The source of a command.
   *
   * @param arguments its words after the program
   */
  SearchedSource of(Sdk sdk, List<String> arguments, ExaminedCaller caller) {
    Optional<String> given = sdk == Sdk.PYTHON ? given(arguments) : Optional.empty();
    Optional<String> variable =
        caller
            .value("AWS_PROFILE")
            .or(() -> sdk == Sdk.PYTHON ? caller.value("AWS_DEFAULT_PROFILE") : Optional.empty());
    boolean variablesCount = given.isEmpty() && !(sdk == Sdk.JAVASCRIPT && variable.isPresent());
    return properties(sdk, arguments)
        .or(() -> variablesCount ? keys(sdk, caller) : Optional.empty())
        .or(() -> variablesCount ? webIdentity(caller) : Optional.empty())
        .or(() -> profile(sdk, given.or(() -> variable), caller))
        .or(() -> container(caller))
        .orElseGet(() -> metadata(caller));
  }

  /** The value of {@code --profile}, which the AWS CLI prefers to variables. */
  static Optional<String> given(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--profile") && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
      if (word.startsWith("--profile=")) {
        return Optional.of(word.substring("--profile=".length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<SearchedSource> properties(Sdk sdk, List<String> arguments) {
    return sdk == Sdk.JAVA
            && arguments.stream().anyMatch(word -> word.startsWith("-Daws.accessKeyId="))
        ? Optional.of(
            new SearchedSource(
                SearchedSource.Kind.PROPERTIES, "the property aws.accessKeyId", false))
        : Optional.empty();
  }

  private static Optional<SearchedSource> keys(Sdk sdk, ExaminedCaller caller) {
    Stream<String> names =
        sdk == Sdk.RUBY
            ? Stream.of("AWS_ACCESS_KEY_ID", "AMAZON_ACCESS_KEY_ID", "AWS_ACCESS_KEY")
            : Stream.of("AWS_ACCESS_KEY_ID");
    return names
        .filter(caller::sets)
        .findFirst()
        .map(name ->
            new SearchedSource(SearchedSource.Kind.VARIABLES, "the variable " + name, false));
  }

  private static Optional<SearchedSource> webIdentity(ExaminedCaller caller) {
    return caller.sets("AWS_WEB_IDENTITY_TOKEN_FILE") && caller.sets("AWS_ROLE_ARN")
        ? Optional.of(
            new SearchedSource(
                SearchedSource.Kind.WEB_IDENTITY,
                "the variable AWS_WEB_IDENTITY_TOKEN_FILE",
                false))
        : Optional.empty();
  }

  private Optional<SearchedSource> profile(
      Sdk sdk, Optional<String> chosen, ExaminedCaller caller) {
    String name = chosen.orElse("default");
    String shown = PrintableText.quoted(name);
    List<ProfileReading> readings = profiles.readings(name, caller.environment());
    if (readings.isEmpty()) {
      return chosen.isPresent() && (sdk == Sdk.PYTHON || sdk == Sdk.GO)
          ? Optional.of(
              new SearchedSource(
                  SearchedSource.Kind.ERROR,
                  "nowhere: it stops, because there is no profile " + shown,
                  false))
          : Optional.empty();
    }
    return readings.getFirst().settings().stream()
        .filter(setting -> CREDENTIAL_KEYS.contains(setting.key()))
        .findFirst()
        .map(setting ->
            new SearchedSource(
                SearchedSource.Kind.PROFILE,
                "the profile %s (%s at %s)".formatted(shown, setting.key(), setting.where()),
                asksUs(setting)));
  }

  private static boolean asksUs(Setting setting) {
    return setting.key().equals("credential_process") && setting.text().contains("jvault");
  }

  private Optional<SearchedSource> container(ExaminedCaller caller) {
    return caller
        .value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        .map(path -> "http://169.254.170.2" + path)
        .or(() -> caller.value("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
        .map(uri -> {
          boolean ours = caller.withinExec() || endpoint.test(uri);
          return new SearchedSource(
              SearchedSource.Kind.CONTAINER,
              (ours ? "jvault's endpoint, " : "the container endpoint ") + uri,
              ours);
        });
  }

  private static SearchedSource metadata(ExaminedCaller caller) {
    boolean disabled =
        caller.value("AWS_EC2_METADATA_DISABLED").filter("true"::equalsIgnoreCase).isPresent();
    return disabled
        ? new SearchedSource(SearchedSource.Kind.NONE, "nowhere: it finds none", false)
        : new SearchedSource(
            SearchedSource.Kind.METADATA,
            "instance metadata at "
                + caller.value("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElse("169.254.169.254")
                + ", if that answers",
            false);
  }
}
