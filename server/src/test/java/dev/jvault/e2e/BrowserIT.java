package dev.jvault.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.e2e.ReboundServer.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A page in a browser of the daemon's own user tries each listener, in each way that a page has,
 * and gets nothing: by loopback's addresses, by a name that was made to lead there, and as the
 * listener's own origin. The page knows the tokens. The same ways lead to an open server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserIT {
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 404, 405);
  private static final String OPEN = "open to everybody";

  private Listeners listeners;
  private ReboundServer open;

  /** In front of the listeners, by the paths that are tried there. */
  private final Map<ReboundServer, List<String>> rebound = new LinkedHashMap<>();

  /** Where the page is from. */
  enum Origin {
    LOOPBACK,
    REBOUND_NAME,
    CONTAINER_ENDPOINT,
    IMDS,
    IMDS_V1,
    IMDS_V1_AS_LOCALHOST
  }

  @BeforeAll
  void start() throws IOException {
    listeners = new Listeners();
    String session = new Asker(listeners.jvault(), List.of()).session(listeners);
    Map<Integer, List<String>> paths = new LinkedHashMap<>();
    String role = "/latest/meta-data/iam/security-credentials/";
    paths.put(listeners.container(), List.of(listeners.path()));
    paths.put(listeners.imds(), List.of(role + "main"));
    paths.put(listeners.v1(), List.of(role, role + "Developer"));
  }
}
