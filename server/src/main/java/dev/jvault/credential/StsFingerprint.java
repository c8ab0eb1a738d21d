package dev.jvault.credential;

import dev.jvault.profile.ServiceTarget;

/** What of an STS target changes the answer: where it is asked, not how it is reached. */
final class StsFingerprint {
  private StsFingerprint() {}

  static String of(ServiceTarget sts) {
    return sts.region() + "\0" + ofAnyRegion(sts);
  }

  /**
   * Where one region's answer is as good as another's: the session of a long-lived key is valid in
   * all regions, unless the global endpoint issued it, so that two terminals with two regions never
   * mean two MFA codes.
   */
  static String ofAnyRegion(ServiceTarget sts) {
    return sts.region().equals("aws-global")
        + "\0"
        + sts.endpoint().map(Object::toString).orElse("")
        + "\0"
        + sts.fips()
        + sts.dualStack();
  }
}
