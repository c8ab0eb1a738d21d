package dev.jvault.credential;

/**
 * AWS, as far as sources ask it.
 *
 * @param sts trades credentials for others
 * @param sso gives the roles of IAM Identity Center
 * @param ambient gives what the place where jvault runs has
 * @param skew how far this machine's clock is from AWS's
 */
public record AwsServices(Sts sts, SsoRoles sso, AmbientCredentials ambient, ClockSkew skew) {}
