package dev.jvault.sso;

import dev.jvault.digest.Digests;
import dev.jvault.files.AtomicFile;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.OwnerFiles;
import dev.jvault.json.JsonText;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import dev.jvault.vault.StoredLogin;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token cache of {@code aws sso login}, {@code ~/.aws/sso/cache}, in the format of botocore's
 * {@code SSOTokenLoader}: one file for each session, named by the SHA-1 of its name or, in the
 * older form, of its start URL. jvault never reads the AWS CLI's refresh token.
 */
final class CliTokenCache {
  private static final Logger LOG = LoggerFactory.getLogger(CliTokenCache.class);
  private static final int LARGEST = 1 << 20;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final ForeignFiles files = new ForeignFiles();

  CliTokenCache(Path folder) {
    this.folder = folder;
  }

  /** The token of a session, expired or not, without a refresh token. */
  Optional<SsoToken> find(SsoSession session) {
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
            .map(end -> new SsoToken(Secret.of(access), Optional.empty(), end));
  }

  /**
   * Writes a token without its refresh token.
   *
   * @param before the hash of the token that jvault wrote last, the only one that it replaces
   * @return the hash of the new token; empty if the file is the AWS CLI's own and stays unchanged
   */
  Optional<String> share(SsoSession session, SsoToken token, Optional<String> before) {
    Path file = file(session);
    if (exists(file) && !ours(session, before)) {
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
    write(file, text);
    return Optional.of(hash(token.access()));
  }

  /**
   * Replaces the shared token with a new one of the same login, unless the AWS CLI has logged in
   * itself since.
   *
   * @return the login with the hash of the token that is shared now
   */
  StoredLogin updateShared(SsoSession session, StoredLogin login) {
    if (login.sharedHash().isEmpty()) {
      return login;
    }
    try {
      return login.withSharedHash(share(session, login.token().orElseThrow(), login.sharedHash()));
    } catch (JvaultException e) {
      LOG.warn("event=sso_not_shared session={} reason=\"{}\"", session.name(), e.logged());
      return login;
    }
  }

  /** Removes what {@link #share} wrote. */
  void unshare(SsoSession session, Optional<String> hash) {
    if (ours(session, hash)) {
      delete(file(session));
    }
  }

  /** The file of a session's token. */
  Path file(SsoSession session) {
    return folder.resolve(HexFormat.of().formatHex(Digests.sha1(session.name())) + ".json");
  }

  private boolean ours(SsoSession session, Optional<String> hash) {
    String access = read(file(session)).getOrDefault("accessToken", "");
    return !access.isEmpty() && hash.equals(Optional.of(hash(Secret.of(access))));
  }

  /** Also true if the system does not tell: what may be the AWS CLI's is not replaced. */
  private boolean exists(Path file) {
    try {
      return files.look(file, Files::exists);
    } catch (IOException _) {
      return true;
    }
  }

  /** Not by {@link OwnerFiles}, in which one write that hangs would hold up all others. */
  private void write(Path file, String text) {
    try {
      boolean _ =
          files.look(
              file,
              path -> {
                Files.createDirectories(folder, OWNER_ONLY_FOLDER);
                AtomicFile.removeLeftoversOf(path);
                AtomicFile.write(
                    path,
                    text.getBytes(StandardCharsets.UTF_8),
                    AtomicFile.OWNER_ONLY,
                    AtomicFile.Durability.PROCESS_END);
                return true;
              });
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be written", e);
    }
  }

  private void delete(Path file) {
    try {
      boolean _ = files.look(file, Files::deleteIfExists);
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be removed", e);
    }
  }

  private static JvaultException fault(String what, IOException e) {
    return new JvaultException(
        ExitCode.FAULT,
        what + " (" + FileFault.reason(e) + "); check its owner and the free space.",
        e);
  }

  private static String site(SsoSession session) {
    return session.startUrl().getScheme() + "://" + session.startUrl().getRawAuthority();
  }

  /** The string members of a file; none if the file is not a token of the AWS CLI. */
  private Map<String, String> read(Path file) {
    Map<String, String> members = new HashMap<>();
    try {
      try (JsonReader json = JsonText.reader(files.read(file, LARGEST))) {
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
