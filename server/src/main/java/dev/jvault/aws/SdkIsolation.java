package dev.jvault.aws;

/** The settings of this process that neither the SDK nor the JDK takes from a builder. */
final class SdkIsolation {
  private static final String NOTHING = "/dev/null";

  private SdkIsolation() {}

  /** Sets them; to be called before the first client is built. */
  static void establish() {
    // Every builder parses the config files of whoever started the daemon, also when it is given
    // others, and throws when one of them is malformed.
    System.setProperty("aws.configFile", NOTHING);
    System.setProperty("aws.sharedCredentialsFile", NOTHING);
    // The JDK would not tell a proxy the user and password in its URL, as curl and botocore do.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }
}
