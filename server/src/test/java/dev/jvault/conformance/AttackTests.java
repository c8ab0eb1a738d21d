package dev.jvault.conformance;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.jvault.testing.Attack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.platform.commons.annotation.Testable;

/** The tests marked with {@link Attack}, by the statement of {@code SECURITY.md} they attack. */
final class AttackTests {
  private final SortedMap<String, SortedMap<String, SortedSet<String>>> tests = new TreeMap<>();
  private final List<String> neverRun = new ArrayList<>();

  /** Finds the marked methods of all classes in these folders, the *IT included. */
  static AttackTests in(Path... classes) {
    var found = new AttackTests();
    for (JavaClass type : new ClassFileImporter().importPaths(classes)) {
      type.getMethods().forEach(found::add);
    }
    return found;
  }

  /** The short names of all statements that a test attacks. */
  Set<String> statements() {
    return tests.keySet();
  }

  /** Marked methods that no build runs. */
  List<String> neverRun() {
    return List.copyOf(neverRun);
  }

  /** Each class that attacks a statement, with the sentences that its tests are named by. */
  SortedMap<String, SortedSet<String>> of(String statement) {
    return tests.getOrDefault(statement, new TreeMap<>());
  }

  private void add(JavaMethod method) {
    Optional<String[]> statements = value(method, Attack.class, String[].class);
    if (statements.isEmpty()) {
      return;
    }
    String type = topLevel(method.getOwner()).getSimpleName();
    if (!type.matches(".*(Test|IT)")
        || !method.isMetaAnnotatedWith(Testable.class)
        || method.isAnnotatedWith(Disabled.class)) {
      addNeverRun(type + "." + method.getName());
    }
    for (String statement : statements.get()) {
      add(statement, type, sentence(method));
    }
  }

  void add(String statement, String testClass, String sentence) {
    tests
        .computeIfAbsent(statement, _ -> new TreeMap<>())
        .computeIfAbsent(testClass, _ -> new TreeSet<>())
        .add(sentence);
  }

  void addNeverRun(String method) {
    neverRun.add(method);
  }

  /** The display name without the numbers of {@code docs/conformance.md}, or the method's words. */
  private static String sentence(JavaMethod method) {
    return value(method, DisplayName.class, String.class)
        .map(name -> name.replaceFirst("^(\\d+\\.,? )+", ""))
        .orElseGet(() -> method.getName().replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
  }

  private static <T> Optional<T> value(JavaMethod method, Class<?> annotation, Class<T> type) {
    return method
        .tryGetAnnotationOfType(annotation.getName())
        .flatMap((JavaAnnotation<JavaMethod> mark) -> mark.get("value"))
        .map(type::cast);
  }

  private static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(AttackTests::topLevel).orElse(type);
  }
}
