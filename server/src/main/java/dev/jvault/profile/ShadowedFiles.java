package dev.jvault.profile;

/**
 * The texts of both config files without the keys of {@code [default]} that every SDK would prefer
 * to the endpoint.
 *
 * @param config for {@code AWS_CONFIG_FILE}; empty where there is no file
 * @param credentials for {@code AWS_SHARED_CREDENTIALS_FILE}; empty where there is no file
 */
public record ShadowedFiles(String config, String credentials) {
  /** Says nothing of the texts, which may hold plain-text keys of other profiles. */
  @Override
  public String toString() {
    return "ShadowedFiles[***]";
  }
}
