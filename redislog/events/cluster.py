"""What a cluster node says of itself, of the cluster's state, and of other nodes that fail or move.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

import attrs

from redislog.events.base import Event, event, message, wording
from redislog.values import current_words


@event
class ClusterStateChanged(Event):
    """The cluster can serve all slots (``ok``) or not (``fail``), as this node sees it.

    Source: Redis 3.0+, ``cluster.c:clusterUpdateState``.
    """

    CATEGORY = "cluster"

    state: str

    MESSAGES = (
        message(
            "cluster.state-changed",
            "the cluster is up or down, as this node sees it",
            wording("Cluster state changed: <state:ok|fail>", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice|warning[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterUpdateState,cluster_legacy.c:clusterUpdateState",
        ),
    )


@event
class ClusterNodeIdentified(Event):
    """The node's own cluster ID.

    Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    myself: str

    MESSAGES = (
        message(
            "cluster.myself-loaded",
            "this node's ID, read from the cluster configuration file",
            wording("Node configuration loaded, I'm <myself:nodeid>", "redis 3.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="cluster.c:clusterLoadConfig,cluster_legacy.c:clusterLoadConfig",
        ),
        message(
            "cluster.myself-new",
            "this node's ID, new because there was no cluster configuration file",
            wording("No cluster configuration found, I'm <myself:nodeid>", "redis 3.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="cluster.c:clusterInit,cluster_legacy.c:clusterInit",
        ),
        message(
            "cluster.myself-reset",
            "this node's ID, new after CLUSTER RESET HARD",
            wording("Node hard reset, now I'm <myself:nodeid>", "redis 3.2+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="cluster.c:clusterReset,cluster_legacy.c:clusterReset",
        ),
    )


@event
class OwnAddressLearnt(Event):
    """The node learnt from another one the address under which it is reached.

    Source: Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    ip: str

    MESSAGES = (
        message(
            "cluster.myself-ip",
            "this node's own address, learnt from another node",
            wording("IP address for this node updated to <ip:host>", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class NodePossiblyFailing(Event):
    """A node does not answer this one (PFAIL); what the others see is not asked yet.

    Source: Redis 3.0+, ``cluster.c:clusterCron``.
    """

    CATEGORY = "cluster"

    node: str
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.node-possibly-failing",
            "this node cannot reach that node",
            wording("*** NODE <node:nodeid> possibly failing", "redis 3.0+; valkey 7.2"),
            wording(
                "NODE <node:nodeid> (<node_alias:nodename>) possibly failing.",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterCron",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterCron,cluster_legacy.c:clusterCron",
        ),
    )


@event
class NodeReported(Event):
    """A primary, ``sender``, reports that it cannot reach ``node``, or that it can again; the key says which.

    Source: Redis 3.0+, ``cluster.c:clusterProcessGossipSection``.
    """

    CATEGORY = "cluster"

    sender: str
    node: str
    sender_alias: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.node-reported-down",
            "a primary cannot reach that node",
            wording("Node <sender:nodeid> reported node <node:nodeid> as not reachable.", "redis 3.0-7.0"),
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) reported node <node:nodeid> (<node_alias:nodename>) as not reachable.",
                "redis 7.2+; valkey 7.2+",
                level="verbose[redis 7.2+; valkey 7.2] notice[valkey 8.0-9.0] verbose[valkey 9.1+]",
                source="cluster.c:clusterProcessGossipSection,cluster_legacy.c:clusterProcessGossipSection",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterProcessGossipSection",
        ),
        message(
            "cluster.node-reported-up",
            "a primary reaches that node again",
            wording("Node <sender:nodeid> reported node <node:nodeid> is back online.", "redis 3.0-7.0"),
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) reported node <node:nodeid> (<node_alias:nodename>) is back online.",
                "redis 7.2+; valkey 7.2+",
                level="verbose[redis 7.2+; valkey 7.2] notice[valkey 8.0-9.0] verbose[valkey 9.1+]",
                source="cluster.c:clusterProcessGossipSection,cluster_legacy.c:clusterProcessGossipSection",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterProcessGossipSection",
        ),
    )


@event
class NodeMarkedFailing(Event):
    """Most primaries cannot reach a node, so this one marks it as FAIL and tells everybody.

    Source: Redis 3.0+, ``cluster.c:markNodeAsFailingIfNeeded``.
    """

    CATEGORY = "cluster"

    node: str
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.node-failing",
            "a majority of primaries cannot reach that node: it is marked FAIL",
            wording("Marking node <node:nodeid> as failing (quorum reached).", "redis 3.0-7.0"),
            wording(
                "Marking node <node:nodeid> (<node_alias:nodename>) as failing (quorum reached).",
                "redis 7.2+; valkey 7.2+",
                source="cluster.c:markNodeAsFailingIfNeeded,cluster_legacy.c:markNodeAsFailingIfNeeded",
            ),
            level="notice",
            roles="M,S",
            source="cluster.c:markNodeAsFailingIfNeeded",
        ),
    )


@event
class FailMessageReceived(Event):
    """Another node, ``sender``, says that a node is FAIL: ``about``.

    Source: Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    sender: str
    about: str
    sender_alias: str | None = None
    about_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.fail-message",
            "another node declared that node FAIL",
            wording("FAIL message received from <sender:nodeid> about <about:nodeid>", "redis 3.0-7.0"),
            wording(
                "FAIL message received from <sender:nodeid> (<sender_alias:nodename>) about <about:nodeid> (<about_alias:nodename>)",
                "redis 7.2+; valkey 7.2+",
                source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
            ),
            level="notice",
            roles="M,S",
            source="cluster.c:clusterProcessPacket",
        ),
        message(
            "cluster.fail-message-ignored",
            "an unknown node's declaration of FAIL was ignored",
            wording(
                "Ignoring FAIL message from unknown node <sender:nodeid> about <about:nodeid>",
                "redis 3.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
    )


@event
class NodeFailCleared(Event):
    """A node that was marked FAIL is reachable again.

    ``kind`` is replica or primary without slots; None for a primary whose slots nobody took over. Source:
    Redis 3.0+, ``cluster.c:clearNodeFailureIfNeeded``.
    """

    CATEGORY = "cluster"

    node: str
    kind: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.node-fail-cleared",
            "FAIL is removed: a replica, or a primary without slots, is back",
            wording(
                "Clear FAIL state for node <node:nodeid>: <kind:slave|master without slots> is reachable again.",
                "redis 3.0-4.0",
            ),
            wording(
                "Clear FAIL state for node <node:nodeid>: <kind:replica|master without slots> is reachable again.",
                "redis 5.0-7.0",
            ),
            wording(
                "Clear FAIL state for node <node:nodeid> (<node_alias:nodename>):<kind:replica|master without slots> is reachable again.",
                "redis 7.2+; valkey 7.2",
                source="cluster.c:clearNodeFailureIfNeeded,cluster_legacy.c:clearNodeFailureIfNeeded",
            ),
            wording(
                "Clear FAIL state for node <node:nodeid> (<node_alias:nodename>): <kind:replica|primary without slots> is reachable again.",
                "valkey 8.0+",
                source="cluster_legacy.c:clearNodeFailureIfNeeded",
            ),
            level="notice",
            roles="M,S",
            source="cluster.c:clearNodeFailureIfNeeded",
        ),
        message(
            "cluster.node-fail-cleared-primary",
            "FAIL is removed: a primary is back and nobody took its slots",
            wording(
                "Clear FAIL state for node <node:nodeid>: is reachable again and nobody is serving its slots after some time.",
                "redis 3.0-7.0",
            ),
            wording(
                "Clear FAIL state for node <node:nodeid> (<node_alias:nodename>): is reachable again and nobody is serving its slots after some time.",
                "redis 7.2+; valkey 7.2+",
                source="cluster.c:clearNodeFailureIfNeeded,cluster_legacy.c:clearNodeFailureIfNeeded",
            ),
            level="notice",
            roles="M,S",
            source="cluster.c:clearNodeFailureIfNeeded",
        ),
    )


@event
class NodeAddressChanged(Event):
    """A node is reached under another address than before.

    Source: Redis 3.0+, ``cluster.c:nodeUpdateAddressIfNeeded``.
    """

    CATEGORY = "cluster"

    node: str
    ip: str
    port: int
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.node-address",
            "a node moved to another address",
            wording("Address updated for node <node:nodeid>, now <ip:host>:<port:port>", "redis 3.0-7.0"),
            wording(
                "Address updated for node <node:nodeid> (<node_alias:nodename>), now <ip:host>:<port:port>",
                "redis 7.2+; valkey 7.2+",
                level="notice",
                source="cluster.c:nodeUpdateAddressIfNeeded,cluster_legacy.c:nodeUpdateAddressIfNeeded,cluster.c:clusterProcessGossipSection,cluster_legacy.c:clusterProcessGossipSection",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:nodeUpdateAddressIfNeeded",
        ),
    )
