"""Slots of a cluster: who owns them, how they move between nodes, how the table of slots is repaired.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster_legacy.c", level="notice", roles="M,S")


@event(_PRINTER, by="clusterUpdateSlotsConfigWith")
class SlotMoved(Event):
    """A slot belongs to another shard than before.

    It moved from ``owner`` to ``sender``. Source: Valkey 8.0+,
    ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    slot: int
    owner: str
    owner_alias: str
    owner_shard: str
    sender: str
    sender_alias: str
    shard: str

    MESSAGES = (
        message("cluster.slot-migrated")(
            "a slot moved to another shard",
            "valkey 8.0-8.1: Slot <slot:int> is migrated from node <owner:nodeid> (<owner_alias:nodename>) in shard <owner_shard:shardid> to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
        ),
    )


@event(_PRINTER, by="clusterCommandSetSlot")
class SlotStateSet(Event):
    """A user set the state of a slot, by ``CLUSTER SETSLOT``; the key says which.

    ``node`` is the node at the other end, or the new owner. Source: Valkey 8.0+,
    ``cluster_legacy.c:clusterCommandSetSlot``.
    """

    slot: int
    node: str | None = None
    node_alias: str | None = None
    shard: str | None = None

    MESSAGES = (
        message("cluster.slot-migrating", roles="M")(
            "a slot is being migrated from this node to that one",
            "valkey 8.0+: Migrating slot <slot:int> to node <node:nodeid> (<node_alias:nodename>)",
        ),
        message("cluster.slot-importing", roles="M")(
            "a slot is being imported from that node",
            "valkey 8.0+: Importing slot <slot:int> from node <node:nodeid> (<node_alias:nodename>)",
        ),
        message("cluster.slot-stable")(
            "a slot is neither migrating nor importing", "valkey 8.0+: Marking slot <slot:int> stable"
        ),
        message("cluster.slot-assigned")(
            "a slot was assigned to a node",
            "valkey 8.0+: Assigning slot <slot:int> to node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
        ),
    )


