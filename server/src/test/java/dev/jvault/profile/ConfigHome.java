package dev.jvault.profile;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A home folder with config files, the environment of a caller in it, and what profiles mean. */
final class ConfigHome {
  final Path home;
  final Path config;
  final Path credentials;
  final Map<String, String> variables = new HashMap<>();
  final ConfigReader reader = new ConfigReader(new SdkSectionParser());
  final ConfigEditor editor = new ConfigEditor(reader);
  final Profiles profiles = new Profiles(reader, key -> this.keys.mayContain(key), "sam smith");
  private StoredKeys keys = StoredKeys.none();

  ConfigHome(Path home) {
    this.home = home;
    this.config = home.resolve(".aws/config");
    this.credentials = home.resolve(".aws/credentials");
    variables.put("HOME", home.toString());
  }

  ConfigHome config(String text) {
    return write(config, text.getBytes(StandardCharsets.UTF_8));
  }

  ConfigHome credentials(String text) {
    return write(credentials, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces the file, as careful editors do: one that is shortened in place may be half done. */
  ConfigHome write(Path file, byte[] content) {
    try {
      Path next = Files.createDirectories(home.resolve(".aws")).resolve("next");
      Files.write(next, content);
      // The kernel's times are coarse: moved at once, it could look as if written in place.
      Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(1)));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ConfigHome with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  ConfigHome keys(String... names) {
    keys = Set.of(names)::contains;
    return this;
  }

  CallerEnvironment environment() {
    return CallerEnvironment.of(variables);
  }

  Chain resolve(String name) {
    return profiles.resolve(name, environment());
  }

  /** The chain of a profile with a role above it, in one line. */
  String withRole(String name, String role) {
    return describe(profiles.resolve(name, Optional.of(role), environment()));
  }

  /**
   * The chain in one line, or the sentence that refuses it with the home shortened to {@code ~}.
   */
  String outcome(String name) {
    try {
      return describe(resolve(name));
    } catch (JvaultException e) {
      if (e.exitCode() != ExitCode.PROFILE) {
        throw e;
      }
      return e.sentence().replace(home.toString(), "~");
    }
  }

  static String describe(Chain chain) {
    return chain.hops().stream().map(ConfigHome::describe).collect(Collectors.joining(" > "))
        + chain.region().map(region -> " : " + region).orElse("");
  }

  private static String describe(Hop hop) {
    return switch (hop) {
      case Hop.StoredKey key -> "key " + key.name();
      case Hop.SessionToken token ->
          "token"
              + token
                  .mfa()
                  .map(
                      mfa -> " " + mfa.serial() + mfa.process().map(p -> " (" + p + ")").orElse(""))
                  .orElse("")
              + at(token.duration(), token.sts());
      case Hop.FederationToken token ->
          "federated " + token.userName() + at(token.duration(), token.sts());
      case Hop.AssumeRole role ->
          shortArn(role.roleArn())
              + " as "
              + role.sessionName()
              + describe(role.options())
              + role.mfa().map(mfa -> " code " + mfa.serial()).orElse("")
              + at(role.duration(), role.sts());
      case Hop.PlainKey key ->
          "plain " + key.profile() + key.sessionToken().map(_ -> " temporary").orElse("");
      case Hop.EnvironmentKey key -> "environment" + trade(key.trade());
      case Hop.CredentialProcess process ->
          "process `" + process.command() + "`" + trade(process.trade());
      case Hop.WebIdentity identity ->
          "web "
              + shortArn(identity.roleArn())
              + " as "
              + identity.sessionName()
              + " by "
              + switch (identity.token()) {
                case Hop.TokenFrom.TokenFile(Path path) -> path;
                case Hop.TokenFrom.TokenProcess(String command) -> "`" + command + "`";
              }
              + at(identity.duration(), identity.sts());
      case Hop.Sso sso ->
          "sso "
              + sso.session().name()
              + " "
              + sso.accountId()
              + " "
              + sso.roleName()
              + " "
              + sso.session()
                  .portal()
                  .endpoint()
                  .map(Object::toString)
                  .orElse(sso.session().region());
      case Hop.Login login -> "login " + login.loginSession();
      case Hop.Ec2InstanceMetadata _ -> "ec2";
      case Hop.EcsContainer _ -> "ecs";
    };
  }

  private static String trade(Optional<Hop.SessionToken> trade) {
    return trade.map(token -> " (" + describe(token) + ")").orElse("");
  }

  private static String shortArn(String arn) {
    return arn.replaceFirst("arn:aws:iam::(\\d{3})\\d*:role/", "$1/");
  }

  private static String describe(RoleOptions options) {
    return options.externalId().map(id -> " ext " + id).orElse("")
        + options.sourceIdentity().map(id -> " identity " + id).orElse("")
        + (options.tags().isEmpty() ? "" : " tags " + options.tags())
        + (options.transitiveTags().isEmpty() ? "" : " transitive " + options.transitiveTags());
  }

  private static String at(Duration duration, ServiceTarget sts) {
    String length = duration.toString().substring(2).toLowerCase(Locale.ROOT);
    return " " + length + " " + sts.endpoint().map(Object::toString).orElse(sts.region());
  }
}
