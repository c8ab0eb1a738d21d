package dev.jvault.sso;

import dev.jvault.secret.Secret;
import java.time.Duration;

/**
 * A login that a person authorizes on any device (RFC 8628).
 *
 * @param deviceCode proves that the token is for us
 * @param userCode what the person enters
 * @param page where
 * @param pageWithCode the same with the code in it
 * @param life until when, from now on
 * @param interval the shortest time between two questions for the token
 */
public record DeviceAuthorization(
    Secret deviceCode,
    String userCode,
    String page,
    String pageWithCode,
    Duration life,
    Duration interval) {}
