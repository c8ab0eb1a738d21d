package dev.jvault.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The endpoint's answer, byte for byte. */
public record SdkResponse(int status, String head, String body) {
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Reads it. */
  public static SdkResponse of(String bytes) {
    int end = bytes.indexOf("\r\n\r\n");
    String head = bytes.substring(0, end + 2);
    return new SdkResponse(Integer.parseInt(head.substring(9, 12)), head, bytes.substring(end + 4));
  }

  /** A header line's value. */
  public Optional<String> header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** The names of all members, in order. */
  public List<String> names() {
    var names = new ArrayList<String>();
    var members = MEMBER.matcher(body);
    while (members.find()) {
      names.add(members.group(1));
    }
    return names;
  }

  /** A member's value; empty where there is none. */
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

  /** Whether an SDK gets credentials out of it. */
  public boolean credentials() {
    return status == 200 && !member("AccessKeyId").isEmpty();
  }
}
