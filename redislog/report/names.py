"""What ``redislog whois`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redislog.report.page import Block, Piece, paragraph
from redislog.topology.whois import Subject


def whois_page(subjects: Iterable[Subject]) -> Iterator[Block]:
    """Everything that each subject is known by, since when, and the lines that say so."""
    for subject in subjects:
        yield paragraph(Piece(subject.name, "name"), f" ({subject.kind})")
        for alias in subject.aliases:
            words = {"unknown": "possible, others fit as well"}.get(alias.basis, alias.basis)
            span = f", since {alias.since}" if alias.since is not None else ""
            span += f", until {alias.until}" if alias.until is not None else ""
            yield paragraph(f"{alias.kind} {alias.value}: {words}{span}", indent=2)
            for line in alias.evidence:
                yield paragraph(Piece(str(line), "faint"), indent=4)
