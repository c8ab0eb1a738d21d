package dev.jvault.testing;

import dev.jvault.credential.AwsServices;
import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.Sts;

/** AWS as far as its STS: the other services give nothing. */
public final class FakeAws {
  private FakeAws() {}

  /** The services around an STS. */
  public static AwsServices around(Sts sts) {
    return new AwsServices(
        sts,
        (_, _, _) -> new Outcome.Unavailable("no IAM Identity Center"),
        new FakeAmbient(),
        new ClockSkew());
  }
}
