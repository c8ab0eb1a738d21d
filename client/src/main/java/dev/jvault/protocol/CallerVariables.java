package dev.jvault.protocol;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names the caller's environment variables that a control request carries. One daemon serves many
 * callers, so profiles, session keys and STS calls use these values, never the daemon's own.
 */
public final class CallerVariables {
  /** Variables that decide which credentials a profile means, or which endpoint issues them. */
  public static final List<String> AWS =
      List.of(
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "JVAULT_CONFIG_FILE",
          "JVAULT_SHARED_CREDENTIALS_FILE",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_STS",
          "AWS_ENDPOINT_URL_IAM",
          "AWS_ENDPOINT_URL_SSO",
          "AWS_ENDPOINT_URL_SSO_OIDC",
          "AWS_ENDPOINT_URL_SIGNIN",
          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
          "AWS_STS_REGIONAL_ENDPOINTS",
          "AWS_USE_FIPS_ENDPOINT",
          "AWS_USE_DUALSTACK_ENDPOINT",
          "AWS_CA_BUNDLE",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "AWS_MFA_SERIAL",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_SOURCE_IDENTITY",
          "AWS_SESSION_TAGS",
          "AWS_TRANSITIVE_TAGS",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_LOGIN_CACHE_DIRECTORY",
          "AWS_SESSION_TOKEN_TTL",
          "AWS_SESSION_TTL",
          "AWS_ASSUME_ROLE_TTL",
          "AWS_CHAINED_SESSION_TOKEN_TTL",
          "AWS_FEDERATION_TOKEN_TTL",
          "AWS_MIN_TTL",
          "JVAULT_KEY_MAX_AGE",
          "HTTPS_PROXY",
          "https_proxy",
          "HTTP_PROXY",
          "http_proxy",
          "ALL_PROXY",
          "all_proxy",
          "NO_PROXY",
          "no_proxy");

  /** Of these, the paths. A relative one means the caller's folder, which only the client knows. */
  public static final List<String> PATHS =
      List.of(
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_CA_BUNDLE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_LOGIN_CACHE_DIRECTORY");

  /** Variables that a helper (mfa_process, key command, prompt) needs to reach the user. */
  public static final List<String> HELPER =
      List.of(
          "PATH",
          "HOME",
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "DBUS_SESSION_BUS_ADDRESS",
          "XDG_RUNTIME_DIR",
          "TERM",
          "GPG_TTY",
          "GNUPGHOME",
          "SSH_AUTH_SOCK",
          "SSH_CONNECTION",
          "SSH_TTY",
          "BROWSER",
          "JVAULT_BROWSER",
          "XDG_CURRENT_DESKTOP",
          "PASSWORD_STORE_DIR",
          "AWS_VAULT_PROMPT",
          "AWS_VAULT_PINENTRY_PROGRAM",
          "AWS_VAULT_YKMAN_VERSION",
          "YKMAN_OATH_CREDENTIAL_NAME",
          "YKMAN_OATH_DEVICE_SERIAL",
          "PASS_OATH_CREDENTIAL_NAME",
          "JVAULT_KEY_COMMAND",
          "JVAULT_WITHIN",
          "AWS_VAULT_KEYCHAIN_NAME");

  /**
   * The profiles whose helper commands started the caller, one a line. A helper that asked jvault
   * for its own profile would wait for itself.
   */
  public static final String WITHIN = "JVAULT_WITHIN";

  /**
   * Credentials in the caller's environment. No request carries them. If a profile starts at them,
   * the daemon asks for them, and the client answers without the user: one line {@code NAME=VALUE}
   * for each variable that is set.
   */
  public static final List<String> KEY =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          "AWS_CREDENTIAL_EXPIRATION");

  /**
   * Variables by which {@code exec} hands out credentials; no value is a secret. Only {@code
   * doctor} sends them.
   */
  public static final List<String> DELIVERY =
      List.of(
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
          "JVAULT_PROFILE");

  /**
   * The duration option of {@code exec}, which travels beside the caller's variables. No variable
   * can have this name, so only the option sets it.
   */
  public static final String DURATION_OPTION = "--duration";

  /**
   * Asks for a session of GetFederationToken in place of one of GetSessionToken, if a profile is a
   * plain key: the console takes no other. No variable can have this name.
   */
  public static final String FEDERATION = "--federation";

  /** What options say beside the caller's variables; no helper gets it. */
  public static final List<String> OPTIONS = List.of(DURATION_OPTION, FEDERATION);

  /**
   * What no helper gets: what loads code into every program or shell, what a shell sets itself, and
   * the variables by which {@code exec} hands out credentials. Variables of jvault that are not
   * listed above hold or name the vault's passphrase.
   */
  private static final Pattern WITHHELD =
      Pattern.compile(
          "(LD|DYLD|JVAULT|AWS_CONTAINER)_.*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS"
              + "|BASH_ENV|ENV|BASHOPTS|SHELLOPTS|LC_ALL|PWD|OLDPWD|SHLVL|_|CDPATH|IFS|PS4");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * Whether helpers get a variable of the caller that no list above has. Such a variable stays in
   * memory, because its value may be a secret.
   */
  public static boolean forHelpers(String name) {
    return NAME.matcher(name).matches()
        && !WITHHELD.matcher(name).matches()
        && !KEY.contains(name)
        && !AWS.contains(name)
        && !HELPER.contains(name);
  }

  private CallerVariables() {}
}
