"""A failover as a Sentinel runs it: choice, promotion, the other replicas, the end.

``name`` is the configured name of the group; ``ip`` and ``port`` belong to the primary that fails, or to the
replica that the event is about; ``master_ip`` and ``master_port`` are the failing primary's then.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.sentinel_instance import InstanceEvent

_PRINTER = Printer("sentinel", "sentinel.c", level="warning", roles="X")


@event(_PRINTER)
class FailoverStateEntered(InstanceEvent):
    """The failover reached another state; the key says which.

    ``ms`` is the random delay of wait-start, in milliseconds. ``instance`` is the chosen replica, None where
    the event is about the primary. Source: Redis 2.6+, ``sentinel.c``.
    """

    ms: int | None = None

    MESSAGES = (
        message("sentinel.+failover-state-wait-start", by="sentinelStartFailover")(
            "the failover waits for a random delay before it starts",
            "redis 2.6: +failover-state-wait-start master <name:mastername> <ip:host> <port:port> #starting in <ms:int> milliseconds",
        ),
        message("sentinel.+failover-state-select-slave")(
            "a replica to promote is being chosen",
            "2.6+, by sentinel.c:sentinelFailoverWaitStart,sentinelFailoverWaitPromotion: +failover-state-select-slave master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.+failover-state-send-slaveof-noone")(
            "the order to turn primary goes out to the chosen replica",
            "2.6+, at notice, by sentinel.c:sentinelFailoverSelectSlave,sentinelFailoverSelectReplica: +failover-state-send-slaveof-noone slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+failover-state-wait-promotion")(
            "waiting until the chosen replica reports itself primary",
            "2.6+, at notice, by sentinel.c:sentinelFailoverSendSlaveOfNoOne,sentinelFailoverSendReplicaOfNoOne: +failover-state-wait-promotion slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+failover-state-reconf-slaves", by="sentinelRefreshInstanceInfo")(
            "the other replicas are being told to follow the new primary",
            "2.6+: +failover-state-reconf-slaves master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.-promotion-timeout", by="sentinelFailoverWaitPromotion")(
            "the chosen replica did not turn primary in time; another one is looked for",
            "redis 2.6: -promotion-timeout slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinel.c:sentinelFailoverSelectSlave,sentinelFailoverSelectReplica")
class ReplicaSelected(Event):
    """A replica was chosen for promotion.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c:sentinelFailoverSelectSlave``.
    """

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message("sentinel.+selected-slave")(
            "the replica that was chosen for promotion",
            "2.6+: +selected-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinelRefreshInstanceInfo")
class ReplicaPromoted(Event):
    """The chosen replica reports itself primary.

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
        message("sentinel.+promoted-slave")(
            "the chosen replica is primary now",
            "2.6+: +promoted-slave slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(
    _PRINTER,
    level="notice",
    by="sentinel.c:sentinelFailoverReconfNextSlave,sentinelFailoverReconfNextReplica",
)
class ReplicaReconfigured(Event):
    """How far a replica is on its way to the new primary; the key says it.

    ``instance`` is Sentinel's own name of the replica, ``name`` the configured name of the group. Source:
    Redis 2.6+, ``sentinel.c``.
    """

    instance: str
    ip: str
    port: int
    name: str
    master_ip: str
    master_port: int

    MESSAGES = (
        message("sentinel.+slave-reconf-sent")(
            "the replica was told to follow the new primary",
            "2.6+: +slave-reconf-sent slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+slave-reconf-sent-be", by="sentinelFailoverDetectEnd")(
            "the failover timed out; the replica was told to follow the new primary as a last effort",
            "2.6+: +slave-reconf-sent-be slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+slave-reconf-inprog", by="sentinelRefreshInstanceInfo")(
            "the replica follows the new primary, not yet in sync",
            "2.6+: +slave-reconf-inprog slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.+slave-reconf-done", by="sentinelRefreshInstanceInfo")(
            "the replica is in sync with the new primary",
            "2.6+: +slave-reconf-done slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.-slave-reconf-sent-timeout")(
            "the replica did not take the order in time",
            "2.6+: -slave-reconf-sent-timeout slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.-slave-reconf-undo", by="sentinelAbortFailover")(
            "the failover was given up; the replica was told to follow the old primary again",
            "redis 2.6: -slave-reconf-undo slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
    )


@event(_PRINTER, by="sentinelFailoverDetectEnd")
class SentinelFailoverEnded(Event):
    """The failover is over.

    ``ip`` and ``port`` are the old primary's; `PrimarySwitched` follows. Source: Redis 2.6+,
    ``sentinel.c:sentinelFailoverDetectEnd``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.+failover-end")(
            "the failover is complete", "2.6+: +failover-end master <name:mastername> <ip:host> <port:port>"
        ),
        message("sentinel.+failover-end-for-timeout")(
            "the failover was closed by its time-out; some replicas are not reconfigured",
            "2.6+: +failover-end-for-timeout master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER, by="sentinelFailoverWaitStart")
class SentinelFailoverAborted(InstanceEvent):
    """The failover was given up; the key says why.

    ``instance`` is the promoted replica, None where the event is about the primary. Source: Redis 2.6+,
    ``sentinel.c``.
    """

    MESSAGES = (
        message("sentinel.-failover-abort-not-elected")(
            "given up: this Sentinel was not elected",
            "2.8+: -failover-abort-not-elected master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.-failover-abort-no-good-slave")(
            "given up: no replica is fit for promotion",
            "2.6+, by sentinel.c:sentinelFailoverSelectSlave,sentinelFailoverSelectReplica: -failover-abort-no-good-slave master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.-failover-abort-slave-timeout")(
            "given up: the chosen replica did not turn primary in time",
            "2.8+, by sentinel.c:sentinelFailoverSendSlaveOfNoOne,sentinelFailoverWaitPromotion,sentinelFailoverSendReplicaOfNoOne: -failover-abort-slave-timeout master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.-failover-abort-race", by="sentinelRefreshInstanceInfo")(
            "given up: another Sentinel began a failover first",
            "redis 2.6: -failover-abort-race master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.-failover-abort-master-is-back")(
            "given up: the primary answers again",
            "redis 2.6: -failover-abort-master-is-back master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.-failover-abort-x-sdown", by="sentinelAbortFailoverIfNeeded")(
            "given up: the promoted replica has been down for long",
            "redis 2.6: -failover-abort-x-sdown slave <instance:instname> <ip:host> <port:port> @ <name:mastername> <master_ip:host> <master_port:port>",
        ),
        message("sentinel.-failover-abort-master-timeout", by="sentinelFailoverSendFailover")(
            "given up: the primary did not hand over in time (coordinated failover)",
            "valkey 9.0+: -failover-abort-master-timeout master <name:mastername> <ip:host> <port:port>",
        ),
    )
