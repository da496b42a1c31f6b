"""Steps of a server's start that failed, and the supervisor under which it runs."""

from redislog.events.base import Event, event, message, wording


@event
class StartupFailed(Event):
    """The server cannot start and exits.

    Source: Redis 2.6+, ``server.c:initServer``, ``server.c:initListeners`` and ``bio.c:bioInit``.
    """

    CATEGORY = "lifecycle"

    error: str | None = None
    locale: str | None = None

    MESSAGES = (
        message(
            "server.bio-fatal",
            "the background threads could not be started",
            wording("Fatal: Can't initialize Background Jobs.", "redis 2.6-7.0"),
            wording(
                "Fatal: Can't initialize Background Jobs. Error message: <error:errno>",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioInit",
        ),
        message(
            "server.event-loop",
            "the event loop could not be created",
            wording(
                "Failed creating the event loop. Error message: '<error:errno>'",
                "redis 4.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="server.c:initServer",
        ),
        message(
            "server.tls-config-failed",
            "TLS could not be configured",
            wording("Failed to configure TLS. Check logs for more info.", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="server.c:initServer,server.c:initListeners",
        ),
        message(
            "server.tls-missing",
            "TLS is configured, but the server has no support for it",
            wording("Failed finding TLS support.", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="server.c:initListeners",
        ),
        message(
            "server.locale",
            "the configured locale does not exist",
            wording("Failed to configure LOCALE for invalid locale name.", "redis 7.2+; valkey 7.2-8.1"),
            wording("Failed to configure LOCALE for invalid locale name: '<locale:text>'.", "valkey 9.1+"),
            level="warning",
            roles="M,S,X",
            source="server.c:initServer",
        ),
        message(
            "server.cluster-db",
            "a cluster node has keys in a database other than 0",
            wording(
                "You can't have keys in a DB different than DB 0 when in Cluster mode. Exiting.",
                "redis 3.0-7.0",
            ),
            level="warning",
            roles="M,S",
            source="redis.c:main,server.c:main",
        ),
    )


@event
class SetupStepFailed(Event):
    """A step of the start failed, and the server goes on without it.

    Source: Redis 2.6+, ``bio.c:bioProcessBackgroundJobs`` and ``server.c:createPidFile``.
    """

    CATEGORY = "lifecycle"

    error: str

    MESSAGES = (
        message(
            "server.bio-sigalrm",
            "a background thread could not mask a signal",
            wording("Warning: can't mask SIGALRM in bio.c thread: <error:errno>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioProcessBackgroundJobs",
        ),
        message(
            "server.pidfile-error",
            "the file with the process ID could not be written",
            wording("Failed to write PID file: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="server.c:createPidFile",
        ),
    )


@event
class Supervised(Event):
    """The server runs under systemd or upstart and will tell it when it is ready.

    Source: Redis 3.2+, ``server.c:redisSupervisedSystemd`` and ``server.c:redisSupervisedUpstart``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.systemd-detected",
            "systemd is the supervisor",
            wording(
                "Systemd supervision detected.",
                "redis 6.2+; valkey 7.2+",
                roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="verbose",
            roles="C,X",
            source="server.c:redisIsSupervised,server.c:serverIsSupervised",
        ),
        message(
            "server.systemd",
            "systemd will be told when the server is ready",
            wording("supervised by systemd, will signal readiness", "redis 3.2-5.0"),
            wording(
                "Supervised by systemd. Please make sure you set appropriate values for TimeoutStartSec and TimeoutStopSec in your service unit.",
                "redis 6.2+; valkey 7.2+",
                roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
                source="server.c:redisSupervisedSystemd,server.c:serverSupervisedSystemd",
            ),
            level="notice",
            roles="C,X",
            source="server.c:redisSupervisedSystemd",
        ),
        message(
            "server.systemd-warning",
            "the service unit needs time limits that fit the server",
            wording(
                "WARNING auto-supervised by systemd - you MUST set appropriate values for TimeoutStartSec and TimeoutStopSec in your service unit.",
                "redis 6.0",
            ),
            wording(
                "WARNING supervised by systemd - you MUST set appropriate values for TimeoutStartSec and TimeoutStopSec in your service unit.",
                "redis 6.0",
            ),
            level="warning",
            roles="C,X",
            source="server.c:redisIsSupervised",
        ),
        message(
            "server.upstart-detected",
            "upstart is the supervisor",
            wording(
                "Upstart supervision detected.",
                "redis 6.2+; valkey 7.2+",
                roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="verbose",
            roles="C,X",
            source="server.c:redisIsSupervised,server.c:serverIsSupervised",
        ),
        message(
            "server.upstart",
            "upstart will be told when the server is ready",
            wording("supervised by upstart, will stop to signal readiness", "redis 3.2-6.0"),
            wording(
                "supervised by upstart, will stop to signal readiness.",
                "redis 6.2+; valkey 7.2+",
                roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
                source="server.c:redisSupervisedUpstart,server.c:serverSupervisedUpstart",
            ),
            level="notice",
            roles="C,X",
            source="server.c:redisSupervisedUpstart",
        ),
    )


@event
class SupervisionFailed(Event):
    """A supervisor was asked for, or found, but could not be reached.

    ``path`` is the socket of systemd, ``code`` what its library returned. Source: Redis 3.2+,
    ``server.c:redisSupervisedSystemd`` and ``server.c:redisSupervisedUpstart``.
    """

    CATEGORY = "lifecycle"

    path: str | None = None
    code: int | None = None

    MESSAGES = (
        message(
            "server.systemd-missing",
            "systemd is missing, or not built in",
            wording("systemd supervision requested, but NOTIFY_SOCKET not found", "redis 3.2-6.0"),
            wording(
                "systemd supervision requested or auto-detected, but Redis is compiled without libsystemd support!",
                "redis 6.2+; valkey 7.2",
                source="server.c:redisSupervisedSystemd",
            ),
            wording(
                "systemd supervision requested or auto-detected, but Valkey is compiled without libsystemd support!",
                "valkey 8.0+",
                roles="C,X[valkey 8.0] M,S,X[valkey 8.1+]",
                source="server.c:serverSupervisedSystemd",
            ),
            level="warning",
            roles="C,X",
            source="server.c:redisSupervisedSystemd,server.c:redisCommunicateSystemd",
        ),
        message(
            "server.systemd-connect",
            "the socket of systemd could not be reached",
            wording("Can't connect to systemd socket <path:path>", "redis 3.2-5.0"),
            level="warning",
            roles="C,X",
            source="server.c:redisSupervisedSystemd",
        ),
        message(
            "server.systemd-notify",
            "systemd could not be told",
            wording("Can't send notification to systemd", "redis 3.2-5.0"),
            level="warning",
            roles="C,X",
            source="server.c:redisSupervisedSystemd",
        ),
        message(
            "server.systemd-error",
            "systemd could not be told, or is missing",
            wording("systemd supervision error: NOTIFY_SOCKET not found!", "redis 6.2+; valkey 7.2+"),
            wording("systemd supervision error: sd_notify: <code:int>", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="server.c:redisCommunicateSystemd,server.c:serverCommunicateSystemd",
        ),
        message(
            "server.upstart-missing",
            "upstart is missing",
            wording("upstart supervision requested, but UPSTART_JOB not found", "redis 3.2-6.0"),
            wording(
                "upstart supervision requested, but UPSTART_JOB not found!",
                "redis 6.2+; valkey 7.2+",
                roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
                source="server.c:redisSupervisedUpstart,server.c:serverSupervisedUpstart",
            ),
            level="warning",
            roles="C,X",
            source="server.c:redisSupervisedUpstart",
        ),
    )


@event
class LocaleUnknown(Event):
    """The locale of the environment is unknown, and the default one is taken.

    Source: Valkey 9.1+, ``server.c:initServer``.
    """

    CATEGORY = "other"

    locale: str

    MESSAGES = (
        message(
            "other.warning-failed-to-configure-locale-derived",
            "the locale of the environment is unknown",
            wording(
                "Warning: Failed to configure LOCALE derived from the environment variables, using the default locale '<locale:text>'.",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:initServer",
        ),
    )
