"""split-brain-fix and HAProxy of the redis-ha chart: who watches which server is primary."""

from redislog.events.base import Event, event, message, wording

_NEW = "chart 4.35-4.39"
_NEWEST = "chart 4.39"
_SCRIPT = "fix-split-brain.sh"
_ALL = "haproxy 2.6-3.1"
_SEEN = "haproxy 2.6"
_LEFT = (
    "<active:int> active and <backup:int> backup servers left. "
    "<sessions:int> sessions active, <requeued:int> requeued, <queued:int> remaining in queue."
)


@event
class SplitBrainCheck(Event):
    """What split-brain-fix found and decided. Source: redis-ha chart, ``fix-split-brain.sh``."""

    CATEGORY = "sidecar"

    role: str | None = None
    host: str | None = None
    expected: str | None = None
    failures: int | None = None
    limit: int | None = None

    MESSAGES = (
        message(
            "split-brain-fix.reinitializing",
            "the pod's server is not what Sentinel says it should be: it is configured anew and restarted",
            wording("Redis role is <role:text>, expected role is master, reinitializing", _NEW),
            wording("Redis master is <host:text>, expected master is <expected:text>, reinitializing", _NEW),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "split-brain-fix.no-need",
            "the server is what it should be; printed even where it is then configured anew",
            wording("Redis role is <role:text>, expected role is master. No need to reinitialize.", _NEW),
            wording(
                "Redis master is <host:text>, expected master is <expected:text>. No need to reinitialize.", _NEW
            ),
            wording("This pod became master during wait, skipping reinit", _NEWEST),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "split-brain-fix.waiting",
            "the server differs from what Sentinel says; some time is given to it",
            wording("waiting for redis to become master", _NEW),
            wording("Redis master and local master are not the same. waiting.", _NEW),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "split-brain-fix.no-primary",
            "Sentinel names no primary: its quorum may be broken",
            wording(
                "WARNING: Sentinel returned no master (quorum may be broken). Failure count: <failures:int>/<limit:int>",
                _NEWEST,
            ),
            level="raw", roles="-", source=_SCRIPT,
        ),
        message(
            "split-brain-fix.sentinel-reset",
            "Sentinel named no primary several times: it is reset",
            wording(
                "ERROR: Quorum broken for <failures:int> consecutive checks. Attempting sentinel reset...",
                _NEWEST,
            ),
            level="raw", roles="-", source=_SCRIPT,
        ),
    )  # fmt: skip


@event
class ProxyServer(Event):
    """HAProxy's health check of one server changed its mind.

    In the backend ``bk_redis_master`` a server is up that answers ``role:master``; two can. In
    ``check_if_redis_is_master_N`` a Sentinel is up that says that server N is the primary. Two of three
    down is the normal state. Source: HAProxy, ``check.c``.
    """

    CATEGORY = "sidecar"

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
        message(
            "haproxy.server-down",
            "a server no longer answers as this backend wants it",
            wording(
                '[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is DOWN, reason: <reason:text>, info: "<info:text>", '
                "check duration: <duration:int>ms. <active:int> active and <backup:int> backup servers left. "
                "<sessions:int> sessions active, <requeued:int> requeued, <queued:int> remaining in queue.",
                _ALL,
            ),
            level="raw", roles="-", source="check.c:check_notify_failure",
        ),
        message(
            "haproxy.server-up",
            "a server answers as this backend wants it",
            wording(
                '[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP, reason: <reason:text>, code: <code:int>, info: "<info:text>", '
                "check duration: <duration:int>ms. <active:int> active and <backup:int> backup servers online. "
                "<requeued:int> sessions requeued, <queued:int> total in queue.",
                _ALL,
            ),
            wording(
                '[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP, reason: <reason:text>, info: "<info:text>", '
                "check duration: <duration:int>ms. <active:int> active and <backup:int> backup servers online. "
                "<requeued:int> sessions requeued, <queued:int> total in queue.",
                _ALL,
            ),
            level="raw", roles="-", source="check.c:check_notify_success",
        ),
    )  # fmt: skip


