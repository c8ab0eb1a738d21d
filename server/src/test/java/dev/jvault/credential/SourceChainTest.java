package dev.jvault.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Hop;
import dev.jvault.profile.RoleOptions;
import dev.jvault.profile.ServiceTarget;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import dev.jvault.testing.FakeAws;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.FakeSts;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is computed once for an unchanged chain, and what makes it be computed again. */
final class SourceChainTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ServiceTarget STS =
      new ServiceTarget(
          "us-east-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
  private static final CallerEnvironment CALLER = CallerEnvironment.of(Map.of());

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final EnvironmentKeys environmentKeys = new EnvironmentKeys(Map.of());
  private Vault vault;
  private Sources sources;

  @BeforeEach
  void open() {
    vault = new Vault(folder.resolve("vault"), new InMemoryKeyring(), clock);
    vault.create(KeySource.KEYRING, Optional.empty(), Optional.empty(), Map.of());
    store("AKIAEXAMPLE0000001", "secret");
    sources =
        new Sources(
            vault, FakeAws.around(new FakeSts(clock)), new MfaCodes(clock), environmentKeys, clock);
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void theFingerprintIsComputedOnce() {
    var asked = new AtomicInteger();
    var chain = new SourceChain("a", "root", Optional.empty(), List.of(counting(asked)));
    String first = chain.fingerprint();
    assertThat(chain.fingerprint()).isEqualTo(first).matches("[0-9a-f]{64}");
    assertThat(asked).hasValue(1);
  }

  @Test
  void anUnchangedChainIsAssembledOnce() {
    Chain chain = role("deploy");
    assertThat(ready(chain, CALLER)).isSameAs(ready(chain, CALLER));
  }

  @Test
  void anEditedProfileIsAssembledAgain() {
    SourceChain before = ready(role("deploy"), CALLER);
    SourceChain after = ready(role("reader"), CALLER);
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(after.top().label()).contains("reader");
  }

  @Test
  void aReplacedKeyIsUsedAtOnce() {
    Chain chain = role("deploy");
    String before = ready(chain, CALLER).fingerprint();
    store("AKIAEXAMPLE0000002", "another secret");
    SourceChain after = ready(chain, CALLER);
    assertThat(after.key()).map(AccessKey::accessKeyId).hasValue("AKIAEXAMPLE0000002");
    assertThat(after.fingerprint()).isNotEqualTo(before);
  }

  @Test
  void aNewSecretOfTheSameKeyIsUsedAtOnce() {
    Chain chain = role("deploy");
    SourceChain _ = ready(chain, CALLER);
    store("AKIAEXAMPLE0000001", "new secret");
    assertThat(ready(chain, CALLER).key())
        .hasValue(new AccessKey("AKIAEXAMPLE0000001", Secret.of("new secret")));
  }

  @Test
  void aChangedEnvironmentIsUsedAtOnce() {
    Chain chain = role("deploy");
    SourceChain first = ready(chain, CALLER);
    assertThat(ready(chain, CallerEnvironment.of(Map.of("PATH", "/elsewhere")))).isNotSameAs(first);
  }

  @Test
  void aRemovedKeyIsMissedAtOnce() {
    Chain chain = role("deploy");
    SourceChain _ = ready(chain, CALLER);
    vault.keys().remove("root");
    assertThat(sources.assemble(chain, CALLER)).isInstanceOf(Sources.Assembly.Blocked.class);
  }

  @Test
  void aForgottenChainIsAssembledAgain() {
    Chain chain = role("deploy");
    SourceChain before = ready(chain, CALLER);
    sources.forget();
    assertThat(ready(chain, CALLER)).isNotSameAs(before);
  }

  private SourceChain ready(Chain chain, CallerEnvironment caller) {
    return ((Sources.Assembly.Ready) sources.assemble(chain, caller)).chain();
  }

  private void store(String accessKeyId, String secret) {
    vault.keys().put("root", new AccessKey(accessKeyId, Secret.of(secret)));
  }

  private static Chain role(String name) {
    return new Chain(
        "dev",
        List.of(
            new Hop.StoredKey("root"),
            new Hop.AssumeRole(
                "dev", name, "jvault", RoleOptions.NONE, Optional.empty(), HOUR, HOUR, STS)),
        Optional.empty());
  }

  private static CredentialSource counting(AtomicInteger asked) {
    return new CredentialSource() {
      @Override
      public Outcome obtain(Optional<SigningCredentials> below) {
        return new Outcome.Unavailable("not asked for");
      }

      @Override
      public String fingerprint() {
        asked.incrementAndGet();
        return "source";
      }

      @Override
      public String label() {
        return "source";
      }
    };
  }
}
