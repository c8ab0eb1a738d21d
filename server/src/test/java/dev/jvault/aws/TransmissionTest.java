package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Whether an MFA code has left this machine. */
final class TransmissionTest {
  @Test
  void isNoticedWhenTheRequestIsWritten() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      assertThat(calls.sessionWithCode(StsCalls.at(server.uri()), "123456"))
          .isInstanceOf(Outcome.Issued.class);
      assertThat(calls.sent).hasValue(1);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void hasNotHappenedIfTheConnectionIsRefused() throws IOException {
    int port = FreePort.next();
    try (var calls = new StsCalls()) {
      var nobody = URI.create("http://127.0.0.1:" + port);
      assertThat(calls.sessionWithCode(StsCalls.at(nobody), "123456"))
          .isInstanceOf(Outcome.Unavailable.class);
      assertThat(calls.sent).hasValue(0);
    }
  }

  @Test
  void hasNotHappenedIfTheNameIsUnknown() {
    try (var calls = new StsCalls()) {
      var nowhere = URI.create("http://sts.invalid");
      assertThat(calls.roleWithCode(StsCalls.at(nowhere), "123456"))
          .isInstanceOf(Outcome.Unavailable.class);
      assertThat(calls.sent).hasValue(0);
    }
  }

  @Test
  void hasNotHappenedIfTlsFails() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, StsXml.session()));
        var calls = new StsCalls()) {
      var tls = URI.create("https://127.0.0.1:" + server.uri().getPort());
      assertThat(calls.roleWithCode(StsCalls.at(tls), "123456"))
          .isInstanceOf(Outcome.Unavailable.class);
      assertThat(calls.sent).hasValue(0);
    }
  }
}
