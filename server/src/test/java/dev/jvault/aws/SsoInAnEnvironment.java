package dev.jvault.aws;

import dev.jvault.credential.ClockSkew;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.Secret;
import dev.jvault.sso.AuthorizationFlow;
import dev.jvault.testing.OneClock;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A program that calls both services of IAM Identity Center at the given address. */
final class SsoInAnEnvironment {
  private SsoInAnEnvironment() {}

  static void main(String[] arguments) {
    var target =
        new ServiceTarget(
            "eu-west-1",
            Optional.of(URI.create(arguments[0])),
            false,
            false,
            Optional.empty(),
            Optional.empty());
    var session =
        new SsoSession(
            "corp",
            URI.create("https://corp.awsapps.com/start"),
            "eu-west-1",
            List.of("sso:account:access"),
            false,
            target,
            target);
    var skew = new ClockSkew(new OneClock(InstantSource.system()));
    try (var oidc = new SdkSsoOidc(InstantSource.system(), skew);
        var portal = new SdkSsoPortal(InstantSource.system(), skew)) {
      System.out.println(oidc.register(session, AuthorizationFlow.BROWSER));
      System.out.println(
          portal.roleCredentials(session, Secret.of("token"), "123456789012", "Developer"));
    }
  }
}
