"""The cluster bus: its port, and the connections between nodes."""

from redislog.events.base import Event, event, message, wording


@event
class BusUnavailable(Event):
    """The node cannot open its port of the cluster bus, and exits.

    ``product``, ``product2`` and ``product3`` are the product's name, where Valkey prints it. Source: Redis
    3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    product: str | None = None
    product2: str | None = None
    product3: str | None = None
    port: int | None = None
    conn_type: str | None = None

    MESSAGES = (
        message(
            "cluster.port-too-high",
            "the server's port leaves no room for the port of the cluster bus",
            wording(
                "Redis port number too high. Cluster communication port is 10,000 port numbers higher than your Redis port. Your Redis port number must be lower than 55535.",
                "redis 3.0-6.0",
            ),
            wording(
                "Redis port number too high. Cluster communication port is 10,000 port numbers higher than your Redis port. Your Redis port number must be 55535 or less.",
                "redis 6.2+; valkey 7.2",
                source="cluster.c:clusterInit,cluster_legacy.c:clusterInit",
            ),
            wording(
                "<product:Valkey> port number too high. Cluster communication port is 10,000 port numbers higher than your <product2:Valkey> port. Your <product3:Valkey> port number must be 55535 or less.",
                "valkey 8.0+",
                source="cluster_legacy.c:clusterInit",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterInit",
        ),
        message(
            "cluster.listen-failed",
            "the port of the cluster bus cannot be opened",
            wording("Failed listening on port <port:port> (cluster), aborting.", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterInit,cluster.c:clusterInitListeners,cluster_legacy.c:clusterInitLast",
        ),
        message(
            "cluster.no-bind",
            "no address to bind the cluster bus to is configured",
            wording(
                "No bind address is configured, but it is required for the Cluster bus.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterInit,cluster_legacy.c:clusterInit",
        ),
        message(
            "cluster.no-connection-type",
            "the type of connection that the cluster bus needs is missing",
            wording(
                "Missing connection type <conn_type:tcp|unix|tls>, but it is required for the Cluster bus.",
                "redis 7.2+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterInitListeners,cluster_legacy.c:clusterInitLast",
        ),
    )


@event
class BusConnectionOpened(Event):
    """Another node connects to this one's cluster bus, or this one to the other's.

    ``ip`` and ``port`` are where a connection came from or goes to; ``node`` is set where this node connects.
    Source: Redis 3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    ip: str
    port: int
    node: str | None = None

    MESSAGES = (
        message(
            "cluster.bus-accepted",
            "a node connected to the cluster bus",
            wording("Accepted cluster node <ip:host>:<port:port>", "redis 3.0-5.0"),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterAcceptHandler",
        ),
        message(
            "cluster.bus-accepting",
            "a node connects to the cluster bus",
            wording(
                "Accepting cluster node connection from <ip:host>:<port:port>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterAcceptHandler,cluster_legacy.c:clusterAcceptHandler",
        ),
        message(
            "cluster.connecting",
            "connecting to the node's cluster bus",
            wording("Connecting with Node <node:nodeid> at <ip:host>:<port:port>", "redis 3.0+; valkey 7.2+"),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterCron,cluster.c:clusterLinkConnectHandler,cluster_legacy.c:clusterLinkConnectHandler",
        ),
    )


@event
class BusConnectionFailed(Event):
    """A connection between two cluster buses could not be made; the key says at which step.

    ``ip`` and ``port`` are the other node's, and ``node`` is its ID, where this node connects. Source: Redis
    3.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    error: str
    ip: str | None = None
    port: int | None = None
    node: str | None = None

    MESSAGES = (
        message(
            "cluster.bus-accept-error",
            "a connection to the cluster bus could not be accepted",
            wording("Error accepting cluster node: <error:errno>", "redis 3.0+; valkey 7.2+"),
            wording(
                "Error accepting cluster node connection: <error:errno>",
                "redis 6.0+; valkey 7.2+",
                source="cluster.c:clusterConnAcceptHandler,cluster.c:clusterAcceptHandler,cluster_legacy.c:clusterConnAcceptHandler,cluster_legacy.c:clusterAcceptHandler",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterAcceptHandler,cluster_legacy.c:clusterAcceptHandler",
        ),
        message(
            "cluster.bus-accept-create-error",
            "a connection to the cluster bus was accepted but could not be set up",
            wording(
                "Error creating an accepting connection for cluster node: <error:errno>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterAcceptHandler,cluster_legacy.c:clusterAcceptHandler",
        ),
        message(
            "cluster.connect-error",
            "a connection to the node's cluster bus could not be begun",
            wording(
                "Unable to connect to Cluster Node [<ip:host>]:<port:port> -> <error:errno>",
                "redis 3.0+; valkey 7.2+",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterCron,cluster.c:clusterNodeCronHandleReconnect,cluster_legacy.c:clusterNodeCronHandleReconnect",
        ),
        message(
            "cluster.connect-failed",
            "the connection to the node's cluster bus failed",
            wording(
                "Connection with Node <node:nodeid> at <ip:host>:<port:port> failed: <error:errno>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="verbose",
            roles="M,S",
            source="cluster.c:clusterLinkConnectHandler,cluster_legacy.c:clusterLinkConnectHandler",
        ),
        message(
            "cluster.peer-ip-error",
            "a node's address could not be read from its link",
            wording("Error converting peer IP to string: <error:errno|no link>", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="cluster.c:nodeIp2String,cluster_legacy.c:nodeIp2String",
        ),
    )


@event
class BusLinkFailed(Event):
    """A link of the cluster bus is lost by an error.

    ``reason`` is the error of the operating system, or what else ended it. Source: Redis 3.0+,
    ``cluster.c``.
    """

    CATEGORY = "cluster"

    reason: str
    node: str | None = None
    direction: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.link-read-error",
            "reading from a link of the cluster bus failed",
            wording(
                "I/O error reading from node link: <reason:errno|connection closed>",
                "redis 3.0+; valkey 7.2-8.0",
            ),
            wording(
                "I/O error reading from node link (<node:linknode>:<direction:inbound|outbound>): <reason:errno|connection closed>",
                "valkey 8.1-9.0",
                source="cluster_legacy.c:clusterReadHandler",
            ),
            wording(
                "I/O error reading from node link (<node:linknode>:<direction:inbound|outbound>) (<node_alias:nodename>): <reason:errno|connection closed>",
                "valkey 9.0+",
                source="cluster_legacy.c:clusterReadHandler",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterReadHandler,cluster_legacy.c:clusterReadHandler",
        ),
        message(
            "cluster.link-write-error",
            "writing to a link of the cluster bus failed",
            wording("I/O error writing to node link: <reason:errno>", "redis 3.0-4.0"),
            wording(
                "I/O error writing to node link: <reason:errno|short write>",
                "redis 5.0+; valkey 7.2+",
                source="cluster.c:clusterWriteHandler,cluster_legacy.c:clusterWriteHandler",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:clusterWriteHandler",
        ),
    )


@event
class BusLinkClosed(Event):
    """A link of the cluster bus was closed by this node; the key says why.

    ``bytes`` is the memory of the link; ``direction`` is ``from`` the node or ``to`` it; ``node`` is empty
    where the node is not known yet. ``n`` is the number of a packet's type. ``fd`` is the old file
    descriptor, ``fd2`` the new one. Source: Redis 7.0+, ``cluster.c``.
    """

    CATEGORY = "cluster"

    direction: str | None = None
    node: str | None = None
    bytes: int | None = None
    n: int | None = None
    fd: int | None = None
    fd2: int | None = None
    type: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message(
            "cluster.link-freed-limit",
            "a link's send buffer grew beyond the limit",
            wording(
                "Freeing cluster link(<direction:from|to> node <node:nodeid|>, used memory: <bytes:int>) due to exceeding send buffer memory limit.",
                "redis 7.0+; valkey 7.2-8.1",
            ),
            wording(
                "Freeing cluster link(<direction:from|to> node <node:nodeid|> (<node_alias:nodename>), used memory: <bytes:int>) due to exceeding send buffer memory limit.",
                "valkey 9.0+",
                source="cluster_legacy.c:freeClusterLinkOnBufferLimitReached",
            ),
            level="warning",
            roles="M,S",
            source="cluster.c:freeClusterLinkOnBufferLimitReached,cluster_legacy.c:freeClusterLinkOnBufferLimitReached",
        ),
        message(
            "cluster.link-closed-debug",
            "a link was closed by a packet that a test option names",
            wording("Closing link for matching packet type <n:int>", "valkey 7.2-8.0"),
            wording("Closing link for matching packet type <type:msgtype>", "valkey 8.1+"),
            level="warning",
            roles="M,S",
            source="cluster.c:clusterProcessPacket,cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.link-closed-light",
            "a link was closed because its first packet had the light header",
            wording(
                "Closing link for node that sent a lightweight message of type <n:int> as its first message on the link",
                "valkey 8.0",
            ),
            wording(
                "Closing link for node <node:linknode> that sent a lightweight message of type <type:msgtype> as its first message on the link",
                "valkey 8.1-9.0",
            ),
            wording(
                "Closing link for node <node:linknode> (<node_alias:nodename>) that sent a lightweight message of type <type:msgtype> as its first message on the link",
                "valkey 9.1+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.link-replaced",
            "a node's link is replaced by a newer one",
            wording(
                "Replacing inbound link fd <fd:int> from node <node:nodeid> with fd <fd2:int>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="debug",
            roles="M,S",
            source="cluster.c:setClusterNodeToInboundClusterLink,cluster_legacy.c:setClusterNodeToInboundClusterLink",
        ),
        message(
            "cluster.closing-link-even-though-we-received",
            "a MEET came on a connection that is broken",
            wording(
                "Closing link even though we received a MEET packet on it, because the connection has an error",
                "redis 8.2+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.closing-cluster-link-due-to-failure",
            "the address of a connection is not known any more",
            wording(
                "Closing cluster link due to failure to retrieve IP from the connection, possibly caused by a closed connection.",
                "valkey 8.1+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
        message(
            "cluster.freeing-outbound-link-to-node-after",
            "a MEET came from a node that is known",
            wording(
                "Freeing outbound link to node <node:nodeid> (<node_alias:nodename>) after receiving a MEET packet from this known node",
                "valkey 8.1+",
            ),
            level="notice",
            roles="M,S",
            source="cluster_legacy.c:clusterProcessPacket",
        ),
    )
