package dev.jvault.testing;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sources;
import dev.jvault.credential.Sts;
import java.time.InstantSource;

/** AWS with only STS; the other services are unavailable. */
public final class FakeAws {
  private FakeAws() {}

  /** The services with this STS. */
  public static Sources.AwsServices around(Sts sts) {
    return new Sources.AwsServices(
        sts,
        (_, _, _) -> new Outcome.Unavailable("no IAM Identity Center"),
        new FakeAmbient(),
        new ClockSkew(new OneClock(InstantSource.system())));
  }
}
