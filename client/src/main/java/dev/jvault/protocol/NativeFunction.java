package dev.jvault.protocol;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Links functions of the C library, for what Java does not have. */
public final class NativeFunction {
  private NativeFunction() {}

  /**
   * Links a function.
   *
   * @throws UnsupportedOperationException if this Java cannot call native code
   * @throws IllegalCallerException if it may not ({@code --enable-native-access})
   * @throws java.util.NoSuchElementException if the library has no such function
   */
  @SuppressWarnings("restricted") // The launcher gives --enable-native-access.
  public static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /** For the Throwable that a method handle declares; a C function throws nothing. */
  public static IllegalStateException cannotHappen(Throwable e) {
    return new IllegalStateException("a call of the C library threw", e);
  }
}
