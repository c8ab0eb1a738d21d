package dev.jvault.linklocal;

import java.util.EnumSet;
import java.util.Set;

/** A probe that finds an answer at the given addresses. */
final class FakeAddressProbe implements AddressProbe {
  final Set<LinkLocalAddress> answering = EnumSet.noneOf(LinkLocalAddress.class);
  final Set<LinkLocalAddress> asked = EnumSet.noneOf(LinkLocalAddress.class);

  @Override
  public boolean connects(LinkLocalAddress address) {
    return answers(address);
  }

  @Override
  public boolean answers(LinkLocalAddress address) {
    asked.add(address);
    return answering.contains(address);
  }
}
