"""How a server changes its part: promoted, demoted, with new replication IDs."""

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord


@event
class Promoted(Event):
    """The server became a primary.

    ``client`` is who asked: a user, a Sentinel, or in a coordinated FAILOVER the former primary. Source:
    Redis 2.6+, ``replication.c:slaveofCommand``.
    """

    CATEGORY = "replication"

    client: ClientRecord | None = None

    MESSAGES = (
        message(
            "role.promoted",
            "REPLICAOF NO ONE: the server is now a primary",
            wording("MASTER MODE enabled (user request)", "redis 2.6"),
            wording(
                "MASTER MODE enabled (user request from '<client:client>')",
                "redis 2.8+; valkey 7.2",
                source="replication.c:slaveofCommand,replication.c:replicaofCommand",
            ),
            wording(
                "PRIMARY MODE enabled (user request from '<client:client>')",
                "valkey 8.0+",
                source="replication.c:replicaofCommand",
            ),
            level="notice",
            roles="M",
            source="replication.c:slaveofCommand",
        ),
        message(
            "role.promoted-failover",
            "FAILOVER: the server takes over as primary",
            wording(
                "MASTER MODE enabled (failover request from '<client:client>')", "redis 6.2+; valkey 7.2"
            ),
            wording("PRIMARY MODE enabled (failover request from '<client:client>')", "valkey 8.0+"),
            level="notice",
            roles="M",
            source="replication.c:syncCommand",
        ),
    )


@event
class Demoted(Event):
    """The server was told to follow a primary, or another one than before.

    ``client`` is who asked: a user or a Sentinel; IPv6 hosts are printed without brackets. Source: Redis
    2.6+, ``replication.c:slaveofCommand``.
    """

    CATEGORY = "replication"

    host: str
    port: int
    client: ClientRecord | None = None

    MESSAGES = (
        message(
            "role.demoted",
            "REPLICAOF: the server now follows this host and port",
            wording("SLAVE OF <host:host>:<port:port> enabled (user request)", "redis 2.6"),
            wording(
                "SLAVE OF <host:host>:<port:port> enabled (user request from '<client:client>')",
                "redis 2.8-4.0",
            ),
            wording(
                "REPLICAOF <host:host>:<port:port> enabled (user request from '<client:client>')",
                "redis 5.0+; valkey 7.2+",
                source="replication.c:replicaofCommand",
            ),
            level="notice",
            roles="S",
            source="replication.c:slaveofCommand",
        ),
    )


@event
class ReplicaofIgnored(Event):
    """REPLICAOF named the primary that is followed already; nothing changes.

    Source: Redis 2.6+, ``replication.c:slaveofCommand``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "role.replicaof-noop",
            "REPLICAOF names the primary that is followed already",
            wording(
                "SLAVE OF would result into synchronization with the master we are already connected with. No operation performed.",
                "redis 2.6-4.0",
                source="replication.c:slaveofCommand",
            ),
            wording(
                "REPLICAOF would result into synchronization with the master we are already connected with. No operation performed.",
                "redis 5.0+; valkey 7.2",
            ),
            wording(
                "REPLICAOF would result into synchronization with the primary we are already connected with. No operation performed.",
                "valkey 8.0+",
            ),
            level="notice",
            roles="S",
            source="replication.c:replicaofCommand",
        ),
    )


@event
class OwnHistoryCached(Event):
    """A primary that becomes a replica keeps its own ID and offset, to ask its new primary for a partial sync.

    A replica of a Cluster that loads its dataset prints it too, as ``M``: it does not know its primary's address
    yet (``server.c:loadDataFromDisk``).

    Source: Redis 4.0+, ``replication.c:replicationCacheMasterUsingMyself``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "role.demoted-cached-self",
            "a primary turned replica keeps its own history for a partial sync",
            wording(
                "Before turning into a slave, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
                "redis 4.0",
            ),
            wording(
                "Before turning into a replica, using my master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
                "redis 5.0",
            ),
            wording(
                "Before turning into a replica, using my own master parameters to synthesize a cached master: I may be able to synchronize with the new master with just a partial transfer.",
                "redis 6.0+; valkey 7.2",
            ),
            wording(
                "Before turning into a replica, using my own primary parameters to synthesize a cached primary: I may be able to synchronize with the new primary with just a partial transfer.",
                "valkey 8.0+",
                source="replication.c:replicationCachePrimaryUsingMyself",
            ),
            level="notice",
            roles="S,M",
            source="replication.c:replicationCacheMasterUsingMyself",
        ),
    )


@event
class ReplicationIdShifted(Event):
    """On promotion the old history's ID is kept as second one, and a new one begins.

    ``replid2`` is the old ID, valid up to ``max_offset`` of the stream; ``replid`` is the new ID. Source:
    Redis 4.0+, ``replication.c:shiftReplicationId``.
    """

    CATEGORY = "replication"

    replid2: str
    max_offset: int
    replid: str

    MESSAGES = (
        message(
            "replica.replid-shifted",
            "promotion: the old replication ID becomes the second one, and a new one begins",
            wording(
                "Setting secondary replication ID to <replid2:replid>, valid up to offset: <max_offset:offset>. New replication ID is <replid:replid>",
                "redis 4.0+; valkey 7.2+",
            ),
            level="warning[redis 4.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M",
            source="replication.c:shiftReplicationId",
        ),
    )


@event
class ReplicationIdReset(Event):
    """DEBUG change-repl-id gave the server new replication IDs: its replicas cannot continue by a partial
    sync.

    Source: Redis 4.0+, ``debug.c:debugCommand``.
    """

    CATEGORY = "replication"

    MESSAGES = (
        message(
            "primary.replid-changed-debug",
            "DEBUG change-repl-id changes the replication IDs",
            wording(
                "Changing replication IDs after receiving DEBUG change-repl-id",
                "redis 4.0+; valkey 7.2+",
            ),
            level="warning[redis 4.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="debug.c:debugCommand",
        ),
    )
