package dev.jvault.profile;

import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One step of a chain: how credentials are obtained from those of the hop below. */
public sealed interface Hop {
  /** A hop that a chain may start at, because it takes no credentials. */
  sealed interface Bottom extends Hop {
    /** The profile, or the key's name in the vault, that it belongs to. */
    String profile();

    /**
     * Whether it is a key that GetSessionToken takes; one that only shows when it is there is not.
     */
    default boolean isLongLivedKey() {
      return false;
    }
  }

  /**
   * A long-lived key in the vault.
   *
   * @param name the name that it was added under
   */
  record StoredKey(String name) implements Bottom {
    @Override
    public String profile() {
      return name;
    }

    @Override
    public boolean isLongLivedKey() {
      return true;
    }
  }

  /**
   * A key that a config file holds in plain text.
   *
   * @param profile whose section it is in
   * @param sessionToken present if the key is temporary; its end is unknown
   * @param where {@code file:line}
   */
  record PlainKey(
      String profile,
      String accessKeyId,
      Secret secretAccessKey,
      Optional<Secret> sessionToken,
      String where)
      implements Bottom {
    /** Both parts of it. */
    public AccessKey key() {
      return new AccessKey(accessKeyId, secretAccessKey);
    }

    @Override
    public boolean isLongLivedKey() {
      return sessionToken.isEmpty();
    }
  }

  /**
   * Credentials in the caller's variables, else in the daemon's own.
   *
   * @param trade turns a long-lived key into a session; empty if a role is assumed with the key
   *     itself
   */
  record EnvironmentKey(String profile, Optional<SessionToken> trade) implements Bottom {}

  /**
   * What a {@code credential_process} prints.
   *
   * @param command a line for the shell
   * @param trade turns a long-lived key into a session; empty if a role is assumed with the key
   *     itself
   */
  record CredentialProcess(String profile, String command, Optional<SessionToken> trade)
      implements Bottom {}

  /**
   * AssumeRoleWithWebIdentity.
   *
   * @param sessionName the role session name
   * @param duration the wanted life
   */
  record WebIdentity(
      String profile,
      String roleArn,
      TokenFrom token,
      String sessionName,
      Duration duration,
      ServiceTarget sts)
      implements Bottom {}

  /** Where the token of a web identity is read, again for each call. */
  sealed interface TokenFrom {
    /** A file, which its issuer replaces ahead of time. */
    record TokenFile(Path path) implements TokenFrom {}

    /** A command for the shell, which prints it. */
    record TokenProcess(String command) implements TokenFrom {}
  }

  /**
   * A role that IAM Identity Center gives.
   *
   * @param accountId twelve digits
   */
  record Sso(String profile, SsoSession session, String accountId, String roleName)
      implements Bottom {}

  /**
   * The login that {@code aws login} has cached.
   *
   * @param loginSession the ARN that names the login
   * @param signin where it is refreshed
   */
  record Login(String profile, String loginSession, ServiceTarget signin) implements Bottom {}

  /** The role of the EC2 instance that jvault runs on. */
  record Ec2InstanceMetadata(String profile) implements Bottom {}

  /** The role of the container that jvault runs in. */
  record EcsContainer(String profile) implements Bottom {}

  /**
   * GetSessionToken on the key below.
   *
   * @param mfa the device whose code it takes, if any
   * @param duration the wanted life
   */
  record SessionToken(Optional<MfaDevice> mfa, Duration duration, ServiceTarget sts)
      implements Hop {}

  /**
   * GetFederationToken on the key below, which takes no MFA code.
   *
   * @param userName the name of the federated user: 2 to 32 of letters, digits, {@code _+=,.@-}
   * @param limits at least one policy, because without one AWS lets the session do nothing
   * @param duration the wanted life
   */
  record FederationToken(
      String userName, SessionLimits limits, Duration duration, ServiceTarget sts) implements Hop {}

  /**
   * AssumeRole with the credentials below.
   *
   * @param profile the profile that the role was read from, for messages
   * @param sessionName the role session name
   * @param mfa the device whose code this call takes; empty if a session below was made with one
   * @param duration the requested lifetime; at most an hour unless the hop below is the key itself
   * @param wanted the configured lifetime, which AWS would grant to the key itself
   */
  record AssumeRole(
      String profile,
      String roleArn,
      String sessionName,
      RoleOptions options,
      Optional<MfaDevice> mfa,
      Duration duration,
      Duration wanted,
      ServiceTarget sts)
      implements Hop {
    /** The same call, signed with the key itself. */
    public AssumeRole unshortened() {
      return new AssumeRole(profile, roleArn, sessionName, options, mfa, wanted, wanted, sts);
    }

    /** Whether a call signed with the key itself would get a longer lifetime. */
    public boolean isShortened() {
      return wanted.compareTo(duration) > 0;
    }
  }
}
