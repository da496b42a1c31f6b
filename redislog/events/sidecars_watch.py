"""split-brain-fix and HAProxy of the redis-ha chart: who watches which server is primary."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_LEFT = (
    "<active:int> active and <backup:int> backup servers left. "
    "<sessions:int> sessions active, <requeued:int> requeued, <queued:int> remaining in queue."
)
_PRINTER = Printer("sidecar", level="raw", roles="-")


@event(_PRINTER, by="fix-split-brain.sh")
class SplitBrainCheck(Event):
    """What split-brain-fix found and decided. Source: redis-ha chart, ``fix-split-brain.sh``."""

    role: str | None = None
    host: str | None = None
    expected: str | None = None
    failures: int | None = None
    limit: int | None = None

    MESSAGES = (
        message("split-brain-fix.reinitializing")(
            "the pod's server is not what Sentinel says it should be: it is configured anew and restarted",
            "chart 4.35-4.39: Redis role is <role:text>, expected role is master, reinitializing",
            "chart 4.35-4.39: Redis master is <host:text>, expected master is <expected:text>, reinitializing",
        ),
        message("split-brain-fix.no-need")(
            "the server is what it should be; printed even where it is then configured anew",
            "chart 4.35-4.39: Redis role is <role:text>, expected role is master. No need to reinitialize.",
            "chart 4.35-4.39: Redis master is <host:text>, expected master is <expected:text>. No need to reinitialize.",
            "chart 4.39: This pod became master during wait, skipping reinit",
        ),
        message("split-brain-fix.waiting")(
            "the server differs from what Sentinel says; some time is given to it",
            "chart 4.35-4.39: waiting for redis to become master",
            "chart 4.35-4.39: Redis master and local master are not the same. waiting.",
        ),
        message("split-brain-fix.no-primary")(
            "Sentinel names no primary: its quorum may be broken",
            "chart 4.39: WARNING: Sentinel returned no master (quorum may be broken). Failure count: <failures:int>/<limit:int>",
        ),
        message("split-brain-fix.sentinel-reset")(
            "Sentinel named no primary several times: it is reset",
            "chart 4.39: ERROR: Quorum broken for <failures:int> consecutive checks. Attempting sentinel reset...",
        ),
    )


@event(_PRINTER)
class ProxyServer(Event):
    """HAProxy's health check of one server changed its mind.

    In the backend ``bk_redis_master`` a server is up that answers ``role:master``; two can. In
    ``check_if_redis_is_master_N`` a Sentinel is up that says that server N is the primary. Two of three
    down is the normal state. Source: HAProxy, ``check.c``.
    """

    worker: int
    backend: str
    server: str
    reason: str
    info: str
    duration: int
    active: int
    backup: int
    requeued: int
    queued: int
    code: int | None = None
    sessions: int | None = None

    MESSAGES = (
        message("haproxy.server-down", by="check.c:check_notify_failure")(
            "a server no longer answers as this backend wants it",
            f'haproxy 2.6-3.1: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is DOWN, reason: <reason:text>, info: "<info:text>", check duration: <duration:int>ms. {_LEFT}',
        ),
        message("haproxy.server-up", by="check.c:check_notify_success")(
            "a server answers as this backend wants it",
            'haproxy 2.6-3.1: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP, reason: <reason:text>, code: <code:int>, info: "<info:text>", check duration: <duration:int>ms. <active:int> active and <backup:int> backup servers online. <requeued:int> sessions requeued, <queued:int> total in queue.',
            'haproxy 2.6-3.1: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP, reason: <reason:text>, info: "<info:text>", check duration: <duration:int>ms. <active:int> active and <backup:int> backup servers online. <requeued:int> sessions requeued, <queued:int> total in queue.',
        ),
    )


@event(_PRINTER, by="seen on a real 2.6.12")
class ProxyMaintenance(Event):
    """A server of HAProxy was taken out of service or put back, by hand or as its name no longer resolves.

    ``reason`` is why, where the line says so; ``host_name`` the name that resolves again. One that leaves
    maintenance counts as up until its next check. Source: HAProxy 2.6.12, seen.
    """

    worker: int
    backend: str
    server: str
    reason: str | None = None
    host_name: str | None = None
    active: int | None = None
    backup: int | None = None
    sessions: int | None = None
    requeued: int | None = None
    queued: int | None = None

    MESSAGES = (
        message("haproxy.maintenance")(
            "a server is in maintenance from now on: no client is sent there",
            f"haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is going DOWN for maintenance. {_LEFT}",
            f"haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is going DOWN for maintenance (<reason:text>). {_LEFT}",
        ),
        message("haproxy.maintenance-while-down")(
            "a server that was down is in maintenance from now on",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> was DOWN and now enters maintenance.",
        ),
        message("haproxy.maintenance-over")(
            "a server is back from maintenance, and up until a check says otherwise",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP/READY (leaving forced maintenance).",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> ('<host_name:text>') is UP/READY (resolves again).",
        ),
        message("haproxy.resolves")(
            "the name of a server resolves again",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> administratively READY thanks to valid DNS answer.",
        ),
        message("haproxy.drain")(
            "a server gets no new clients from now on",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> enters drain state. <active:int> active and <backup:int> backup servers online. <requeued:int> sessions requeued, <queued:int> total in queue.",
            f"haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> enters drain state. {_LEFT}",
        ),
        message("haproxy.drain-over")(
            "a server gets new clients again",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP (leaving forced drain).",
        ),
        message("haproxy.drain-over-down")(
            "a server would get new clients again, and is down",
            "haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is DOWN (leaving forced drain).",
        ),
        message("haproxy.server-down-by-hand")(
            "a server was called down by a command at the runtime socket",
            f"haproxy 2.6: [WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is DOWN, changed from CLI. {_LEFT}",
        ),
    )


@event(_PRINTER, by="seen on a real 2.6.12")
class ProxyServerMoved(Event):
    """The name of a server resolves to another address: clients are sent there. Source: HAProxy 2.6.12 and 3.2.26, seen."""

    worker: int
    backend: str
    server: str
    old: str
    new: str
    by: str

    MESSAGES = (
        message("haproxy.address")(
            "a server has another address from now on",
            "haproxy 2.6: [WARNING]  (<worker:int>) : <backend:text>/<server:text> changed its IP from <old:word> to <new:word> by <by:text>.",
            "haproxy 3.2, by seen on a real 3.2.26: [WARNING]  (<worker:int>) : <backend:text>/<server:text>: IP changed from '<old:word>' to '<new:word>' by '<by:text>'.",
        ),
    )


@event(_PRINTER, by="server.c:srv_update_status")
class ProxyBackendEmpty(Event):
    """No server of a backend is up: no client reaches a primary. Source: HAProxy, ``server.c``."""

    worker: int
    backend: str

    MESSAGES = (
        message("haproxy.no-server")(
            "no server of the backend is up; normal for some seconds at start",
            "haproxy 2.6-3.1: [ALERT]    (<worker:int>) : <backend|proxy> '<backend:text>' has no server available!",
        ),
    )


@event(_PRINTER, by="haproxy.c:main")
class ProxyProcess(Event):
    """HAProxy started. Source: HAProxy, ``haproxy.c``."""

    process: int
    worker: int | None = None

    MESSAGES = (
        message("haproxy.worker")(
            "a worker process was started",
            "haproxy 2.6-3.0: [NOTICE]   (<process:int>) : New worker (<worker:int>) forked",
            "haproxy 3.1: [NOTICE]   (<process:int>) : Initializing new worker (<worker:int>)",
        ),
        message("haproxy.ready")(
            "HAProxy has read its configuration",
            "haproxy 2.6-3.1: [NOTICE]   (<process:int>) : Loading success.",
        ),
    )


@event(_PRINTER, by="haproxy_init.sh")
class ProxyAddress(Event):
    """An announced name and its address, as HAProxy's own config-init resolved it."""

    host: str
    name: str
    index: int

    MESSAGES = (
        message("haproxy.announce")(
            "the address of the Service that one server announces",
            "chart 4.22-4.39: <host:host>  <name:word>-announce-<index:int>",
        ),
    )
