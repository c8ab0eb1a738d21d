package dev.jvault.testing;

import dev.jvault.credential.AmbientCredentials;
import dev.jvault.credential.Outcome;
import dev.jvault.profile.Hop;
import java.nio.file.Path;

/** A host without credentials of its own. */
public final class FakeAmbient implements AmbientCredentials {
  @Override
  public Outcome ec2InstanceMetadata(String profile) {
    return new Outcome.Unavailable("no instance");
  }

  @Override
  public Outcome ecsContainer(String profile) {
    return new Outcome.Unavailable("no container");
  }

  @Override
  public Outcome login(Hop.Login login, Path cache) {
    return new Outcome.Unavailable("no login in " + cache);
  }
}
