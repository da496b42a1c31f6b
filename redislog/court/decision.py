"""What was decided of one thing, and why: every claim on it, the one that decided first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import attrs

from redislog.court.claim import What, Witness
from redislog.evidence import Evidence
from redislog.timeline.values import Basis

Weight = Literal["decides", "agrees", "goes behind", "in doubt", "does not count"]
"""What became of a claim: it decides; it says the same; a row above it, or a newer word, goes before it; what it says is
unknown, as something stands in doubt; or what it needs does not hold.
"""


@attrs.frozen
class Weighed:
    """One claim, and what became of it.

    ``testimony`` and ``meaning`` are those of the row of `redislog.court.table` that it falls under, ``teller`` the log
    that it is from. ``since`` is the line that it begins with, ``until`` the one that ends it, both on the reference's clock.
    ``wants`` is the need that does not hold, or the doubt that does.
    """

    witness: Witness
    testimony: str
    teller: str
    value: Any
    meaning: str
    weight: Weight
    since: datetime | None
    until: datetime | None
    evidence: tuple[Evidence, ...]
    wants: str | None = None


@attrs.frozen
class Decision:
    """What is held for true of one thing of a server, on what basis, and by which lines.

    ``row`` says in words which row of the table decided, None where nothing is known; ``claims`` are all that were heard,
    the one that decided first.
    """

    about: str
    what: What
    value: Any = None
    basis: Basis = "unknown"
    evidence: tuple[Evidence, ...] = ()
    row: str | None = None
    claims: tuple[Weighed, ...] = ()
