package dev.jvault.control;

import dev.jvault.audit.AuditLog;
import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.credential.Sts;
import dev.jvault.grant.Grants;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.imds.ImdsListeners;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.session.Sessions;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The running daemon, as its verbs see it.
 *
 * @param environmentKeys what callers have in their variables, for profiles that start there
 * @param process its process
 * @param started when it began
 * @param port the endpoint's TCP port
 * @param installation the folder of the installed program, for lines that name the command
 * @param skew how far AWS's clock is ahead of this machine's
 * @param audit takes down what is handed out
 * @param uid the user that it runs as, and that everybody on the control socket is
 * @param handOver begins an end that leaves its ports to another daemon
 * @param stop begins an ordered end
 */
public record Daemon(
    Vault vault,
    Profiles profiles,
    Sessions sessions,
    SsoLogins sso,
    Grants grants,
    Sts sts,
    EnvironmentKeys environmentKeys,
    ImdsListeners imds,
    ReadyFiles readyFiles,
    ConfigCopies configCopies,
    RuntimeFiles files,
    ProcessIdentity process,
    Instant started,
    int port,
    String installation,
    Supplier<Duration> skew,
    AuditLog audit,
    long uid,
    InstantSource clock,
    Handover handOver,
    Runnable stop) {}
