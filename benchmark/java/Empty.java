/** Does nothing: how long it takes is what starting Java takes. */
final class Empty {
  public static void main(String[] arguments) {}
}
