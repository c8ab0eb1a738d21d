package dev.jvault.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/** The service as a launch agent of macOS, by the rules of launchd.plist(5). */
final class LaunchAgentTest {
  private static final Service.FirstRequest ANSWERED = () -> 0;
  private static final String PLIST = "Library/LaunchAgents/dev.jvault.daemon.plist";
  private static final String TARGET = "gui/1000/dev.jvault.daemon";

  /** Those of launchd.plist(5) that an agent without sockets can use. */
  private static final Set<String> KEYS =
      Set.of(
          "Label",
          "ProgramArguments",
          "EnvironmentVariables",
          "RunAtLoad",
          "KeepAlive",
          "ProcessType",
          "StandardErrorPath");

  /** Apple's DTD of property lists, without its comments. */
  private static final String DTD =
      """
      <!ENTITY % plistObject "(array | data | date | dict | real | integer | string | true | false )">
      <!ELEMENT plist %plistObject;>
      <!ATTLIST plist version CDATA "1.0">
      <!ELEMENT array (%plistObject;)*>
      <!ELEMENT dict (key, %plistObject;)*>
      <!ELEMENT key (#PCDATA)>
      <!ELEMENT string (#PCDATA)>
      <!ELEMENT data (#PCDATA)>
      <!ELEMENT date (#PCDATA)>
      <!ELEMENT true EMPTY>
      <!ELEMENT false EMPTY>
      <!ELEMENT real (#PCDATA)>
      <!ELEMENT integer (#PCDATA)>
      """;

  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void boot() {
    machine = new FakeMachine(folder);
    machine.osName = "Mac OS X";
    machine.answers("launchctl print", 113, "Could not find service\n");
  }

  @Test
  void writesAnAgentThatLaunchdUnderstands() throws Exception {
    machine.environment.put("JVAULT_HOME", "/Users/a & b/<jv>");
    machine.service().install(true, ANSWERED);

    Map<String, Object> agent = dict(parsed(machine.read(PLIST)));

    assertThat(KEYS).containsAll(agent.keySet());
    assertThat(agent)
        .containsEntry("Label", "dev.jvault.daemon")
        .containsEntry("RunAtLoad", true)
        .containsEntry("KeepAlive", Map.of("SuccessfulExit", false))
        .containsEntry("EnvironmentVariables", Map.of("JVAULT_HOME", "/Users/a & b/<jv>"));
    assertThat(Path.of(PLIST).getFileName()).hasToString(agent.get("Label") + ".plist");
    assertThat(agent.get("ProgramArguments"))
        .isEqualTo(
            List.of(
                "/opt/jv/bin/jvault",
                "--daemon",
                "--foreground",
                "--port-fallback",
                "--unless-running"));
    assertThat(String.valueOf(agent.get("StandardErrorPath"))).startsWith("/");
    assertThat(agent.get("ProcessType")).isIn("Background", "Standard", "Adaptive", "Interactive");
  }

  @Test
  void namesAFolderThatTheAgentFindsFromElsewhere() throws Exception {
    machine.environment.put("JVAULT_HOME", "jv");
    machine.service().install(true, ANSWERED);

    assertThat(dict(parsed(machine.read(PLIST))))
        .containsEntry(
            "EnvironmentVariables",
            Map.of("JVAULT_HOME", Path.of("jv").toAbsolutePath().toString()));
  }

  @Test
  void loadsTheAgentAndUnloadsIt() {
    machine.service().install(true, ANSWERED);

    String file = machine.file(PLIST).toString();
    assertThat(machine.log)
        .endsWith("launchctl enable " + TARGET, "launchctl bootstrap gui/1000 " + file);
    machine.answers("launchctl print", 0, TARGET + " = {\n\tstate = running\n\tpid = 88\n}\n");
    assertThat(machine.service().install(true, ANSWERED).text()).contains("up to date");
    assertThat(machine.service().status().text()).contains("runs (pid 88)");
    assertThat(machine.service().status().exit()).isZero();

    machine.service().uninstall();
    assertThat(machine.log).endsWith("launchctl bootout " + TARGET);
    assertThat(machine.file(PLIST)).doesNotExist();
  }

