package dev.jvault.credential;

import dev.jvault.profile.Hop;
import java.nio.file.Path;

/**
 * Credentials of the machine or container that jvault runs on, and of a login of the AWS CLI. A
 * failure is an outcome with one sentence, never an exception. A call blocks for at most half a
 * minute.
 */
public interface AmbientCredentials {
  /**
   * The credentials of the EC2 instance's role, from instance metadata.
   *
   * @param profile the profile that uses them, for messages
   */
  Outcome ec2InstanceMetadata(String profile);

  /**
   * The credentials of the ECS task's or EKS pod's role, from the container's endpoint.
   *
   * @param profile the profile that uses them, for messages
   */
  Outcome ecsContainer(String profile);

  /**
   * The credentials that {@code aws login} has stored, refreshed if needed.
   *
   * @param cache the AWS CLI's folder of logins
   */
  Outcome login(Hop.Login login, Path cache);

  /**
   * The same, refreshed in any case, because AWS has refused the stored ones before their end.
   *
   * @param cache the AWS CLI's folder of logins
   */
  Outcome refreshedLogin(Hop.Login login, Path cache);
}
