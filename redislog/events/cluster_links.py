"""Links of the cluster bus, and why the cluster is down (Valkey 8.1+)."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster_legacy.c", level="debug", roles="M,S")


@event(_PRINTER, by="setClusterNodeToInboundClusterLink")
class BusLinkStep(Event):
    """Something happened on the links of the cluster bus; mostly for debugging.

    ``direction`` is that of the link. Source: Valkey 8.1+, ``cluster_legacy.c``.
    """

    node: str | None = None
    node_alias: str | None = None
    ip: str | None = None
    port: int | None = None
    direction: str | None = None
    type: str | None = None

    MESSAGES = (
        message("cluster.bound-cluster-node-to-connection-of", level="verbose")(
            "a connection was found to be a known node",
            "valkey 9.1+: Bound cluster node <node:nodeid> (<node_alias:nodename>) to connection of client <ip:host>:<port:port>",
        ),
        message("cluster.error-resolving-the-address-of-packet", by="clusterProcessPacket")(
            "the sender's address is not known any more",
            "valkey 9.1+: Error resolving the address of packet sender <node:nodeid> (<node_alias:nodename>)",
        ),
        message("cluster.error-resolving-the-inbound-connection-address", level="verbose")(
            "the node's address is not known any more",
            "valkey 9.1+: Error resolving the inbound connection address of node <node:nodeid> (<node_alias:nodename>)",
        ),
        message("cluster.freeing-cluster-link-for-node", by="freeClusterLink")(
            "a link is freed",
            "valkey 8.1+: Freeing cluster link for node: <node:linknode>:<direction:inbound|outbound> (<node_alias:nodename>)",
        ),
        message("cluster.sending-meet-packet-to-node-because")(
            "a node does not connect here, and is asked to",
            "valkey 8.1+, at notice, by clusterNodeCronHandleReconnect: Sending MEET packet to node <node:nodeid> (<node_alias:nodename>) because there is no inbound link for it",
        ),
        message("cluster.sending-packet-to-node-on-link", by="clusterSendPing")(
            "a packet is sent",
            "valkey 8.1+: Sending <type:msgtype> packet to node <node:linknode> (<node_alias:nodename>) on <direction:inbound|outbound> link",
        ),
        message("cluster.packet-received-from-from-client", by="clusterProcessPacket")(
            "a packet was received",
            "valkey 9.1+: <type:msgtype> packet received from: <node:linknode> (<node_alias:nodename>) from client: <ip:host>:<port:port>",
        ),
        message("cluster.processing-light-packet-of-type", by="clusterProcessLightPacket")(
            "a light packet is read", "valkey 8.1+: Processing light packet of type: <type:msgtype>"
        ),
        message("cluster.clusterbus-handshake-timeout", level="warning", by="clusterNodeCronHandleReconnect")(
            "a node did not answer a handshake",
            "valkey 8.1+: Clusterbus handshake timeout <ip:host>:<port:port>",
        ),
        message("cluster.deleting-node-from-cluster-view", by="clusterDelNode")(
            "a node is forgotten",
            "valkey 8.1+: Deleting node <node:nodeid> (<node_alias:nodename>) from cluster view",
        ),
    )


@event(_PRINTER, level="warning", by="clusterLogFailReason")
class ClusterDown(Event):
    """Why the cluster's state is fail, as this node sees it.

    Source: Valkey 8.1+, ``cluster_legacy.c:clusterLogFailReason``.
    """

    reason: str

    MESSAGES = (
        message("cluster.down-reason")(
            "why the cluster's state is fail", "valkey 8.1+: Cluster is currently down: <reason:text>"
        ),
    )
