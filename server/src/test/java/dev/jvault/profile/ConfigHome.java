package dev.jvault.profile;

import dev.jvault.aws.SdkSectionParser;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
  final Profiles profiles =
      new Profiles(new SdkSectionParser(), InstantSource.system(), "sam smith");
  private Set<String> keys = Set.of();

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

  ConfigHome write(Path file, byte[] content) {
    try {
      Files.createDirectories(home.resolve(".aws"));
      Files.write(file, content);
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
    keys = Set.of(names);
    return this;
  }

  CallerEnvironment environment() {
    return CallerEnvironment.of(variables);
  }

  Chain resolve(String name) {
    return profiles.resolve(name, environment(), keys::contains);
  }

  /** The chain of a profile with a role above it, in one line. */
  String withRole(String name, String role) {
    return describe(profiles.resolve(name, Optional.of(role), environment(), keys::contains));
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
      case Hop.AssumeRole role ->
          role.roleArn().replaceFirst("arn:aws:iam::(\\d{3})\\d*:role/", "$1/")
              + " as "
              + role.sessionName()
              + role.externalId().map(id -> " ext " + id).orElse("")
              + at(role.duration(), role.sts());
    };
  }

  private static String at(Duration duration, ServiceTarget sts) {
    String length = duration.toString().substring(2).toLowerCase(Locale.ROOT);
    return " " + length + " " + sts.endpoint().map(Object::toString).orElse(sts.region());
  }
}
