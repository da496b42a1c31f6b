"""The servers' own word on their replication, and what redislog says differently.

Two measures. `differences` is for whole captures: every statement must be there and be true. `contradictions`
is for captures that lack something, a log or a common clock: a statement may be missing, none may be wrong.
A server that was killed or frozen left no word of it: what rests on its log alone holds for the time before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from redislog import Group, NodeState, Timeline, Verdict
from redislog.testing.simulate.truth import ServerTruth, Truth


def differences(timeline: Timeline, truth: Truth) -> Iterator[str]:
    """Every statement of a timeline over whole captures that is not what the servers say; one line each."""
    verdict = timeline.verdict
    frozen = {name for name, server in truth.items() if server.running is None}
    primaries = sorted(name for name, server in truth.items() if server.role == "primary")
    yield from _differs("primaries", sorted(set(verdict.primaries) - frozen), primaries)
    yield from _differs("nodes", sorted(verdict.nodes), sorted(set(truth) | _outside(truth)))
    for name in sorted(verdict.nodes.keys() & truth.keys()):
        yield from _node_differences(verdict.nodes[name], truth[name])
    yield from _differs("resyncs", _counted(timeline, truth), _served(truth))


def _outside(truth: Truth) -> set[str]:
    """Primaries that are followed and were never started."""
    followed = {server.primary for server in truth.values() if server.primary is not None}
    return followed - truth.keys()


def _node_differences(state: NodeState, truth: ServerTruth) -> Iterator[str]:
    if truth.running is not None:
        yield from _differs(f"{state.name}: running", state.running, truth.running)
    yield from _differs(f"{state.name}: addresses", set(state.addresses) - truth.addresses, set())
    if truth.running:
        for what in ("role", "primary", "in_sync"):
            yield from _differs(f"{state.name}: {what}", getattr(state, what), getattr(truth, what))
        linked = state.link == "connected", truth.link == "connected"
        yield from _differs(f"{state.name}: linked", *linked)


def _differs(what: str, said: object, true: object) -> Iterator[str]:
    if said != true:
        yield f"{what}: is {true!r}, redislog says {said!r}"


def contradictions(
    timeline: Timeline, truth: Truth, clocks: Mapping[str, float] | None = None
) -> Iterator[str]:
    """Every statement that the servers' word contradicts; ``clocks`` are seconds that nodes' stamps were moved by."""
    yield from misstated(timeline.verdict, truth)
    for key, count in (_counted(timeline, truth)).items():
        if count > _served(truth).get(key, 0) and key[0] in truth:
            yield f"resyncs: are {_served(truth)}, redislog says {count} of {key}"
    for clock in timeline.clocks:
        one, other = (_ahead(name, truth, clocks or {}) for name in (clock.node, clock.reference))
        if one is None or other is None:
            continue
        offset = one - other
        if not (clock.low is None or clock.low < offset) or not (clock.high is None or clock.high > offset):
            yield f"clock of {clock.node}: {offset} from {clock.reference}, redislog says ({clock.low}, {clock.high})"


def misstated(verdict: Verdict, truth: Truth) -> Iterator[str]:
    """Every statement of a verdict that the servers' word, of the same moment, contradicts."""
    for state in verdict.nodes.values():
        names = _names_of(state, truth)
        if names:
            # An address may be that of several, one after the other or behind a gateway.
            yield from min((list(_wrong(state, name, truth)) for name in names), key=len)
        elif state.name not in _outside(truth):
            yield f"{state.name}: there is no such server"
    for group in verdict.groups:
        tops = {
            _top(name, truth) for member in group.members for name in _names_of(verdict.nodes[member], truth)
        }
        running = sorted(
            name
            for name in tops
            if name is not None and truth[name].role == "primary" and not truth[name].silenced
        )
        members = [truth[name] for name in group.members if name in truth]
        outdated = any(each.silenced for each in members) and not any(
            each.running and not each.silenced for each in members
        )
        said = {name for each in group.primaries for name in _names_of(verdict.nodes[each], truth)}
        known = not any(truth[name].silenced or truth[name].running is None for name in said)
        if group.status == "split-brain" and known and len(running) < 2:
            yield f"group of {', '.join(group.members)}: {running} is primary, redislog says {group.primaries}"
        down = [name for name in running if not _seen_down(verdict, group, name, truth)]
        if group.status == "no-primary" and down and not outdated:
            yield f"group of {', '.join(group.members)}: {running} is primary, redislog says none is"


