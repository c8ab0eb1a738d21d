package dev.jvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.profile.SectionParser.ParsedSection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the SDK parses the lines of a section. */
final class SdkSectionParserTest {
  private final SdkSectionParser parser = new SdkSectionParser();

  @Test
  void readsValuesWithoutCommentsAndNestedValuesByBothNames() {
    assertThat(parser.parse("a = b # c\n\nx=y#z\ns3=\n  p = q\n"))
        .isEqualTo(
            new ParsedSection.Values(Map.of("a", "b", "x", "y#z", "s3", "\np = q", "s3.p", "q")));
    assertThat(parser.parse("")).isEqualTo(new ParsedSection.Values(Map.of()));
  }

  @Test
  void countsLinesFromTheStartOfTheSection() {
    assertThat(parser.parse("nonsense"))
        .isEqualTo(new ParsedSection.Malformed(1, "expected an '=' sign defining a property"));
    assertThat(parser.parse("a = b\n\n= c\n"))
        .isEqualTo(new ParsedSection.Malformed(3, "property did not have a name"));
    assertThat(parser.parse("s3=\n a=b\n nonsense\n"))
        .isEqualTo(new ParsedSection.Malformed(3, "expected an '=' sign defining a property"));
  }
}
