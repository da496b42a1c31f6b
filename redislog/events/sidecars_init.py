"""The scripts of the redis-ha chart: config-init, which writes a pod's configuration before its start.

split-brain-fix prints the same lines when it looks up the primary, and all of them when it repairs. Lines of
both go to one log with no time but that of ``date``. That a pod prints ``we are slave of`` does not make it
a replica: the pod that becomes primary prints it with its own address.
"""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("sidecar", "config-init.sh", level="raw", roles="-")


@event(_PRINTER)
class InitMoment(Event):
    """The script began, ended, or gave up. Source: redis-ha chart, ``config-init.sh``."""

    date: str

    MESSAGES = (
        message("config-init.start")("the script begins", "chart 4.22-4.39: <date:date> Start..."),
        message("config-init.ready")(
            "the configuration is written; the servers start next", "chart 4.22-4.39: <date:date> Ready..."
        ),
        message("config-init.failover-failed")(
            "no primary could be reached and no failover forced: the pod starts over",
            "chart 4.22-4.39: <date:date> Error: Could not failover, exiting...",
        ),
    )


@event(_PRINTER)
class InitPrimary(Event):
    """What Sentinel said of the primary, and whether it answers. Source: redis-ha chart, ``config-init.sh``."""

    date: str
    host: str

    MESSAGES = (
        message("config-init.primary-found")(
            "Sentinel names this primary", "chart 4.22-4.39:   <date:date> Found redis master (<host:host>)"
        ),
        message("config-init.primary-not-found")(
            "no Sentinel answered, or none knows a primary",
            "chart 4.22-4.39:   <date:date> Did not find redis master (<host:host>)",
        ),
        message("config-init.primary-reachable")(
            "the primary that Sentinel names answers",
            "chart 4.22-4.39:   <date:date> Found reachable redis master (<host:host>)",
        ),
        message("config-init.primary-unreachable")(
            "the primary that Sentinel names does not answer: a failover will be forced",
            "chart 4.22-4.39:   <date:date> Can't ping redis master (<host:host>)",
        ),
    )


@event(_PRINTER)
class InitHost(Event):
    """An address that the script found or uses. Source: redis-ha chart, ``config-init.sh``."""

    host: str

    MESSAGES = (
        message("config-init.announce")(
            "the address that this pod announces: the one that others know it by",
            "chart 4.22-4.39:   identified announce (<host:host>)",
        ),
        message("config-init.uses-announce")(
            "the pod is set up as primary under its own address",
            "chart 4.22-4.39:   using announce (<host:host>)",
        ),
        message("config-init.uses-primary")(
            "the pod is set up as a replica of this address",
            "chart 4.22 | chart 4.35-4.39:   using master <ip|address> (<host:host>)",
        ),
        message("config-init.primary-guessed")(
            "no Sentinel answered: the pod with index 0 is taken for the primary",
            "chart 4.22-4.39:   identified redis (may be redis master) ip (<host:host>)",
        ),
        message("config-init.not-a-replica")(
            "this address, the pod's own, is told to follow nobody",
            "chart 4.22-4.39:   make sure <host:host> is not a slave (slaveof no one)",
        ),
    )


@event(_PRINTER)
class InitServer(Event):
    """An address with its port that goes into a configuration. Source: redis-ha chart, ``config-init.sh``."""

    host: str
    port: int

    MESSAGES = (
        message("config-init.primary-configured")(
            "the primary in redis.conf; the pod's own address on the pod that becomes primary",
            "chart 4.22-4.39:   we are slave of redis master (<host:host>:<port:port>)",
        ),
        message("config-init.sentinel-primary")(
            "the primary in sentinel.conf", "chart 4.22-4.39:   redis master (<host:host>:<port:port>)"
        ),
        message("config-init.sentinel-announce")(
            "the address that this pod's Sentinel announces",
            "chart 4.22-4.39:   announce (<host:host>:<port:port>)",
        ),
        message("config-init.ping")(
            "the primary is asked whether it is there", "chart 4.22-4.39:   ping (<host:host>:<port:port>)"
        ),
    )


@event(_PRINTER)
class InitStep(Event):
    """What the script does next. Source: redis-ha chart, ``config-init.sh``."""

    MESSAGES = (
        message("config-init.looks-up-primary")(
            "Sentinel is asked for the primary",
            "chart 4.22-4.39: Identifying redis master (get-master-addr-by-name)..",
            "chart 4.22-4.39: We should get redis master's ip now. Asking (get-master-addr-by-name)..",
        ),
        message("config-init.looks-up-announce")(
            "the pod's own Service is resolved", "chart 4.22-4.39: Identify announce ip for this pod.."
        ),
        message("config-init.becomes-primary")(
            "no primary is known and this pod has index 0: it starts as primary",
            "chart 4.22-4.39: Setting this pod as master for redis and sentinel..",
        ),
        message("config-init.becomes-replica")(
            "no primary is known and this pod has another index: it starts as a replica",
            "chart 4.22-4.39: Setting default slave config for redis and sentinel..",
        ),
        message("config-init.forces-failover")(
            "the primary does not answer: Sentinel is told to fail over",
            "chart 4.22-4.39: Attempting to force failover (sentinel failover)..",
        ),
        message("config-init.step")(
            "the script goes on",
            "chart 4.22-4.39: Initializing config..",
            "chart 4.22-4.39: Copying default <redis|sentinel> config..",
            "chart 4.22-4.39: Setting up defaults..",
            "chart 4.22-4.39: Updating <redis|sentinel> config..",
            "chart 4.22-4.39: Updating redis and sentinel config..",
            "chart 4.22-4.39: Verifying redis master..",
            "chart 4.22-4.39: Getting redis master ip..",
            "chart 4.22-4.39: Hold on for 10sec",
            "chart 4.35-4.39: Setting redis auth values..",
        ),
    )


@event(_PRINTER)
class InitDetail(Event):
    """What a step works on. Source: redis-ha chart, ``config-init.sh``."""

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
        message("config-init.detail")(
            "what a step works on",
            "chart 4.22-4.39:   to '<path:path>'",
            "chart 4.22-4.39:   using sentinel (<service:text>), sentinel group name (<group:text>)",
            "chart 4.22-4.39:   using (<service:text>) or (<other:text>)",
            "chart 4.22-4.39:   using statefulset index (<index:int>)",
            "chart 4.22-4.39:   blindly assuming (<service:text>) are master",
            "chart 4.22-4.39:   evaluating sentinel id (<id:text>)",
            "chart 4.22-4.39:   sentinel id (<id:text>), sentinel grp (<group:text>), quorum (<quorum:int>)",
            "chart 4.22-4.39:   on sentinel (<service:text>)",
        ),
        message("config-init.failover-reply")(
            "what Sentinel said to the forced failover: NOGOODSLAVE, INPROG",
            "chart 4.22-4.39:   <date:date> Failover returned with '<reply:text>'",
        ),
    )


@event(_PRINTER, by="redis-cli.c:cliConnect")
class InitUnreachable(Event):
    """A server, mostly Sentinel, could not be asked. Source: ``redis-cli.c:cliConnect``."""

    host: str
    port: int
    error: str

    MESSAGES = (
        message("config-init.unreachable")(
            "redis-cli could not connect: no Sentinel runs yet, or its name has no address",
            "chart 4.22-4.39: Could not connect to Redis at <host:host>:<port:port>: <error:errno>",
        ),
    )