def _ahead(name: str, truth: Truth, moved: Mapping[str, float]) -> float | None:
    """Seconds by which the stamps of a log are ahead of the machine's clock, None where that changes in it."""
    own = truth[name].ahead if name in truth else 0.0
    return None if own is None else own + moved.get(name, 0.0)


def _seen_down(verdict: Verdict, group: Group, name: str, truth: Truth) -> bool:
    """Whether only servers that left no word of later saw that a server was down."""
    states = [verdict.nodes[member] for member in group.members]
    return any(
        state.running is False and name in _names_of(state, truth) and _is_outdated(state, "running", truth)
        for state in states
    )


def _is_outdated(state: NodeState, what: str, truth: Truth) -> bool:
    """Whether a statement rests on logs alone whose servers left no word of later."""
    servers = {line.source for line in state.because.get(what, ())} & truth.keys()
    return bool(servers) and all(truth[source].silenced for source in servers)


def _names_of(state: NodeState, truth: Truth) -> list[str]:
    """The server that a state is of; the servers, of one that is known by an address that they share."""
    if state.name in truth:
        return [state.name]
    return [name for name, server in truth.items() if state.name in server.addresses]


def _wrong(state: NodeState, name: str, truth: Truth) -> Iterator[str]:
    server = truth[name]
    said: dict[str, str | bool | None] = {"running": state.running}
    if server.running:
        said |= {"role": None if state.role == "unknown" else state.role, "in_sync": state.in_sync}
        said |= {"primary": state.primary}
    for what, word in said.items():
        true = getattr(server, what)
        if what == "primary" and word is not None:
            word = next((n for n, other in truth.items() if word in (n, *other.addresses)), word)
        rests_on = {line.source for line in state.because.get(what, ())}
        servers = rests_on & truth.keys()
        seen_online = {source for source in servers if server.addresses & truth[source].online}
        if what == "in_sync" and word and rests_on and rests_on == seen_online:
            continue
        # Where nothing listens at an address that it has left, it does not run there.
        if what == "running" and server.silenced and (rests_on <= {name} or server.also):
            continue
        if word not in (None, true) and true is not None and not _is_outdated(state, what, truth):
            yield f"{state.name}: {what} is {true!r}, redislog says {word!r}"
    for address in set(state.addresses) - server.addresses:
        yield f"{state.name}: address is {server.address}, redislog says {address}"


def _top(name: str | None, truth: Truth) -> str | None:
    """The server that a chain of replicas ends at, None where it ends at no running server or in a cycle."""
    seen: set[str] = set()
    while name is not None and name in truth and name not in seen:
        seen.add(name)
        upstream = truth[name].primary
        if upstream is None:
            return name if truth[name].running else None
        name = upstream
    return None


def _counted(timeline: Timeline, truth: Truth) -> dict[tuple[str, str], int]:
    names = {server.address: name for name, server in truth.items()}
    counts = Counter(
        (names.get(resync.primary or "", resync.primary or ""), str(resync.kind))
        for resync in timeline.resyncs
    )
    return dict(sorted(counts.items()))


def _served(truth: Truth) -> dict[tuple[str, str], int]:
    """The syncs that each server counts, by kind."""
    counts = {
        (name, kind): count
        for name, server in truth.items()
        for kind, count in server.syncs._asdict().items()
    }
    return {key: count for key, count in sorted(counts.items()) if count}
