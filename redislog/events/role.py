"""How a server changes its part: promoted, demoted, with new replication IDs."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord

_PRINTER = Printer("replication", "replication.c", level="notice", roles="M")


@event(_PRINTER)
class Promoted(Event):
    """The server became a primary.

    ``client`` is who asked: a user, a Sentinel, or in a coordinated FAILOVER the former primary. Source:
    Redis 2.6+, ``replication.c:slaveofCommand``.
    """

    client: ClientRecord | None = None

    MESSAGES = (
        message("role.promoted", by="slaveofCommand")(
            "REPLICAOF NO ONE: the server is now a primary",
            "redis 2.6: MASTER MODE enabled (user request)",
            "redis 2.8+; valkey 7.2, by {slaveof,replicaof}Command | valkey 8.0+, by replicaofCommand: <MASTER|PRIMARY> MODE enabled (user request from '<client:client>')",
        ),
        message("role.promoted-failover", by="syncCommand")(
            "FAILOVER: the server takes over as primary",
            "redis 6.2+; valkey 7.2 | valkey 8.0+: <MASTER|PRIMARY> MODE enabled (failover request from '<client:client>')",
        ),
    )


@event(_PRINTER, roles="S", by="slaveofCommand")
class Demoted(Event):
    """The server was told to follow a primary, or another one than before.

    ``client`` is who asked: a user or a Sentinel; IPv6 hosts are printed without brackets. Source: Redis
    2.6+, ``replication.c:slaveofCommand``.
    """

    host: str
    port: int
    client: ClientRecord | None = None

    MESSAGES = (
        message("role.demoted")(
            "REPLICAOF: the server now follows this host and port",
            "redis 2.6: SLAVE OF <host:host>:<port:port> enabled (user request)",
            "redis 2.8-4.0: SLAVE OF <host:host>:<port:port> enabled (user request from '<client:client>')",
            "5.0+, by replicaofCommand: REPLICAOF <host:host>:<port:port> enabled (user request from '<client:client>')",
        ),
    )


@event(_PRINTER, roles="S", by="replicaofCommand")
class ReplicaofIgnored(Event):
    """REPLICAOF named the primary that is followed already; nothing changes.

    Source: Redis 2.6+, ``replication.c:slaveofCommand``.
    """

    MESSAGES = (
        message("role.replicaof-noop")(
            "REPLICAOF names the primary that is followed already",
            "redis 2.6-4.0, by slaveofCommand: SLAVE OF would result into synchronization with the master we are already connected with. No operation performed.",
            "redis 5.0+; valkey 7.2 | valkey 8.0+: REPLICAOF would result into synchronization with the <master|primary> we are already connected with. No operation performed.",
        ),
    )


@event(_PRINTER, roles="S,M", by="replicationCacheMasterUsingMyself")
class OwnHistoryCached(Event):
    """A primary that becomes a replica keeps its own ID and offset, to ask its new primary for a partial sync.

    A replica of a Cluster that loads its dataset prints it too, as ``M``: it does not know its primary's address
    yet (``server.c:loadDataFromDisk``).

    Source: Redis 4.0+, ``replication.c:replicationCacheMasterUsingMyself``.
    """

    MESSAGES = (
        message("role.demoted-cached-self")(
            "a primary turned replica keeps its own history for a partial sync",
            "redis 4.0 | redis 5.0: Before turning into a <slave|replica>, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
            "redis 6.0+; valkey 7.2: Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
            "valkey 8.0+, by replicationCachePrimaryUsingMyself: Before turning into a replica, using my own primary parameters to synthesize a cached primary: I may be able to synchronize with the new primary with just a partial transfer.",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="shiftReplicationId")
class ReplicationIdShifted(Event):
    """On promotion the old history's ID is kept as second one, and a new one begins.

    ``replid2`` is the old ID, valid up to ``max_offset`` of the stream; ``replid`` is the new ID. Source:
    Redis 4.0+, ``replication.c:shiftReplicationId``.
    """

    replid2: str
    max_offset: int
    replid: str

    MESSAGES = (
        message("replica.replid-shifted")(
            "promotion: the old replication ID becomes the second one, and a new one begins",
            "4.0+: Setting secondary replication ID to <replid2:replid>, valid up to offset: <max_offset:offset>. New replication ID is <replid:replid>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", roles="M,S", by="debug.c:debugCommand")
class ReplicationIdReset(Event):
    """DEBUG change-repl-id gave the server new replication IDs: its replicas cannot continue by a partial
    sync.

    Source: Redis 4.0+, ``debug.c:debugCommand``.
    """

    MESSAGES = (
        message("primary.replid-changed-debug")(
            "DEBUG change-repl-id changes the replication IDs",
            "4.0+: Changing replication IDs after receiving DEBUG change-repl-id",
        ),
    )
