"""Slots of a cluster: who owns them, how they move between nodes, how the table of slots is repaired.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event, message, wording


@event
class SlotMoved(Event):
    """A slot belongs to another shard than before.

    It moved from ``owner`` to ``sender``. Source: Valkey 8.0+,
    ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    CATEGORY = "cluster"

    slot: int
    owner: str
    owner_alias: str
    owner_shard: str
    sender: str
    sender_alias: str
    shard: str

    MESSAGES = (
        message(
            "cluster.slot-migrated",
            "a slot moved to another shard",
            wording(
                "Slot <slot:int> is migrated from node <owner:nodeid> (<owner_alias:nodename>) in shard <owner_shard:shardid> to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
                "valkey 8.0-8.1",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
    )


@event
class SlotStateSet(Event):
    """A user set the state of a slot, by ``CLUSTER SETSLOT``; the key says which.

    ``node`` is the node at the other end, or the new owner. Source: Valkey 8.0+,
    ``cluster_legacy.c:clusterCommandSetSlot``.
    """

    CATEGORY = "cluster"

    slot: int
    node: str | None = None
    node_alias: str | None = None
    shard: str | None = None

    MESSAGES = (
        message(
            "cluster.slot-migrating",
            "a slot is being migrated from this node to that one",
            wording("Migrating slot <slot:int> to node <node:nodeid> (<node_alias:nodename>)", "valkey 8.0+"),
            level="notice",
            roles="M",
            source="cluster_legacy.c:clusterCommandSetSlot",
        ),
        message(
            "cluster.slot-importing",
            "a slot is being imported from that node",
            wording(
                "Importing slot <slot:int> from node <node:nodeid> (<node_alias:nodename>)", "valkey 8.0+"
            ),
            level="notice",
            roles="M",
            source="cluster_legacy.c:clusterCommandSetSlot",
        ),
        message(
            "cluster.slot-stable",
            "a slot is neither migrating nor importing",
            wording("Marking slot <slot:int> stable", "valkey 8.0+"),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSetSlot",
        ),
        message(
            "cluster.slot-assigned",
            "a slot was assigned to a node",
            wording(
                "Assigning slot <slot:int> to node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterCommandSetSlot",
        ),
    )


@event
class SlotTransferClosed(Event):
    """A slot is not being migrated or imported any more; the key says which.

    It was migrated to ``target``, or imported from ``source_`` or ``sender``. Source: Valkey 8.0+,
    ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    CATEGORY = "cluster"

    slot: int
    target: str | None = None
    target_alias: str | None = None
    target_shard: str | None = None
    source_: str | None = None
    source_alias: str | None = None
    source_shard: str | None = None
    sender: str | None = None
    sender_alias: str | None = None
    shard: str | None = None

    MESSAGES = (
        message(
            "cluster.slot-migration-closed",
            "the migration of a slot is over",
            wording(
                "Slot <slot:int> is no longer being migrated to node <target:nodeid> (<target_alias:nodename>) in shard <target_shard:shardid>.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.slot-import-closed",
            "the import of a slot is over",
            wording(
                "Slot <slot:int> is no longer being imported from node <source:nodeid> (<source_alias:nodename>) in shard <source_shard:shardid>.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.slot-import-closed-source",
            "the import of a slot is over, since its source gave it up",
            wording(
                "Slot <slot:int> is no longer being imported from node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>; Clear my importing source for the slot.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
    )


@event
class SlotPeerFailedOver(Event):
    """The node at the other end of a slot's migration failed over; ``sender`` takes its place.

    Source: Valkey 8.0+, ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    CATEGORY = "cluster"

    sender: str
    sender_alias: str
    shard: str
    slot: int | None = None
    slots: int | None = None

    MESSAGES = (
        message(
            "cluster.slot-import-source-failover",
            "the slot is imported from the new primary of its source",
            wording(
                "Failover occurred in migration source. Update importing source for slot <slot:int> to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
                "valkey 8.0+",
                level="notice[valkey 8.0-9.0] verbose[valkey 9.1+]",
            ),
            wording(
                "A failover occurred in migration source. Update importing source of <slots:int> slot(s) to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterProcessPacket",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.slot-migration-target-failover",
            "the slot is migrated to the new primary of its target",
            wording(
                "Failover occurred in migration target. Slot <slot:int> is now being migrated to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
                "valkey 8.0+",
                level="notice[valkey 8.0-9.0] verbose[valkey 9.1+]",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.a-failover-occurred-in-migration-target",
            "the target of a migration failed over",
            wording(
                "A failover occurred in migration target. Update migrating target of <slots:int> slot(s) to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
                "valkey 9.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class SlotKeysForeign(Event):
    """The node has keys of slots that are not its own; the key says what is done.

    ``owner`` is the node that the slot belongs to, ``source_`` the one that it was being imported from,
    ``myself`` this node. Source: Redis 3.0+, ``cluster_legacy.c``.
    """

    CATEGORY = "cluster"

    slot: int
    myself: str | None = None
    myself_alias: str | None = None
    shard: str | None = None
    source_: str | None = None
    source_alias: str | None = None
    source_shard: str | None = None
    owner: str | None = None
    owner_alias: str | None = None
    owner_shard: str | None = None

    MESSAGES = (
        message(
            "cluster.dirty-slot",
            "keys of a lost slot are deleted",
            wording(
                "Deleting keys in dirty slot <slot:int> on node <myself:nodeid> (<myself_alias:nodename>) in shard <shard:shardid>",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
        message(
            "cluster.slot-unassigned-keys",
            "there are keys of a slot that nobody owns; this node takes it",
            wording(
                "I have keys for unassigned slot <slot:int>. Taking responsibility for it.",
                "redis 3.0+; valkey 7.2+",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M",
            source="cluster.c:verifyClusterConfigWithData,cluster_legacy.c:verifyClusterConfigWithData",
        ),
        message(
            "cluster.slot-foreign-keys",
            "there are keys of a slot that another node owns",
            wording(
                "I have keys for slot <slot:int>, but the slot is assigned to another node. Setting it to importing state.",
                "redis 3.0-8.0; valkey 7.2",
            ),
            wording(
                "I have keys for slot <slot:int>, but the slot is assigned to another node. Deleting keys in the slot.",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:verifyClusterConfigWithData",
            ),
            wording(
                "I have keys for slot <slot:int>, but the slot is assigned to another node. Deleting keys in the slot.",
                "redis 8.6+",
                level="notice",
                source="cluster.c:clusterDeleteKeysInUnownedSlots",
            ),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="M",
            source="cluster.c:verifyClusterConfigWithData,cluster_legacy.c:verifyClusterConfigWithData",
        ),
        message(
            "cluster.slot-import-foreign",
            "a slot that was being imported belongs to a third node; its keys are deleted",
            wording(
                "I am importing keys from node <source:nodeid> (<source_alias:nodename>) in shard <source_shard:shardid> to slot <slot:int>, but the slot is now owned by node <owner:nodeid> (<owner_alias:nodename>) in shard <owner_shard:shardid>. Deleting keys in the slot",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M",
            source="cluster_legacy.c:verifyClusterConfigWithData",
        ),
    )


@event
class OldSlotsClaimed(Event):
    """A node claims slots by an old epoch, and is told who owns them.

    ``owner`` has them by a newer epoch. Source: Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    sender: str
    owner: str
    sender_alias: str | None = None
    owner_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.old-slots",
            "a node claims slots that belong to another one by now",
            wording(
                "Node <sender:nodeid> has old slots configuration, sending an UPDATE message about <owner:nodeid>",
                "redis 3.0+; valkey 7.2-8.1",
            ),
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) has old slots configuration, sending an UPDATE message about <owner:nodeid> (<owner_alias:nodename>)",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterProcessPacket",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class SlotsCacheMismatch(Event):
    """The cached answer to ``CLUSTER SLOTS`` is not what would be generated now: ``text2`` and ``text``.

    Source: Valkey 8.0+, ``cluster.c:verifyCachedClusterSlotsResponse``.
    """

    CATEGORY = "cluster"

    text: str | None = None
    text2: str | None = None

    MESSAGES = (
        message(
            "cluster.slots-cache-mismatch",
            "the cached answer to CLUSTER SLOTS is wrong",
            wording(
                "\\ngenerated_response:\\n<text:text>\\n\\ncached_response:\\n<text2:text>", "valkey 8.0+"
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:verifyCachedClusterSlotsResponse",
        ),
    )
