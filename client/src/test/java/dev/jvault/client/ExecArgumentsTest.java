package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          dev                         | 1 | dev | -
          dev --                      | 2 | dev | -
          dev -- ls -l                | 2 | dev | -
          dev ls --env                | 1 | dev | -
          --env dev ls                | 2 | dev | --env
          dev --env ls                | 2 | dev | --env
          dev -d 1h -- ls             | 4 | dev | -d 1h
          -d1h dev ls                 | 2 | dev | -d1h
          -nd 1h dev ls               | 3 | dev | -nd 1h
          -dn dev ls                  | 2 | dev | -dn
          --region=x dev ls           | 2 | dev | --region=x
          --region x dev ls           | 3 | dev | --region x
          --region dev                | 2 | -   | --region dev
          --allow-role a dev --allow-role b ls | 5 | dev | --allow-role a --allow-role b
          --unknown dev ls            | 2 | dev | --unknown
          dev - x                     | 1 | dev | -
          -- dev                      | 1 | -   | -
          """)
  void separatesOptionsFromTheCommand(String line, int consumed, String name, String options) {
    var words = ExecArguments.of(new ExecVerb().options(), List.of(line.strip().split(" ", -1)));

    assertThat(words.consumed()).isEqualTo(consumed);
    assertThat(words.names()).isEqualTo(name == null ? List.of() : List.of(name));
    assertThat(String.join(" ", words.options())).isEqualTo(options == null ? "" : options);
  }

  @Test
  void acceptsAnyWordAsAName() {
    for (String name : List.of("a b", "a/b", "\"q'", "a.b", "dév", "")) {
      assertThat(ExecArguments.of(new ExecVerb().options(), List.of(name, "--", "x")).names())
          .containsExactly(name);
    }
  }
}
