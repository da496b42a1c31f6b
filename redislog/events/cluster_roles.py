"""Who follows whom in a cluster, as its nodes see it without an election, and configuration epochs.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="notice", roles="M,S")


@event(_PRINTER, by="cluster_legacy.c:clusterProcessPacket")
class NodeRoleSeen(Event):
    """What another node, ``sender``, is now: its role, its shard or its primary; the key says which.

    ``master`` is the primary that it follows, ``slots`` the number of slots that it gave up. Source: Redis
    7.4+, ``cluster_legacy.c:clusterProcessPacket``.
    """

    sender: str
    sender_alias: str
    shard: str
    role: str | None = None
    master: str | None = None
    master_alias: str | None = None
    slots: int | None = None

    MESSAGES = (
        message("cluster.node-announces-role", level="debug")(
            "a node tells its role and its shard",
            "valkey 8.0+: node <sender:nodeid> (<sender_alias:nodename>) announces that it is a <role:primary|replica> in shard <shard:shardid>",
        ),
        message("cluster.node-shard")(
            "a node is part of another shard now",
            "redis 7.4+; valkey 8.0+: Node <sender:nodeid> (<sender_alias:nodename>) is now part of shard <shard:shardid>",
        ),
        message("cluster.node-replica-of")(
            "a node follows another primary now",
            "valkey 8.0+: Node <sender:nodeid> (<sender_alias:nodename>) is now a replica of node <master:nodeid> (<master_alias:nodename>) in shard <shard:shardid>",
        ),
        message("cluster.node-demoted")(
            "a former primary turned replica and owns no slots any more",
            "redis 7.4+ | valkey 8.0+: Node <sender:nodeid> (<sender_alias:nodename>) is no longer <master|primary> of shard <shard:shardid>; removed all <slots:int> slot(s) it used to own",
        ),
    )


@event(
    _PRINTER,
    level="warning until 7.0, then notice",
    by="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
)
class ConfigEpochChanged(Event):
    """The node's configuration epoch, by which claims to slots are decided, changed.

    ``epoch`` is the new one, None where the wording does not say it. ``sender`` is the primary that had the
    same one. Source: Redis 3.0+, ``cluster.c``.
    """

    epoch: int | None = None
    slot: int | None = None
    sender: str | None = None
    sender_alias: str | None = None

    MESSAGES = (
        message("cluster.epoch-reset", by="clusterReset")(
            "the configuration epoch was set to 0 by CLUSTER RESET HARD",
            "3.0+: configEpoch set to 0 via CLUSTER RESET HARD",
        ),
        message("cluster.epoch-set")(
            "the configuration epoch was set by CLUSTER SET-CONFIG-EPOCH",
            "3.0+: configEpoch set to <epoch:epoch> via CLUSTER SET-CONFIG-EPOCH",
        ),
        message("cluster.epoch-bumped", by="clusterBumpConfigEpochWithoutConsensus")(
            "this node took a new configuration epoch without an election",
            "3.0+: New configEpoch set to <epoch:epoch>",
        ),
        message("cluster.epoch-after-failover")(
            "this node won an election and owns the epoch of it",
            "3.0+, as S,M, by clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover: configEpoch set to <epoch:epoch> after successful failover",
        ),
        message("cluster.epoch-after-import", roles="M")(
            "this node took a new configuration epoch after it had imported a slot",
            "redis 3.0+; valkey 7.2 | valkey 8.0+, at notice, by cluster_legacy.c:clusterCommandSetSlot: <configEpoch|ConfigEpoch> updated after importing slot <slot:int>",
        ),
        message(
            "cluster.epoch-collision",
            level="verbose",
            roles="M",
            by="cluster.c:clusterHandleConfigEpochCollision",
        )(
            "two primaries had one configuration epoch; this one took a new one",
            "redis 3.0-7.0: WARNING: configEpoch collision with node <sender:nodeid>. configEpoch set to <epoch:epoch>",
            "redis 7.2+; valkey 7.2, by clusterHandleConfigEpochCollision: WARNING: configEpoch collision with node <sender:nodeid> (<sender_alias:nodename>). configEpoch set to <epoch:epoch>",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterHandleConfigEpochCollision: configEpoch collision with node <sender:nodeid> (<sender_alias:nodename>). configEpoch set to <epoch:epoch>",
        ),
    )


@event(_PRINTER)
class ReconfiguredAsReplica(Event):
    """The node follows another primary from now on, of its own decision; the key says why.

    The new primary is ``node``, ``sender`` or ``master``, see `primary`; ``master2`` is the former one.
    Source: Redis 3.0+, ``cluster.c``.
    """

    node: str | None = None
    node_alias: str | None = None
    sender: str | None = None
    sender_alias: str | None = None
    shard: str | None = None
    master: str | None = None
    master_alias: str | None = None
    master2: str | None = None

    MESSAGES = (
        message(
            "cluster.reconfigured-as-replica",
            by="cluster.c:clusterUpdateSlotsConfigWith,cluster.c:clusterCommand",
        )(
            "all slots moved away: this node follows the node that claims them",
            "redis 3.0-7.0, at warning: Configuration change detected. Reconfiguring myself as a replica of <node:nodeid>",
            "redis 7.2+; valkey 7.2, by cluster.c:clusterUpdateSlotsConfigWith,cluster.c:clusterCommand,cluster_legacy.c:clusterUpdateSlotsConfigWith,cluster_legacy.c:clusterCommandSpecial: Configuration change detected. Reconfiguring myself as a replica of <node:nodeid> (<node_alias:nodename>)",
            "valkey 8.0+, by cluster_legacy.c:clusterUpdateSlotsConfigWith: Configuration change detected. Reconfiguring myself as a replica of node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>",
        ),
        message("cluster.reconfigured-as-replica-slot", by="cluster_legacy.c:clusterCommandSetSlot")(
            "the last slot was migrated away: this node follows its new owner",
            "valkey 8.0+: Lost my last slot during slot migration. Reconfiguring myself as a replica of <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
        ),
        message("cluster.sub-replica", roles="S", by="cluster.c:clusterUpdateSlotsConfigWith")(
            "a replica of a replica follows the primary at the top instead",
            "redis 7.0, at warning: I'm a sub-replica! Reconfiguring myself as a replica of grandmaster <master:nodeid>",
            "redis 7.2+; valkey 7.2, by clusterUpdateSlotsConfigWith: I'm a sub-replica! Reconfiguring myself as a replica of grandmaster <master:nodeid> (<master_alias:nodename>)",
            "valkey 8.0+, by cluster_legacy.c:clusterProcessPacket: I'm a sub-replica! Reconfiguring myself as a replica of <master:nodeid> from <master2:nodeid>",
        ),
        message(
            "cluster.migrating-to-orphan",
            level="warning until 7.0, then notice",
            roles="S",
            by="clusterHandleSlaveMigration",
        )(
            "this replica moves to a primary that has no replica left",
            "redis 3.0+; valkey 7.2: Migrating to orphaned master <node:nodeid>",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterHandleReplicaMigration: Migrating to orphaned primary <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
        ),
    )

    @property
    def primary(self) -> str:
        """The cluster ID of the new primary."""
        return self.node or self.sender or self.master or ""


@event(
    _PRINTER,
    roles="M",
    by="cluster_legacy.c:clusterUpdateSlotsConfigWith,cluster_legacy.c:clusterCommandSetSlot",
)
class PrimaryEmptied(Event):
    """The node gave its last slot away, to ``node``, and stays a primary without slots.

    Source: Valkey 8.0+, ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    node: str
    node_alias: str
    shard: str

    MESSAGES = (
        message("cluster.empty-primary")(
            "this primary owns no slots any more",
            "valkey 8.0+: My last slot was migrated to node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>. I am now an empty primary.",
        ),
    )
