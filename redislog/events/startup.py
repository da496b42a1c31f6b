"""Steps of a server's start that failed, and the supervisor under which it runs."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("lifecycle", "server.c", level="warning", roles="M,S,X")
_OTHER = _PRINTER._replace(category="other")


@event(_PRINTER, by="initServer")
class StartupFailed(Event):
    """The server cannot start and exits.

    Source: Redis 2.6+, ``server.c:initServer``, ``server.c:initListeners`` and ``bio.c:bioInit``.
    """

    error: str | None = None
    locale: str | None = None

    MESSAGES = (
        message("server.bio-fatal", by="bio.c:bioInit")(
            "the background threads could not be started",
            "redis 2.6-7.0: Fatal: Can't initialize Background Jobs.",
            "7.2+: Fatal: Can't initialize Background Jobs. Error message: <error:errno>",
        ),
        message("server.event-loop")(
            "the event loop could not be created",
            "4.0+: Failed creating the event loop. Error message: '<error:errno>'",
        ),
        message("server.tls-config-failed", by="initServer,initListeners")(
            "TLS could not be configured", "6.0+: Failed to configure TLS. Check logs for more info."
        ),
        message("server.tls-missing", by="initListeners")(
            "TLS is configured, but the server has no support for it", "7.2+: Failed finding TLS support."
        ),
        message("server.locale")(
            "the configured locale does not exist",
            "redis 7.2+; valkey 7.2-8.1: Failed to configure LOCALE for invalid locale name.",
            "valkey 9.1+: Failed to configure LOCALE for invalid locale name: '<locale:text>'.",
        ),
        message("server.cluster-db", roles="M,S", by="{redis,server}.c:main")(
            "a cluster node has keys in a database other than 0",
            "redis 3.0-7.0: You can't have keys in a DB different than DB 0 when in Cluster mode. Exiting.",
        ),
    )


@event(_PRINTER)
class SetupStepFailed(Event):
    """A step of the start failed, and the server goes on without it.

    Source: Redis 2.6+, ``bio.c:bioProcessBackgroundJobs`` and ``server.c:createPidFile``.
    """

    error: str

    MESSAGES = (
        message("server.bio-sigalrm", by="bio.c:bioProcessBackgroundJobs")(
            "a background thread could not mask a signal",
            "2.6+: Warning: can't mask SIGALRM in bio.c thread: <error:errno>",
        ),
        message("server.pidfile-error", by="createPidFile")(
            "the file with the process ID could not be written",
            "7.2+: Failed to write PID file: <error:errno>",
        ),
    )


@event(_PRINTER, level="verbose", roles="C,X", by="{redis,server}IsSupervised")
class Supervised(Event):
    """The server runs under systemd or upstart and will tell it when it is ready.

    Source: Redis 3.2+, ``server.c:redisSupervisedSystemd`` and ``server.c:redisSupervisedUpstart``.
    """

    MESSAGES = (
        message("server.systemd-detected", roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]")(
            "systemd is the supervisor", "6.2+: Systemd supervision detected."
        ),
        message("server.systemd", level="notice", by="redisSupervisedSystemd")(
            "systemd will be told when the server is ready",
            "redis 3.2-5.0: supervised by systemd, will signal readiness",
            "6.2+, as C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+], by {redis,server}SupervisedSystemd: Supervised by systemd. Please make sure you set appropriate values for TimeoutStartSec and TimeoutStopSec in your service unit.",
        ),
        message("server.systemd-warning", level="warning", by="redisIsSupervised")(
            "the service unit needs time limits that fit the server",
            "redis 6.0: WARNING auto-supervised by systemd - you MUST set appropriate values for TimeoutStartSec and TimeoutStopSec in your service unit.",
            "redis 6.0: WARNING supervised by systemd - you MUST set appropriate values for TimeoutStartSec and TimeoutStopSec in your service unit.",
        ),
        message("server.upstart-detected", roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]")(
            "upstart is the supervisor", "6.2+: Upstart supervision detected."
        ),
        message("server.upstart", level="notice", by="redisSupervisedUpstart")(
            "upstart will be told when the server is ready",
            "redis 3.2-6.0: supervised by upstart, will stop to signal readiness",
            "6.2+, as C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+], by {redis,server}SupervisedUpstart: supervised by upstart, will stop to signal readiness.",
        ),
    )


@event(_PRINTER, roles="C,X", by="redisSupervisedSystemd")
class SupervisionFailed(Event):
    """A supervisor was asked for, or found, but could not be reached.

    ``path`` is the socket of systemd, ``code`` what its library returned. Source: Redis 3.2+,
    ``server.c:redisSupervisedSystemd`` and ``server.c:redisSupervisedUpstart``.
    """

    path: str | None = None
    code: int | None = None

    MESSAGES = (
        message("server.systemd-missing", by="redisSupervisedSystemd,redisCommunicateSystemd")(
            "systemd is missing, or not built in",
            "redis 3.2-6.0: systemd supervision requested, but NOTIFY_SOCKET not found",
            "redis 6.2+; valkey 7.2, by redisSupervisedSystemd: systemd supervision requested or auto-detected, but Redis is compiled without libsystemd support!",
            "valkey 8.0+, as C,X[valkey 8.0] M,S,X[valkey 8.1+], by serverSupervisedSystemd: systemd supervision requested or auto-detected, but Valkey is compiled without libsystemd support!",
        ),
        message("server.systemd-connect")(
            "the socket of systemd could not be reached",
            "redis 3.2-5.0: Can't connect to systemd socket <path:path>",
        ),
        message("server.systemd-notify")(
            "systemd could not be told", "redis 3.2-5.0: Can't send notification to systemd"
        ),
        message("server.systemd-error", roles="M,S,C,X", by="{redis,server}CommunicateSystemd")(
            "systemd could not be told, or is missing",
            "6.2+: systemd supervision error: NOTIFY_SOCKET not found!",
            "6.2+: systemd supervision error: sd_notify: <code:int>",
        ),
        message("server.upstart-missing", by="redisSupervisedUpstart")(
            "upstart is missing",
            "redis 3.2-6.0: upstart supervision requested, but UPSTART_JOB not found",
            "6.2+, as C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+], by {redis,server}SupervisedUpstart: upstart supervision requested, but UPSTART_JOB not found!",
        ),
    )


@event(_OTHER, roles="M,S", by="initServer")
class LocaleUnknown(Event):
    """The locale of the environment is unknown, and the default one is taken.

    Source: Valkey 9.1+, ``server.c:initServer``.
    """

    locale: str

    MESSAGES = (
        message("other.warning-failed-to-configure-locale-derived")(
            "the locale of the environment is unknown",
            "valkey 9.1+: Warning: Failed to configure LOCALE derived from the environment variables, using the default locale '<locale:text>'.",
        ),
    )
