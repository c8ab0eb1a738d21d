package dev.jvault.grant;

import dev.jvault.secret.Secret;

/**
 * A grant whose token lies in no file: whoever made it hands the token on.
 *
 * @param token what the consumer presents
 */
public record IssuedGrant(Grant grant, Secret token) {}
