package dev.jvault.sso;

import dev.jvault.digest.Digests;
import dev.jvault.files.OwnerFiles;
import dev.jvault.json.JsonText;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code aws sso login} leaves in {@code ~/.aws/sso/cache}, in the form that botocore's {@code
 * SSOTokenLoader} reads: one file for each session, named by the SHA-1 of its name or, in the older
 * form, of its start URL. Its refresh token is the CLI's own, and not even read.
 */
final class CliTokenCache {
  private static final long LARGEST = 1 << 20;

  private final Path folder;

  CliTokenCache(Path folder) {
    this.folder = folder;
  }

  /** The token of a session, expired or not. */
  Optional<CliToken> find(SsoSession session) {
    Map<String, String> members = read(file(session));
    String access = members.getOrDefault("accessToken", "");
    boolean elsewhere =
        !members.getOrDefault("region", session.region()).equals(session.region())
            || !members
                .getOrDefault("startUrl", session.startUrl().toString())
                .startsWith(site(session));
    return access.isEmpty() || elsewhere
        ? Optional.empty()
        : instant(members.getOrDefault("expiresAt", ""))
            .map(end -> new CliToken(Secret.of(access), end));
  }

  /**
   * Writes a token, without what would renew it.
   *
   * @param before the hash of the token that was written last, which alone may be written over
   * @return its hash; empty where the file is the CLI's own, and stays as it is
   */
  Optional<String> share(SsoSession session, CliToken token, Optional<String> before) {
    Path file = file(session);
    if (Files.exists(file) && !ours(session, before)) {
      return Optional.empty();
    }
    String text =
        JsonText.prettyObject(json -> {
          JsonText.member(json, "startUrl", session.startUrl().toString());
          JsonText.member(json, "region", session.region());
          JsonText.member(json, "accessToken", token.access().reveal());
          JsonText.member(
              json, "expiresAt", token.expiration().truncatedTo(ChronoUnit.SECONDS).toString());
        });
    makeFolder();
    OwnerFiles.write(file, text);
    return Optional.of(hash(token.access()));
  }

  /** Removes what {@link #share} has written. */
  void unshare(SsoSession session, Optional<String> hash) {
    if (ours(session, hash)) {
      OwnerFiles.delete(file(session));
    }
  }

  /** Where a session's token is. */
  Path file(SsoSession session) {
    return folder.resolve(HexFormat.of().formatHex(Digests.sha1(session.name())) + ".json");
  }

  private boolean ours(SsoSession session, Optional<String> hash) {
    String access = read(file(session)).getOrDefault("accessToken", "");
    return !access.isEmpty() && hash.equals(Optional.of(hash(Secret.of(access))));
  }

  private void makeFolder() {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.FAULT, "The folder " + folder + " cannot be made; check its owner.", e);
    }
  }

  private static String site(SsoSession session) {
    return session.startUrl().getScheme() + "://" + session.startUrl().getRawAuthority();
  }

  /** The members that are strings; none of a file that is not the CLI's. */
  private static Map<String, String> read(Path file) {
    Map<String, String> members = new HashMap<>();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return Map.of();
      }
      try (JsonReader json = JsonText.reader(Files.readAllBytes(file))) {
        json.beginObject();
        while (json.hasNextField()) {
          String name = json.nextField();
          switch (name) {
            case "startUrl", "region", "accessToken", "expiresAt" ->
                members.put(name, json.readString());
            default -> json.skipValue();
          }
        }
        json.endObject();
      }
      return members;
    } catch (IOException | JsonException _) {
      return Map.of();
    }
  }

  /** Older versions of the CLI write {@code 2020-06-17T10:02:08UTC}. */
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.replaceFirst("UTC$", "Z")).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String hash(Secret token) {
    return HexFormat.of().formatHex(Digests.sha256(token.reveal()));
  }
}
