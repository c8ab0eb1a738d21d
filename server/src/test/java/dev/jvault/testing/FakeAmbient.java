package dev.jvault.testing;

import dev.jvault.credential.AmbientCredentials;
import dev.jvault.credential.Outcome;
import dev.jvault.profile.Hop;
import java.nio.file.Path;
import java.util.Optional;

/** A host without credentials of its own, and without a login until a test stores one. */
public final class FakeAmbient implements AmbientCredentials {
  private Optional<Outcome> stored = Optional.empty();
  private Optional<Outcome> refreshed = Optional.empty();

  /** A login's credentials, and those that replace them at a refresh. */
  public void login(Outcome now, Outcome afterRefresh) {
    stored = Optional.of(now);
    refreshed = Optional.of(afterRefresh);
  }

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
    return stored.orElseGet(() -> new Outcome.Unavailable("no login in " + cache));
  }

  @Override
  public Outcome refreshedLogin(Hop.Login login, Path cache) {
    stored = refreshed;
    return login(login, cache);
  }
}
