import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.DefaultAWSCredentialsProviderChain;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.securitytoken.AWSSecurityTokenService;
import com.amazonaws.services.securitytoken.AWSSecurityTokenServiceClientBuilder;
import com.amazonaws.services.securitytoken.model.GetCallerIdentityRequest;
import java.time.Duration;

/**
 * The default chain of the first SDK for Java, which AWS no longer maintains; {@code catalogue.py}
 * says what each mode prints.
 */
final class Client {
  private final AWSCredentialsProvider credentials = new DefaultAWSCredentialsProviderChain();
  private final AWSSecurityTokenService sts =
      AWSSecurityTokenServiceClientBuilder.standard()
          .withCredentials(credentials)
          // It does not know the variable.
          .withEndpointConfiguration(
              new EndpointConfiguration(
                  System.getenv("AWS_ENDPOINT_URL_STS"), System.getenv("AWS_REGION")))
          .build();

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
    } catch (SdkClientException shown) {
      System.out.println("error " + shown.getMessage());
    }
  }

  private String key() {
    return credentials.getCredentials().getAWSAccessKeyId();
  }

  private String arn() {
    return sts.getCallerIdentity(new GetCallerIdentityRequest()).getArn();
  }
}
