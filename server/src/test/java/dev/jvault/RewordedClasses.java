package dev.jvault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies the program's class files and changes every sentence in them. A sentence is a text with
 * three words in a row; each of its words becomes another one. No two places get the same words, so
 * a text that one place writes and another one looks for no longer matches.
 */
final class RewordedClasses {
  private static final Pattern SENTENCE =
      Pattern.compile("\\p{Alpha}{2,}[,;:]? \\p{Alpha}+[,;:]? \\p{Alpha}{2,}");

  /** Not the letter of a format such as {@code %s}, and nothing that is glued to one. */
  private static final Pattern WORD = Pattern.compile("(?<![%$\\p{Alnum}])\\p{Alpha}{2,}");

  private final Path target;
  private int places;

  private RewordedClasses(Path target) {
    this.target = target;
  }

  /**
   * Writes the changed classes of the client and of the server into a folder.
   *
   * @return how many texts were changed
   */
  static int write(Path target, Class<?> ofClient, Class<?> ofServer) {
    var classes = new RewordedClasses(target);
    for (Class<?> one : List.of(ofClient, ofServer)) {
      classes.copyFrom(one);
    }
    return classes.places;
  }

  private void copyFrom(Class<?> one) {
    try {
      URI source = one.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path location = Path.of(source);
      if (Files.isDirectory(location)) {
        copyAll(location);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(location)) {
          copyAll(jar.getPath("/"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void copyAll(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(RewordedClasses::isClass)::iterator) {
        Path copy = target.resolve(root.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.write(copy, reworded(Files.readAllBytes(file)));
      }
    }
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
  }

  private byte[] reworded(byte[] bytes) {
    ClassFile format = ClassFile.of();
    return format.transformClass(
        format.parse(bytes), ClassTransform.transformingMethodBodies(this::reword));
  }

  private void reword(CodeBuilder code, CodeElement element) {
    switch (element) {
      case LoadConstantInstruction load
          when load.constantValue() instanceof String text && isSentence(text) ->
          code.ldc(code.constantPool().stringEntry(reworded(text)));
      case InvokeDynamicInstruction call when isConcatenation(call) ->
          code.invokedynamic(
              DynamicCallSiteDesc.of(
                  call.bootstrapMethod(),
                  call.name().stringValue(),
                  call.typeSymbol(),
                  call.bootstrapArgs().stream().map(this::reworded).toArray(ConstantDesc[]::new)));
      default -> code.with(element);
    }
  }

  private static boolean isConcatenation(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().methodName().equals("makeConcatWithConstants");
  }

  private ConstantDesc reworded(ConstantDesc argument) {
    return argument instanceof String text && isSentence(text) ? reworded(text) : argument;
  }

  private static boolean isSentence(String text) {
    return SENTENCE.matcher(text).find();
  }

  private String reworded(String text) {
    places++;
    return WORD.matcher(text).replaceAll("xyz" + places);
  }
}
