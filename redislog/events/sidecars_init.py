"""The scripts of the redis-ha chart: config-init, which writes a pod's configuration before its start.

split-brain-fix prints the same lines when it looks up the primary, and all of them when it repairs. Lines of
both go to one log with no time but that of ``date``. That a pod prints ``we are slave of`` does not make it
a replica: the pod that becomes primary prints it with its own address.
"""

from redislog.events.base import Event, event, message, wording

_ALL = "chart 4.22-4.39"
_SCRIPT = "config-init.sh"


@event
class InitMoment(Event):
    """The script began, ended, or gave up. Source: redis-ha chart, ``config-init.sh``."""

    CATEGORY = "sidecar"

    date: str

    MESSAGES = (
        message(
            "config-init.start",
            "the script begins",
            wording("<date:date> Start...", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.ready",
            "the configuration is written; the servers start next",
            wording("<date:date> Ready...", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.failover-failed",
            "no primary could be reached and no failover forced: the pod starts over",
            wording("<date:date> Error: Could not failover, exiting...", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class InitPrimary(Event):
    """What Sentinel said of the primary, and whether it answers. Source: redis-ha chart, ``config-init.sh``."""

    CATEGORY = "sidecar"

    date: str
    host: str

    MESSAGES = (
        message(
            "config-init.primary-found",
            "Sentinel names this primary",
            wording("  <date:date> Found redis master (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.primary-not-found",
            "no Sentinel answered, or none knows a primary",
            wording("  <date:date> Did not find redis master (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.primary-reachable",
            "the primary that Sentinel names answers",
            wording("  <date:date> Found reachable redis master (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.primary-unreachable",
            "the primary that Sentinel names does not answer: a failover will be forced",
            wording("  <date:date> Can't ping redis master (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class InitHost(Event):
    """An address that the script found or uses. Source: redis-ha chart, ``config-init.sh``."""

    CATEGORY = "sidecar"

    host: str

    MESSAGES = (
        message(
            "config-init.announce",
            "the address that this pod announces: the one that others know it by",
            wording("  identified announce (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.uses-announce",
            "the pod is set up as primary under its own address",
            wording("  using announce (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.uses-primary",
            "the pod is set up as a replica of this address",
            wording("  using master ip (<host:host>)", "chart 4.22"),
            wording("  using master address (<host:host>)", "chart 4.35-4.39"),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.primary-guessed",
            "no Sentinel answered: the pod with index 0 is taken for the primary",
            wording("  identified redis (may be redis master) ip (<host:host>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.not-a-replica",
            "this address, the pod's own, is told to follow nobody",
            wording("  make sure <host:host> is not a slave (slaveof no one)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class InitServer(Event):
    """An address with its port that goes into a configuration. Source: redis-ha chart, ``config-init.sh``."""

    CATEGORY = "sidecar"

    host: str
    port: int

    MESSAGES = (
        message(
            "config-init.primary-configured",
            "the primary in redis.conf; the pod's own address on the pod that becomes primary",
            wording("  we are slave of redis master (<host:host>:<port:port>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.sentinel-primary",
            "the primary in sentinel.conf",
            wording("  redis master (<host:host>:<port:port>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.sentinel-announce",
            "the address that this pod's Sentinel announces",
            wording("  announce (<host:host>:<port:port>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.ping",
            "the primary is asked whether it is there",
            wording("  ping (<host:host>:<port:port>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class InitStep(Event):
    """What the script does next. Source: redis-ha chart, ``config-init.sh``."""

    CATEGORY = "sidecar"

    MESSAGES = (
        message(
            "config-init.looks-up-primary",
            "Sentinel is asked for the primary",
            wording("Identifying redis master (get-master-addr-by-name)..", _ALL),
            wording("We should get redis master's ip now. Asking (get-master-addr-by-name)..", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.looks-up-announce",
            "the pod's own Service is resolved",
            wording("Identify announce ip for this pod..", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.becomes-primary",
            "no primary is known and this pod has index 0: it starts as primary",
            wording("Setting this pod as master for redis and sentinel..", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.becomes-replica",
            "no primary is known and this pod has another index: it starts as a replica",
            wording("Setting default slave config for redis and sentinel..", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.forces-failover",
            "the primary does not answer: Sentinel is told to fail over",
            wording("Attempting to force failover (sentinel failover)..", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.step",
            "the script goes on",
            wording("Initializing config..", _ALL),
            wording("Copying default redis config..", _ALL),
            wording("Copying default sentinel config..", _ALL),
            wording("Setting up defaults..", _ALL),
            wording("Updating redis config..", _ALL),
            wording("Updating sentinel config..", _ALL),
            wording("Updating redis and sentinel config..", _ALL),
            wording("Verifying redis master..", _ALL),
            wording("Getting redis master ip..", _ALL),
            wording("Hold on for 10sec", _ALL),
            wording("Setting redis auth values..", "chart 4.35-4.39"),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class InitDetail(Event):
    """What a step works on. Source: redis-ha chart, ``config-init.sh``."""

    CATEGORY = "sidecar"

    path: str | None = None
    service: str | None = None
    other: str | None = None
    group: str | None = None
    index: int | None = None
    id: str | None = None
    quorum: int | None = None
    reply: str | None = None
    date: str | None = None

    MESSAGES = (
        message(
            "config-init.detail",
            "what a step works on",
            wording("  to '<path:path>'", _ALL),
            wording("  using sentinel (<service:text>), sentinel group name (<group:text>)", _ALL),
            wording("  using (<service:text>) or (<other:text>)", _ALL),
            wording("  using statefulset index (<index:int>)", _ALL),
            wording("  blindly assuming (<service:text>) are master", _ALL),
            wording("  evaluating sentinel id (<id:text>)", _ALL),
            wording("  sentinel id (<id:text>), sentinel grp (<group:text>), quorum (<quorum:int>)", _ALL),
            wording("  on sentinel (<service:text>)", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "config-init.failover-reply",
            "what Sentinel said to the forced failover: NOGOODSLAVE, INPROG",
            wording("  <date:date> Failover returned with '<reply:text>'", _ALL),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class InitUnreachable(Event):
    """A server, mostly Sentinel, could not be asked. Source: ``redis-cli.c:cliConnect``."""

    CATEGORY = "sidecar"

    host: str
    port: int
    error: str

    MESSAGES = (
        message(
            "config-init.unreachable",
            "redis-cli could not connect: no Sentinel runs yet, or its name has no address",
            wording("Could not connect to Redis at <host:host>:<port:port>: <error:errno>", _ALL),
            level="raw", roles="-", source="redis-cli.c:cliConnect",
        ),
    )  # fmt: skip
