"""One scenario's captures held against the truth: whole, a log left out or cut, under clocks that differ; two of these at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

import redislog
from redislog import Timeline
from redislog.testing.simulate.truth import Truth
from redislog.topology.values import Severity
from tests.truth import contradictions, differences

Captures = Mapping[str, bytes]
Outcome = Severity | Literal["none"]
Findings = Mapping[str, Outcome | Sequence[Outcome]]
"""What a run is to show of some findings, by code: how bad the worst is, where it may differ one of several;
"none" of one that the run comes near to and must not have.
"""

SHIFTS = (-3600.0, -3.0, 3.0, 3600.0)
"""Seconds by which each node's clock is changed, in turn."""
TAILS = (10, 30)
"""Lines that are left of a capture whose head is cut."""
_STAMP = re.compile(rb"(?m)^(\d+:[A-Z] )(\d\d \w{3} \d{4} \d\d:\d\d:\d\d)(?=\.\d{3} )")
_FORMAT = "%d %b %Y %H:%M:%S"


def untrue(
    captures: Captures,
    truth: Truth,
    status: str | None = None,
    *,
    whole: bool = True,
    findings: Findings | None = None,
    twice: bool = False,
) -> list[str]:
    """All that is said otherwise than the servers do, or found otherwise than it is to be, one line each.

    ``whole`` is False where no log can say all of the truth: then nothing may be wrong, and some is missing.
    ``twice`` also holds what is said where two things are missing at once.
    """
    timeline = redislog.replay(captures)
    wrong = [f"unrecognized {line}" for line in unrecognized(captures)]
    wrong += differences(timeline, truth) if whole else ()
    wrong += contradictions(timeline, truth)
    if status is not None and timeline.verdict.status != status:
        wrong.append(f"status: is {status}, redislog says {timeline.verdict.status}")
    wrong += _misjudged(timeline, findings or {})
    # What is wrong with all of the captures is not told again.
    less = (
        *_with_a_log_less(captures, truth),
        *(_with_a_log_less_and_another_changed(captures, truth) if twice else ()),
        *_with_heads_cut(captures, truth),
        *_with_a_hole(captures, truth),
        *_with_an_end_cut(captures, truth),
        *_with_other_clocks(captures, truth, timeline),
    )
    wrong += [line for line in less if line.partition(": ")[2] not in wrong]
    return list(dict.fromkeys(wrong))


def outcomes(said: Outcome | Sequence[Outcome]) -> tuple[Outcome, ...]:
    """What may be of a finding."""
    return (said,) if isinstance(said, str) else tuple(said)


def _misjudged(timeline: Timeline, findings: Findings) -> Iterator[str]:
    """Findings that are missing, too many or not as bad; a healthy end has none worth a warning that is not named."""
    worst = {each.code: each.severity for each in reversed(timeline.verdict.findings)}
    for code, said in findings.items():
        if worst.get(code, "none") not in outcomes(said):
            yield f"finding {code}: is {said}, redislog says {worst.get(code, 'none')}"
    if timeline.verdict.status == "healthy":
        for code in worst.keys() - findings.keys():
            if worst[code] != "info":
                yield f"finding {code}: is not worth a {worst[code]}, as all is well"


def unrecognized(captures: Captures) -> Iterator[str]:
    """The lines that nothing knows."""
    for name, text in captures.items():
        for event in redislog.parse(text, source=name):
            if event.key == "unrecognized":
                yield f"{name}:{event.line_number}: {event.message}"


def _with_a_log_less(captures: Captures, truth: Truth) -> Iterator[str]:
    for left_out in captures:
        rest = {name: text for name, text in captures.items() if name != left_out}
        for line in contradictions(redislog.replay(rest), truth) if rest else ():
            yield f"without {left_out}: {line}"


