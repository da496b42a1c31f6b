"""Hints: statements on names and addresses that do not come from a log."""

from __future__ import annotations

import attrs

from redislog.evidence import Evidence
from redislog.values import Address


@attrs.frozen
class Hint:
    """A statement that an address is a node's, with the line that states it.

    ``name`` is the node's name in the captures.
    """

    name: str
    address: Address
    evidence: Evidence

    @classmethod
    def given(cls, name: str, address: str) -> Hint:
        """A hint that the caller gives.

        >>> Hint.given("server-0", "10.0.202.28:6379").address
        Address(host='10.0.202.28', port=6379)
        """
        return cls(name, Address.parse(address), Evidence("hint", 1, f"{name}={address}"))
