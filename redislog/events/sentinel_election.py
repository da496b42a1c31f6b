"""How Sentinels agree on who runs a failover: attempt, epoch, votes, leader.

``name`` is the configured name of the group; ``ip`` and ``port`` are those of the primary that fails.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("sentinel", "sentinel.c", level="warning", roles="X")


@event(_PRINTER, level="warning until 7.0, then notice", by="sentinelCommand")
class SentinelFailoverForced(Event):
    """``SENTINEL FAILOVER`` was called: a failover starts without agreement of other Sentinels.

    Source: Redis 2.8+, ``sentinel.c:sentinelCommand``.
    """

    name: str

    MESSAGES = (
        message("sentinel.failover-forced")(
            "a user ordered a failover; it starts without agreement of other Sentinels",
            "2.8+: Executing user requested FAILOVER of '<name:mastername>'",
        ),
    )


@event(_PRINTER, by="sentinelStartFailover")
class FailoverTried(Event):
    """The Sentinel starts a failover; since 2.8 it must be elected first.

    Source: Redis 2.6+, ``sentinel.c:sentinelStartFailover``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.+try-failover")(
            "this Sentinel tries a failover and waits to be elected",
            "2.8+: +try-failover master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.+failover-triggered")(
            "this Sentinel starts a failover as the leader",
            "redis 2.6: +failover-triggered master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER)
class FailoverDetected(Event):
    """Another Sentinel runs a failover, since a replica turned primary; or this one carries on with it.

    Source: Redis 2.6, ``sentinel.c``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.+failover-detected", by="sentinelRefreshInstanceInfo")(
            "another Sentinel runs a failover",
            "redis 2.6: +failover-detected master <name:mastername> <ip:host> <port:port>",
        ),
        message("sentinel.+failover-takedown", by="sentinelStartFailoverIfNeeded")(
            "this Sentinel takes over a failover that another one began",
            "redis 2.6: +failover-takedown master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER, by="sentinel.c:sentinelProcessHelloMessage,sentinelVoteLeader,sentinelStartFailover")
class SentinelEpochBegun(Event):
    """An epoch, the term of one election among Sentinels, begins.

    Source: Redis 2.8+, ``sentinel.c:sentinelProcessHelloMessage``.
    """

    epoch: int

    MESSAGES = (
        message("sentinel.+new-epoch")("a new epoch of elections began", "2.8+: +new-epoch <epoch:epoch>"),
    )


@event(_PRINTER, by="sentinelVoteLeader")
class VoteCast(Event):
    """The Sentinel voted: ``leader`` is the ID of the one that it wants to run the failover.

    Source: Redis 2.8+, ``sentinel.c:sentinelVoteLeader``.
    """

    leader: str
    epoch: int

    MESSAGES = (
        message("sentinel.+vote-for-leader")(
            "this Sentinel's own vote: the chosen leader and the epoch",
            "2.8+: +vote-for-leader <leader:runid> <epoch:epoch>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="sentinelReceiveIs{Master,Primary}DownReply")
class VoteReceived(Event):
    """Another Sentinel told its vote: ``leader`` is the ID of the one that it chose.

    ``voter`` is its ID (3.2+) or its ``ip:port``. Source: Redis 2.8+,
    ``sentinel.c:sentinelReceiveIsMasterDownReply``.
    """

    voter: str
    leader: str
    epoch: int

    MESSAGES = (
        message("sentinel.vote-received")(
            "another Sentinel's vote: the voter, the chosen leader and the epoch",
            "2.8+: <voter:sentname> voted for <leader:runid> <epoch:epoch>",
        ),
    )


@event(_PRINTER, by="sentinelFailoverWaitStart")
class LeaderElected(Event):
    """The Sentinel itself won the election and leads the failover.

    Source: Redis 2.8+, ``sentinel.c:sentinelFailoverWaitStart``.
    """

    name: str
    ip: str
    port: int

    MESSAGES = (
        message("sentinel.+elected-leader")(
            "this Sentinel was elected to lead the failover",
            "2.8+: +elected-leader master <name:mastername> <ip:host> <port:port>",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="sentinelStartFailoverIfNeeded")
class FailoverDelayed(Event):
    """A failover was tried, or a vote cast, a short time ago: this Sentinel starts none before ``time``.

    ``time`` is the Sentinel's local time, as ctime prints it. Source: Redis 2.8+,
    ``sentinel.c:sentinelStartFailoverIfNeeded``.
    """

    time: str

    MESSAGES = (
        message("sentinel.failover-delay")(
            "this Sentinel starts no failover before the given local time",
            "2.8+: Next failover delay: I will not start a failover before <time:ctime>",
        ),
    )
