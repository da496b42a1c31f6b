"""What a Sentinel says of other Sentinels, and of its links to the instances that it monitors."""

from redislog.events.base import Event, event, message, wording
from redislog.events.sentinel_instance import InstanceEvent


@event
class SentinelFound(Event):
    """Another Sentinel that monitors the same primary was found.

    ``instance`` is its ID (3.2+) or its ``ip:port``. Source: Redis 2.6+,
    ``sentinel.c:sentinelReceiveHelloMessages``.
    """

    CATEGORY = "sentinel"

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message(
            "sentinel.+sentinel",
            "another Sentinel of the same primary was found",
            wording(
                "+sentinel sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelReceiveHelloMessages,sentinelProcessHelloMessage",
        ),
    )


@event
class SentinelEntryChanged(InstanceEvent):
    """What is known of another Sentinel's address changed; the key says how.

    The other Sentinel is ``instance`` or ``runid``; its new address is ``new_ip`` and ``new_port``, or
    ``dup_ip`` and ``dup_port``, and ``ip`` and ``port`` are the primary's then. ``count`` is the number of
    its entries under other primaries. Source: Redis 2.6+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    dup_ip: str | None = None
    dup_port: int | None = None
    runid: str | None = None
    new_ip: str | None = None
    new_port: int | None = None
    count: int | None = None

    MESSAGES = (
        message(
            "sentinel.-dup-sentinel",
            "entries with the address or run ID of another Sentinel were removed",
            wording(
                "-dup-sentinel master <name:mastername> <ip:host> <port:port> #duplicate of <dup_ip:host>:<dup_port:port> or <runid:runid>",
                "redis 2.6-3.0",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelReceiveHelloMessages,sentinelProcessHelloMessage",
        ),
        message(
            "sentinel.+sentinel-address-switch",
            "a known Sentinel moved to another address",
            wording(
                "+sentinel-address-switch master <name:mastername> <ip:host> <port:port> ip <new_ip:host> port <new_port:port> for <runid:runid>",
                "redis 3.2+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelProcessHelloMessage",
        ),
        message(
            "sentinel.+sentinel-address-update",
            "entries of that Sentinel under other primaries have its new address",
            wording(
                "+sentinel-address-update sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> <count:int> additional matching instances",
                "redis 3.2+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelUpdateSentinelAddressInAllMasters,sentinelUpdateSentinelAddressInAllPrimaries",
        ),
        message(
            "sentinel.+sentinel-invalid-addr",
            "a Sentinel with another ID took over the address",
            wording(
                "+sentinel-invalid-addr sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 3.2+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelProcessHelloMessage",
        ),
    )


@event
class SentinelConfigTaken(Event):
    """Another Sentinel has a newer configuration of the group, and this one takes it over.

    ``instance``, ``ip`` and ``port`` are the other Sentinel's. Source: Redis 2.8+,
    ``sentinel.c:sentinelProcessHelloMessage``.
    """

    CATEGORY = "sentinel"

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message(
            "sentinel.+config-update-from",
            "a newer configuration was taken from another Sentinel",
            wording(
                "+config-update-from sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelProcessHelloMessage",
        ),
    )


@event
class SentinelLinkUp(InstanceEvent):
    """A link to a monitored instance is established: for commands, or for Pub/Sub.

    Source: Redis 2.6-3.0, ``sentinel.c:sentinelLinkEstablishedCallback``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.+cmd-link",
            "the command link to the instance is up",
            wording("+cmd-link master <name:mastername> <ip:host> <port:port>", "redis 2.6-3.0"),
            wording(
                "+cmd-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6-3.0",
            ),
            wording(
                "+cmd-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6-3.0",
            ),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelLinkEstablishedCallback",
        ),
        message(
            "sentinel.+pubsub-link",
            "the Pub/Sub link to the instance is up",
            wording("+pubsub-link master <name:mastername> <ip:host> <port:port>", "redis 2.6-3.0"),
            wording(
                "+pubsub-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6-3.0",
            ),
            wording(
                "+pubsub-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6-3.0",
            ),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelLinkEstablishedCallback",
        ),
    )


@event
class SentinelLinkDown(InstanceEvent):
    """A link to a monitored instance is lost, or could not be opened.

    ``error`` is the reason; None where the wording itself says it. Source: Redis 2.6+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    error: str | None = None

    MESSAGES = (
        message(
            "sentinel.-cmd-link",
            "the command link to the instance is lost",
            wording(
                "-cmd-link master <name:mastername> <ip:host> <port:port> #<error:errno>", "redis 2.6-3.0"
            ),
            wording(
                "-cmd-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6-3.0",
            ),
            wording(
                "-cmd-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6-3.0",
            ),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelDisconnectInstanceFromContext",
        ),
        message(
            "sentinel.-pubsub-link",
            "the Pub/Sub link to the instance is lost",
            wording(
                "-pubsub-link master <name:mastername> <ip:host> <port:port> #<error:errno>", "redis 2.6-3.0"
            ),
            wording(
                "-pubsub-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6-3.0",
            ),
            wording(
                "-pubsub-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6-3.0",
            ),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelDisconnectInstanceFromContext",
        ),
        message(
            "sentinel.-cmd-link-reconnection",
            "the command link to the instance could not be opened",
            wording(
                "-cmd-link-reconnection master <name:mastername> <ip:host> <port:port> #<error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to initialize TLS",
                "redis 6.0+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
                "redis 6.0+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
                "redis 6.0+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to establish connection",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                "-cmd-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
                "redis 6.2+; valkey 7.2+",
            ),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelReconnectInstance",
        ),
        message(
            "sentinel.-pubsub-link-reconnection",
            "the Pub/Sub link to the instance could not be opened",
            wording(
                "-pubsub-link-reconnection master <name:mastername> <ip:host> <port:port> #<error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to initialize TLS",
                "redis 6.0+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
                "redis 6.0+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
                "redis 6.0+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to establish connection",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                "-pubsub-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
                "redis 6.2+; valkey 7.2+",
            ),
            level="debug",
            roles="X",
            source="sentinel.c:sentinelReconnectInstance",
        ),
    )