@event
class ProxyMaintenance(Event):
    """A server of HAProxy was taken out of service or put back, by hand or as its name no longer resolves.

    ``reason`` is why, where the line says so; ``host_name`` the name that resolves again. One that leaves
    maintenance counts as up until its next check. Source: HAProxy 2.6.12, seen.
    """

    CATEGORY = "sidecar"

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
        message(
            "haproxy.maintenance",
            "a server is in maintenance from now on: no client is sent there",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is going DOWN for maintenance. "
                f"{_LEFT}",
                _SEEN,
            ),
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is going DOWN for maintenance "
                f"(<reason:text>). {_LEFT}",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.maintenance-while-down",
            "a server that was down is in maintenance from now on",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> was DOWN and now enters maintenance.",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.maintenance-over",
            "a server is back from maintenance, and up until a check says otherwise",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP/READY (leaving forced maintenance).",
                _SEEN,
            ),
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> ('<host_name:text>') is UP/READY "
                "(resolves again).",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.resolves",
            "the name of a server resolves again",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> administratively READY thanks to valid "
                "DNS answer.",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.drain",
            "a server gets no new clients from now on",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> enters drain state. "
                "<active:int> active and <backup:int> backup servers online. "
                "<requeued:int> sessions requeued, <queued:int> total in queue.",
                _SEEN,
            ),
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> enters drain state. "
                f"{_LEFT}",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.drain-over",
            "a server gets new clients again",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is UP (leaving forced drain).",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.drain-over-down",
            "a server would get new clients again, and is down",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is DOWN (leaving forced drain).",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
        message(
            "haproxy.server-down-by-hand",
            "a server was called down by a command at the runtime socket",
            wording(
                "[WARNING]  (<worker:int>) : Server <backend:text>/<server:text> is DOWN, changed from CLI. "
                f"{_LEFT}",
                _SEEN,
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
    )  # fmt: skip


@event
class ProxyServerMoved(Event):
    """The name of a server resolves to another address: clients are sent there. Source: HAProxy 2.6.12 and 3.2.26, seen."""

    CATEGORY = "sidecar"

    worker: int
    backend: str
    server: str
    old: str
    new: str
    by: str

    MESSAGES = (
        message(
            "haproxy.address",
            "a server has another address from now on",
            wording(
                "[WARNING]  (<worker:int>) : <backend:text>/<server:text> changed its IP from <old:word> to <new:word> "
                "by <by:text>.",
                _SEEN,
            ),
            wording(
                "[WARNING]  (<worker:int>) : <backend:text>/<server:text>: IP changed from '<old:word>' to '<new:word>' "
                "by '<by:text>'.",
                "haproxy 3.2",
                source="seen on a real 3.2.26",
            ),
            level="raw", roles="-", source="seen on a real 2.6.12",
        ),
    )  # fmt: skip


@event
class ProxyBackendEmpty(Event):
    """No server of a backend is up: no client reaches a primary. Source: HAProxy, ``server.c``."""

    CATEGORY = "sidecar"

    worker: int
    backend: str

    MESSAGES = (
        message(
            "haproxy.no-server",
            "no server of the backend is up; normal for some seconds at start",
            wording("[ALERT]    (<worker:int>) : backend '<backend:text>' has no server available!", _ALL),
            wording("[ALERT]    (<worker:int>) : proxy '<backend:text>' has no server available!", _ALL),
            level="raw", roles="-", source="server.c:srv_update_status",
        ),
    )  # fmt: skip


@event
class ProxyProcess(Event):
    """HAProxy started. Source: HAProxy, ``haproxy.c``."""

    CATEGORY = "sidecar"

    process: int
    worker: int | None = None

    MESSAGES = (
        message(
            "haproxy.worker",
            "a worker process was started",
            wording("[NOTICE]   (<process:int>) : New worker (<worker:int>) forked", "haproxy 2.6-3.0"),
            wording("[NOTICE]   (<process:int>) : Initializing new worker (<worker:int>)", "haproxy 3.1"),
            level="raw", roles="-", source="haproxy.c:main",
        ),
        message(
            "haproxy.ready",
            "HAProxy has read its configuration",
            wording("[NOTICE]   (<process:int>) : Loading success.", _ALL),
            level="raw", roles="-", source="haproxy.c:main",
        ),
    )  # fmt: skip


@event
class ProxyAddress(Event):
    """An announced name and its address, as HAProxy's own config-init resolved it."""

    CATEGORY = "sidecar"

    host: str
    name: str
    index: int

    MESSAGES = (
        message(
            "haproxy.announce",
            "the address of the Service that one server announces",
            wording("<host:host>  <name:word>-announce-<index:int>", "chart 4.22-4.39"),
            level="raw", roles="-", source="haproxy_init.sh",
        ),
    )  # fmt: skip
