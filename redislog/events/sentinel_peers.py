"""What a Sentinel says of other Sentinels, and of its links to the instances that it monitors."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.sentinel_instance import InstanceEvent

_PRINTER = Printer("sentinel", "sentinel.c", level="debug", roles="X")


@event(_PRINTER, level="notice", by="sentinel.c:sentinelReceiveHelloMessages,sentinelProcessHelloMessage")
class SentinelFound(Event):
    """Another Sentinel that monitors the same primary was found.

    ``instance`` is its ID (3.2+) or its ``ip:port``. Source: Redis 2.6+,
    ``sentinel.c:sentinelReceiveHelloMessages``.
    """

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message("sentinel.+sentinel")(
            "another Sentinel of the same primary was found",
            "2.6+: +sentinel sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, level="notice", by="sentinelProcessHelloMessage")
class SentinelEntryChanged(InstanceEvent):
    """What is known of another Sentinel's address changed; the key says how.

    The other Sentinel is ``instance`` or ``runid``; its new address is ``new_ip`` and ``new_port``, or
    ``dup_ip`` and ``dup_port``, and ``ip`` and ``port`` are the primary's then. ``count`` is the number of
    its entries under other primaries. Source: Redis 2.6+, ``sentinel.c``.
    """

    dup_ip: str | None = None
    dup_port: int | None = None
    runid: str | None = None
    new_ip: str | None = None
    new_port: int | None = None
    count: int | None = None

    MESSAGES = (
        message("sentinel.-dup-sentinel")(
            "entries with the address or run ID of another Sentinel were removed",
            "redis 2.6-3.0, by sentinel.c:sentinelReceiveHelloMessages,sentinelProcessHelloMessage: -dup-sentinel master <name:mastername> <ip:host> <port:port> #duplicate of <dup_ip:host>:<dup_port:port> or <runid:runid>",
        ),
        message("sentinel.+sentinel-address-switch")(
            "a known Sentinel moved to another address",
            "3.2+: +sentinel-address-switch master <name:mastername> <ip:host> <port:port> ip <new_ip:host> port <new_port:port> for <runid:runid>",
        ),
        message("sentinel.+sentinel-address-update")(
            "entries of that Sentinel under other primaries have its new address",
            "3.2+, by sentinel.c:sentinelUpdateSentinelAddressInAllMasters,sentinelUpdateSentinelAddressInAllPrimaries: +sentinel-address-update sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> <count:int> additional matching instances",
        ),
        message("sentinel.+sentinel-invalid-addr")(
            "a Sentinel with another ID took over the address",
            "3.2+: +sentinel-invalid-addr sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, level="warning", by="sentinelProcessHelloMessage")
class SentinelConfigTaken(Event):
    """Another Sentinel has a newer configuration of the group, and this one takes it over.

    ``instance``, ``ip`` and ``port`` are the other Sentinel's. Source: Redis 2.8+,
    ``sentinel.c:sentinelProcessHelloMessage``.
    """

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message("sentinel.+config-update-from")(
            "a newer configuration was taken from another Sentinel",
            "2.8+: +config-update-from sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinelLinkEstablishedCallback")
class SentinelLinkUp(InstanceEvent):
    """A link to a monitored instance is established: for commands, or for Pub/Sub.

    Source: Redis 2.6-3.0, ``sentinel.c:sentinelLinkEstablishedCallback``.
    """

    MESSAGES = (
        message("sentinel.+cmd-link")(
            "the command link to the instance is up",
            "redis 2.6-3.0: +cmd-link master <name:mastername> <ip:host> <port:port>",
            "redis 2.6-3.0: +cmd-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
            "redis 2.6-3.0: +cmd-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+pubsub-link")(
            "the Pub/Sub link to the instance is up",
            "redis 2.6-3.0: +pubsub-link master <name:mastername> <ip:host> <port:port>",
            "redis 2.6-3.0: +pubsub-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
            "redis 2.6-3.0: +pubsub-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinelDisconnectInstanceFromContext")
class SentinelLinkDown(InstanceEvent):
    """A link to a monitored instance is lost, or could not be opened.

    ``error`` is the reason; None where the wording itself says it. Source: Redis 2.6+, ``sentinel.c``.
    """

    error: str | None = None

    MESSAGES = (
        message("sentinel.-cmd-link")(
            "the command link to the instance is lost",
            "redis 2.6-3.0: -cmd-link master <name:mastername> <ip:host> <port:port> #<error:errno>",
            "redis 2.6-3.0: -cmd-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
            "redis 2.6-3.0: -cmd-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
        ),
        message("sentinel.-pubsub-link")(
            "the Pub/Sub link to the instance is lost",
            "redis 2.6-3.0: -pubsub-link master <name:mastername> <ip:host> <port:port> #<error:errno>",
            "redis 2.6-3.0: -pubsub-link slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
            "redis 2.6-3.0: -pubsub-link sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
        ),
        message("sentinel.-cmd-link-reconnection", by="sentinelReconnectInstance")(
            "the command link to the instance could not be opened",
            "2.6+: -cmd-link-reconnection master <name:mastername> <ip:host> <port:port> #<error:errno>",
            "2.6+: -cmd-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
            "2.6+: -cmd-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
            "6.0+: -cmd-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to initialize TLS",
            "6.0+: -cmd-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
            "6.0+: -cmd-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
            "6.2+: -cmd-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to establish connection",
            "6.2+: -cmd-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
            "6.2+: -cmd-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
        ),
        message("sentinel.-pubsub-link-reconnection", by="sentinelReconnectInstance")(
            "the Pub/Sub link to the instance could not be opened",
            "2.6+: -pubsub-link-reconnection master <name:mastername> <ip:host> <port:port> #<error:errno>",
            "2.6+: -pubsub-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
            "2.6+: -pubsub-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #<error:errno>",
            "6.0+: -pubsub-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to initialize TLS",
            "6.0+: -pubsub-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
            "6.0+: -pubsub-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to initialize TLS",
            "6.2+: -pubsub-link-reconnection master <name:mastername> <ip:host> <port:port> #Failed to establish connection",
            "6.2+: -pubsub-link-reconnection slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
            "6.2+: -pubsub-link-reconnection sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #Failed to establish connection",
        ),
    )
