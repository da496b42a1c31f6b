"""What nodes of the Cluster tell each other of third ones."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import Quoted

_PRINTER = Printer("cluster", "cluster_legacy.c", level="warning", roles="M,S")


@event(_PRINTER, level="debug", by="cluster.c:clusterProcessGossipSection")
class GossipReceived(Event):
    """What another node says of a third one: its address and its flags.

    ``cport`` is the port of its cluster bus; ``flags`` are words, joined by commas. Source: Redis 3.0+,
    ``cluster.c:clusterProcessGossipSection``.
    """

    node: str
    ip: str
    port: int
    flags: str
    cport: int | None = None

    MESSAGES = (
        message("cluster.gossip")(
            "a node's address and flags, by gossip",
            "redis 3.0-3.2: GOSSIP <node:nodeid> <ip:host>:<port:port> <flags:flags>",
            "4.0+, by cluster{,_legacy}.c:clusterProcessGossipSection: GOSSIP <node:nodeid> <ip:host>:<port:port>@<cport:port> <flags:flags>",
        ),
    )


@event(_PRINTER, by="clusterProcessGossipSection")
class GossipInvalid(Event):
    """Gossip about nodes whose IDs are not valid.

    ``node`` is the invalid ID as received, ``bytes`` its bytes and the 8 after it; ``count`` is the number of
    such nodes. Source: Redis 7.4+, ``cluster_legacy.c``.
    """

    node: str | None = None
    bytes: Quoted | None = None
    sender: str | None = None
    sender_alias: str | None = None
    count: int | None = None

    MESSAGES = (
        message("cluster.gossip-invalid-id", by="verifyGossipSectionNodeIds")(
            "gossip about a node with an invalid ID",
            "redis 7.4+; valkey 8.0+: Received gossip about a node with invalid ID <node:text>. For debugging purposes, the 48 bytes including the invalid ID and 8 trailing bytes are: <bytes:quoted>",
        ),
        message("cluster.gossip-invalid-count")(
            "a node gossiped about nodes with invalid IDs",
            "redis 7.4+; valkey 8.0+: Node <sender:nodeid> (<sender_alias:nodename>) gossiped <count:int> nodes with invalid IDs.",
        ),
        message("cluster.gossip-invalid-count-unknown")(
            "an unknown node gossiped about nodes with invalid IDs",
            "redis 7.4+; valkey 8.0+: Unknown node gossiped <count:int> nodes with invalid IDs.",
        ),
    )
