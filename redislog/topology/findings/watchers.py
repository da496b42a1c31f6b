"""Findings on HAProxy and on the scripts of the redis-ha chart: where clients were sent, what was repaired."""

from __future__ import annotations

from collections.abc import Iterator

from redislog.evidence import Evidence
from redislog.node.history import Point
from redislog.timeline.keepers import Keeper, Look
from redislog.timeline.marks import Mark
from redislog.timeline.proxies import Proxy
from redislog.timeline.values import Route
from redislog.topology.findings.base import View, found, rule, times
from redislog.topology.values import Finding, NodeState

_SPREAD = 60.0
"""Seconds that a watcher may need to see a change of role: HAProxy some, split-brain-fix a minute."""


def _holds(view: View, start: Mark, end: Mark | None) -> bool:
    """Whether something that a watcher's lines begin and end holds; without times, that is known at the end only."""
    now = view.instant.time
    if now == float("inf"):
        return end is None
    if start.time is None or start.time > now:
        return False
    return end is None or end.time is None or end.time > now


def _routes(view: View, proxy: Proxy) -> list[Route]:
    """Where a HAProxy sends clients at the instant; its turns and routes stand in one order."""
    own = [route for route in view.instant.joined.routes if route.proxy == proxy.name]
    return [route for route, turn in zip(own, proxy.turns, strict=True) if _holds(view, turn.start, turn.end)]


def _since(route: Route) -> str:
    return f" since {route.start}" if route.start is not None else ""


def _became_replica(view: View, state: NodeState) -> Point | None:
    """Where a server's own log says that it became a replica, if it stayed one for as long as news may take."""
    if state.role != "replica" or state.basis.get("role") != "stated":
        return None
    history = view.instant.joined.nodes.get(state.name)
    spans = [
        span
        for span in (history.roles if history is not None else ())
        if view.has_come(state.name, span.start)
    ]
    if not spans or history is None or history.last is None:
        return None
    start = spans[-1].start
    return start if history.last.time - start.time > _SPREAD else None


@rule(
    "proxy-disagrees",
    "critical",
    "warning",
    meaning="HAProxy sends the primary's clients to a server whose own log says that it is a replica: writes are "
    "refused there. Warning where HAProxy's log has no later line, so that it may have been captured before.",
)
def proxy_disagrees(view: View) -> Iterator[Finding]:
    """HAProxy says B, the servers say A."""
    for proxy in view.instant.joined.watchers.proxies.values():
        for route in _routes(view, proxy):
            state = view.states.get(route.node or "")
            began = _became_replica(view, state) if state is not None else None
            if state is None or began is None:
                continue
            last = proxy.last.time if proxy.last is not None else None
            later = last is not None and last - view.time(state.name, began) > _SPREAD
            yield found(
                "proxy-disagrees",
                "critical" if later else "warning",
                (proxy.name, state.name),
                f"HAProxy {proxy.name} sends clients to {route.server} ({state.name}){_since(route)}, "
                f"and its own log says that it is a replica of {state.primary or 'another'}",
                "See whether HAProxy reaches the primary, and what its check expects; a restart checks all anew.",
                *route.evidence,
                began,
            )


@rule(
    "proxy-two-primaries",
    "critical",
    "warning",
    meaning="Two servers or more answer HAProxy that they are primaries: clients write to both. Warning within a "
    "minute or where no time is known, as some seconds of it are normal in a failover.",
)
def proxy_two_primaries(view: View) -> Iterator[Finding]:
    """Two servers up in a backend that has one."""
    for proxy in view.instant.joined.watchers.proxies.values():
        for backend in proxy.backends:
            routes = [route for route in _routes(view, proxy) if route.backend == backend]
            count, last = proxy.active.get(backend, (0, None))
            unnamed = max(0, count - len(routes)) if view.instant.time == float("inf") else 0
            if len(routes) + unnamed < 2 or not any(route.basis["up"] == "stated" for route in routes):
                continue
            begun = [turn.start.time for turn in proxy.turns if turn.end is None and turn.backend == backend]
            times_known = [time for time in begun if time is not None]
            lasts = len(times_known) == len(begun) and view.end - max(times_known) > _SPREAD
            names = [f"{route.server} ({route.node})" if route.node else route.server for route in routes]
            names += [f"{unnamed} that it does not name"] if unnamed else []
            yield found(
                "proxy-two-primaries",
                "critical" if lasts else "warning",
                (proxy.name, *(route.node for route in routes)),
                f"HAProxy {proxy.name} holds {len(routes) + unnamed} servers of {backend} for the primary: "
                f"{', '.join(names)}",
                "Decide which one keeps its data, and make the others its replicas with REPLICAOF; "
                "until then stop the clients.",
                *(line for route in routes for line in route.evidence),
                _line(last) if last is not None else None,
            )


