package dev.jvault.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test that attacks a statement of {@code SECURITY.md}. That page lists the test below the
 * statement; {@code SecurityPageTest} compares the two.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Attack {
  /** The short names of the statements, such as {@code uid-at-accept}. */
  String[] value();
}
