"""What a Sentinel sees of the instances it monitors: down, up, found, moved, switched.

A group is known by ``name``, the configured name of its primary; ``ip`` and ``port`` belong to the instance
that the event is about, ``master_ip`` and ``master_port`` to its primary. Hosts may be names since 6.2.
"""

import attrs

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.sentinel_instance import InstanceEvent
from redislog.values import current_words

_PRINTER = Printer("sentinel", "sentinel.c", level="warning", roles="X")


@event(_PRINTER, by="sentinelCheckSubjectivelyDown")
class SubjectivelyDown(InstanceEvent):
    """The Sentinel itself holds an instance for down: no valid answer for ``down-after-milliseconds``.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckSubjectivelyDown``.
    """

    MESSAGES = (
        message("sentinel.+sdown")(
            "this Sentinel alone holds the instance for down",
            "2.6+: +sdown master <name:mastername> <ip:host> <port:port>",
            "2.6+: +sdown slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
            "2.6+: +sdown sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinelCheckSubjectivelyDown")
class SubjectiveDownCleared(InstanceEvent):
    """An instance that this Sentinel held for down answers again.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckSubjectivelyDown``.
    """

    MESSAGES = (
        message("sentinel.-sdown")(
            "the instance answers this Sentinel again",
            "2.6+: -sdown master <name:mastername> <ip:host> <port:port>",
            "2.6+: -sdown slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
            "2.6+: -sdown sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinelCheckObjectivelyDown")
class ObjectivelyDown(Event):
    """Enough Sentinels agree that the primary is down: ``votes`` of them, where ``quorum`` are needed.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckObjectivelyDown``.
    """

    name: str
    ip: str
    port: int
    votes: int
    quorum: int

    MESSAGES = (
        message("sentinel.+odown")(
            "a quorum of Sentinels agrees that the primary is down",
            "2.6+: +odown master <name:mastername> <ip:host> <port:port> #quorum <votes:int>/<quorum:int>",
        ),
    )


@event(_PRINTER, by="sentinelCheckObjectivelyDown")
class ObjectiveDownCleared(Event):
    """There is no quorum any more that holds the primary for down.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckObjectivelyDown``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.-odown")(
            "no quorum holds the primary for down any more",
            "2.6+: -odown master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER)
class PrimarySwitched(Event):
    """The address of a group's primary changed: by a failover, or as a newer configuration says.

    ``+slave`` lines follow for all replicas and for the old primary. Source: Redis 2.6+, ``sentinel.c``.
    """

    name: str
    old_ip: str
    old_port: int
    new_ip: str
    new_port: int

    MESSAGES = (
        message("sentinel.+switch-master")(
            "the group has a new primary: its name, the old address and the new one",
            "2.6+, by sentinel.c:sentinelFailoverSwitchToPromotedSlave,sentinelProcessHelloMessage,sentinelFailoverSwitchToPromotedReplica: +switch-master <name:mastername> <old_ip:host> <old_port:port> <new_ip:host> <new_port:port>",
        ),
        message("sentinel.+redirect-to-master", by="sentinelRefreshInstanceInfo")(
            "the monitored primary is a replica; its own primary is monitored instead",
            "redis 2.6: +redirect-to-master <name:mastername> <old_ip:host> <old_port:port> <new_ip:host> <new_port:port>",
        ),
    )


@event(
    _PRINTER,
    level="notice",
    by="sentinel.c:sentinelRefreshInstanceInfo,sentinelReset{Master,Primary}AndChangeAddress",
)
class ReplicaFound(Event):
    """A replica is listed under its primary: found in ``INFO``, or registered anew after a switch.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c:sentinelRefreshInstanceInfo``.
    """

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message("sentinel.+slave")(
            "a replica was found, or registered anew after a switch",
            "2.6+: +slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, level="notice", by="sentinelRefreshInstanceInfo")
class InstanceRebooted(InstanceEvent):
    """An instance restarted: its run ID is another one than before.

    Source: Redis 2.6+, ``sentinel.c:sentinelRefreshInstanceInfo``.
    """

    MESSAGES = (
        message("sentinel.+reboot")(
            "the instance restarted: its run ID changed",
            "2.6+: +reboot master <name:mastername> <ip:host> <port:port>",
            "2.6+: +reboot slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, level="verbose", by="sentinelRefreshInstanceInfo")
class ReportedRoleChanged(InstanceEvent):
    """An instance reports another role in its ``INFO`` than before.

    ``role`` is the role that it reports now, primary or replica. Source: Redis 2.8+,
    ``sentinel.c:sentinelRefreshInstanceInfo``.
    """

    role: str = attrs.field(kw_only=True, converter=current_words)

    MESSAGES = (
        message("sentinel.+role-change")(
            "the instance reports the role that this Sentinel expects",
            "2.8+: +role-change master <name:mastername> <ip:host> <port:port> new reported role is <role:master|slave>",
            "2.8+: +role-change slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> new reported role is <role:master|slave>",
        ),
        message("sentinel.-role-change")(
            "the instance reports a role that this Sentinel does not expect",
            "2.8+: -role-change master <name:mastername> <ip:host> <port:port> new reported role is <role:master|slave>",
            "2.8+: -role-change slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> new reported role is <role:master|slave>",
        ),
    )


@event(_PRINTER, level="notice", by="sentinelRefreshInstanceInfo")
class ReplicaCorrected(Event):
    """A server listed as replica acts as a primary or follows a wrong one; the key says what is done.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c:sentinelRefreshInstanceInfo``.
    """

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message("sentinel.+convert-to-slave")(
            "a server that reports itself primary is told to follow the known primary",
            "2.8+: +convert-to-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+demote-old-slave")(
            "the old primary came back and is told to follow the new one",
            "redis 2.6: +demote-old-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.-demote-flag-cleared")(
            "the old primary that came back will not be demoted after all",
            "redis 2.6: -demote-flag-cleared slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.-slave-restart-as-master", level="warning")(
            "a replica restarted as a primary and is no longer listed",
            "redis 2.6: -slave-restart-as-master slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #removing it from the attached slaves",
        ),
        message("sentinel.+fix-slave-config")(
            "a replica that follows a wrong primary is told to follow the known one",
            "2.8+: +fix-slave-config slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )
