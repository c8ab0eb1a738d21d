package dev.jvault.credential;

import dev.jvault.profile.Hop;

/**
 * Credentials of the place where jvault runs, and of a login that the AWS CLI keeps. Every trouble
 * is an outcome with one sentence.
 */
public interface AmbientCredentials {
  /** Those of the EC2 instance's role, by instance metadata. */
  Outcome ec2InstanceMetadata();

  /** Those of the ECS task's or the EKS pod's role, by the container's endpoint. */
  Outcome ecsContainer();

  /** Those that {@code aws login} has left, refreshed where that is needed. */
  Outcome login(Hop.Login login);
}
