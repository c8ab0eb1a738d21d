package dev.jvault.credential;

import dev.jvault.profile.StsTarget;

/** What of an STS target changes the answer: where it is asked, not how it is reached. */
final class StsFingerprint {
  private StsFingerprint() {}

  static String of(StsTarget sts) {
    return sts.region()
        + "\0"
        + sts.endpoint().map(Object::toString).orElse("")
        + "\0"
        + sts.fips()
        + sts.dualStack();
  }
}
