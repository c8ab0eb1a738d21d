package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/**
 * The session policies of a session: it may do what both the role or user and one of these allow.
 * AWS adds the policies up, so a second one widens what the first allows.
 *
 * @param policy a policy document in JSON without spaces; no secret
 * @param policyArns the ARNs of managed policies, at most ten
 */
public record SessionLimits(Optional<String> policy, List<String> policyArns) {
  /** No limits: the session may do all that the role or user may. */
  public static final SessionLimits NONE = new SessionLimits(Optional.empty(), List.of());

  /**
   * A policy that takes nothing away. A session of GetFederationToken without a policy may do
   * nothing, so one that is to do all that the user may needs this.
   */
  public static final SessionLimits ALL_OF_THE_USER =
      new SessionLimits(
          Optional.of(
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
                  + "\"Resource\":\"*\"}]}"),
          List.of());

  /** Copies the ARNs. */
  public SessionLimits {
    policyArns = List.copyOf(policyArns);
  }

  /** Whether there is no policy. */
  public boolean none() {
    return policy.isEmpty() && policyArns.isEmpty();
  }
}
