"""Why a thing is held for true, as text: every claim on it, the one that decided first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from redislog.court.decision import Decision, Weighed
from redislog.report.text import wrapped
from redislog.shortly import printable


def why_report(decisions: Iterable[Decision]) -> Iterator[str]:
    """All that the command ``redislog why`` prints."""
    for decision in decisions:
        yield printable(f"{decision.about}: {decision.what} {_word(decision.value)} ({decision.basis})")
        if not decision.claims:
            yield "  nothing is said of it"
        for claim in decision.claims:
            yield from _claim(claim)


def _claim(claim: Weighed) -> Iterator[str]:
    span = f", since {claim.since}" if claim.since is not None else ""
    span += f", until {claim.until}" if claim.until is not None else ""
    wants = ""
    if claim.wants is not None:
        wants = f" ({'not so' if claim.weight == 'does not count' else 'as'}: {claim.wants})"
    yield wrapped(
        printable(
            f"  {claim.weight}{wants}: {claim.witness} ({claim.teller}) says {_word(claim.value)}: "
            f"{claim.meaning}{span}"
        ),
        "    ",
    )
    for line in claim.evidence:
        yield wrapped(f"    {printable(str(line))}", "      ")


def _word(value: Any) -> str:
    return {True: "yes", False: "no", None: "unknown"}.get(value, str(value))
