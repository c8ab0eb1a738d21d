package dev.jvault.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A response of the endpoint, byte for byte. */
public record SdkResponse(int status, String head, String body) {
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Parses a response. */
  public static SdkResponse of(String bytes) {
    int end = bytes.indexOf("\r\n\r\n");
    String head = bytes.substring(0, end + 2);
    return new SdkResponse(Integer.parseInt(head.substring(9, 12)), head, bytes.substring(end + 4));
  }

  /** The value of a header. */
  public Optional<String> header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** The names of all members of the body, in order. */
  public List<String> names() {
    var names = new ArrayList<String>();
    var members = MEMBER.matcher(body);
    while (members.find()) {
      names.add(members.group(1));
    }
    return names;
  }

  /** The value of a member; empty if there is none. */
  public String member(String name) {
    var members = MEMBER.matcher(body);
    while (members.find()) {
      if (members.group(1).equals(name)) {
        return members.group(2);
      }
    }
    return "";
  }

  public Instant expiration() {
    return Instant.parse(member("Expiration"));
  }

  /** Whether an SDK finds credentials in it. */
  public boolean credentials() {
    return status == 200 && !member("AccessKeyId").isEmpty();
  }
}
