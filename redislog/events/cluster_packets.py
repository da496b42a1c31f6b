"""What cluster nodes tell each other: handshakes, packets, gossip.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="debug", roles="M,S")


@event(_PRINTER)
class HandshakeAdvanced(Event):
    """The handshake with a node made a step; the key says which.

    The node is ``node``, ``sender``, or ``new_node`` where that is its own ID, and ``node`` the temporary
    one. Source: Redis 3.0+, ``cluster.c``.
    """

    node: str | None = None
    sender: str | None = None
    sender_alias: str | None = None
    new_node: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.handshake-done", by="clusterProcessPacket")(
            "the handshake with a node is complete",
            "redis 3.0+; valkey 7.2-8.1: Handshake with node <node:nodeid> completed.",
            "valkey 7.2+, at notice: Successfully completed handshake with <sender:nodeid> (<sender_alias:nodename>)",
            "valkey 9.0+, by cluster_legacy.c:clusterProcessPacket: Handshake with node <node:nodeid> (<node_alias:nodename>) completed.",
        ),
        message("cluster.handshake-known", level="verbose", by="cluster.c:clusterProcessPacket")(
            "the node of this handshake is known already",
            "redis 3.0-7.0: Handshake: we already know node <sender:nodeid>, updating the address if needed.",
            "7.2+, by clusterProcessPacket: Handshake: we already know node <sender:nodeid> (<sender_alias:nodename>), updating the address if needed.",
        ),
        message("cluster.node-renamed", by="clusterRenameNode")(
            "the temporary ID of a node is replaced by its own",
            "redis 3.0+; valkey 7.2: Renaming node <node:nodeid> into <new_node:nodeid>",
            "valkey 8.0+, by cluster_legacy.c:clusterRenameNode: Renaming node <node:nodeid> (<node_alias:nodename>) into <new_node:nodeid>",
        ),
    )


@event(_PRINTER, by="cluster.c:clusterProcessPacket")
class PongMismatched(Event):
    """Another node answers at a known address; the link is closed and the address forgotten.

    ``node`` was expected there, known for ``ms`` milliseconds; ``flags`` is its bit field of flags. Source:
    Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    node: str | None = None
    ms: int | None = None
    flags: int | None = None
    node_alias: str | None = None
    shard: str | None = None

    MESSAGES = (
        message("cluster.pong-mismatch")(
            "another node answers at a known address",
            "redis 3.0: PONG contains mismatching sender ID",
            "redis 3.2+; valkey 7.2, by clusterProcessPacket: PONG contains mismatching sender ID. About node <node:nodeid> added <ms:int> ms ago, having flags <flags:int>",
            "valkey 8.0+, at notice, by cluster_legacy.c:clusterProcessPacket: PONG contains mismatching sender ID. About node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid> added <ms:int> ms ago, having flags <flags:int>",
        ),
    )


@event(_PRINTER, by="cluster.c:clusterProcessPacket")
class PacketProcessed(Event):
    """A packet of the cluster bus was read, or a ping sent.

    ``type`` is its type by name; ``node`` is NULL where the sender is not known. In ``cluster.packet``, the
    last number is the length in bytes, a first one (up to 6.2) the number of the type. Source: Redis 3.0+,
    ``cluster.c``.
    """

    n: int | None = None
    n2: int | None = None
    type: str | None = None
    pointer: str | None = None
    node: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.packet")(
            "a packet of this type and length is processed",
            "redis 3.0-6.2: --- Processing packet of type <n:int>, <n2:int> bytes",
            "7.0+, by clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket: --- Processing packet of type <type:msgtype>, <n:int> bytes",
        ),
        message("cluster.packet-ping")(
            "a ping was received", "redis 3.0-6.2: Ping packet received: <pointer:pointer>"
        ),
        message("cluster.packet-received")(
            "a ping, pong or meet packet was received",
            "redis 3.0-6.2: <type:ping|pong> packet received: <pointer:pointer>",
            "redis 7.0+; valkey 7.2-8.1, by clusterProcessPacket: <type:msgtype> packet received: <node:nodeid|NULL>",
        ),
        message("cluster.pinging", by="clusterCron")(
            "a node is pinged",
            "redis 3.0+; valkey 7.2-8.1: Pinging node <node:nodeid>",
            "valkey 9.0+, by cluster_legacy.c:clusterCron: Pinging node <node:nodeid> (<node_alias:nodename>)",
        ),
    )


