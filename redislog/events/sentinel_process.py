"""A Sentinel of itself: its ID, its configuration file, tilt mode, the scripts that it runs."""

from redislog.events.base import Event, event, message, wording


@event
class SentinelIdentified(Event):
    """The Sentinel's own ID, by which others name it in votes and in ``+sentinel``.

    A run ID, new at every start, up to 3.0; kept in the configuration file since 3.2. Source: Redis 2.8+,
    ``sentinel.c:sentinelIsRunning``.
    """

    CATEGORY = "sentinel"

    runid: str

    MESSAGES = (
        message(
            "sentinel.id",
            "this Sentinel's own ID",
            wording("Sentinel runid is <runid:runid>", "redis 2.8-3.0"),
            wording(
                "Sentinel ID is <runid:runid>",
                "redis 3.2+; valkey 7.2+",
                level="warning[redis 3.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelIsRunning",
        ),
    )


@event
class SentinelConfigSaved(Event):
    """The configuration file was written, with epochs, votes and all known instances.

    Source: Redis 7.0+, ``sentinel.c:sentinelFlushConfig``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.config-saved",
            "the configuration file was written",
            wording("Sentinel new configuration saved on disk", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelFlushConfig",
        ),
    )


@event
class SentinelConfigSaveFailed(Event):
    """The configuration file could not be written: epochs and votes are in memory only.

    Source: Redis 2.8+, ``sentinel.c:sentinelFlushConfig``.
    """

    CATEGORY = "sentinel"

    error: str

    MESSAGES = (
        message(
            "sentinel.config-save-failed",
            "epochs and votes could not be written to the configuration file",
            wording(
                "WARNING: Senitnel was not able to save the new configuration on disk!!!: <error:errno>",
                "redis 2.8.0",
            ),
            wording(
                "WARNING: Sentinel was not able to save the new configuration on disk!!!: <error:errno>",
                "redis 2.8+; valkey 7.2+",
                roles="X",
            ),
            level="warning",
            roles="-",
            source="sentinel.c:sentinelFlushConfig",
        ),
    )


@event
class SentinelConfigUnusable(Event):
    """Sentinel exits, since it has no configuration file that it can write to.

    Source: Redis 2.8+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    path: str | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "sentinel.no-config-file",
            "Sentinel was started without a configuration file and exits",
            wording("Sentinel started without a config file. Exiting...", "redis 2.8-6.0"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelIsRunning",
        ),
        message(
            "sentinel.config-not-writable",
            "the configuration file cannot be written; Sentinel exits",
            wording(
                "Sentinel started without a config file, or config file not writable. Exiting...",
                "redis 2.8.0",
            ),
            wording(
                "Sentinel config file <path:path> is not writable: <error:errno>. Exiting...",
                "redis 2.8+; valkey 7.2+",
                roles="X",
                source="sentinel.c:sentinelIsRunning,sentinel.c:sentinelCheckConfigFile",
            ),
            level="warning",
            roles="-",
            source="sentinel.c:sentinelIsRunning",
        ),
        message(
            "sentinel.needs-config",
            "Sentinel needs a configuration file to keep its state, and exits",
            wording(
                "Sentinel needs config file on disk to save state. Exiting...",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCheckConfigFile",
        ),
    )


@event
class TiltEntered(Event):
    """Tilt mode: the clock jumped or the process stalled, so Sentinel watches for a while and does not act.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckTiltCondition``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.+tilt",
            "tilt mode began: Sentinel only watches",
            wording("+tilt #tilt mode entered", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCheckTiltCondition",
        ),
    )


@event
class TiltLeft(Event):
    """Tilt mode is over, and Sentinel acts again.

    Source: Redis 2.6+, ``sentinel.c:sentinelHandleRedisInstance``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.-tilt",
            "tilt mode ended",
            wording("-tilt #tilt mode exited", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelHandleRedisInstance,sentinelHandleValkeyInstance",
        ),
    )


@event
class SentinelHostUnresolved(Event):
    """A host name could not be resolved to an address.

    Source: Redis 6.2+, ``sentinel.c:createSentinelAddr``.
    """

    CATEGORY = "sentinel"

    host: str

    MESSAGES = (
        message(
            "sentinel.resolve-failed",
            "a host name could not be resolved",
            wording("Failed to resolve hostname '<host:host>'", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:createSentinelAddr",
        ),
    )


@event
class SentinelScriptRun(Event):
    """A script, for notification or to reconfigure clients, was started as a child process, or ended.

    ``pid_`` is the child's process ID; ``exit_code`` and ``signal`` (0: none) are set when it ended. Source:
    Redis 2.6+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    pid_: int
    exit_code: int | None = None
    signal: int | None = None

    MESSAGES = (
        message(
            "sentinel.+script-child",
            "a script was started",
            wording("+script-child <pid:pid>", "redis 2.6+; valkey 7.2+"),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelRunPendingScripts",
        ),
        message(
            "sentinel.-script-child",
            "a script ended: its exit code and signal",
            wording("-script-child <pid:pid> <exit_code:int> <signal:int>", "redis 2.6+; valkey 7.2+"),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelCollectTerminatedScripts",
        ),
    )


@event
class SentinelScriptFailed(Event):
    """A script failed and is not tried again, ran for too long, or is not known; the key says which.

    ``signal`` is 99 where no process could be created. ``pid_`` is the child's process ID. Source: Redis
    2.6+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    script: str | None = None
    signal: int | None = None
    exit_code: int | None = None
    pid_: int | None = None

    MESSAGES = (
        message(
            "sentinel.-script-error",
            "a script failed: its path, signal and exit code",
            wording("-script-error <script:path> <signal:int> <exit_code:int>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRunPendingScripts,sentinelCollectTerminatedScripts",
        ),
        message(
            "sentinel.-script-timeout",
            "a script ran for too long and was killed",
            wording("-script-timeout <script:path> <pid:pid>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelKillTimedoutScripts",
        ),
        message(
            "sentinel.script-unknown-pid",
            "a child ended that is no known script",
            wording(
                "wait3() returned a pid (<pid:pid>) we can't find in our scripts execution queue!",
                "redis 2.6-6.0",
            ),
            wording(
                "waitpid() returned a pid (<pid:pid>) we can't find in our scripts execution queue!",
                "redis 6.2+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCollectTerminatedScripts",
        ),
    )


@event
class SentinelCrashSimulated(Event):
    """A test by ``SENTINEL SIMULATE-FAILURE``: the Sentinel will exit in its next failover, or exits now.

    Source: Redis 3.2+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.simulate-crash-election",
            "this Sentinel will exit after it is elected",
            wording(
                "Failure simulation: this Sentinel will crash after being successfully elected as failover leader",
                "redis 3.2+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCommand",
        ),
        message(
            "sentinel.simulate-crash-promotion",
            "this Sentinel will exit after it has promoted a replica",
            wording(
                "Failure simulation: this Sentinel will crash after promoting the selected slave to master",
                "redis 3.2-4.0",
            ),
            wording(
                "Failure simulation: this Sentinel will crash after promoting the selected replica to master",
                "redis 5.0+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCommand",
        ),
        message(
            "sentinel.simulated-crash",
            "this Sentinel exits because it was told to simulate a failure",
            wording("Sentinel CRASH because of SENTINEL simulate-failure", "redis 3.2+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelSimFailureCrash",
        ),
    )
