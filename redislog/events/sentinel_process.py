"""A Sentinel of itself: its ID, its configuration file, tilt mode, the scripts that it runs."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("sentinel", "sentinel.c", level="warning", roles="X")


@event(_PRINTER, by="sentinelIsRunning")
class SentinelIdentified(Event):
    """The Sentinel's own ID, by which others name it in votes and in ``+sentinel``.

    A run ID, new at every start, up to 3.0; kept in the configuration file since 3.2. Source: Redis 2.8+,
    ``sentinel.c:sentinelIsRunning``.
    """

    runid: str

    MESSAGES = (
        message("sentinel.id")(
            "this Sentinel's own ID",
            "redis 2.8-3.0 | 3.2+, at warning until 7.0, then notice: Sentinel <runid|ID> is <runid:runid>",
        ),
    )


@event(_PRINTER, level="notice", by="sentinelFlushConfig")
class SentinelConfigSaved(Event):
    """The configuration file was written, with epochs, votes and all known instances.

    Source: Redis 7.0+, ``sentinel.c:sentinelFlushConfig``.
    """

    MESSAGES = (
        message("sentinel.config-saved")(
            "the configuration file was written", "7.0+: Sentinel new configuration saved on disk"
        ),
    )


@event(_PRINTER, roles="-", by="sentinelFlushConfig")
class SentinelConfigSaveFailed(Event):
    """The configuration file could not be written: epochs and votes are in memory only.

    Source: Redis 2.8+, ``sentinel.c:sentinelFlushConfig``.
    """

    error: str

    MESSAGES = (
        message("sentinel.config-save-failed")(
            "epochs and votes could not be written to the configuration file",
            "redis 2.8.0 | 2.8+, as X: WARNING: <Senitnel|Sentinel> was not able to save the new configuration on disk!!!: <error:errno>",
        ),
    )


@event(_PRINTER, by="sentinelIsRunning")
class SentinelConfigUnusable(Event):
    """Sentinel exits, since it has no configuration file that it can write to.

    Source: Redis 2.8+, ``sentinel.c``.
    """

    path: str | None = None
    error: str | None = None

    MESSAGES = (
        message("sentinel.no-config-file")(
            "Sentinel was started without a configuration file and exits",
            "redis 2.8-6.0: Sentinel started without a config file. Exiting...",
        ),
        message("sentinel.config-not-writable", roles="-")(
            "the configuration file cannot be written; Sentinel exits",
            "redis 2.8.0: Sentinel started without a config file, or config file not writable. Exiting...",
            "2.8+, as X, by sentinelIsRunning,sentinelCheckConfigFile: Sentinel config file <path:path> is not writable: <error:errno>. Exiting...",
        ),
        message("sentinel.needs-config", by="sentinelCheckConfigFile")(
            "Sentinel needs a configuration file to keep its state, and exits",
            "6.2+: Sentinel needs config file on disk to save state. Exiting...",
        ),
    )


@event(_PRINTER, by="sentinelCheckTiltCondition")
class TiltEntered(Event):
    """Tilt mode: the clock jumped or the process stalled, so Sentinel watches for a while and does not act.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckTiltCondition``.
    """

    MESSAGES = (
        message("sentinel.+tilt")("tilt mode began: Sentinel only watches", "2.6+: +tilt #tilt mode entered"),
    )


@event(_PRINTER, by="sentinel.c:sentinelHandleRedisInstance,sentinelHandleValkeyInstance")
class TiltLeft(Event):
    """Tilt mode is over, and Sentinel acts again.

    Source: Redis 2.6+, ``sentinel.c:sentinelHandleRedisInstance``.
    """

    MESSAGES = (message("sentinel.-tilt")("tilt mode ended", "2.6+: -tilt #tilt mode exited"),)


@event(_PRINTER, by="createSentinelAddr")
class SentinelHostUnresolved(Event):
    """A host name could not be resolved to an address.

    Source: Redis 6.2+, ``sentinel.c:createSentinelAddr``.
    """

    host: str

    MESSAGES = (
        message("sentinel.resolve-failed")(
            "a host name could not be resolved", "6.2+: Failed to resolve hostname '<host:host>'"
        ),
    )


@event(_PRINTER, level="debug")
class SentinelScriptRun(Event):
    """A script, for notification or to reconfigure clients, was started as a child process, or ended.

    ``pid_`` is the child's process ID; ``exit_code`` and ``signal`` (0: none) are set when it ended. Source:
    Redis 2.6+, ``sentinel.c``.
    """

    pid_: int
    exit_code: int | None = None
    signal: int | None = None

    MESSAGES = (
        message("sentinel.+script-child", by="sentinelRunPendingScripts")(
            "a script was started", "2.6+: +script-child <pid:pid>"
        ),
        message("sentinel.-script-child", by="sentinelCollectTerminatedScripts")(
            "a script ended: its exit code and signal",
            "2.6+: -script-child <pid:pid> <exit_code:int> <signal:int>",
        ),
    )


@event(_PRINTER)
class SentinelScriptFailed(Event):
    """A script failed and is not tried again, ran for too long, or is not known; the key says which.

    ``signal`` is 99 where no process could be created. ``pid_`` is the child's process ID. Source: Redis
    2.6+, ``sentinel.c``.
    """

    script: str | None = None
    signal: int | None = None
    exit_code: int | None = None
    pid_: int | None = None

    MESSAGES = (
        message("sentinel.-script-error")(
            "a script failed: its path, signal and exit code",
            "2.6+, by sentinel.c:sentinelRunPendingScripts,sentinelCollectTerminatedScripts: -script-error <script:path> <signal:int> <exit_code:int>",
        ),
        message("sentinel.-script-timeout", by="sentinelKillTimedoutScripts")(
            "a script ran for too long and was killed", "2.6+: -script-timeout <script:path> <pid:pid>"
        ),
        message("sentinel.script-unknown-pid", by="sentinelCollectTerminatedScripts")(
            "a child ended that is no known script",
            "redis 2.6-6.0: wait3() returned a pid (<pid:pid>) we can't find in our scripts execution queue!",
            "6.2+: waitpid() returned a pid (<pid:pid>) we can't find in our scripts execution queue!",
        ),
    )


@event(_PRINTER, by="sentinelCommand")
class SentinelCrashSimulated(Event):
    """A test by ``SENTINEL SIMULATE-FAILURE``: the Sentinel will exit in its next failover, or exits now.

    Source: Redis 3.2+, ``sentinel.c``.
    """

    MESSAGES = (
        message("sentinel.simulate-crash-election")(
            "this Sentinel will exit after it is elected",
            "3.2+: Failure simulation: this Sentinel will crash after being successfully elected as failover leader",
        ),
        message("sentinel.simulate-crash-promotion")(
            "this Sentinel will exit after it has promoted a replica",
            "redis 3.2-4.0 | 5.0+: Failure simulation: this Sentinel will crash after promoting the selected <slave|replica> to master",
        ),
        message("sentinel.simulated-crash", by="sentinelSimFailureCrash")(
            "this Sentinel exits because it was told to simulate a failure",
            "3.2+: Sentinel CRASH because of SENTINEL simulate-failure",
        ),
    )
