"""What was expected and what was found, as tests report it: one line, JUnit's XML, and what GitHub shows.

The XML is that of Ant's schema of JUnit, which the others widen: no attribute or element is in it that one of them
lacks. GitHub's commands and files are those of its documentation ("Workflow commands for GitHub Actions").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

import attrs

from redislog.shortly import printable

_SUITE = "redislog"


@attrs.frozen
class Case:
    """One expectation: whether it holds, what was expected and found, the line that decided, and a failure's text."""

    ok: bool
    expected: str
    found: str
    line: str | None
    text: str = ""


def line_of(case: Case) -> str:
    """An expectation in one line.

    >>> line_of(Case(False, "2 full resyncs", "1; b from a, done", "b:31: Full resync from master"))
    'FAILED: expected 2 full resyncs, found 1; b from a, done [b:31: Full resync from master]'
    """
    word = "ok" if case.ok else "FAILED"
    decided = f" [{case.line}]" if case.line else ""
    return printable(f"{word}: expected {case.expected}, found {case.found}{decided}")


def junit(cases: Sequence[Case], at: datetime, seconds: float) -> str:
    """A report of JUnit's: one suite, a test case an expectation; ``seconds`` is how long it all took."""
    failed = sum(not case.ok for case in cases)
    counts = f'tests="{len(cases)}" failures="{failed}" errors="0" time="{seconds:.3f}"'
    suite = (
        f'name="{_SUITE}" package="{_SUITE}" id="0" hostname="localhost" timestamp="{at:%Y-%m-%dT%H:%M:%S}"'
    )
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<testsuites>",
            f"<testsuite {suite} {counts}>",
            "<properties/>",
            *(line for case in cases for line in _xml_case(case)),
            "<system-out></system-out>",
            "<system-err></system-err>",
            "</testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _xml_case(case: Case) -> Iterator[str]:
    yield f'<testcase classname="{_SUITE}" name={_quoted(case.expected)} time="0">'
    if not case.ok:
        message = f"expected {case.expected}, found {case.found}"
        yield f'<failure message={_quoted(message)} type="AssertionError">{escape(_lines(case.text))}</failure>'
    yield "</testcase>"


def _quoted(text: str) -> str:
    return quoteattr(printable(text))


def _lines(text: str) -> str:
    return "\n".join(map(printable, text.splitlines()))


def github_annotations(cases: Sequence[Case]) -> Iterator[str]:
    """One error an expectation that does not hold, as a command to GitHub's runner."""
    for case in cases:
        if not case.ok:
            title = _escaped(f"redislog: expected {case.expected}").replace(":", "%3A").replace(",", "%2C")
            yield f"::error title={title}::{_escaped(case.text)}"


def _escaped(text: str) -> str:
    return _lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_summary(cases: Sequence[Case]) -> str:
    """A part of a step's summary, in Markdown: a table of all, and the text of each that does not hold."""
    failed = [case for case in cases if not case.ok]
    title = f"{len(failed)} of {len(cases)} failed" if failed else f"all {len(cases)} as expected"
    rows = [
        f"| {'ok' if each.ok else '**FAILED**'} | {_cell(each.expected)} | {_cell(each.found)} | {_cell(each.line or '')} |"
        for each in cases
    ]
    parts = [
        f"### redislog: {title}",
        "",
        "| | expected | found | decided by |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
    ]
    for case in failed:
        parts += [f"<details open><summary>expected {_html(case.expected)}</summary>", "", "<pre>"]
        parts += [_html(case.text), "</pre>", "", "</details>", ""]
    return "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    """Text that no log can make anything else of: neither a cell, nor a link, nor an element."""
    plain = _html(" ".join(text.split()))
    return "".join(f"\\{char}" if char in "\\`*_[]|~#" else char for char in plain)


def _html(text: str) -> str:
    return escape(_lines(text))
