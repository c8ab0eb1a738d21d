package dev.jvault.credential;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Hop;
import dev.jvault.secret.SigningCredentials;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes what {@link AmbientCredentials} offers. */
final class AmbientSource implements CredentialSource {
  private final Supplier<Outcome> credentials;
  private final Supplier<Outcome> anew;
  private final String fingerprint;
  private final boolean login;
  private final String label;

  private AmbientSource(
      Supplier<Outcome> credentials,
      Supplier<Outcome> anew,
      String fingerprint,
      boolean login,
      String label) {
    this.credentials = credentials;
    this.anew = anew;
    this.fingerprint = fingerprint;
    this.login = login;
    this.label = label;
  }

  static CredentialSource of(Hop.Ec2InstanceMetadata hop, AmbientCredentials ambient) {
    return ofThisMachine(
        () -> ambient.ec2InstanceMetadata(hop.profile()),
        "Ec2InstanceMetadata",
        "role of the EC2 instance");
  }

  static CredentialSource of(Hop.EcsContainer hop, AmbientCredentials ambient) {
    return ofThisMachine(
        () -> ambient.ecsContainer(hop.profile()), "EcsContainer", "role of the container");
  }

  static CredentialSource of(Hop.Login hop, CallerEnvironment caller, AmbientCredentials ambient) {
    Path cache = loginCache(caller);
    return new AmbientSource(
        () -> ambient.login(hop, cache),
        () -> ambient.refreshedLogin(hop, cache),
        "Login\0" + hop.loginSession() + "\0" + cache,
        true,
        "login of " + hop.loginSession());
  }

  private static CredentialSource ofThisMachine(
      Supplier<Outcome> credentials, String fingerprint, String label) {
    return new AmbientSource(credentials, credentials, fingerprint, false, label);
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    return credentials.get();
  }

  @Override
  public Outcome obtainAnew(Optional<SigningCredentials> below) {
    return anew.get();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean lastsAsLongAsALogin() {
    return login;
  }

  /** No: it can be obtained again, and may have been replaced meanwhile. */
  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public String label() {
    return label;
  }

  /** The folder in which the AWS CLI keeps the caller's logins; it need not exist. */
  private static Path loginCache(CallerEnvironment caller) {
    return caller
        .get("AWS_LOGIN_CACHE_DIRECTORY")
        .map(folder -> caller.home().resolve(caller.expand(folder)))
        .orElseGet(() -> caller.home().resolve(".aws/login/cache"));
  }
}
