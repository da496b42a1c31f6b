"""Links of the cluster bus, and why the cluster is down (Valkey 8.1+)."""

from redislog.events.base import Event, event, message, wording


@event
class BusLinkStep(Event):
    """Something happened on the links of the cluster bus; mostly for debugging.

    ``direction`` is that of the link. Source: Valkey 8.1+, ``cluster_legacy.c``.
    """

    CATEGORY = "cluster"

    node: str | None = None
    node_alias: str | None = None
    ip: str | None = None
    port: int | None = None
    direction: str | None = None
    type: str | None = None

    MESSAGES = (
        message(
            "cluster.bound-cluster-node-to-connection-of",
            "a connection was found to be a known node",
            wording(
                "Bound cluster node <node:nodeid> (<node_alias:nodename>) to connection of client <ip:host>:<port:port>",
                "valkey 9.1+",
            ),
            level="verbose",
            roles="M,S",
            source="cluster_legacy.c:setClusterNodeToInboundClusterLink",
        ),
        message(
            "cluster.error-resolving-the-address-of-packet",
            "the sender's address is not known any more",
            wording(
                "Error resolving the address of packet sender <node:nodeid> (<node_alias:nodename>)",
                "valkey 9.1+",
            ),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.error-resolving-the-inbound-connection-address",
            "the node's address is not known any more",
            wording(
                "Error resolving the inbound connection address of node <node:nodeid> (<node_alias:nodename>)",
                "valkey 9.1+",
            ),
            level="verbose",
            roles="M,S",
            source="cluster_legacy.c:setClusterNodeToInboundClusterLink",
        ),
        message(
            "cluster.freeing-cluster-link-for-node",
            "a link is freed",
            wording(
                "Freeing cluster link for node: <node:linknode>:<direction:inbound|outbound> (<node_alias:nodename>)",
                "valkey 8.1+",
            ),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:freeClusterLink",
        ),
        message(
            "cluster.sending-meet-packet-to-node-because",
            "a node does not connect here, and is asked to",
            wording(
                "Sending MEET packet to node <node:nodeid> (<node_alias:nodename>) because there is no inbound link for it",
                "valkey 8.1+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterNodeCronHandleReconnect",
        ),
        message(
            "cluster.sending-packet-to-node-on-link",
            "a packet is sent",
            wording(
                "Sending <type:msgtype> packet to node <node:linknode> (<node_alias:nodename>) on <direction:inbound|outbound> link",
                "valkey 8.1+",
            ),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:clusterSendPing",
        ),
        message(
            "cluster.packet-received-from-from-client",
            "a packet was received",
            wording(
                "<type:msgtype> packet received from: <node:linknode> (<node_alias:nodename>) from client: <ip:host>:<port:port>",
                "valkey 9.1+",
            ),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.processing-light-packet-of-type",
            "a light packet is read",
            wording("Processing light packet of type: <type:msgtype>", "valkey 8.1+"),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessLightPacket",
        ),
        message(
            "cluster.clusterbus-handshake-timeout",
            "a node did not answer a handshake",
            wording("Clusterbus handshake timeout <ip:host>:<port:port>", "valkey 8.1+"),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterNodeCronHandleReconnect",
        ),
        message(
            "cluster.deleting-node-from-cluster-view",
            "a node is forgotten",
            wording("Deleting node <node:nodeid> (<node_alias:nodename>) from cluster view", "valkey 8.1+"),
            level="debug",
            roles="M,S",
            source="cluster_legacy.c:clusterDelNode",
        ),
    )


@event
class ClusterDown(Event):
    """Why the cluster's state is fail, as this node sees it.

    Source: Valkey 8.1+, ``cluster_legacy.c:clusterLogFailReason``.
    """

    CATEGORY = "cluster"

    reason: str

    MESSAGES = (
        message(
            "cluster.down-reason",
            "why the cluster's state is fail",
            wording("Cluster is currently down: <reason:text>", "valkey 8.1+"),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterLogFailReason",
        ),
    )
