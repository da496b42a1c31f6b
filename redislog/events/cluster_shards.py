"""Shards, hand-over at shutdown, and slots that changed their owner (Valkey 8.1+)."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord

_PRINTER = Printer("cluster", "cluster_legacy.c", level="notice", roles="M,S")


@event(_PRINTER, by="clusterAutoFailoverOnShutdown")
class HandOverOnShutdown(Event):
    """A primary that shuts down hands over to a replica (``shutdown-on-sigterm failover``).

    ``replica`` is that replica's node ID. Source: Valkey 9.0+, ``cluster_legacy.c:clusterAutoFailoverOnShutdown``.
    """

    replica: str

    MESSAGES = (
        message("cluster.failover-on-shutdown")(
            "the primary that shuts down hands over to this replica",
            "valkey 9.0+: Perform auto failover to replica <replica:nodeid> on shutdown.",
        ),
    )


@event(_PRINTER, by="clusterAutoFailoverOnShutdown")
class HandOverImpossible(Event):
    """A primary that shuts down has nobody to hand over to.

    Source: Valkey 9.0+, ``cluster_legacy.c:clusterAutoFailoverOnShutdown``.
    """

    MESSAGES = (
        message("cluster.failover-on-shutdown-impossible")(
            "nobody to hand over to",
            "valkey 9.0+: Unable to perform auto failover on shutdown since there are legacy replicas.",
            "valkey 9.0+: Unable to find a replica to perform the auto failover on shutdown.",
        ),
    )


@event(_PRINTER, by="clusterCommandSpecial")
class ClusterCommandGiven(Event):
    """A user changed the cluster: MEET, FORGET or RESET.

    ``client`` is who gave the command; ``node`` or ``ip`` and ``port`` whom it names, as given. Source: Valkey 8.1+,
    ``cluster_legacy.c:clusterCommandSpecial``.
    """

    client: ClientRecord
    ip: str | None = None
    port: int | None = None
    node: str | None = None

    MESSAGES = (
        message("cluster.meet")(
            "CLUSTER MEET was given",
            "valkey 8.1+: Cluster meet <ip:host>:<port:port> (user request from '<client:client>').",
        ),
        message("cluster.forget")(
            "CLUSTER FORGET was given",
            "valkey 8.1+: Cluster forget <node:word> (user request from '<client:client>').",
        ),
        message("cluster.reset")(
            "CLUSTER RESET was given", "valkey 8.1+: Cluster reset (user request from '<client:client>')."
        ),
    )


@event(_PRINTER, by="clusterCommandSpecial")
class TurnedEmptyPrimary(Event):
    """A replica became a primary without slots, by order (CLUSTER REPLICATE NO ONE).

    Source: Valkey 9.0+, ``cluster_legacy.c:clusterCommandSpecial``.
    """

    client: ClientRecord

    MESSAGES = (
        message("cluster.turned-empty-primary")(
            "this replica is a primary without slots now",
            "valkey 9.0+: Stop replication and turning myself into empty primary (request from '<client:client>').",
        ),
    )


@event(_PRINTER, by="clusterSetNodeAsPrimary")
class NodeSetPrimary(Event):
    """A node is a primary of its shard now.

    ``node`` may be this node. Source: Valkey 9.0+, ``cluster_legacy.c:clusterSetNodeAsPrimary``.
    """

    node: str
    node_alias: str
    shard: str

    MESSAGES = (
        message("cluster.node-promoted")(
            "that node is a primary now",
            "valkey 9.0+: Reconfiguring node <node:nodeid> (<node_alias:nodename>) as primary for shard <shard:shardid>",
        ),
    )


@event(_PRINTER)
class ShardIdChanged(Event):
    """A shard's ID is another than was known.

    ``shard`` is new, or what the node says; ``primary_shard`` what its primary ``primary`` says. Source: Valkey 8.1+,
    ``cluster_legacy.c``.
    """

    shard: str
    node: str | None = None
    primary: str | None = None
    primary_shard: str | None = None

    MESSAGES = (
        message("cluster.node-has-a-different-shard-id", by="auxShardIdSetter")(
            "a replica takes over its primary's shard ID",
            "valkey 9.0+: Node <node:nodeid> has a different shard id (<shard:shardid>) than its primary's shard id <primary:nodeid> (<primary_shard:shardid>). Updating replica's shard id to match primary's shard id.",
            "valkey 9.0+, by clusterLoadConfig: Node <node:nodeid> has a different shard id (<shard:shardid>) than its primary <primary:nodeid> (<primary_shard:shardid>). Updating replica's shard id to match primary's shard id.",
        ),
        message("cluster.shard-id-update-request-for-node", by="updateShardId")(
            "another shard ID than the primary's is refused",
            "valkey 8.1+: Shard id <shard:shardid> update request for node id <node:nodeid> diverges from existing primary shard id <primary_shard:shardid>, rejecting!",
        ),
        message("cluster.shard-moved", by="clusterReset")(
            "this node is in a new shard", "valkey 9.1+: Moving myself to a new shard <shard:shardid>."
        ),
    )


@event(_PRINTER, by="clusterProcessPacket")
class TopologyMismatch(Event):
    """A packet tells another role or primary of its sender than was known: roles are changing.

    Source: Valkey 9.0+, ``cluster_legacy.c:clusterProcessPacket``.
    """

    node: str
    node_alias: str
    shard: str

    MESSAGES = (
        message("cluster.topology-mismatch")(
            "a packet tells another role of its sender than was known",
            "valkey 9.0+: Mismatch in topology information for sender node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid>",
        ),
    )


@event(_PRINTER, by="clusterLogSlotRangeMigration")
class SlotRangeMoved(Event):
    """A range of slots changed its owner.

    ``first`` to ``last`` went from ``node`` to ``node2``. Source: Valkey 9.0+, ``cluster_legacy.c:clusterLogSlotRangeMigration``.
    """

    first: int
    last: int
    node: str
    node_alias: str
    shard: str
    node2: str
    node_alias2: str
    shard2: str

    MESSAGES = (
        message("cluster.slots-migrated")(
            "a range of slots changed its owner",
            "valkey 9.0+: Slot range [<first:int>, <last:int>] is migrated from node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid> to node <node2:nodeid> (<node_alias2:nodename>) in shard <shard2:shardid>.",
        ),
    )


@event(_PRINTER, by="clusterProcessPacket")
class ClusterUpdateReceived(Event):
    """A third node tells a newer configuration of a node.

    ``node`` told it, of ``node2``. A shard's ID is followed by stray bytes in 9.0.0. Source: Valkey 9.0+,
    ``cluster_legacy.c:clusterProcessPacket``.
    """

    node: str
    node_alias: str
    shard: str
    node2: str
    node_alias2: str
    shard2: str
    old_epoch: int
    epoch: int

    MESSAGES = (
        message("cluster.update-received")(
            "a newer configuration of a node came through a third one",
            "valkey 9.0+: Processing UPDATE message received from <node:nodeid> (<node_alias:nodename>) in shard <shard:text> about node <node2:nodeid> (<node_alias2:nodename>) in shard <shard2:text>. old configEpoch <old_epoch:epoch>, new configEpoch <epoch:epoch>",
        ),
    )