  @Test
  void loadsAnAgentAgainWhoseFileHasChanged() {
    machine.service().install(true, ANSWERED);
    machine.answers("launchctl print", 0, TARGET + " = {\n\tstate = running\n}\n");
    machine.environment.put("JVAULT_KEY_COMMAND", "pass show jvault");
    machine.log.clear();

    machine.service().install(true, ANSWERED);

    assertThat(machine.log)
        .containsSubsequence(
            "launchctl bootout " + TARGET, "launchctl bootstrap gui/1000 " + machine.file(PLIST));
  }

  @Test
  void removesTheFileIfLaunchdRefusesIt() {
    machine.daemonPid = 4711;
    machine.answers("launchctl bootstrap", 125, "Bootstrap failed: 125: Domain does not support\n");

    assertThatThrownBy(() -> machine.service().install(true, ANSWERED))
        .hasMessageContaining("failed (Bootstrap failed: 125: Domain does not support).");

    assertThat(machine.files()).isEmpty();
    assertThat(machine.daemonPid).isEqualTo(4711);
  }

  @Test
  void saysThatTheAgentIsNotLoadedOrHasEnded() {
    machine.service().install(true, ANSWERED);
    assertThat(machine.service().status().exit()).isEqualTo(8);
    assertThat(machine.service().status().text()).contains("is not loaded; `launchctl bootstrap");

    hasEnded("last exit code = 4");
    assertThat(machine.service().status().text()).contains("failed (last exit code: 4), and");
    assertThat(machine.service().status().exit()).isEqualTo(8);

    hasEnded("last terminating signal = Killed: 9");
    assertThat(machine.service().status().text())
        .contains("failed (last terminating signal: Killed: 9), and");
    assertThat(machine.service().status().exit()).isEqualTo(8);
  }

  @Test
  void anAgentThatWasStoppedOrHasNotStartedYetIsWell() {
    machine.service().install(true, ANSWERED);
    for (String code : List.of("0", "(never exited)")) {
      hasEnded("last exit code = " + code);

      assertThat(machine.service().status().text()).contains("does not run, because it was");
      assertThat(machine.service().status().exit()).isZero();
    }
    machine.daemonPid = 4711;
    assertThat(machine.service().status().text()).contains("runs (pid 4711), started by a command");
    assertThat(machine.service().status().exit()).isZero();
  }

  private void hasEnded(String how) {
    machine.answers("launchctl print", 0, "x = {\n\tstate = not running\n\t" + how + "\n}\n");
  }

  /** Parses by the DTD; an element that it does not allow is an error. */
  private static Element parsed(String text) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setValidating(true);
    factory.setIgnoringComments(true);
    factory.setIgnoringElementContentWhitespace(true);
    var builder = factory.newDocumentBuilder();
    builder.setEntityResolver((_, _) -> new InputSource(new StringReader(DTD)));
    builder.setErrorHandler(new Strict());
    return builder
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static Map<String, Object> dict(Element plist) {
    @SuppressWarnings("unchecked")
    var dict = (Map<String, Object>) value((Element) plist.getFirstChild());
    return dict;
  }

  private static Object value(Element element) {
    return switch (element.getTagName()) {
      case "true" -> true;
      case "false" -> false;
      case "array" -> children(element).stream().map(LaunchAgentTest::value).toList();
      case "dict" -> {
        var values = new LinkedHashMap<String, Object>();
        List<Element> children = children(element);
        for (int i = 0; i < children.size(); i += 2) {
          values.put(children.get(i).getTextContent(), value(children.get(i + 1)));
        }
        yield values;
      }
      default -> element.getTextContent();
    };
  }

  private static List<Element> children(Element element) {
    var children = new ArrayList<Element>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      children.add((Element) child);
    }
    return children;
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) throws SAXParseException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXParseException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }
}
