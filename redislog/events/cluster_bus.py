"""The cluster bus: its port, and the connections between nodes."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("cluster", "cluster{,_legacy}.c", level="warning", roles="M,S")


@event(_PRINTER)
class BusUnavailable(Event):
    """The node cannot open its port of the cluster bus, and exits.

    ``product``, ``product2`` and ``product3`` are the product's name, where Valkey prints it. Source: Redis
    3.0+, ``cluster.c``.
    """

    product: str | None = None
    product2: str | None = None
    product3: str | None = None
    port: int | None = None
    conn_type: str | None = None

    MESSAGES = (
        message("cluster.port-too-high", by="cluster.c:clusterInit")(
            "the server's port leaves no room for the port of the cluster bus",
            "redis 3.0-6.0: Redis port number too high. Cluster communication port is 10,000 port numbers higher than your Redis port. Your Redis port number must be lower than 55535.",
            "redis 6.2+; valkey 7.2, by clusterInit: Redis port number too high. Cluster communication port is 10,000 port numbers higher than your Redis port. Your Redis port number must be 55535 or less.",
            "valkey 8.0+, by cluster_legacy.c:clusterInit: <product:Valkey> port number too high. Cluster communication port is 10,000 port numbers higher than your <product2:Valkey> port. Your <product3:Valkey> port number must be 55535 or less.",
        ),
        message("cluster.listen-failed")(
            "the port of the cluster bus cannot be opened",
            "6.2+, by cluster.c:clusterInit,cluster.c:clusterInitListeners,cluster_legacy.c:clusterInitLast: Failed listening on port <port:port> (cluster), aborting.",
        ),
        message("cluster.no-bind", by="clusterInit")(
            "no address to bind the cluster bus to is configured",
            "7.0+: No bind address is configured, but it is required for the Cluster bus.",
        ),
        message("cluster.no-connection-type")(
            "the type of connection that the cluster bus needs is missing",
            "7.2+, by cluster.c:clusterInitListeners,cluster_legacy.c:clusterInitLast: Missing connection type <conn_type:tcp|unix|tls>, but it is required for the Cluster bus.",
        ),
    )


@event(_PRINTER, level="verbose")
class BusConnectionOpened(Event):
    """Another node connects to this one's cluster bus, or this one to the other's.

    ``ip`` and ``port`` are where a connection came from or goes to; ``node`` is set where this node connects.
    Source: Redis 3.0+, ``cluster.c``.
    """

    ip: str
    port: int
    node: str | None = None

    MESSAGES = (
        message("cluster.bus-accepted", by="cluster.c:clusterAcceptHandler")(
            "a node connected to the cluster bus",
            "redis 3.0-5.0: Accepted cluster node <ip:host>:<port:port>",
        ),
        message("cluster.bus-accepting", by="clusterAcceptHandler")(
            "a node connects to the cluster bus",
            "6.0+: Accepting cluster node connection from <ip:host>:<port:port>",
        ),
        message("cluster.connecting")(
            "connecting to the node's cluster bus",
            "3.0+, at debug, by cluster.c:clusterCron,cluster{,_legacy}.c:clusterLinkConnectHandler: Connecting with Node <node:nodeid> at <ip:host>:<port:port>",
        ),
    )


@event(_PRINTER, level="verbose", by="clusterAcceptHandler")
class BusConnectionFailed(Event):
    """A connection between two cluster buses could not be made; the key says at which step.

    ``ip`` and ``port`` are the other node's, and ``node`` is its ID, where this node connects. Source: Redis
    3.0+, ``cluster.c``.
    """

    error: str
    ip: str | None = None
    port: int | None = None
    node: str | None = None

    MESSAGES = (
        message("cluster.bus-accept-error")(
            "a connection to the cluster bus could not be accepted",
            "3.0+: Error accepting cluster node: <error:errno>",
            "6.0+, by cluster.c:cluster{Conn,}AcceptHandler,cluster_legacy.c:cluster{Conn,}AcceptHandler: Error accepting cluster node connection: <error:errno>",
        ),
        message("cluster.bus-accept-create-error")(
            "a connection to the cluster bus was accepted but could not be set up",
            "6.0+: Error creating an accepting connection for cluster node: <error:errno>",
        ),
        message("cluster.connect-error")(
            "a connection to the node's cluster bus could not be begun",
            "3.0+, at debug, by cluster.c:clusterCron,cluster{,_legacy}.c:clusterNodeCronHandleReconnect: Unable to connect to Cluster Node [<ip:host>]:<port:port> -> <error:errno>",
        ),
        message("cluster.connect-failed", by="clusterLinkConnectHandler")(
            "the connection to the node's cluster bus failed",
            "6.0+: Connection with Node <node:nodeid> at <ip:host>:<port:port> failed: <error:errno>",
        ),
        message("cluster.peer-ip-error", level="notice", by="nodeIp2String")(
            "a node's address could not be read from its link",
            "7.0+: Error converting peer IP to string: <error:errno|no link>",
        ),
    )


@event(_PRINTER, level="debug")
class BusLinkFailed(Event):
    """A link of the cluster bus is lost by an error.

    ``reason`` is the error of the operating system, or what else ended it. Source: Redis 3.0+,
    ``cluster.c``.
    """

    reason: str
    node: str | None = None
    direction: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.link-read-error", by="cluster_legacy.c:clusterReadHandler")(
            "reading from a link of the cluster bus failed",
            "redis 3.0+; valkey 7.2-8.0, by clusterReadHandler: I/O error reading from node link: <reason:errno|connection closed>",
            "valkey 8.1-9.0: I/O error reading from node link (<node:linknode>:<direction:inbound|outbound>): <reason:errno|connection closed>",
            "valkey 9.0+: I/O error reading from node link (<node:linknode>:<direction:inbound|outbound>) (<node_alias:nodename>): <reason:errno|connection closed>",
        ),
        message("cluster.link-write-error", by="cluster.c:clusterWriteHandler")(
            "writing to a link of the cluster bus failed",
            "redis 3.0-4.0: I/O error writing to node link: <reason:errno>",
            "5.0+, by clusterWriteHandler: I/O error writing to node link: <reason:errno|short write>",
        ),
    )


@event(_PRINTER, level="notice", by="cluster_legacy.c:clusterProcessPacket")
class BusLinkClosed(Event):
    """A link of the cluster bus was closed by this node; the key says why.

    ``bytes`` is the memory of the link; ``direction`` is ``from`` the node or ``to`` it; ``node`` is empty
    where the node is not known yet. ``n`` is the number of a packet's type. ``fd`` is the old file
    descriptor, ``fd2`` the new one. Source: Redis 7.0+, ``cluster.c``.
    """

    direction: str | None = None
    node: str | None = None
    bytes: int | None = None
    n: int | None = None
    fd: int | None = None
    fd2: int | None = None
    type: str | None = None
    node_alias: str | None = None

    MESSAGES = (
        message("cluster.link-freed-limit", level="warning", by="freeClusterLinkOnBufferLimitReached")(
            "a link's send buffer grew beyond the limit",
            "redis 7.0+; valkey 7.2-8.1: Freeing cluster link(<direction:from|to> node <node:nodeid|>, used memory: <bytes:int>) due to exceeding send buffer memory limit.",
            "valkey 9.0+, by cluster_legacy.c:freeClusterLinkOnBufferLimitReached: Freeing cluster link(<direction:from|to> node <node:nodeid|> (<node_alias:nodename>), used memory: <bytes:int>) due to exceeding send buffer memory limit.",
        ),
        message("cluster.link-closed-debug", level="warning", by="clusterProcessPacket")(
            "a link was closed by a packet that a test option names",
            "valkey 7.2-8.0: Closing link for matching packet type <n:int>",
            "valkey 8.1+: Closing link for matching packet type <type:msgtype>",
        ),
        message("cluster.link-closed-light")(
            "a link was closed because its first packet had the light header",
            "valkey 8.0: Closing link for node that sent a lightweight message of type <n:int> as its first message on the link",
            "valkey 8.1-9.0: Closing link for node <node:linknode> that sent a lightweight message of type <type:msgtype> as its first message on the link",
            "valkey 9.1+: Closing link for node <node:linknode> (<node_alias:nodename>) that sent a lightweight message of type <type:msgtype> as its first message on the link",
        ),
        message("cluster.link-replaced", level="debug", by="setClusterNodeToInboundClusterLink")(
            "a node's link is replaced by a newer one",
            "7.0+: Replacing inbound link fd <fd:int> from node <node:nodeid> with fd <fd2:int>",
        ),
        message("cluster.closing-link-even-though-we-received")(
            "a MEET came on a connection that is broken",
            "redis 8.2+: Closing link even though we received a MEET packet on it, because the connection has an error",
        ),
        message("cluster.closing-cluster-link-due-to-failure")(
            "the address of a connection is not known any more",
            "valkey 8.1+: Closing cluster link due to failure to retrieve IP from the connection, possibly caused by a closed connection.",
        ),
        message("cluster.freeing-outbound-link-to-node-after")(
            "a MEET came from a node that is known",
            "valkey 8.1+: Freeing outbound link to node <node:nodeid> (<node_alias:nodename>) after receiving a MEET packet from this known node",
        ),
    )
