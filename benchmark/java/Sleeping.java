/** A Java program that waits for ever, to be measured while it does nothing. */
public final class Sleeping {
  private Sleeping() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
