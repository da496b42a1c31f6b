"""Which hints can be believed: a hint that contradicts the logs is reported, not obeyed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from redislog.hints import Hint
from redislog.node.history import NodeHistory
from redislog.timeline.cluster import own_ids
from redislog.timeline.identity import Identity, identify
from redislog.timeline.sessions import address_attempts, address_services
from redislog.values import Address


def believable(
    histories: Iterable[NodeHistory], hints: Iterable[Hint]
) -> tuple[tuple[Hint, ...], tuple[str, ...]]:
    """The hints that the logs allow, and what is wrong with the others.

    A hint without a port holds for every address of its host in the logs; where there is none, it says
    nothing. A hint may name a node by its own ID in a cluster.
    """
    nodes = tuple(histories)
    known = {node.name for node in nodes}
    ids = {own: name for own, (name, _) in own_ids({node.name: node for node in nodes}).items()}
    named = (attrs.evolve(hint, name=ids.get(hint.name, hint.name)) for hint in hints)
    asked = {hint for hint in named if hint.name in known}
    if not asked:
        return (), ()
    upstream = {node.name: set(address_attempts(node)) for node in nodes}
    addresses = set().union(*upstream.values(), *(set(address_services(node)) for node in nodes))
    free = identify(nodes)
    good: list[Hint] = []
    wrong: list[str] = []
    for hint in sorted(_spread(asked, addresses), key=lambda hint: (hint.address.host, hint.name)):
        others = {
            other.name for other in asked if other.address.host == hint.address.host and other != hint
        } - {hint.name}
        if others or hint.address in upstream[hint.name] or _is_denied(hint, free):
            wrong.append(f"{hint.evidence}: contradicts the logs, not used")
        else:
            good.append(hint)
    return tuple(good), tuple(dict.fromkeys(wrong))


def _spread(hints: Iterable[Hint], addresses: set[Address]) -> Iterator[Hint]:
    """Every hint with a port: that of each address of its host."""
    for hint in hints:
        if hint.address.port is not None:
            yield hint
            continue
        for address in addresses:
            if address.host == hint.address.host:
                yield attrs.evolve(hint, address=address)


def _is_denied(hint: Hint, free: Identity) -> bool:
    """Whether the logs alone say that the address is another node's."""
    if hint.address in free.owner:
        return free.owner[hint.address] != hint.name
    return hint.address in free.candidates and hint.name not in free.candidates[hint.address]
