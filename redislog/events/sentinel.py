"""What a Sentinel sees of the instances it monitors: down, up, found, moved, switched.

A group is known by ``name``, the configured name of its primary; ``ip`` and ``port`` belong to the instance
that the event is about, ``master_ip`` and ``master_port`` to its primary. Hosts may be names since 6.2.
"""

import attrs

from redislog.events.base import Event, event, message, wording
from redislog.events.sentinel_instance import InstanceEvent
from redislog.values import current_words


@event
class SubjectivelyDown(InstanceEvent):
    """The Sentinel itself holds an instance for down: no valid answer for ``down-after-milliseconds``.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckSubjectivelyDown``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.+sdown",
            "this Sentinel alone holds the instance for down",
            wording("+sdown master <name:mastername> <ip:host> <port:port>", "redis 2.6+; valkey 7.2+"),
            wording(
                "+sdown slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "+sdown sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCheckSubjectivelyDown",
        ),
    )


@event
class SubjectiveDownCleared(InstanceEvent):
    """An instance that this Sentinel held for down answers again.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckSubjectivelyDown``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.-sdown",
            "the instance answers this Sentinel again",
            wording("-sdown master <name:mastername> <ip:host> <port:port>", "redis 2.6+; valkey 7.2+"),
            wording(
                "-sdown slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            wording(
                "-sdown sentinel <instance:sentname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCheckSubjectivelyDown",
        ),
    )


@event
class ObjectivelyDown(Event):
    """Enough Sentinels agree that the primary is down: ``votes`` of them, where ``quorum`` are needed.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckObjectivelyDown``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int
    votes: int
    quorum: int

    MESSAGES = (
        message(
            "sentinel.+odown",
            "a quorum of Sentinels agrees that the primary is down",
            wording(
                "+odown master <name:mastername> <ip:host> <port:port> #quorum <votes:int>/<quorum:int>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCheckObjectivelyDown",
        ),
    )


@event
class ObjectiveDownCleared(Event):
    """There is no quorum any more that holds the primary for down.

    Source: Redis 2.6+, ``sentinel.c:sentinelCheckObjectivelyDown``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.-odown",
            "no quorum holds the primary for down any more",
            wording("-odown master <name:mastername> <ip:host> <port:port>", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelCheckObjectivelyDown",
        ),
    )


@event
class PrimarySwitched(Event):
    """The address of a group's primary changed: by a failover, or as a newer configuration says.

    ``+slave`` lines follow for all replicas and for the old primary. Source: Redis 2.6+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    name: str
    old_ip: str
    old_port: int
    new_ip: str
    new_port: int

    MESSAGES = (
        message(
            "sentinel.+switch-master",
            "the group has a new primary: its name, the old address and the new one",
            wording(
                "+switch-master <name:mastername> <old_ip:host> <old_port:port> <new_ip:host> <new_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverSwitchToPromotedSlave,sentinelProcessHelloMessage,sentinelFailoverSwitchToPromotedReplica",
        ),
        message(
            "sentinel.+redirect-to-master",
            "the monitored primary is a replica; its own primary is monitored instead",
            wording(
                "+redirect-to-master <name:mastername> <old_ip:host> <old_port:port> <new_ip:host> <new_port:port>",
                "redis 2.6",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
    )


@event
class ReplicaFound(Event):
    """A replica is listed under its primary: found in ``INFO``, or registered anew after a switch.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c:sentinelRefreshInstanceInfo``.
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
            "sentinel.+slave",
            "a replica was found, or registered anew after a switch",
            wording(
                "+slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo,sentinelResetMasterAndChangeAddress,sentinelResetPrimaryAndChangeAddress",
        ),
    )


@event
class InstanceRebooted(InstanceEvent):
    """An instance restarted: its run ID is another one than before.

    Source: Redis 2.6+, ``sentinel.c:sentinelRefreshInstanceInfo``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.+reboot",
            "the instance restarted: its run ID changed",
            wording("+reboot master <name:mastername> <ip:host> <port:port>", "redis 2.6+; valkey 7.2+"),
            wording(
                "+reboot slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
    )


@event
class ReportedRoleChanged(InstanceEvent):
    """An instance reports another role in its ``INFO`` than before.

    ``role`` is the role that it reports now, primary or replica. Source: Redis 2.8+,
    ``sentinel.c:sentinelRefreshInstanceInfo``.
    """

    CATEGORY = "sentinel"

    role: str = attrs.field(kw_only=True, converter=current_words)

    MESSAGES = (
        message(
            "sentinel.+role-change",
            "the instance reports the role that this Sentinel expects",
            wording(
                "+role-change master <name:mastername> <ip:host> <port:port> new reported role is <role:master|slave>",
                "redis 2.8+; valkey 7.2+",
            ),
            wording(
                "+role-change slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> new reported role is <role:master|slave>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="verbose",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.-role-change",
            "the instance reports a role that this Sentinel does not expect",
            wording(
                "-role-change master <name:mastername> <ip:host> <port:port> new reported role is <role:master|slave>",
                "redis 2.8+; valkey 7.2+",
            ),
            wording(
                "-role-change slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> new reported role is <role:master|slave>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="verbose",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
    )


@event
class ReplicaCorrected(Event):
    """A server listed as replica acts as a primary or follows a wrong one; the key says what is done.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c:sentinelRefreshInstanceInfo``.
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
            "sentinel.+convert-to-slave",
            "a server that reports itself primary is told to follow the known primary",
            wording(
                "+convert-to-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.+demote-old-slave",
            "the old primary came back and is told to follow the new one",
            wording(
                "+demote-old-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.-demote-flag-cleared",
            "the old primary that came back will not be demoted after all",
            wording(
                "-demote-flag-cleared slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.-slave-restart-as-master",
            "a replica restarted as a primary and is no longer listed",
            wording(
                "-slave-restart-as-master slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port> #removing it from the attached slaves",
                "redis 2.6",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.+fix-slave-config",
            "a replica that follows a wrong primary is told to follow the known one",
            wording(
                "+fix-slave-config slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
    )