@event(_PRINTER, by="clusterUpdateSlotsConfigWith")
class SlotTransferClosed(Event):
    """A slot is not being migrated or imported any more; the key says which.

    It was migrated to ``target``, or imported from ``source_`` or ``sender``. Source: Valkey 8.0+,
    ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

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
        message("cluster.slot-migration-closed")(
            "the migration of a slot is over",
            "valkey 8.0+: Slot <slot:int> is no longer being migrated to node <target:nodeid> (<target_alias:nodename>) in shard <target_shard:shardid>.",
        ),
        message("cluster.slot-import-closed")(
            "the import of a slot is over",
            "valkey 8.0+: Slot <slot:int> is no longer being imported from node <source:nodeid> (<source_alias:nodename>) in shard <source_shard:shardid>.",
        ),
        message("cluster.slot-import-closed-source")(
            "the import of a slot is over, since its source gave it up",
            "valkey 8.0+: Slot <slot:int> is no longer being imported from node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>; Clear my importing source for the slot.",
        ),
    )


@event(_PRINTER, level="notice[valkey 8.0-9.0] verbose[valkey 9.1+]", by="clusterUpdateSlotsConfigWith")
class SlotPeerFailedOver(Event):
    """The node at the other end of a slot's migration failed over; ``sender`` takes its place.

    Source: Valkey 8.0+, ``cluster_legacy.c:clusterUpdateSlotsConfigWith``.
    """

    sender: str
    sender_alias: str
    shard: str
    slot: int | None = None
    slots: int | None = None

    MESSAGES = (
        message("cluster.slot-import-source-failover")(
            "the slot is imported from the new primary of its source",
            "valkey 8.0+: Failover occurred in migration source. Update importing source for slot <slot:int> to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
            "valkey 9.0+, at notice, by clusterProcessPacket: A failover occurred in migration source. Update importing source of <slots:int> slot(s) to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
        ),
        message("cluster.slot-migration-target-failover")(
            "the slot is migrated to the new primary of its target",
            "valkey 8.0+: Failover occurred in migration target. Slot <slot:int> is now being migrated to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
        ),
        message("cluster.a-failover-occurred-in-migration-target", level="notice", by="clusterProcessPacket")(
            "the target of a migration failed over",
            "valkey 9.0+: A failover occurred in migration target. Update migrating target of <slots:int> slot(s) to node <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>.",
        ),
    )


@event(_PRINTER, roles="M", by="cluster{,_legacy}.c:verifyClusterConfigWithData")
class SlotKeysForeign(Event):
    """The node has keys of slots that are not its own; the key says what is done.

    ``owner`` is the node that the slot belongs to, ``source_`` the one that it was being imported from,
    ``myself`` this node. Source: Redis 3.0+, ``cluster_legacy.c``.
    """

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
        message("cluster.dirty-slot", roles="M,S", by="clusterUpdateSlotsConfigWith")(
            "keys of a lost slot are deleted",
            "valkey 8.0+: Deleting keys in dirty slot <slot:int> on node <myself:nodeid> (<myself_alias:nodename>) in shard <shard:shardid>",
        ),
        message("cluster.slot-unassigned-keys", level="warning until 7.0, then notice")(
            "there are keys of a slot that nobody owns; this node takes it",
            "3.0+: I have keys for unassigned slot <slot:int>. Taking responsibility for it.",
        ),
        message("cluster.slot-foreign-keys")(
            "there are keys of a slot that another node owns",
            "redis 3.0-8.0; valkey 7.2, at warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2]: I have keys for slot <slot:int>, but the slot is assigned to another node. Setting it to importing state.",
            "valkey 8.0+, by verifyClusterConfigWithData: I have keys for slot <slot:int>, but the slot is assigned to another node. Deleting keys in the slot.",
            "redis 8.6+, by cluster.c:clusterDeleteKeysInUnownedSlots: I have keys for slot <slot:int>, but the slot is assigned to another node. Deleting keys in the slot.",
        ),
        message("cluster.slot-import-foreign", by="verifyClusterConfigWithData")(
            "a slot that was being imported belongs to a third node; its keys are deleted",
            "valkey 8.0+: I am importing keys from node <source:nodeid> (<source_alias:nodename>) in shard <source_shard:shardid> to slot <slot:int>, but the slot is now owned by node <owner:nodeid> (<owner_alias:nodename>) in shard <owner_shard:shardid>. Deleting keys in the slot",
        ),
    )


@event(_PRINTER, level="verbose", by="cluster{,_legacy}.c:clusterProcessPacket")
class OldSlotsClaimed(Event):
    """A node claims slots by an old epoch, and is told who owns them.

    ``owner`` has them by a newer epoch. Source: Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    sender: str
    owner: str
    sender_alias: str | None = None
    owner_alias: str | None = None

    MESSAGES = (
        message("cluster.old-slots")(
            "a node claims slots that belong to another one by now",
            "redis 3.0+; valkey 7.2-8.1: Node <sender:nodeid> has old slots configuration, sending an UPDATE message about <owner:nodeid>",
            "valkey 9.0+, by clusterProcessPacket: Node <sender:nodeid> (<sender_alias:nodename>) has old slots configuration, sending an UPDATE message about <owner:nodeid> (<owner_alias:nodename>)",
        ),
    )


@event(_PRINTER, level="warning", by="cluster.c:verifyCachedClusterSlotsResponse")
class SlotsCacheMismatch(Event):
    """The cached answer to ``CLUSTER SLOTS`` is not what would be generated now: ``text2`` and ``text``.

    Source: Valkey 8.0+, ``cluster.c:verifyCachedClusterSlotsResponse``.
    """

    text: str | None = None
    text2: str | None = None

    MESSAGES = (
        message("cluster.slots-cache-mismatch")(
            "the cached answer to CLUSTER SLOTS is wrong",
            "valkey 8.0+: \\ngenerated_response:\\n<text:text>\\n\\ncached_response:\\n<text2:text>",
        ),
    )
