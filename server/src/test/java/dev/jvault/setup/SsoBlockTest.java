package dev.jvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.profile.WrittenProfile;
import dev.jvault.setup.SsoProfiles.Role;
import dev.jvault.setup.SsoProfiles.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The block of generated profiles in config files as people have them. */
final class SsoBlockTest {
  private static final Role ADMIN = new Role("111122223333", "Admin");
  private static final Role READ = new Role("111122223333", "ReadOnly");
  private static final Wanted PROD_ADMIN = new Wanted("prod-Admin", ADMIN, "prod");
  private static final Wanted PROD_READ = new Wanted("prod-ReadOnly", READ, "prod");

  @TempDir Path folder;
  private Path config;
  private Setup setup;

  @BeforeEach
  void prepare() {
    config = folder.resolve("config");
    setup = new Setup(folder.resolve("state"), InstantSource.system());
  }

  static List<ConfigCorpus.Sample> corpus() {
    return ConfigCorpus.all();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void keepsEachByteOfAFileAndChangesNothingTheSecondTime(ConfigCorpus.Sample sample)
      throws IOException {
    Files.write(config, sample.content());
    write(List.of(PROD_ADMIN), Set.of(ADMIN), false);
    String once = text();
    assertThat(once).startsWith(sample.text()).contains("[profile prod-Admin]");
    if (sample.text().contains("\r\n")) {
      assertThat(once.substring(sample.text().length()).replace("\r\n", "")).doesNotContain("\n");
    }

    assertThat(plan(List.of(PROD_ADMIN), Set.of(ADMIN), false).prepared().isEmpty()).isTrue();

    write(List.of(PROD_ADMIN, PROD_READ), Set.of(ADMIN, READ), false);
    assertThat(text()).startsWith(sample.text()).contains("[profile prod-ReadOnly]");
    write(List.of(), Set.of(), true);
    assertThat(text()).startsWith(sample.text()).doesNotContain("[profile prod-");
  }

  @Test
  void keepsWhatTheUserChangedInside() throws IOException {
    write(List.of(PROD_ADMIN), Set.of(ADMIN), false);
    String changed =
        text().replace("[profile prod-Admin]", "# mine\n[profile boss]\n  output = json # all");
    Files.writeString(config, changed + "\n[profile below]\nregion = eu-west-1");

    write(List.of(PROD_ADMIN, PROD_READ), Set.of(ADMIN, READ), false);

    assertThat(text())
        .contains("# mine\n[profile boss]\n  output = json # all\n", "[profile prod-ReadOnly]")
        .doesNotContain("[profile prod-Admin]")
        .endsWith("\n[profile below]\nregion = eu-west-1");
  }

  @Test
  void marksThenPrunesWhatIsGone() throws IOException {
    write(List.of(PROD_ADMIN, PROD_READ), Set.of(ADMIN, READ), false);
    String whole = text();

    SsoProfiles.Plan marking = write(List.of(PROD_READ), Set.of(READ), false);
    assertThat(marking.notes().toString()).contains("no longer have the role Admin", "--prune");
    assertThat(text()).contains("[profile prod-Admin]\n" + SsoBlockPart.GONE);
    assertThat(plan(List.of(PROD_READ), Set.of(READ), false).prepared().isEmpty()).isTrue();

    write(List.of(PROD_READ), Set.of(READ, ADMIN), false);
    assertThat(text()).as("the role is back").isEqualTo(whole);

    assertThat(write(List.of(PROD_READ), Set.of(READ), true).pruned())
        .containsExactly("prod-Admin");
    assertThat(text()).doesNotContain("prod-Admin").contains("[profile prod-ReadOnly]");
  }

  @Test
  void prunesNoProfileThatHasSettingsOfTheUser() throws IOException {
    write(List.of(PROD_ADMIN), Set.of(ADMIN), false);
    Files.writeString(config, text().replace("Admin\n#", "Admin\noutput = json\n#"));
    SsoProfiles.Plan plan = write(List.of(), Set.of(), true);
    assertThat(plan.pruned()).isEmpty();
    assertThat(plan.notes().toString()).contains("Kept profile prod-Admin");
    assertThat(text()).contains("output = json");
  }

  @Test
  void leavesAProfileOfTheUserAlone() throws IOException {
    var taken =
        new WrittenProfile(
            "prod-Admin",
            "/home/me/.aws/config:3",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    SsoProfiles.Plan plan =
        setup.prepare(
            request(List.of(PROD_ADMIN, PROD_READ), Set.of(ADMIN, READ), List.of(taken), false));
    assertThat(plan.added()).containsExactly("prod-ReadOnly");
    assertThat(plan.notes().toString()).contains("prod-Admin", "/home/me/.aws/config:3");
  }

  @Test
  void refusesOneNameForTwoRoles() {
    var twin = new Wanted("prod-Admin", new Role("999988887777", "Admin"), "Prod");
    assertThatThrownBy(() -> plan(List.of(PROD_ADMIN, twin), Set.of(ADMIN), false))
        .hasMessageContainingAll(
            "prod-Admin", "111122223333", "999988887777", "Nothing was written");
    assertThat(config).doesNotExist();
  }

  @Test
  void followsALinkAndKeepsTheMode() throws IOException {
    Path real = Files.writeString(folder.resolve("dotfiles"), "[default]\n");
    Files.createSymbolicLink(config, real);
    write(List.of(PROD_ADMIN), Set.of(ADMIN), false);
    assertThat(config).isSymbolicLink();
    assertThat(real).content().startsWith("[default]\n").contains("prod-Admin");
  }

  @Test
  void asksForTheLastLineOfItsBlock() throws IOException {
    write(List.of(PROD_ADMIN), Set.of(ADMIN), false);
    String cut = text().replace(MarkedBlock.last("sso corp") + "\n", "");
    Files.writeString(config, cut);
    assertThatThrownBy(() -> plan(List.of(PROD_READ), Set.of(READ), false))
        .hasMessageContaining("has lost its last line");
    assertThat(text()).isEqualTo(cut);
  }

  private SsoProfiles.Plan write(List<Wanted> wanted, Set<Role> assigned, boolean prune) {
    SsoProfiles.Plan plan = plan(wanted, assigned, prune);
    setup.apply(plan.prepared());
    return plan;
  }

  private SsoProfiles.Plan plan(List<Wanted> wanted, Set<Role> assigned, boolean prune) {
    return setup.prepare(request(wanted, assigned, List.of(), prune));
  }

  private SsoProfiles request(
      List<Wanted> wanted, Set<Role> assigned, List<WrittenProfile> existing, boolean prune) {
    return new SsoProfiles(
        config, "corp", List.of(), wanted, assigned, existing, Optional.empty(), prune);
  }

  private String text() throws IOException {
    return Bytes.text(Files.readAllBytes(config));
  }
}
