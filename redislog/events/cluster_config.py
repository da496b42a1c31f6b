"""The cluster configuration file (``nodes.conf``): read, locked and written by the node itself."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="warning", roles="M,S")


@event(_PRINTER, by="clusterLoadConfig")
class ClusterConfigUnreadable(Event):
    """The cluster configuration file cannot be read, and the node exits.

    ``text`` is the line that cannot be understood (7.2+). Source: Redis 3.0+,
    ``cluster.c:clusterLoadConfig``.
    """

    path: str | None = None
    error: str | None = None
    text: str | None = None

    MESSAGES = (
        message("cluster.config-load-error")(
            "the cluster configuration file cannot be opened",
            "3.0+: Loading the cluster node config from <path:path>: <error:errno>",
        ),
        message("cluster.config-stat-error")(
            "the size of the cluster configuration file cannot be read",
            "7.0+: Unable to obtain the cluster node config file stat <path:path>: <error:errno>",
        ),
        message("cluster.config-corrupt", by="cluster.c:clusterLoadConfig")(
            "the cluster configuration file cannot be understood",
            "redis 3.0-7.0: Unrecoverable error: corrupted cluster config file.",
            '7.2+, by clusterLoadConfig: Unrecoverable error: corrupted cluster config file "<text:text>".',
        ),
        message("cluster.duplicate-nodeid-detected", by="cluster_legacy.c:clusterLoadConfig")(
            "a node stands twice in the configuration", "valkey 9.1+: Duplicate nodeid detected: <text:text>"
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="clusterLoadConfig")
class ClusterConfigVariableSkipped(Event):
    """The cluster configuration file has a variable that this version does not know.

    ``text`` is its name. Source: Redis 3.0+, ``cluster.c:clusterLoadConfig``.
    """

    text: str

    MESSAGES = (
        message("cluster.config-unknown-variable")(
            "an unknown variable in the cluster configuration file was skipped",
            "3.0+: Skipping unknown cluster config variable '<text:text>'",
        ),
    )


@event(_PRINTER, by="clusterLockConfig")
class ClusterConfigNotLocked(Event):
    """The cluster configuration file could not be locked, and the node exits.

    Source: Redis 3.0+, ``cluster.c:clusterLockConfig``.
    """

    path: str
    error: str | None = None

    MESSAGES = (
        message("cluster.config-locked")(
            "another node uses the same cluster configuration file",
            "redis 3.0+; valkey 7.2: Sorry, the cluster configuration file <path:path> is already used by a different Redis Cluster node. Please make sure that different nodes use different cluster configuration files.",
            "valkey 8.0+, by cluster_legacy.c:clusterLockConfig: Sorry, the cluster configuration file <path:path> is already used by a different Cluster node. Please make sure that different nodes use different cluster configuration files.",
        ),
        message("cluster.config-lock-open")(
            "the cluster configuration file cannot be opened to lock it",
            "3.0+: Can't open <path:path> in order to acquire a lock: <error:errno>",
        ),
        message("cluster.config-lock-error")(
            "the lock on the cluster configuration file failed",
            "3.0+: Impossible to lock <path:path>: <error:errno>",
        ),
    )


@event(_PRINTER, level="notice", by="cluster_legacy.c:clusterHandleServerShutdown")
class ClusterConfigSaved(Event):
    """The cluster configuration file is written for the last time before the server exits.

    Source: Valkey 8.0+, ``cluster_legacy.c:clusterHandleServerShutdown``.
    """

    MESSAGES = (
        message("cluster.config-save-shutdown")(
            "the cluster configuration file is written before the server exits",
            "valkey 8.0+: Saving the cluster configuration file before exiting.",
        ),
    )


@event(_PRINTER, by="clusterSaveConfig")
class ClusterConfigSaveFailed(Event):
    """The cluster configuration file could not be written; the key says at which step.

    ``n`` is the number of bytes that were written. Source: Redis 3.0+, ``cluster.c``.
    """

    error: str | None = None
    n: int | None = None

    MESSAGES = (
        message("cluster.config-save-open")(
            "the temporary file could not be opened",
            "7.2+: Could not open temp cluster config file: <error:errno>",
        ),
        message("cluster.config-save-write")(
            "the temporary file could not be written",
            "7.2+: Failed after writing (<n:int>) bytes to tmp cluster config file: <error:errno>",
        ),
        message("cluster.config-save-sync")(
            "the temporary file could not be synced to disk",
            "7.2+: Could not sync tmp cluster config file: <error:errno>",
        ),
        message("cluster.config-save-rename")(
            "the temporary file could not be given its final name",
            "7.2+: Could not rename tmp cluster config file: <error:errno>",
        ),
        message("cluster.config-save-dir")(
            "the folder of the file could not be synced to disk",
            "7.2+: Could not sync cluster config file dir: <error:errno>",
        ),
        message("cluster.config-save-fatal", by="clusterSaveConfigOrDie")(
            "the cluster configuration file cannot be written; the node exits",
            "3.0+: Fatal: can't update cluster config file.",
        ),
        message("cluster.cluster-config-updated-even-though-writing")(
            "the configuration holds in memory, and is not on disk",
            "valkey 9.1+, by cluster_legacy.c:clusterSaveConfigOrLog: Cluster config updated even though writing the cluster config file to disk failed.",
        ),
    )
