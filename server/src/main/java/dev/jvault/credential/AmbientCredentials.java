package dev.jvault.credential;

import dev.jvault.profile.Hop;
import java.nio.file.Path;

/**
 * Credentials of the place where jvault runs, and of a login that the AWS CLI keeps. Every trouble
 * is an outcome with one sentence; a call blocks for at most half a minute.
 */
public interface AmbientCredentials {
  /**
   * Those of the EC2 instance's role, by instance metadata.
   *
   * @param profile whose source they are, for messages
   */
  Outcome ec2InstanceMetadata(String profile);

  /**
   * Those of the ECS task's or the EKS pod's role, by the container's endpoint.
   *
   * @param profile whose source they are, for messages
   */
  Outcome ecsContainer(String profile);

  /**
   * Those that {@code aws login} has left, refreshed where that is needed.
   *
   * @param cache the AWS CLI's folder of logins
   */
  Outcome login(Hop.Login login, Path cache);
}
