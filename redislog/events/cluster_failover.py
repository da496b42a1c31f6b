"""Failovers in a cluster: those that a user orders, and how they end.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord


@event
class ClusterFailoverOrdered(Event):
    """A user ordered this replica to take over, by ``CLUSTER FAILOVER``; the key says how.

    ``client`` is the connection that ordered it (Valkey 8.0+). Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    client: ClientRecord | None = None

    MESSAGES = (
        message(
            "cluster.failover-manual",
            "CLUSTER FAILOVER was accepted; the primary is asked to pause",
            wording("Manual failover user request accepted.", "redis 3.0+; valkey 7.2"),
            wording(
                "Manual failover user request accepted (user request from '<client:client>').",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterCommandSpecial",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
        ),
        message(
            "cluster.failover-forced",
            "CLUSTER FAILOVER FORCE was accepted; the primary is not asked",
            wording("Forced failover user request accepted.", "redis 3.0+; valkey 7.2"),
            wording(
                "Forced failover user request accepted (user request from '<client:client>').",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterCommandSpecial",
            ),
            wording(
                "Forced failover primary request accepted (primary request from '<client:client>').",
                "valkey 9.0+",
                level="notice",
                source="cluster_legacy.c:clusterCommandSpecial",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
        ),
        message(
            "cluster.failover-takeover",
            "CLUSTER FAILOVER TAKEOVER: this replica turns primary without votes",
            wording("Taking over the master (user request).", "redis 3.0+; valkey 7.2"),
            wording(
                "Taking over the primary (user request from '<client:client>').",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterCommandSpecial",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
        ),
    )


@event
class ManualFailoverAdvanced(Event):
    """A manual failover made a step: asked for, the primary's offset known, all data received.

    ``sender`` is the replica that asks; ``offset`` is the last replication offset of the paused primary, in
    bytes. Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    sender: str | None = None
    sender_alias: str | None = None
    offset: int | None = None

    MESSAGES = (
        message(
            "cluster.manual-failover.requested",
            "this primary pauses its clients for a manual failover to the replica",
            wording("Manual failover requested by slave <sender:nodeid>.", "redis 3.0-4.0"),
            wording("Manual failover requested by replica <sender:nodeid>.", "redis 5.0-7.0"),
            wording(
                "Manual failover requested by replica <sender:nodeid> (<sender_alias:nodename>).",
                "redis 7.2+; valkey 7.2+",
                level="notice",
                source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
            ),
            level="warning",
            roles="M",
            source="cluster.c:clusterProcessPacket",
        ),
        message(
            "cluster.manual-failover.offset",
            "the replication offset of the paused primary is known",
            wording(
                "Received replication offset for paused master manual failover: <offset:offset>",
                "redis 3.0+; valkey 7.2",
            ),
            wording(
                "Received replication offset for paused primary manual failover: <offset:offset>",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterProcessPacket",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.manual-failover.ready",
            "all data of the paused primary is here; the election can start",
            wording(
                "All master replication stream processed, manual failover can start.",
                "redis 3.0+; valkey 7.2",
            ),
            wording(
                "All primary replication stream processed, manual failover can start.",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterHandleManualFailover",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterHandleManualFailover,cluster_legacy.c:clusterHandleManualFailover",
        ),
    )


@event
class ManualFailoverTimedOut(Event):
    """A manual failover took too long and was given up.

    Source: Redis 3.0+, ``cluster.c:manualFailoverCheckTimeout``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.manual-failover.timeout",
            "the manual failover was given up",
            wording("Manual failover timed out.", "redis 3.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:manualFailoverCheckTimeout,cluster_legacy.c:manualFailoverCheckTimeout",
        ),
    )


@event
class ClusterFailoverSeen(Event):
    """A shard has a new primary, as this node learnt from the old one.

    ``sender`` is the old primary, ``master`` the new one; ``slots`` is the number of slots that moved.
    Source: Redis 7.4+, ``cluster_legacy.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    shard: str
    sender: str
    sender_alias: str
    master: str
    master_alias: str
    epoch: int
    slots: int | None = None

    MESSAGES = (
        message(
            "cluster.failover-seen",
            "the slots of a shard moved to a new primary",
            wording(
                "A failover occurred in shard <shard:shardid>; node <sender:nodeid> (<sender_alias:nodename>) lost <slots:int> slot(s) to node <master:nodeid> (<master_alias:nodename>) with a config epoch of <epoch:epoch>",
                "redis 7.4+",
            ),
            wording(
                "A failover occurred in shard <shard:shardid>; node <sender:nodeid> (<sender_alias:nodename>) failed over to node <master:nodeid> (<master_alias:nodename>) with a config epoch of <epoch:epoch>",
                "valkey 8.0-8.1",
            ),
            wording(
                "A failover occurred in shard <shard:shardid>; node <sender:nodeid> (<sender_alias:nodename>) lost <slots:int> slot(s) and failed over to node <master:nodeid> (<master_alias:nodename>) with a config epoch of <epoch:epoch>",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class PromotedToPrimary(Event):
    """The node has taken over its shard: it is the primary in place of ``old_master``.

    Source: Valkey 8.1+, ``cluster_legacy.c:clusterFailoverReplaceYourPrimary``.
    """

    CATEGORY = "cluster"

    shard: str
    old_master: str
    old_master_alias: str

    MESSAGES = (
        message(
            "cluster.promoted",
            "this node is the primary of its shard now",
            wording(
                "Setting myself to primary in shard <shard:shardid> after failover; my old primary is <old_master:nodeid> (<old_master_alias:nodename>)",
                "valkey 8.1+",
            ),
            level="notice",
            roles="S,M",
            source="cluster_legacy.c:clusterFailoverReplaceYourPrimary",
        ),
    )
