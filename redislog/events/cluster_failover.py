"""Failovers in a cluster: those that a user orders, and how they end.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="notice", roles="S")


@event(
    _PRINTER,
    level="warning until 7.0, then notice",
    by="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
)
class ClusterFailoverOrdered(Event):
    """A user ordered this replica to take over, by ``CLUSTER FAILOVER``; the key says how.

    ``client`` is the connection that ordered it (Valkey 8.0+). Source: Redis 3.0+, ``cluster.c``.
    """

    client: ClientRecord | None = None

    MESSAGES = (
        message("cluster.failover-manual")(
            "CLUSTER FAILOVER was accepted; the primary is asked to pause",
            "redis 3.0+; valkey 7.2: Manual failover user request accepted.",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterCommandSpecial: Manual failover user request accepted (user request from '<client:client>').",
        ),
        message("cluster.failover-forced", level="notice", by="cluster_legacy.c:clusterCommandSpecial")(
            "CLUSTER FAILOVER FORCE was accepted; the primary is not asked",
            "redis 3.0+; valkey 7.2, at warning until 7.0, then notice, by cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial: Forced failover user request accepted.",
            "valkey 8.0+ | valkey 9.0+: Forced failover <user|primary> request accepted (<user|primary> request from '<client:client>').",
        ),
        message("cluster.failover-takeover")(
            "CLUSTER FAILOVER TAKEOVER: this replica turns primary without votes",
            "redis 3.0+; valkey 7.2: Taking over the master (user request).",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterCommandSpecial: Taking over the primary (user request from '<client:client>').",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice")
class ManualFailoverAdvanced(Event):
    """A manual failover made a step: asked for, the primary's offset known, all data received.

    ``sender`` is the replica that asks; ``offset`` is the last replication offset of the paused primary, in
    bytes. Source: Redis 3.0+, ``cluster.c``.
    """

    sender: str | None = None
    sender_alias: str | None = None
    offset: int | None = None

    MESSAGES = (
        message(
            "cluster.manual-failover.requested",
            level="warning",
            roles="M",
            by="cluster.c:clusterProcessPacket",
        )(
            "this primary pauses its clients for a manual failover to the replica",
            "redis 3.0-4.0 | redis 5.0-7.0: Manual failover requested by <slave|replica> <sender:nodeid>.",
            "7.2+, at notice, by clusterProcessPacket: Manual failover requested by replica <sender:nodeid> (<sender_alias:nodename>).",
        ),
        message("cluster.manual-failover.offset", by="clusterProcessPacket")(
            "the replication offset of the paused primary is known",
            "redis 3.0+; valkey 7.2 | valkey 8.0+, at notice, by cluster_legacy.c:clusterProcessPacket: Received replication offset for paused <master|primary> manual failover: <offset:offset>",
        ),
        message("cluster.manual-failover.ready", by="clusterHandleManualFailover")(
            "all data of the paused primary is here; the election can start",
            "redis 3.0+; valkey 7.2: All master replication stream processed, manual failover can start.",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterHandleManualFailover: All primary replication stream processed, manual failover can start.",
        ),
    )


@event(_PRINTER, level="warning", roles="M,S", by="manualFailoverCheckTimeout")
class ManualFailoverTimedOut(Event):
    """A manual failover took too long and was given up.

    Source: Redis 3.0+, ``cluster.c:manualFailoverCheckTimeout``.
    """

    MESSAGES = (
        message("cluster.manual-failover.timeout")(
            "the manual failover was given up", "3.0+: Manual failover timed out."
        ),
    )


@event(_PRINTER, roles="M,S", by="cluster_legacy.c:clusterProcessPacket")
class ClusterFailoverSeen(Event):
    """A shard has a new primary, as this node learnt from the old one.

    ``sender`` is the old primary, ``master`` the new one; ``slots`` is the number of slots that moved.
    Source: Redis 7.4+, ``cluster_legacy.c:clusterProcessPacket``.
    """

    shard: str
    sender: str
    sender_alias: str
    master: str
    master_alias: str
    epoch: int
    slots: int | None = None

    MESSAGES = (
        message("cluster.failover-seen")(
            "the slots of a shard moved to a new primary",
            "redis 7.4+: A failover occurred in shard <shard:shardid>; node <sender:nodeid> (<sender_alias:nodename>) lost <slots:int> slot(s) to node <master:nodeid> (<master_alias:nodename>) with a config epoch of <epoch:epoch>",
            "valkey 8.0-8.1: A failover occurred in shard <shard:shardid>; node <sender:nodeid> (<sender_alias:nodename>) failed over to node <master:nodeid> (<master_alias:nodename>) with a config epoch of <epoch:epoch>",
            "valkey 9.0+: A failover occurred in shard <shard:shardid>; node <sender:nodeid> (<sender_alias:nodename>) lost <slots:int> slot(s) and failed over to node <master:nodeid> (<master_alias:nodename>) with a config epoch of <epoch:epoch>",
        ),
    )


@event(_PRINTER, roles="S,M", by="cluster_legacy.c:clusterFailoverReplaceYourPrimary")
class PromotedToPrimary(Event):
    """The node has taken over its shard: it is the primary in place of ``old_master``.

    Source: Valkey 8.1+, ``cluster_legacy.c:clusterFailoverReplaceYourPrimary``.
    """

    shard: str
    old_master: str
    old_master_alias: str

    MESSAGES = (
        message("cluster.promoted")(
            "this node is the primary of its shard now",
            "valkey 8.1+: Setting myself to primary in shard <shard:shardid> after failover; my old primary is <old_master:nodeid> (<old_master_alias:nodename>)",
        ),
    )
