"""A failover as a Sentinel runs it: choice, promotion, the other replicas, the end.

``name`` is the configured name of the group; ``ip`` and ``port`` belong to the primary that fails, or to the
replica that the event is about; ``master_ip`` and ``master_port`` are the failing primary's then.
"""

from redislog.events.base import Event, event, message, wording
from redislog.events.sentinel_instance import InstanceEvent


@event
class FailoverStateEntered(InstanceEvent):
    """The failover reached another state; the key says which.

    ``ms`` is the random delay of wait-start, in milliseconds. ``instance`` is the chosen replica, None where
    the event is about the primary. Source: Redis 2.6+, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    ms: int | None = None

    MESSAGES = (
        message(
            "sentinel.+failover-state-wait-start",
            "the failover waits for a random delay before it starts",
            wording(
                "+failover-state-wait-start master <name:mastername> <ip:host> <port:port> #starting in <ms:int> milliseconds",
                "redis 2.6",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelStartFailover",
        ),
        message(
            "sentinel.+failover-state-select-slave",
            "a replica to promote is being chosen",
            wording(
                "+failover-state-select-slave master <name:mastername> <ip:host> <port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverWaitStart,sentinelFailoverWaitPromotion",
        ),
        message(
            "sentinel.+failover-state-send-slaveof-noone",
            "the order to turn primary goes out to the chosen replica",
            wording(
                "+failover-state-send-slaveof-noone slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelFailoverSelectSlave,sentinelFailoverSelectReplica",
        ),
        message(
            "sentinel.+failover-state-wait-promotion",
            "waiting until the chosen replica reports itself primary",
            wording(
                "+failover-state-wait-promotion slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelFailoverSendSlaveOfNoOne,sentinelFailoverSendReplicaOfNoOne",
        ),
        message(
            "sentinel.+failover-state-reconf-slaves",
            "the other replicas are being told to follow the new primary",
            wording(
                "+failover-state-reconf-slaves master <name:mastername> <ip:host> <port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.-promotion-timeout",
            "the chosen replica did not turn primary in time; another one is looked for",
            wording(
                "-promotion-timeout slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverWaitPromotion",
        ),
    )


@event
class ReplicaSelected(Event):
    """A replica was chosen for promotion.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c:sentinelFailoverSelectSlave``.
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
            "sentinel.+selected-slave",
            "the replica that was chosen for promotion",
            wording(
                "+selected-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverSelectSlave,sentinelFailoverSelectReplica",
        ),
    )


@event
class ReplicaPromoted(Event):
    """The chosen replica reports itself primary.

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
            "sentinel.+promoted-slave",
            "the chosen replica is primary now",
            wording(
                "+promoted-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
    )


@event
class ReplicaReconfigured(Event):
    """How far a replica is on its way to the new primary; the key says it.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c``.
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
            "sentinel.+slave-reconf-sent",
            "the replica was told to follow the new primary",
            wording(
                "+slave-reconf-sent slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelFailoverReconfNextSlave,sentinelFailoverReconfNextReplica",
        ),
        message(
            "sentinel.+slave-reconf-sent-be",
            "the failover timed out; the replica was told to follow the new primary as a last effort",
            wording(
                "+slave-reconf-sent-be slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelFailoverDetectEnd",
        ),
        message(
            "sentinel.+slave-reconf-inprog",
            "the replica follows the new primary, not yet in sync",
            wording(
                "+slave-reconf-inprog slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.+slave-reconf-done",
            "the replica is in sync with the new primary",
            wording(
                "+slave-reconf-done slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.-slave-reconf-sent-timeout",
            "the replica did not take the order in time",
            wording(
                "-slave-reconf-sent-timeout slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelFailoverReconfNextSlave,sentinelFailoverReconfNextReplica",
        ),
        message(
            "sentinel.-slave-reconf-undo",
            "the failover was given up; the replica was told to follow the old primary again",
            wording(
                "-slave-reconf-undo slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6",
            ),
            level="notice",
            roles="X",
            source="sentinel.c:sentinelAbortFailover",
        ),
    )


@event
class SentinelFailoverEnded(Event):
    """The failover is over.

    ``ip`` and ``port`` are the old primary's; `PrimarySwitched` follows. Source: Redis 2.6+,
    ``sentinel.c:sentinelFailoverDetectEnd``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.+failover-end",
            "the failover is complete",
            wording(
                "+failover-end master <name:mastername> <ip:host> <port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverDetectEnd",
        ),
        message(
            "sentinel.+failover-end-for-timeout",
            "the failover was closed by its time-out; some replicas are not reconfigured",
            wording(
                "+failover-end-for-timeout master <name:mastername> <ip:host> <port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverDetectEnd",
        ),
    )


@event
class SentinelFailoverAborted(InstanceEvent):
    """The failover was given up; the key says why.

    ``instance`` is the promoted replica, None where the event is about the primary. Source: Redis 2.6+,
    ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    MESSAGES = (
        message(
            "sentinel.-failover-abort-not-elected",
            "given up: this Sentinel was not elected",
            wording(
                "-failover-abort-not-elected master <name:mastername> <ip:host> <port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverWaitStart",
        ),
        message(
            "sentinel.-failover-abort-no-good-slave",
            "given up: no replica is fit for promotion",
            wording(
                "-failover-abort-no-good-slave master <name:mastername> <ip:host> <port:port>",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverSelectSlave,sentinelFailoverSelectReplica",
        ),
        message(
            "sentinel.-failover-abort-slave-timeout",
            "given up: the chosen replica did not turn primary in time",
            wording(
                "-failover-abort-slave-timeout master <name:mastername> <ip:host> <port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverSendSlaveOfNoOne,sentinelFailoverWaitPromotion,sentinelFailoverSendReplicaOfNoOne",
        ),
        message(
            "sentinel.-failover-abort-race",
            "given up: another Sentinel began a failover first",
            wording("-failover-abort-race master <name:mastername> <ip:host> <port:port>", "redis 2.6"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.-failover-abort-master-is-back",
            "given up: the primary answers again",
            wording(
                "-failover-abort-master-is-back master <name:mastername> <ip:host> <port:port>", "redis 2.6"
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverWaitStart",
        ),
        message(
            "sentinel.-failover-abort-x-sdown",
            "given up: the promoted replica has been down for long",
            wording(
                "-failover-abort-x-sdown slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
                "redis 2.6",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelAbortFailoverIfNeeded",
        ),
        message(
            "sentinel.-failover-abort-master-timeout",
            "given up: the primary did not hand over in time (coordinated failover)",
            wording(
                "-failover-abort-master-timeout master <name:mastername> <ip:host> <port:port>", "valkey 9.0+"
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverSendFailover",
        ),
    )
