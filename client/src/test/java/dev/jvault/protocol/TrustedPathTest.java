package dev.jvault.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedPathTest {
  @TempDir Path temporary;
  private Path folder;
  private Path vault;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    vault = Files.createDirectories(folder.resolve("a/vault"));
  }

  @Test
  void ordinaryFoldersAreFine() {
    assertThatCode(() -> check(vault)).doesNotThrowAnyException();
    assertThatCode(() -> check(vault.resolve("not/made/yet"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"0777", "0757", "0703"})
  @Attack("trusted-parents")
  void aFolderOnTheWayThatOthersCanWriteToIsRefused(String mode) throws IOException {
    mode(folder, mode);
    assertThatThrownBy(() -> check(vault))
        .isInstanceOf(JvaultException.class)
        .hasMessage(
            "Other users can replace jvault's files, because they can write to the folder "
                + folder
                + "; run `chmod go-w '"
                + folder
                + "'`, or set JVAULT_HOME to a folder of your own elsewhere.");
    mode(folder, "0755");
    assertThatCode(() -> check(vault)).doesNotThrowAnyException();
  }

  @Test
  void theStickyBitKeepsOnesOwnFolderInPlace() throws IOException {
    mode(folder, "1777");
    assertThatCode(() -> check(vault)).doesNotThrowAnyException();
  }

  @Test
  @Attack("trusted-parents")
  void aFolderOfAnotherUserIsRefused() throws IOException {
    // Root, whose folders are trusted, can give one away.
    boolean root = OwnUid.get() == 0;
    if (root) {
      Files.setAttribute(folder, "unix:uid", 4711);
    }
    FolderOwners owners = owners(root ? 0 : 4711);
    assertThatThrownBy(() -> TrustedPath.check(vault, owners))
        .hasMessageContaining("belongs to another user")
        .hasMessageContaining("set JVAULT_HOME");
  }

  @Test
  @Attack("trusted-parents")
  void aLinkIsFollowedThroughTheFoldersOnItsWay() throws IOException {
    Path outer = Files.createDirectory(temporary.resolve("open"));
    Path open = Files.createDirectory(outer.resolve("inside"));
    mode(outer, "0777");
    Path link = Files.createSymbolicLink(folder.resolve("link"), open);
    assertThatThrownBy(() -> check(link.resolve("vault"))).hasMessageContaining(outer.toString());
    Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("../open/inside"));
    assertThatThrownBy(() -> check(relative.resolve("vault")))
        .hasMessageContaining(outer.toString());
  }

  @Test
  void aLinkThatLeadsToItselfIsLeftToTheFirstUse() throws IOException {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThatCode(() -> check(loop.resolve("vault"))).doesNotThrowAnyException();
  }

  @Test
  void aGroupWithoutAnotherMemberMayWrite() throws IOException {
    mode(folder, "0775");
    FolderOwners.Entry entry = owners(OwnUid.get()).entry(folder);
    var own = new FolderOwners.Entry(entry.uid(), 1234, entry.mode(), "me", "me", false);
    etc("me:x:1234:me,\n", "me:x:1:1234::/:\n");
    assertThat(owners(1).alone(own)).isTrue();

    etc("me:x:1234:me,you\n", "me:x:1:1234::/:\n");
    assertThat(owners(1).alone(own)).isFalse();
    etc("me:x:1234:\n", "me:x:1:1234::/:\nyou:x:2:1234::/:\n");
    assertThat(owners(1).alone(own)).isFalse();
    etc("", "");
    assertThat(owners(1).alone(own)).isTrue();
    var staff = new FolderOwners.Entry(entry.uid(), 1234, entry.mode(), "me", "staff", false);
    assertThat(owners(1).alone(staff)).isFalse();
  }

  @Test
  void anOwnerOutsideOfTheUserNamespaceIsTrusted() {
    assertThat(new FolderOwners(1000, temporary, 65_534).trusted(65_534)).isTrue();
    assertThat(new FolderOwners(1000, temporary, -1).trusted(65_534)).isFalse();
  }

  @Test
  void readsTheWholeNumberOfOwnersOutsideOfAUserNamespace() throws IOException {
    Path file = Path.of("/proc/sys/kernel/overflowuid");
    try (var in = Files.newInputStream(file)) {
      String whole = new String(in.readNBytes(32), US_ASCII).strip();
      assertThat(FolderOwners.overflowUid(file)).isEqualTo(Long.parseLong(whole)).isGreaterThan(9);
    }
  }

  private void check(Path path) {
    TrustedPath.check(path, owners(OwnUid.get()));
  }

  private FolderOwners owners(long uid) {
    return new FolderOwners(uid, temporary, -1);
  }

  private void etc(String group, String passwd) throws IOException {
    Files.writeString(temporary.resolve("group"), group);
    Files.writeString(temporary.resolve("passwd"), passwd);
  }

  private static void mode(Path folder, String octal) throws IOException {
    Files.setAttribute(folder, "unix:mode", Integer.parseInt(octal, 8));
  }
}
