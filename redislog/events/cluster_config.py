"""The cluster configuration file (``nodes.conf``): read, locked and written by the node itself."""

from redislog.events.base import Event, event, message, wording


@event
class ClusterConfigUnreadable(Event):
    """The cluster configuration file cannot be read, and the node exits.

    ``text`` is the line that cannot be understood (7.2+). Source: Redis 3.0+,
    ``cluster.c:clusterLoadConfig``.
    """

    CATEGORY = "cluster"

    path: str | None = None
    error: str | None = None
    text: str | None = None

    MESSAGES = (
        message(
            "cluster.config-load-error",
            "the cluster configuration file cannot be opened",
            wording(
                "Loading the cluster node config from <path:path>: <error:errno>",
                "redis 3.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterLoadConfig,cluster_legacy.c:clusterLoadConfig",
        ),
        message(
            "cluster.config-stat-error",
            "the size of the cluster configuration file cannot be read",
            wording(
                "Unable to obtain the cluster node config file stat <path:path>: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterLoadConfig,cluster_legacy.c:clusterLoadConfig",
        ),
        message(
            "cluster.config-corrupt",
            "the cluster configuration file cannot be understood",
            wording("Unrecoverable error: corrupted cluster config file.", "redis 3.0-7.0"),
            wording(
                'Unrecoverable error: corrupted cluster config file "<text:text>".',
                "redis 7.2+; valkey 7.2+",
                source="cluster.c:clusterLoadConfig,cluster_legacy.c:clusterLoadConfig",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterLoadConfig",
        ),
        message(
            "cluster.duplicate-nodeid-detected",
            "a node stands twice in the configuration",
            wording("Duplicate nodeid detected: <text:text>", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterLoadConfig",
        ),
    )


@event
class ClusterConfigVariableSkipped(Event):
    """The cluster configuration file has a variable that this version does not know.

    ``text`` is its name. Source: Redis 3.0+, ``cluster.c:clusterLoadConfig``.
    """

    CATEGORY = "cluster"

    text: str

    MESSAGES = (
        message(
            "cluster.config-unknown-variable",
            "an unknown variable in the cluster configuration file was skipped",
            wording("Skipping unknown cluster config variable '<text:text>'", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterLoadConfig,cluster_legacy.c:clusterLoadConfig",
        ),
    )


@event
class ClusterConfigNotLocked(Event):
    """The cluster configuration file could not be locked, and the node exits.

    Source: Redis 3.0+, ``cluster.c:clusterLockConfig``.
    """

    CATEGORY = "cluster"

    path: str
    error: str | None = None

    MESSAGES = (
        message(
            "cluster.config-locked",
            "another node uses the same cluster configuration file",
            wording(
                "Sorry, the cluster configuration file <path:path> is already used by a different Redis Cluster node. Please make sure that different nodes use different cluster configuration files.",
                "redis 3.0+; valkey 7.2",
            ),
            wording(
                "Sorry, the cluster configuration file <path:path> is already used by a different Cluster node. Please make sure that different nodes use different cluster configuration files.",
                "valkey 8.0+",
                source="cluster_legacy.c:clusterLockConfig",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterLockConfig,cluster_legacy.c:clusterLockConfig",
        ),
        message(
            "cluster.config-lock-open",
            "the cluster configuration file cannot be opened to lock it",
            wording(
                "Can't open <path:path> in order to acquire a lock: <error:errno>",
                "redis 3.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterLockConfig,cluster_legacy.c:clusterLockConfig",
        ),
        message(
            "cluster.config-lock-error",
            "the lock on the cluster configuration file failed",
            wording("Impossible to lock <path:path>: <error:errno>", "redis 3.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterLockConfig,cluster_legacy.c:clusterLockConfig",
        ),
    )


@event
class ClusterConfigSaved(Event):
    """The cluster configuration file is written for the last time before the server exits.

    Source: Valkey 8.0+, ``cluster_legacy.c:clusterHandleServerShutdown``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.config-save-shutdown",
            "the cluster configuration file is written before the server exits",
            wording("Saving the cluster configuration file before exiting.", "valkey 8.0+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterHandleServerShutdown",
        ),
    )


@event
class ClusterConfigSaveFailed(Event):
    """The cluster configuration file could not be written; the key says at which step.

    ``n`` is the number of bytes that were written. Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    error: str | None = None
    n: int | None = None

    MESSAGES = (
        message(
            "cluster.config-save-open",
            "the temporary file could not be opened",
            wording("Could not open temp cluster config file: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterSaveConfig,cluster_legacy.c:clusterSaveConfig",
        ),
        message(
            "cluster.config-save-write",
            "the temporary file could not be written",
            wording(
                "Failed after writing (<n:int>) bytes to tmp cluster config file: <error:errno>",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterSaveConfig,cluster_legacy.c:clusterSaveConfig",
        ),
        message(
            "cluster.config-save-sync",
            "the temporary file could not be synced to disk",
            wording("Could not sync tmp cluster config file: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterSaveConfig,cluster_legacy.c:clusterSaveConfig",
        ),
        message(
            "cluster.config-save-rename",
            "the temporary file could not be given its final name",
            wording("Could not rename tmp cluster config file: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterSaveConfig,cluster_legacy.c:clusterSaveConfig",
        ),
        message(
            "cluster.config-save-dir",
            "the folder of the file could not be synced to disk",
            wording("Could not sync cluster config file dir: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterSaveConfig,cluster_legacy.c:clusterSaveConfig",
        ),
        message(
            "cluster.config-save-fatal",
            "the cluster configuration file cannot be written; the node exits",
            wording("Fatal: can't update cluster config file.", "redis 3.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterSaveConfigOrDie,cluster_legacy.c:clusterSaveConfigOrDie",
        ),
        message(
            "cluster.cluster-config-updated-even-though-writing",
            "the configuration holds in memory, and is not on disk",
            wording(
                "Cluster config updated even though writing the cluster config file to disk failed.",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterSaveConfigOrLog",
        ),
    )