@rule(
    "proxy-no-server",
    "critical",
    "info",
    meaning="HAProxy finds no primary, so that no client reaches one. Info once one is found; that none is there "
    "right after HAProxy's start is normal.",
    over=("info",),
)
def proxy_no_server(view: View) -> Iterator[Finding]:
    """A backend without any server."""
    for proxy in view.instant.joined.watchers.proxies.values():
        for backend in proxy.backends:
            outages = [each for each in proxy.outages if each.backend == backend]
            lasting = [each for each in outages if _holds(view, each.start, each.end)]
            over = [each for each in outages if each.end is not None and not each.at_start]
            if not lasting and (not over or view.instant.time != float("inf")):
                continue
            last = (lasting or over)[-1]
            out = _out_of_service(proxy, backend) if lasting else None
            since = f" since {last.start.at}" if last.start.at is not None else ""
            yield found(
                "proxy-no-server",
                "critical" if lasting else "info",
                (proxy.name,),
                f"HAProxy {proxy.name} finds no primary in {backend}{since}"
                if lasting
                else f"HAProxy {proxy.name} found no primary in {backend} {times(len(over))}, and one again",
                f"{out[0]} was taken out of service there: once it is well, set server {backend}/{out[0]} state ready "
                "puts it back, or its name must resolve again."
                if out is not None
                else "See which servers run and what they answer to INFO replication; a failover ends it.",
                _line(out[1]) if out is not None else None,
                _line(last.start),
                _line(last.end) if last.end is not None else None,
            )


def _out_of_service(proxy: Proxy, backend: str) -> tuple[str, Mark] | None:
    """The last server that was up, where it was not a check that ended that."""
    ends = [
        (turn.server, turn.end) for turn in proxy.turns if turn.backend == backend and turn.end is not None
    ]
    if not ends or ends[-1][1].event.key not in ("haproxy.maintenance", "haproxy.drain"):
        return None
    return ends[-1]


def _line(mark: Mark) -> Evidence:
    return Evidence(mark.event.source or "", mark.event.line_number, mark.event.message)


@rule(
    "sidecar-disagrees",
    "critical",
    meaning="A pod's split-brain-fix or config-init was told that one server is the primary, and that server's own log "
    "says that it is a replica; or the scripts of two pods were told of different ones. A pod that starts now "
    "follows the wrong server.",
)
def sidecar_disagrees(view: View) -> Iterator[Finding]:
    """The scripts say B, the servers say A."""
    lasts = [(keeper, look) for keeper in _keepers(view) if (look := _last_look(view, keeper)) is not None]
    for keeper, look in lasts:
        name = view.named(look.host) if look.host is not None else None
        began = _became_replica(view, view.states[name]) if name is not None else None
        if name is None or began is None or look.last.time is None:
            continue
        if look.last.time - began.time > _SPREAD:
            yield found(
                "sidecar-disagrees",
                "critical",
                (keeper.name, name),
                f"the scripts of {keeper.name} found {name} ({look.host}) as the primary {times(look.count)}, "
                f"and its own log says that it is a replica of {view.states[name].primary or 'another'}",
                "Ask each Sentinel (SENTINEL GET-MASTER-ADDR-BY-NAME): the one that the pod asks is wrong.",
                _line(look.last),
                began,
            )
    yield from _among_themselves(lasts)


def _keepers(view: View) -> list[Keeper]:
    return list(view.instant.joined.watchers.keepers.values())


def _last_look(view: View, keeper: Keeper) -> Look | None:
    """What a pod's scripts found last, up to the instant, by their own time."""
    timed = [
        (look.first.time, look)
        for look in keeper.looks
        if look.first.time is not None and look.first.time <= view.instant.time
    ]
    return max(timed, key=lambda item: item[0])[1] if timed else None


def _among_themselves(lasts: list[tuple[Keeper, Look]]) -> Iterator[Finding]:
    for number, (one, look) in enumerate(lasts):
        for other, its in lasts[number + 1 :]:
            if None in (look.host, its.host) or look.host == its.host:
                continue
            begun = max(look.first.time or 0.0, its.first.time or 0.0)
            if min(look.last.time or 0.0, its.last.time or 0.0) - begun > _SPREAD:
                yield found(
                    "sidecar-disagrees",
                    "critical",
                    (one.name, other.name),
                    f"the scripts of {one.name} find {look.host} as the primary, those of {other.name} {its.host}",
                    "Ask each Sentinel (SENTINEL GET-MASTER-ADDR-BY-NAME), and see whether they reach each other.",
                    _line(look.last),
                    _line(its.last),
                )


@rule(
    "server-reinitialized",
    "warning",
    "info",
    meaning="split-brain-fix found a pod's server in another role, or following another primary, than Sentinel "
    "says: it wrote its configuration anew and ended it. Info where the server serves or is in sync since.",
    over=("info",),
)
def server_reinitialized(view: View) -> Iterator[Finding]:
    """A server that a script restarted."""
    for keeper in _keepers(view):
        done = [
            mark
            for mark in keeper.repairs
            if view.instant.time == float("inf") or (mark.time is not None and mark.time <= view.instant.time)
        ]
        if not done:
            continue
        state = view.states.get(keeper.name)
        well = state is not None and (
            state.in_sync is True or (state.role == "primary" and state.running is True)
        )
        yield found(
            "server-reinitialized",
            "info" if well else "warning",
            (keeper.name,),
            f"split-brain-fix of {keeper.name} configured its server anew {times(len(done))}",
            "Look at what Sentinel said then: the server restarts each time, and copies all data again.",
            _line(done[0]),
            *([_line(done[-1])] if len(done) > 1 else []),
        )


RULES = (proxy_disagrees, proxy_two_primaries, proxy_no_server, sidecar_disagrees, server_reinitialized)
