package dev.jvault.linklocal;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is in place for one address.
 *
 * @param routed whether it belongs to this machine because of us
 * @param rule the port that the user's rule leads to, or none; empty where rules cannot be seen
 * @param answers whether jvault answers there to the user
 */
record AddressState(
    LinkLocalAddress address, boolean routed, Optional<OptionalInt> rule, boolean answers) {}
