"""What cluster nodes tell each other: handshakes, packets, gossip.

Nodes are named by their 40 digit ID; a field ``..._alias`` is the announced human name of a node (7.2+),
often empty.
"""

from redislog.events.base import Event, event, message, wording


@event
class HandshakeAdvanced(Event):
    """The handshake with a node made a step; the key says which.

    The node is ``node``, ``sender``, or ``new_node`` where that is its own ID, and ``node`` the temporary
    one. Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    node: str | None = None
    sender: str | None = None
    sender_alias: str | None = None
    new_node: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.handshake-done",
            "the handshake with a node is complete",
            wording("Handshake with node <node:nodeid> completed.", "redis 3.0+; valkey 7.2-8.1"),
            wording(
                "Successfully completed handshake with <sender:nodeid> (<sender_alias:nodename>)",
                "valkey 7.2+",
                level="notice",
            ),
            wording(
                "Handshake with node <node:nodeid> (<node_alias:nodename>) completed.",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterProcessPacket",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.handshake-known",
            "the node of this handshake is known already",
            wording(
                "Handshake: we already know node <sender:nodeid>, updating the address if needed.",
                "redis 3.0-7.0",
            ),
            wording(
                "Handshake: we already know node <sender:nodeid> (<sender_alias:nodename>), updating the address if needed.",
                "redis 7.2+; valkey 7.2+",
                source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterProcessPacket",
        ),
        message(
            "cluster.node-renamed",
            "the temporary ID of a node is replaced by its own",
            wording("Renaming node <node:nodeid> into <new_node:nodeid>", "redis 3.0+; valkey 7.2"),
            wording(
                "Renaming node <node:nodeid> (<node_alias:nodename>) into <new_node:nodeid>",
                "valkey 8.0+",
                source="cluster_legacy.c:clusterRenameNode",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterRenameNode,cluster_legacy.c:clusterRenameNode",
        ),
    )


@event
class PongMismatched(Event):
    """Another node answers at a known address; the link is closed and the address forgotten.

    ``node`` was expected there, known for ``ms`` milliseconds; ``flags`` is its bit field of flags. Source:
    Redis 3.0+, ``cluster.c:clusterProcessPacket``.
    """

    CATEGORY = "cluster"

    node: str | None = None
    ms: int | None = None
    flags: int | None = None
    node_alias: str | None = None
    shard: str | None = None

    MESSAGES = (
        message(
            "cluster.pong-mismatch",
            "another node answers at a known address",
            wording("PONG contains mismatching sender ID", "redis 3.0"),
            wording(
                "PONG contains mismatching sender ID. About node <node:nodeid> added <ms:int> ms ago, having flags <flags:int>",
                "redis 3.2+; valkey 7.2",
                source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
            ),
            wording(
                "PONG contains mismatching sender ID. About node <node:nodeid> (<node_alias:nodename>) in shard <shard:shardid> added <ms:int> ms ago, having flags <flags:int>",
                "valkey 8.0+",
                level="notice",
                source="cluster_legacy.c:clusterProcessPacket",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterProcessPacket",
        ),
    )


@event
class PacketProcessed(Event):
    """A packet of the cluster bus was read, or a ping sent.

    ``type`` is its type by name; ``node`` is NULL where the sender is not known. In ``cluster.packet``, the
    last number is the length in bytes, a first one (up to 6.2) the number of the type. Source: Redis 3.0+,
    ``cluster.c``.
    """

    CATEGORY = "cluster"

    n: int | None = None
    n2: int | None = None
    type: str | None = None
    pointer: str | None = None
    node: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.packet",
            "a packet of this type and length is processed",
            wording("--- Processing packet of type <n:int>, <n2:int> bytes", "redis 3.0-6.2"),
            wording(
                "--- Processing packet of type <type:msgtype>, <n:int> bytes",
                "redis 7.0+; valkey 7.2+",
                source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterProcessPacket",
        ),
        message(
            "cluster.packet-ping",
            "a ping was received",
            wording("Ping packet received: <pointer:pointer>", "redis 3.0-6.2"),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterProcessPacket",
        ),
        message(
            "cluster.packet-received",
            "a ping, pong or meet packet was received",
            wording("<type:ping|pong> packet received: <pointer:pointer>", "redis 3.0-6.2"),
            wording(
                "<type:msgtype> packet received: <node:nodeid|NULL>",
                "redis 7.0+; valkey 7.2-8.1",
                source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterProcessPacket",
        ),
        message(
            "cluster.pinging",
            "a node is pinged",
            wording("Pinging node <node:nodeid>", "redis 3.0+; valkey 7.2-8.1"),
            wording(
                "Pinging node <node:nodeid> (<node_alias:nodename>)",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterCron",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterCron,cluster_legacy.c:clusterCron",
        ),
    )


@event
class PacketRejected(Event):
    """A packet of the cluster bus is not as it should be, and is not used.

    ``type`` is its type by name; ``n`` and ``n2`` are the number of a type, or lengths in bytes. Source:
    Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    n: int | None = None
    type: str | None = None
    n2: int | None = None
    ip: str | None = None
    port: int | None = None

    MESSAGES = (
        message(
            "cluster.packet-unknown",
            "the type of the packet is not known",
            wording("Received unknown packet type: <n:int>", "redis 3.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.packet-extension-unknown",
            "the type of an extension in the packet is not known",
            wording(
                "Received unknown extension type <n:int>",
                "redis 7.0+; valkey 7.2+",
                level="warning[redis 7.0-7.4; valkey 7.2+] verbose[redis 8.0+]",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPingExtensions,cluster_legacy.c:clusterProcessPingExtensions",
        ),
        message(
            "cluster.packet-padding",
            "an extension in the packet is not padded to 8 bytes",
            wording(
                "Received a <type:msgtype> packet without proper padding (<n:int> bytes)",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket",
        ),
        message(
            "cluster.packet-extension-length",
            "an extension is longer than the packet",
            wording(
                "Received invalid <type:msgtype> packet with extension data that exceeds total packet length (<n:int>)",
                "redis 7.0+; valkey 7.2+",
            ),
            wording(
                "Received invalid <type:msgtype> packet with gossip count <n:int> that exceeds total packet length (<n2:int>)",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterIsValidPacket",
            ),
            wording(
                "Received invalid <type:msgtype> packet with channel length that exceeds total packet length (<n:int>)",
                "valkey 9.1+",
                source="cluster_legacy.c:clusterIsValidPacket",
            ),
            wording(
                "Received invalid <type:msgtype> packet with message length that exceeds total packet length (<n:int>)",
                "valkey 9.1+",
                source="cluster_legacy.c:clusterIsValidPacket",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket",
        ),
        message(
            "cluster.packet-length",
            "the length of the packet is not that of its contents",
            wording(
                "Received invalid <type:msgtype> packet of length <n:int> but expected length <n2:int>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket",
        ),
        message(
            "cluster.packet-light-invalid",
            "a packet of this type must not have the light header",
            wording(
                "Packet of type '<type:msgtype>' (<n:int>) does not support light cluster header. Marking packet as invalid.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterIsValidPacket",
        ),
        message(
            "cluster.bad-message",
            "what came over the link has no valid length or signature",
            wording(
                "Bad message length or signature received from Cluster bus.",
                "redis 3.0-7.0",
                source="cluster.c:clusterReadHandler",
            ),
            wording(
                "Bad message length or signature received on the Cluster bus.",
                "redis 7.2+; valkey 7.2+",
            ),
            wording(
                "Bad message length or signature received on the Cluster bus from <ip:host>:<port:port>",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterReadHandler,cluster_legacy.c:clusterReadHandler",
        ),
        message(
            "cluster.received-invalid-packet-with-module-payload",
            "the length of a module message exceeds the packet",
            wording(
                "Received invalid <type:msgtype> packet with module payload length that exceeds total packet length (<n:int>)",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="cluster_legacy.c:clusterIsValidPacket",
        ),
    )


@event
class PacketIgnored(Event):
    """A packet was dropped or ignored, though nothing is wrong with its form; the key says why.

    ``sender_epoch`` is the configuration epoch in the packet, ``epoch`` the known one. Source: Redis 3.0+,
    ``cluster.c``.
    """

    CATEGORY = "cluster"

    sender: str | None = None
    sender_alias: str | None = None
    shard: str | None = None
    sender_epoch: int | None = None
    epoch: int | None = None
    type: str | None = None

    MESSAGES = (
        message(
            "cluster.packet-dropped-debug",
            "a packet was dropped by a test option",
            wording("Dropping packet that matches debug drop filter", "redis 7.0+; valkey 7.2-8.0"),
            wording(
                "Dropping packet of type <type:msgtype> that matches debug drop filter",
                "valkey 8.1+",
                source="cluster_legacy.c:clusterIsValidPacket",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket,cluster_legacy.c:clusterIsValidPacket",
        ),
        message(
            "cluster.stale-message",
            "a message with an old epoch was ignored",
            wording(
                "Ignore stale message from <sender:nodeid> (<sender_alias:nodename>) in shard <shard:shardid>; gossip config epoch: <sender_epoch:epoch>, current config epoch: <epoch:epoch>",
                "redis 7.4+; valkey 8.0+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.update-about-myself",
            "an UPDATE about this node itself was ignored",
            wording("Discarding UPDATE message about myself.", "redis 3.0+; valkey 7.2+"),
            level="warning[redis 3.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="cluster.c:clusterUpdateSlotsConfigWith,cluster_legacy.c:clusterUpdateSlotsConfigWith",
        ),
    )


@event
class ExtensionNotSent(Event):
    """A ping went out without extensions, since it is not known whether the node reads them.

    Source: Valkey 7.2+, ``cluster.c:clusterSendPing``.
    """

    CATEGORY = "cluster"

    MESSAGES = (
        message(
            "cluster.extension-send",
            "extensions were left out of a ping",
            wording("Unable to send extensions data, however setting ext data flag to true", "valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterSendPing,cluster_legacy.c:clusterSendPing",
        ),
    )