@event(_PRINTER, level="warning", by="cluster_legacy.c:clusterIsValidPacket")
class PacketRejected(Event):
    """A packet of the cluster bus is not as it should be, and is not used.

    ``type`` is its type by name; ``n`` and ``n2`` are the number of a type, or lengths in bytes. Source:
    Redis 3.0+, ``cluster.c``.
    """

    n: int | None = None
    type: str | None = None
    n2: int | None = None
    ip: str | None = None
    port: int | None = None

    MESSAGES = (
        message("cluster.packet-unknown", by="clusterProcessPacket")(
            "the type of the packet is not known", "3.0+: Received unknown packet type: <n:int>"
        ),
        message("cluster.packet-extension-unknown")(
            "the type of an extension in the packet is not known",
            "7.0+, at warning[redis 7.0-7.4; valkey 7.2+] verbose[redis 8.0+], by clusterProcessPingExtensions: Received unknown extension type <n:int>",
        ),
        message("cluster.packet-padding", by="clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket")(
            "an extension in the packet is not padded to 8 bytes",
            "7.0+: Received a <type:msgtype> packet without proper padding (<n:int> bytes)",
        ),
        message("cluster.packet-extension-length")(
            "an extension is longer than the packet",
            "7.0+, by clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket: Received invalid <type:msgtype> packet with extension data that exceeds total packet length (<n:int>)",
            "valkey 9.0+: Received invalid <type:msgtype> packet with gossip count <n:int> that exceeds total packet length (<n2:int>)",
            "valkey 9.1+: Received invalid <type:msgtype> packet with <channel|message> length that exceeds total packet length (<n:int>)",
        ),
        message("cluster.packet-length", by="clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket")(
            "the length of the packet is not that of its contents",
            "7.0+: Received invalid <type:msgtype> packet of length <n:int> but expected length <n2:int>",
        ),
        message("cluster.packet-light-invalid", level="notice")(
            "a packet of this type must not have the light header",
            "valkey 8.0+: Packet of type '<type:msgtype>' (<n:int>) does not support light cluster header. Marking packet as invalid.",
        ),
        message("cluster.bad-message", by="clusterReadHandler")(
            "what came over the link has no valid length or signature",
            "redis 3.0-7.0, by cluster.c:clusterReadHandler: Bad message length or signature received from Cluster bus.",
            "7.2+: Bad message length or signature received on the Cluster bus.",
            "7.2+: Bad message length or signature received on the Cluster bus from <ip:host>:<port:port>",
        ),
        message("cluster.received-invalid-packet-with-module-payload")(
            "the length of a module message exceeds the packet",
            "valkey 9.1+: Received invalid <type:msgtype> packet with module payload length that exceeds total packet length (<n:int>)",
        ),
    )


@event(_PRINTER, level="warning")
class PacketIgnored(Event):
    """A packet was dropped or ignored, though nothing is wrong with its form; the key says why.

    ``sender_epoch`` is the configuration epoch in the packet, ``epoch`` the known one. Source: Redis 3.0+,
    ``cluster.c``.
    """

    sender: str | None = None
    sender_alias: str | None = None
    shard: str | None = None
    sender_epoch: int | None = None
    epoch: int | None = None
    type: str | None = None

    MESSAGES = (
        message(
            "cluster.packet-dropped-debug", by="clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket"
        )(
            "a packet was dropped by a test option",
            "redis 7.0+; valkey 7.2-8.0: Dropping packet that matches debug drop filter",
            "valkey 8.1+, by cluster_legacy.c:clusterIsValidPacket: Dropping packet of type <type:msgtype> that matches debug drop filter",
        ),
        message("cluster.stale-message", level="notice", by="cluster_legacy.c:clusterProcessPacket")(
            "a message with an old epoch was ignored",
            "redis 7.4+; valkey 8.0+: Ignore stale message from <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>; gossip config epoch: <sender_epoch:epoch>, current config epoch: <epoch:epoch>",
        ),
        message("cluster.update-about-myself")(
            "an UPDATE about this node itself was ignored",
            "3.0+, at warning until 7.0, then notice, by clusterUpdateSlotsConfigWith: Discarding UPDATE message about myself.",
        ),
    )


@event(_PRINTER, by="clusterSendPing")
class ExtensionNotSent(Event):
    """A ping went out without extensions, since it is not known whether the node reads them.

    Source: Valkey 7.2+, ``cluster.c:clusterSendPing``.
    """

    MESSAGES = (
        message("cluster.extension-send")(
            "extensions were left out of a ping",
            "valkey 7.2+: Unable to send extensions data, however setting ext data flag to true",
        ),
    )
