package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeOwnerTest {
  @TempDir Path home;
  private long owner;

  @BeforeEach
  void readOwner() throws IOException {
    owner = ((Number) Files.getAttribute(home, "unix:uid")).longValue();
  }

  @Test
  void filesInOnesOwnHomeAreFine() {
    assertThatCode(check(Map.of("HOME", home.toString()), owner)).doesNotThrowAnyException();
  }

  @Test
  void filesInTheHomeOfAnotherUserAreRefused() {
    Map<String, String> environment = Map.of("HOME", home + "/./");
    assertThatThrownBy(check(environment, owner + 1))
        .hasMessageContaining("HOME is " + home + ", which belongs to another user");
  }

  @Test
  void oneFolderInTheHomeIsEnough() {
    Map<String, String> data = Map.of("HOME", home.toString(), "XDG_DATA_HOME", "/srv");
    Map<String, String> state = Map.of("HOME", home.toString(), "XDG_STATE_HOME", "/srv");
    assertThatThrownBy(check(data, owner + 1)).isInstanceOf(JvaultException.class);
    assertThatThrownBy(check(state, owner + 1)).isInstanceOf(JvaultException.class);
  }

  @Test
  void filesElsewhereAreFine() {
    Map<String, String> elsewhere = Map.of("HOME", home.toString(), "JVAULT_HOME", "/srv/jvault");
    assertThatCode(check(elsewhere, owner + 1)).doesNotThrowAnyException();
    assertThatCode(check(Map.of(), owner + 1)).doesNotThrowAnyException();
    assertThatCode(check(Map.of("HOME", home + "/not-there"), owner + 1))
        .doesNotThrowAnyException();
  }

  private static ThrowingCallable check(Map<String, String> environment, long uid) {
    return () -> HomeOwner.check(environment, RuntimeFiles.of(environment, "Linux"), uid);
  }
}
