import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/** The default chain of the SDK for Java 2; {@code catalogue.py} says what each mode prints. */
final class Client {
  private final DefaultCredentialsProvider credentials =
      DefaultCredentialsProvider.builder().build();
  private final StsClient sts = StsClient.builder().credentialsProvider(credentials).build();

  public static void main(String[] arguments) throws InterruptedException {
    var client = new Client();
    if (arguments[0].equals("error")) {
      client.error();
    } else {
      client.read(arguments[0].equals("read"));
    }
  }

  private void read(boolean on) throws InterruptedException {
    String first = key();
    String cached = key();
    System.out.println("first " + first + " " + arn());
    System.out.println("cached " + cached);
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (on && key().equals(first)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the credentials were not refreshed");
      }
      Thread.sleep(200);
    }
    if (on) {
      System.out.println("refreshed " + key() + " " + arn());
    }
  }

  private void error() {
    try {
      String _ = arn();
    } catch (SdkException shown) {
      System.out.println("error " + shown.getMessage());
    }
  }

  private String key() {
    return credentials.resolveCredentials().accessKeyId();
  }

  private String arn() {
    return sts.getCallerIdentity().arn();
  }
}
