import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The same reference server as serve.go, with nothing but Jetty. Arguments are two files: the body
 * and the token. Prints its address.
 */
final class BareJetty extends Handler.Abstract {
  private final byte[] body;
  private final String secret;

  private BareJetty(byte[] body, String secret) {
    this.body = body;
    this.secret = secret;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpFields headers = request.getHeaders();
    byte[] answer = body;
    if (request.getMethod().equals("PUT")) {
      answer = secret.getBytes();
    } else if (!secret.equals(headers.get("Authorization"))
        && !secret.equals(headers.get("X-aws-ec2-metadata-token"))) {
      response.setStatus(403);
      callback.succeeded();
      return true;
    } else if (request.getHttpURI().getPath().endsWith("/")) {
      answer = "dev".getBytes();
    }
    response.getHeaders().put("Content-Type", "application/json");
    response.getHeaders().put("Cache-Control", "no-store");
    response.getHeaders().put("Content-Length", answer.length);
    response.write(true, ByteBuffer.wrap(answer), callback);
    return true;
  }

  public static void main(String[] files) throws Exception {
    var server = new Server(new InetSocketAddress("127.0.0.1", 0));
    byte[] body = Files.readAllBytes(Path.of(files[0]));
    server.setHandler(new BareJetty(body, Files.readString(Path.of(files[1])).strip()));
    server.start();
    System.out.println("127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    server.join();
  }
}
