package dev.jvault;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.FileInputStream;
import java.io.FileReader;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows between packages, the libraries that each may use, and the calls that none may make.
 */
final class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.jvault");

  /** Test classes that break every rule except the arrows. */
  private static final JavaClasses WRONG =
      new ClassFileImporter().importPackages("dev.jvault.wrong..");

  /** The lowest packages: values, files and text, which know no feature. */
  private static final Set<String> LEAVES =
      Set.of(
          "protocol", "program", "clock", "secret", "digest", "files", "json", "command", "trace");

  /** The composition root and the demo: they see all packages, and no package sees them. */
  private static final Set<String> SEE_ALL = Set.of("server", "demo");

  /**
   * The feature packages that a package may see. Values pass upward (the outcome of a source, the
   * caller's environment), so a package that passes one on may see the package that declares it.
   */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("client", Set.of("folder", "linklocal", "service")),
          Map.entry("folder", Set.of()),
          Map.entry("linklocal", Set.of()),
          Map.entry("service", Set.of()),
          Map.entry("reference", Set.of("client")),
          Map.entry("audit", Set.of()),
          Map.entry("peer", Set.of()),
          Map.entry("lifecycle", Set.of()),
          Map.entry("profile", Set.of()),
          Map.entry("vault", Set.of()),
          Map.entry("prompt", Set.of()),
          Map.entry("credential", Set.of("profile", "vault", "prompt")),
          Map.entry("browser", Set.of("http", "prompt")),
          Map.entry("sso", Set.of("browser", "http", "credential", "profile", "vault", "prompt")),
          Map.entry("rotation", Set.of("credential", "profile", "vault")),
          Map.entry("setup", Set.of("profile")),
          Map.entry("explain", Set.of("credential", "profile")),
          Map.entry("completion", Set.of("grant", "profile")),
          Map.entry("console", Set.of("browser", "http", "profile", "prompt")),
          Map.entry("aws", Set.of("credential", "profile", "sso", "console")),
          Map.entry("grant", Set.of("credential", "profile")),
          Map.entry("interaction", Set.of("credential", "profile", "vault", "prompt")),
          Map.entry("session", Set.of("interaction", "credential", "profile", "vault", "prompt")),
          Map.entry("systemd", Set.of()),
          Map.entry("http", Set.of("peer", "systemd")),
          Map.entry(
              "endpoint",
              Set.of("audit", "peer", "http", "grant", "session", "credential", "profile")),
          Map.entry(
              "imds",
              Set.of("endpoint", "audit", "http", "grant", "session", "credential", "profile")),
          Map.entry("launch", Set.of("imds", "audit", "grant", "session", "profile")),
          Map.entry("served", Set.of("imds", "grant", "session", "credential", "profile")),
          Map.entry("doctor", Set.of("launch", "audit", "sso", "session", "profile", "vault")),
          Map.entry(
              "control",
              Set.of(
                  "doctor",
                  "launch",
                  "served",
                  "explain",
                  "rotation",
                  "setup",
                  "imds",
                  "audit",
                  "sso",
                  "console",
                  "browser",
                  "http",
                  "grant",
                  "session",
                  "credential",
                  "profile",
                  "vault",
                  "prompt")));

  /**
   * The packages that read files: each reads those of its own folders or of the kernel, but for
   * {@code files}, which reads those that anything else names.
   */
  private static final String[] READ_THEIR_OWN =
      Stream.of(
              "files",
              "protocol",
              "client",
              "folder",
              "linklocal",
              "service",
              "reference",
              "server",
              "demo",
              "audit",
              "grant",
              "imds",
              "launch",
              "lifecycle",
              "peer",
              "vault")
          .map(name -> "dev.jvault." + name + "..")
          .toArray(String[]::new);

  /** The only classes that may let time pass, each with the reason why no event can be awaited. */
  private static final Map<String, String> MAY_SLEEP =
      Map.of(
          "dev.jvault.http.SharedPorts",
          "the kernel reports no event when the last queued connection has been accepted",
          "dev.jvault.demo.Application",
          "plays an application that asks for credentials every half second, as SDKs do");

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageSeesOnlyWhatItsArrowsPointAt(String name) {
    assertThat(ARROWS).as("a new package needs its line in the table of arrows").containsKey(name);
    arrows(name, ARROWS.get(name)).check(PROGRAM);
  }

  @Test
  void aLeafSeesOnlyLeaves() {
    LEAVES.forEach(leaf -> arrows(leaf, Set.of()).check(PROGRAM));
  }

  @Test
  void aMissingArrowIsNoticed() {
    assertThat(arrows("grant", Set.of()).evaluate(PROGRAM).hasViolation()).isTrue();
  }

  @Test
  void everyExceptionFromTheRuleAgainstSleepingIsNeeded() {
    assertThat(MAY_SLEEP.keySet())
        .allMatch(
            name -> sleeping(without(name)).evaluate(PROGRAM).hasViolation(),
            "the exception still sleeps");
  }

  @ParameterizedTest
  @MethodSource("sleeps")
  void eachWayToSleepIsNoticed(String call) {
    assertThat(sleeping(Set.of()).evaluate(WRONG).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains("calls method <" + call));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theProgramKeepsTheRule(ArchRule rule) {
    rule.allowEmptyShould(true).check(PROGRAM);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aWrongClassBreaksTheRule(ArchRule rule) {
    assertThat(rule.evaluate(WRONG).hasViolation()).isTrue();
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(PROGRAM.stream().map(JavaClass::getPackage).distinct())
        .allMatch(p -> p.isAnnotatedWith(NullMarked.class));
  }

  static Stream<String> packages() {
    return PROGRAM.stream()
        .map(c -> c.getPackageName().replaceFirst("dev\\.jvault\\.?(\\w*).*", "$1"))
        .distinct()
        .filter(name -> !LEAVES.contains(name) && !SEE_ALL.contains(name))
        .sorted(Comparator.naturalOrder());
  }

  static Stream<String> sleeps() {
    return Stream.of(
        "java.util.concurrent.locks.LockSupport.park()",
        "java.util.concurrent.locks.LockSupport.park(java.lang.Object)",
        "java.util.concurrent.locks.LockSupport.parkNanos(",
        "java.util.concurrent.locks.LockSupport.parkUntil(",
        "java.util.concurrent.TimeUnit.sleep(",
        "java.lang.Thread.sleep(");
  }

  static List<ArchRule> rules() {
    return List.of(
        slices().matching("dev.jvault.(**)").should().beFreeOfCycles(),
        onlyIn("http", "io.javalin..", "org.eclipse.jetty..", "jakarta.."),
        onlyIn("session", "com.github.benmanes.caffeine.."),
        onlyIn("aws", "software.amazon.awssdk.."),
        onlyIn(
            "vault",
            "com.github.javakeyring..",
            "com.exceptionfactory.jagged..",
            "org.bouncycastle.."),
        program("..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.net.httpserver..")
            .as("no class listens with the server of the JDK, which has no limits"),
        program("dev.jvault.http..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                ServerSocket.class,
                ServerSocketFactory.class,
                ServerSocketChannel.class,
                AsynchronousServerSocketChannel.class,
                DatagramChannel.class,
                DatagramSocket.class)
            .as("only http listens: each listener has its checks and its limits"),
        program("..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .as("no class logs through java.util.logging"),
        program("dev.jvault.server..", "dev.jvault.demo..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .as("time is injected"),
        sleeping(MAY_SLEEP.keySet()),
        program(READ_THEIR_OWN)
            .should()
            .callMethodWhere(
                JavaCall.Predicates.target(
                    DescribedPredicate.and(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.type(Files.class)),
                        nameMatching(
                            "read(AllBytes|AllLines|String)|lines|new(InputStream|Buffered"
                                + "Reader|ByteChannel)"))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                FileInputStream.class,
                FileReader.class,
                RandomAccessFile.class,
                FileChannel.class,
                Scanner.class)
            .as("only files reads a file that a config or a variable names"),
        program("dev.jvault.server..", "dev.jvault.demo..", "dev.jvault.client..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(PrintStream.class, "println", String.class)
            .as("the daemon's packages do not print"));
  }

  /** No package sleeps, the client included: each waits for an event with a deadline. */
  private static ArchRule sleeping(Set<String> exceptions) {
    return noClasses()
        .that()
        .resideInAPackage("dev.jvault..")
        .and(
            DescribedPredicate.describe(
                "are no exceptions", found -> !exceptions.contains(outermost(found))))
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(
                DescribedPredicate.and(
                    HasOwner.Predicates.With.owner(
                        JavaClass.Predicates.belongToAnyOf(
                            LockSupport.class, TimeUnit.class, Thread.class)),
                    nameMatching("park.*|sleep|onSpinWait"))))
        .as("nothing sleeps: wait for an event, with a deadline");
  }

  private static Set<String> without(String exception) {
    return MAY_SLEEP.keySet().stream()
        .filter(name -> !name.equals(exception))
        .collect(Collectors.toSet());
  }

  private static String outermost(JavaClass nested) {
    return nested.getName().replaceFirst("\\$.*", "");
  }

  private static ArchRule arrows(String name, Set<String> seen) {
    String[] allowed =
        Stream.of(Set.of(name), LEAVES, seen)
            .flatMap(Set::stream)
            .map(p -> "dev.jvault." + p + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.jvault." + name + "..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.jvault..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)))
        .as(name + " sees only " + seen)
        .allowEmptyShould(true);
  }

  private static ArchRule onlyIn(String owner, String... libraries) {
    return program("dev.jvault." + owner + "..", "dev.jvault.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .as("only " + owner + " uses " + String.join(", ", libraries));
  }

  private static GivenClassesConjunction program(String... exceptions) {
    return exceptions[0].equals("..")
        ? noClasses().that().resideInAPackage("dev.jvault..")
        : noClasses().that().resideOutsideOfPackages(exceptions);
  }
}
