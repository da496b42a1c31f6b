"""What nodes of the Cluster tell each other of third ones."""

from redislog.events.base import Event, event, message, wording
from redislog.values import Quoted


@event
class GossipReceived(Event):
    """What another node says of a third one: its address and its flags.

    ``cport`` is the port of its cluster bus; ``flags`` are words, joined by commas. Source: Redis 3.0+,
    ``cluster.c:clusterProcessGossipSection``.
    """

    CATEGORY = "cluster"

    node: str
    ip: str
    port: int
    flags: str
    cport: int | None = None

    MESSAGES = (
        message(
            "cluster.gossip",
            "a node's address and flags, by gossip",
            wording("GOSSIP <node:nodeid> <ip:host>:<port:port> <flags:flags>", "redis 3.0-3.2"),
            wording(
                "GOSSIP <node:nodeid> <ip:host>:<port:port>@<cport:port> <flags:flags>",
                "redis 4.0+; valkey 7.2+",
                source="cluster.c:clusterProcessGossipSection,cluster_legacy.c:clusterProcessGossipSection",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterProcessGossipSection",
        ),
    )


@event
class GossipInvalid(Event):
    """Gossip about nodes whose IDs are not valid.

    ``node`` is the invalid ID as received, ``bytes`` its bytes and the 8 after it; ``count`` is the number of
    such nodes. Source: Redis 7.4+, ``cluster_legacy.c``.
    """

    CATEGORY = "cluster"

    node: str | None = None
    bytes: Quoted | None = None
    sender: str | None = None
    sender_alias: str | None = None
    count: int | None = None

    MESSAGES = (
        message(
            "cluster.gossip-invalid-id",
            "gossip about a node with an invalid ID",
            wording(
                "Received gossip about a node with invalid ID <node:text>. For debugging purposes, the 48 bytes including the invalid ID and 8 trailing bytes are: <bytes:quoted>",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:verifyGossipSectionNodeIds",
        ),
        message(
            "cluster.gossip-invalid-count",
            "a node gossiped about nodes with invalid IDs",
            wording(
                "Node <sender:nodeid> (<sender_alias:nodename>) gossiped <count:int> nodes with invalid IDs.",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessGossipSection",
        ),
        message(
            "cluster.gossip-invalid-count-unknown",
            "an unknown node gossiped about nodes with invalid IDs",
            wording("Unknown node gossiped <count:int> nodes with invalid IDs.", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessGossipSection",
        ),
    )