def _with_a_log_less_and_another_changed(captures: Captures, truth: Truth) -> Iterator[str]:
    """And the heads of all others cut, the end of one, or under another clock of one."""
    for left_out in captures:
        rest = {name: text for name, text in captures.items() if name != left_out}
        for lines in TAILS if rest else ():
            cut = {name: last(text, lines) for name, text in rest.items()}
            for line in contradictions(redislog.replay(cut), truth):
                yield f"without {left_out}, the last {lines} lines of the others: {line}"
        for name in truth.keys() & rest.keys():
            ended = {**rest, name: without_end(rest[name])}
            for line in contradictions(redislog.replay(ended), silenced(truth, name)):
                yield f"without {left_out}, {name} without its end: {line}"
            for seconds in SHIFTS:
                moved = {**rest, name: shifted(rest[name], seconds)}
                for line in contradictions(redislog.replay(moved), truth, {name: seconds}):
                    yield f"without {left_out}, {name} by {seconds:+g} s: {line}"


def _with_heads_cut(captures: Captures, truth: Truth) -> Iterator[str]:
    """As ``--tail`` leaves them: one, or all."""
    for lines in TAILS:
        cut = {name: last(text, lines) for name, text in captures.items()}
        for which, some in {"all": cut, **{name: {**captures, name: cut[name]} for name in truth}}.items():
            for line in contradictions(redislog.replay(some), truth):
                yield f"the last {lines} lines of {which}: {line}"


def _with_a_hole(captures: Captures, truth: Truth) -> Iterator[str]:
    """The third in the middle of one log is not there."""
    for name in truth:
        lines = captures[name].splitlines(keepends=True)
        rest = b"".join(lines[: len(lines) // 3] + lines[2 * len(lines) // 3 :])
        for line in contradictions(redislog.replay({**captures, name: rest}), truth):
            yield f"a hole in {name}: {line}"


def _with_an_end_cut(captures: Captures, truth: Truth) -> Iterator[str]:
    """The last third of one log is not there: what rests on that log alone holds for the time before."""
    for name in truth:
        ended = {**captures, name: without_end(captures[name])}
        for line in contradictions(redislog.replay(ended), silenced(truth, name)):
            yield f"{name} without its end: {line}"


def _with_other_clocks(captures: Captures, truth: Truth, timeline: Timeline) -> Iterator[str]:
    """No statement may be wrong; the status is the same where it is known who is who."""
    for name in truth:
        for seconds in SHIFTS:
            moved = redislog.replay({**captures, name: shifted(captures[name], seconds)})
            for line in contradictions(moved, truth, {name: seconds}):
                yield f"{name} by {seconds:+g} s: {line}"
            unique = _known(moved) == _known(timeline)
            if unique and moved.verdict.status != timeline.verdict.status:
                yield f"{name} by {seconds:+g} s: status becomes {moved.verdict.status}: {moved.verdict.groups}"


def _known(timeline: Timeline) -> object:
    """Who is known by which address, and which syncs are joined."""
    return timeline.joined.identity.owner, timeline.joined.identity.joins


def last(capture: bytes, lines: int) -> bytes:
    """The last lines of a capture."""
    return b"".join(capture.splitlines(keepends=True)[-lines:])


def without_end(capture: bytes) -> bytes:
    """A capture without its last third."""
    lines = capture.splitlines(keepends=True)
    return b"".join(lines[: 2 * len(lines) // 3])


def silenced(truth: Truth, name: str) -> Truth:
    """The truth where what rests on one server's log alone holds for the time before."""
    return {**truth, name: truth[name]._replace(silenced=True)}


def shifted(capture: bytes, seconds: float) -> bytes:
    """A capture whose server's clock is fast by some whole seconds."""

    def move(match: re.Match[bytes]) -> bytes:
        at = datetime.strptime(match[2].decode(), _FORMAT) + timedelta(seconds=seconds)
        return match[1] + at.strftime(_FORMAT).encode()

    return _STAMP.sub(move, capture)
