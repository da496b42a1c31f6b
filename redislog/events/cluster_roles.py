"""Who follows whom in a cluster, as its nodes see it without an election, and configuration epochs.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event, message, wording


@event
class NodeRoleSeen(Event):
    """What another node, ``sender``, is now: its role, its shard or its primary; the key says which.

    ``master`` is the primary that it follows, ``slots`` the number of slots that it gave up. Source: Redis
    7.4+, ``cluster_legacy.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    sender: str
    sender_alias: str
    shard: str
    role: str | None = None
    master: str | None = None
    master_alias: str | None = None
    slots: int | None = None

    MESSAGES = (
        message(
            "cluster.node-announces-role",
            "a node tells its role and its shard",
            wording(
                "node <sender:nodeid> (<sender_alias:nodename>) announces that it is a <role:primary|replica> in shard <shard:shardid>",
                "valkey 8.0+",
            ),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.node-shard",
            "a node is part of another shard now",
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) is now part of shard <shard:shardid>",
                "redis 7.4+; valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.node-replica-of",
            "a node follows another primary now",
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) is now a replica of node <master:nodeid> (<master_alias:nodename>) in shard <shard:shardid>",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.node-demoted",
            "a former primary turned replica and owns no slots any more",
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) is no longer master of shard <shard:shardid>; removed all <slots:int> slot(s) it used to own",
                "redis 7.4+",
            ),
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) is no longer primary of shard <shard:shardid>; removed all <slots:int> slot(s) it used to own",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class ConfigEpochChanged(Event):
    """The node's configuration epoch, by which claims to slots are decided, changed.

    ``epoch`` is the new one, None where the wording does not say it. ``sender`` is the primary that had the
    same one. Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    epoch: int | None = None
    slot: int | None = None
    sender: str | None = None
    sender_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.epoch-reset",
            "the configuration epoch was set to 0 by CLUSTER RESET HARD",
            wording("configEpoch set to 0 via CLUSTER RESET HARD", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterReset,cluster_legacy.c:clusterReset",
        ),
        message(
            "cluster.epoch-set",
            "the configuration epoch was set by CLUSTER SET-CONFIG-EPOCH",
            wording(
                "configEpoch set to <epoch:epoch> via CLUSTER SET-CONFIG-EPOCH",
                "redis 3.0+; valkey 7.2+",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
        ),
        message(
            "cluster.epoch-bumped",
            "this node took a new configuration epoch without an election",
            wording("New configEpoch set to <epoch:epoch>", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterBumpConfigEpochWithoutConsensus,cluster_legacy.c:clusterBumpConfigEpochWithoutConsensus",
        ),
        message(
            "cluster.epoch-after-failover",
            "this node won an election and owns the epoch of it",
            wording("configEpoch set to <epoch:epoch> after successful failover", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="S,M",
            source="cluster.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleSlaveFailover,cluster_legacy.c:clusterHandleReplicaFailover",
        ),
        message(
            "cluster.epoch-after-import",
            "this node took a new configuration epoch after it had imported a slot",
            wording("configEpoch updated after importing slot <slot:int>", "redis 3.0+; valkey 7.2"),
            wording(
                "ConfigEpoch updated after importing slot <slot:int>",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterCommandSetSlot",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="M",
            source="cluster.c:clusterCommand,cluster_legacy.c:clusterCommandSpecial",
        ),
        message(
            "cluster.epoch-collision",
            "two primaries had one configuration epoch; this one took a new one",
            wording(
                "WARNING: configEpoch collision with node <sender:nodeid>. configEpoch set to <epoch:epoch>",
                "redis 3.0-7.0",
            ),
            wording(
                "WARNING: configEpoch collision with node <sender:nodeid> (<sender_alias:nodename>). configEpoch set to <epoch:epoch>",
                "redis 7.2+; valkey 7.2",
                source="cluster.c:clusterHandleConfigEpochCollision,cluster_legacy.c:clusterHandleConfigEpochCollision",
            ),
            wording(
                "configEpoch collision with node <sender:nodeid> (<sender_alias:nodename>). configEpoch set to <epoch:epoch>",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterHandleConfigEpochCollision",
            ),
            level="verbose",
            roles="M",
            source="cluster.c:clusterHandleConfigEpochCollision",
        ),
    )


@event
class ReconfiguredAsReplica(Event):
    """The node follows another primary from now on, of its own decision; the key says why.

    The new primary is ``node``, ``sender`` or ``master``, see `primary`; ``master2`` is the former one.
    Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

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
            "all slots moved away: this node follows the node that claims them",
            wording(
                "Configuration change detected. Reconfiguring myself as a replica of <node:nodeid>",
                "redis 3.0-7.0",
                level="warning",
            ),
            wording(
                "Configuration change detected. Reconfiguring myself as a replica of <node:nodeid> (<node_alias:nodename>)",
                "redis 7.2+; valkey 7.2",
                source="cluster.c:clusterUpdateSlotsConfigWith,cluster.c:clusterCommand,cluster_legacy.c:clusterUpdateSlotsConfigWith,cluster_legacy.c:clusterCommandSpecial",
            ),
            wording(
                "Configuration change detected. Reconfiguring myself as a replica of node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>",
                "valkey 8.0+",
                source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
            ),
            level="notice",
            roles="M,S",
            source="cluster.c:clusterUpdateSlotsConfigWith,cluster.c:clusterCommand",
        ),
        message(
            "cluster.reconfigured-as-replica-slot",
            "the last slot was migrated away: this node follows its new owner",
            wording(
                "Lost my last slot during slot migration. Reconfiguring myself as a replica of <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSetSlot",
        ),
        message(
            "cluster.sub-replica",
            "a replica of a replica follows the primary at the top instead",
            wording(
                "I'm a sub-replica! Reconfiguring myself as a replica of grandmaster <master:nodeid>",
                "redis 7.0",
                level="warning",
            ),
            wording(
                "I'm a sub-replica! Reconfiguring myself as a replica of grandmaster <master:nodeid> (<master_alias:nodename>)",
                "redis 7.2+; valkey 7.2",
                source="cluster.c:clusterUpdateSlotsConfigWith,cluster_legacy.c:clusterUpdateSlotsConfigWith",
            ),
            wording(
                "I'm a sub-replica! Reconfiguring myself as a replica of <master:nodeid> from <master2:nodeid>",
                "valkey 8.0+",
                source="cluster_legacy.c:clusterProcessPacket",
            ),
            level="notice",
            roles="S",
            source="cluster.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.migrating-to-orphan",
            "this replica moves to a primary that has no replica left",
            wording("Migrating to orphaned master <node:nodeid>", "redis 3.0+; valkey 7.2"),
            wording(
                "Migrating to orphaned primary <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterHandleReplicaMigration",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="S",
            source="cluster.c:clusterHandleSlaveMigration,cluster_legacy.c:clusterHandleSlaveMigration",
        ),
    )

    @property
    def primary(self) -> str:
        """The cluster ID of the new primary."""
        return self.node or self.sender or self.master or ""


@event
class PrimaryEmptied(Event):
    """The node gave its last slot away, to ``node``, and stays a primary without slots.

    Source: Valkey 8.0+, ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    CATEGORY = "cluster"

    node: str
    node_alias: str
    shard: str

    MESSAGES = (
        message(
            "cluster.empty-primary",
            "this primary owns no slots any more",
            wording(
                "My last slot was migrated to node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>. I am now an empty primary.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith,cluster_legacy.c:clusterCommandSetSlot",
        ),
    )
