import dev.jvault.demo.StandInSts;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The stand-in for STS as a process, by Java's source launcher: arguments are the one long-lived
 * key's id and the life of a session in seconds; prints its address and ends with its input.
 */
final class StandIn {
  public static void main(String[] arguments) throws IOException {
    var key = new AccessKey(arguments[0], Secret.of("it checks no signature"));
    var life = Duration.ofSeconds(Long.parseLong(arguments[1]));
    try (var sts = new StandInSts(key, life, InstantSource.system())) {
      System.out.println(sts.endpoint());
      while (System.in.read() >= 0) {}
    }
  }
}
