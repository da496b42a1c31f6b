"""How Sentinels agree on who runs a failover: attempt, epoch, votes, leader.

``name`` is the configured name of the group; ``ip`` and ``port`` are those of the primary that fails.
"""

from redislog.events.base import Event, event, message, wording


@event
class SentinelFailoverForced(Event):
    """``SENTINEL FAILOVER`` was called: a failover starts without agreement of other Sentinels.

    Source: Redis 2.8+, ``sentinel.c:sentinelCommand``.
    """

    CATEGORY = "sentinel"

    name: str

    MESSAGES = (
        message(
            "sentinel.failover-forced",
            "a user ordered a failover; it starts without agreement of other Sentinels",
            wording("Executing user requested FAILOVER of '<name:mastername>'", "redis 2.8+; valkey 7.2+"),
            level="warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="X",
            source="sentinel.c:sentinelCommand",
        ),
    )


@event
class FailoverTried(Event):
    """The Sentinel starts a failover; since 2.8 it must be elected first.

    Source: Redis 2.6+, ``sentinel.c:sentinelStartFailover``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.+try-failover",
            "this Sentinel tries a failover and waits to be elected",
            wording(
                "+try-failover master <name:mastername> <ip:host> <port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelStartFailover",
        ),
        message(
            "sentinel.+failover-triggered",
            "this Sentinel starts a failover as the leader",
            wording("+failover-triggered master <name:mastername> <ip:host> <port:port>", "redis 2.6"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelStartFailover",
        ),
    )


@event
class FailoverDetected(Event):
    """Another Sentinel runs a failover, since a replica turned primary; or this one carries on with it.

    Source: Redis 2.6, ``sentinel.c``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.+failover-detected",
            "another Sentinel runs a failover",
            wording("+failover-detected master <name:mastername> <ip:host> <port:port>", "redis 2.6"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelRefreshInstanceInfo",
        ),
        message(
            "sentinel.+failover-takedown",
            "this Sentinel takes over a failover that another one began",
            wording("+failover-takedown master <name:mastername> <ip:host> <port:port>", "redis 2.6"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelStartFailoverIfNeeded",
        ),
    )


@event
class SentinelEpochBegun(Event):
    """An epoch, the term of one election among Sentinels, begins.

    Source: Redis 2.8+, ``sentinel.c:sentinelProcessHelloMessage``.
    """

    CATEGORY = "sentinel"

    epoch: int

    MESSAGES = (
        message(
            "sentinel.+new-epoch",
            "a new epoch of elections began",
            wording("+new-epoch <epoch:epoch>", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelProcessHelloMessage,sentinelVoteLeader,sentinelStartFailover",
        ),
    )


@event
class VoteCast(Event):
    """The Sentinel voted: ``leader`` is the ID of the one that it wants to run the failover.

    Source: Redis 2.8+, ``sentinel.c:sentinelVoteLeader``.
    """

    CATEGORY = "sentinel"

    leader: str
    epoch: int

    MESSAGES = (
        message(
            "sentinel.+vote-for-leader",
            "this Sentinel's own vote: the chosen leader and the epoch",
            wording("+vote-for-leader <leader:runid> <epoch:epoch>", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelVoteLeader",
        ),
    )


@event
class VoteReceived(Event):
    """Another Sentinel told its vote: ``leader`` is the ID of the one that it chose.

    ``voter`` is its ID (3.2+) or its ``ip:port``. Source: Redis 2.8+,
    ``sentinel.c:sentinelReceiveIsMasterDownReply``.
    """

    CATEGORY = "sentinel"

    voter: str
    leader: str
    epoch: int

    MESSAGES = (
        message(
            "sentinel.vote-received",
            "another Sentinel's vote: the voter, the chosen leader and the epoch",
            wording("<voter:sentname> voted for <leader:runid> <epoch:epoch>", "redis 2.8+; valkey 7.2+"),
            level="warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="X",
            source="sentinel.c:sentinelReceiveIsMasterDownReply,sentinel.c:sentinelReceiveIsPrimaryDownReply",
        ),
    )


@event
class LeaderElected(Event):
    """The Sentinel itself won the election and leads the failover.

    Source: Redis 2.8+, ``sentinel.c:sentinelFailoverWaitStart``.
    """

    CATEGORY = "sentinel"

    name: str
    ip: str
    port: int

    MESSAGES = (
        message(
            "sentinel.+elected-leader",
            "this Sentinel was elected to lead the failover",
            wording(
                "+elected-leader master <name:mastername> <ip:host> <port:port>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning",
            roles="X",
            source="sentinel.c:sentinelFailoverWaitStart",
        ),
    )


@event
class FailoverDelayed(Event):
    """A failover was tried, or a vote cast, a short time ago: this Sentinel starts none before ``time``.

    ``time`` is the Sentinel's local time, as ctime prints it. Source: Redis 2.8+,
    ``sentinel.c:sentinelStartFailoverIfNeeded``.
    """

    CATEGORY = "sentinel"

    time: str

    MESSAGES = (
        message(
            "sentinel.failover-delay",
            "this Sentinel starts no failover before the given local time",
            wording(
                "Next failover delay: I will not start a failover before <time:ctime>",
                "redis 2.8+; valkey 7.2+",
            ),
            level="warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="X",
            source="sentinel.c:sentinelStartFailoverIfNeeded",
        ),
    )
