"""Hints: statements on names and addresses that do not come from a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import attrs

from redislog.events.base import Event
from redislog.evidence import Evidence, evidence_of
from redislog.values import Address

_CALLER = "given"


@attrs.frozen
class Hint:
    """A statement that an address is a node's, with the line that states it.

    ``name`` is the node's name in the captures. An address without a port stands for all ports of its host.
    ``since`` is when the line was printed, if it is a log's; ``deduced`` says that several lines together show it.
    """

    name: str
    address: Address
    evidence: Evidence
    since: datetime | None = None
    deduced: bool = False

    @classmethod
    def of_line(cls, name: str, address: Address, event: Event, *, deduced: bool = False) -> Hint:
        """What a line of a log states, or lets deduce together with others."""
        (evidence,) = evidence_of(event)
        return cls(name, address, evidence, event.at or event.header.collected, deduced)

    @property
    def is_given(self) -> bool:
        """Whether the caller states it, and no file: of two that contradict each other it is the one to believe."""
        return self.evidence.source == _CALLER

    @classmethod
    def given(cls, name: str, address: str) -> Hint:
        """A hint that the caller gives.

        Raises
        ------
        ValueError
            if the port is no number.

        >>> Hint.given("server-0", "10.0.202.28:6379").address
        Address(host='10.0.202.28', port=6379)
        """
        where = Address.parse(address) if ":" in address else Address(address, None)
        return cls(name, where, Evidence(_CALLER, 1, f"{name}={address}"))


def given(nodes: Mapping[str, str | Iterable[str]]) -> Iterator[Hint]:
    """The hints of a mapping of nodes to their addresses, one or several each.

    >>> [str(hint.address) for hint in given({"server-0": ["10.0.202.28:6379", "10.42.0.7:6379"]})]
    ['10.0.202.28:6379', '10.42.0.7:6379']
    """
    for name, addresses in nodes.items():
        for address in (addresses,) if isinstance(addresses, str) else addresses:
            yield Hint.given(name, address)
