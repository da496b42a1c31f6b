"""What a cluster node says of itself, of the cluster's state, and of other nodes that fail or move.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

import attrs

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import current_words

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="notice", roles="M,S")


@event(_PRINTER, level="warning until 7.0, then notice|warning", by="clusterUpdateState")
class ClusterStateChanged(Event):
    """The cluster can serve all slots (``ok``) or not (``fail``), as this node sees it.

    Source: Redis 3.0+, ``cluster.c:clusterUpdateState``.
    """

    state: str

    MESSAGES = (
        message("cluster.state-changed")(
            "the cluster is up or down, as this node sees it", "3.0+: Cluster state changed: <state:ok|fail>"
        ),
    )


@event(_PRINTER)
class ClusterNodeIdentified(Event):
    """The node's own cluster ID.

    Source: Redis 3.0+, ``cluster.c``.
    """

    myself: str

    MESSAGES = (
        message("cluster.myself-loaded", by="clusterLoadConfig")(
            "this node's ID, read from the cluster configuration file",
            "3.0+: Node configuration loaded, I'm <myself:nodeid>",
        ),
        message("cluster.myself-new", by="clusterInit")(
            "this node's ID, new because there was no cluster configuration file",
            "3.0+: No cluster configuration found, I'm <myself:nodeid>",
        ),
        message("cluster.myself-reset", by="clusterReset")(
            "this node's ID, new after CLUSTER RESET HARD", "3.2+: Node hard reset, now I'm <myself:nodeid>"
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="clusterProcessPacket")
class OwnAddressLearnt(Event):
    """The node learnt from another one the address under which it is reached.

    Source: Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    ip: str

    MESSAGES = (
        message("cluster.myself-ip")(
            "this node's own address, learnt from another node",
            "3.0+: IP address for this node updated to <ip:host>",
        ),
    )


@event(_PRINTER, level="debug", by="clusterCron")
class NodePossiblyFailing(Event):
    """A node does not answer this one (PFAIL); what the others see is not asked yet.

    Source: Redis 3.0+, ``cluster.c:clusterCron``.
    """

    node: str
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.node-possibly-failing")(
            "this node cannot reach that node",
            "redis 3.0+; valkey 7.2: *** NODE <node:nodeid> possibly failing",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterCron: NODE <node:nodeid> (<node_alias:nodename>) possibly failing.",
        ),
    )


@event(_PRINTER, level="verbose", by="cluster.c:clusterProcessGossipSection")
class NodeReported(Event):
    """A primary, ``sender``, reports that it cannot reach ``node``, or that it can again; the key says which.

    Source: Redis 3.0+, ``cluster.c:clusterProcessGossipSection``.
    """

    sender: str
    node: str
    sender_alias: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.node-reported-down")(
            "a primary cannot reach that node",
            "redis 3.0-7.0: Node <sender:nodeid> reported node <node:nodeid> as not reachable.",
            "7.2+, at verbose[redis 7.2+; valkey 7.2] notice[valkey 8.0-9.0] verbose[valkey 9.1+], by clusterProcessGossipSection: Node <sender:nodeid> (<sender_alias:nodename>) reported node <node:nodeid> (<node_alias:nodename>) as not reachable.",
        ),
        message("cluster.node-reported-up")(
            "a primary reaches that node again",
            "redis 3.0-7.0: Node <sender:nodeid> reported node <node:nodeid> is back online.",
            "7.2+, at verbose[redis 7.2+; valkey 7.2] notice[valkey 8.0-9.0] verbose[valkey 9.1+], by clusterProcessGossipSection: Node <sender:nodeid> (<sender_alias:nodename>) reported node <node:nodeid> (<node_alias:nodename>) is back online.",
        ),
    )


@event(_PRINTER, by="cluster.c:markNodeAsFailingIfNeeded")
class NodeMarkedFailing(Event):
    """Most primaries cannot reach a node, so this one marks it as FAIL and tells everybody.

    Source: Redis 3.0+, ``cluster.c:markNodeAsFailingIfNeeded``.
    """

    node: str
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.node-failing")(
            "a majority of primaries cannot reach that node: it is marked FAIL",
            "redis 3.0-7.0: Marking node <node:nodeid> as failing (quorum reached).",
            "7.2+, by markNodeAsFailingIfNeeded: Marking node <node:nodeid> (<node_alias:nodename>) as failing (quorum reached).",
        ),
    )


@event(_PRINTER)
class FailMessageReceived(Event):
    """Another node, ``sender``, says that a node is FAIL: ``about``.

    Source: Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    sender: str
    about: str
    sender_alias: str | None = None
    about_alias: str | None = None

    MESSAGES = (
        message("cluster.fail-message", by="cluster.c:clusterProcessPacket")(
            "another node declared that node FAIL",
            "redis 3.0-7.0: FAIL message received from <sender:nodeid> about <about:nodeid>",
            "7.2+, by clusterProcessPacket: FAIL message received from <sender:nodeid> (<sender_alias:nodename>) about <about:nodeid> (<about_alias:nodename>)",
        ),
        message("cluster.fail-message-ignored", by="clusterProcessPacket")(
            "an unknown node's declaration of FAIL was ignored",
            "3.0+: Ignoring FAIL message from unknown node <sender:nodeid> about <about:nodeid>",
        ),
    )


@event(_PRINTER, by="cluster.c:clearNodeFailureIfNeeded")
class NodeFailCleared(Event):
    """A node that was marked FAIL is reachable again.

    ``kind`` is replica or primary without slots; None for a primary whose slots nobody took over. Source:
    Redis 3.0+, ``cluster.c:clearNodeFailureIfNeeded``.
    """

    node: str
    kind: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.node-fail-cleared")(
            "FAIL is removed: a replica, or a primary without slots, is back",
            "redis 3.0-4.0: Clear FAIL state for node <node:nodeid>: <kind:slave|master without slots> is reachable again.",
            "redis 5.0-7.0: Clear FAIL state for node <node:nodeid>: <kind:replica|master without slots> is reachable again.",
            "redis 7.2+; valkey 7.2, by clearNodeFailureIfNeeded: Clear FAIL state for node <node:nodeid> (<node_alias:nodename>):<kind:replica|master without slots> is reachable again.",
            "valkey 8.0+, by cluster_legacy.c:clearNodeFailureIfNeeded: Clear FAIL state for node <node:nodeid> (<node_alias:nodename>): <kind:replica|primary without slots> is reachable again.",
        ),
        message("cluster.node-fail-cleared-primary")(
            "FAIL is removed: a primary is back and nobody took its slots",
            "redis 3.0-7.0: Clear FAIL state for node <node:nodeid>: is reachable again and nobody is serving its slots after some time.",
            "7.2+, by clearNodeFailureIfNeeded: Clear FAIL state for node <node:nodeid> (<node_alias:nodename>): is reachable again and nobody is serving its slots after some time.",
        ),
    )


@event(_PRINTER, level="warning", by="cluster.c:nodeUpdateAddressIfNeeded")
class NodeAddressChanged(Event):
    """A node is reached under another address than before.

    Source: Redis 3.0+, ``cluster.c:nodeUpdateAddressIfNeeded``.
    """

    node: str
    ip: str
    port: int
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.node-address")(
            "a node moved to another address",
            "redis 3.0-7.0: Address updated for node <node:nodeid>, now <ip:host>:<port:port>",
            "7.2+, at notice, by nodeUpdateAddressIfNeeded,clusterProcessGossipSection: Address updated for node <node:nodeid> (<node_alias:nodename>), now <ip:host>:<port:port>",
        ),
    )
