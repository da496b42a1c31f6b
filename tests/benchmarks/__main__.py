"""``python -m tests.benchmarks README.md``: measure the speed, and write the table of a document anew."""

from __future__ import annotations

import json
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NAMES = {
    "floor": "by hand: one `re` for the prefix, one for the message, no types (the floor)",
    "parse": "**`redislog.parse`**: typed events",
    "replay": "**`redislog.replay`**: the verdict",
    "drain3": "drain3: templates of messages",
    "pygrok": "pygrok: the prefix only",
    "lnav": "lnav (C++): the prefix into a table",
    "pyparsing": "the same grammar in pyparsing itself",
}
_TABLE = re.compile(r"(<!-- measured: speed -->)\n.*?(<!-- end -->)", re.DOTALL)


def table(found: dict[str, float], lines: int) -> Iterator[str]:
    """Each contestant on the realistic log, the fastest first; ``found`` has microseconds a line."""
    yield f"| on {lines:,} realistic lines, Python {platform.python_version()} | µs a line | times the floor |"
    yield "| --- | ---: | ---: |"
    for name, time in sorted(found.items(), key=lambda item: item[1]):
        yield f"| {NAMES[name]} | {time:.1f} | {time / found['floor']:.1f} |"


def main(documents: list[str]) -> int:
    """Run the benchmarks, print their table, and write it between the markers of documents."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "speed.json"
        here = Path(__file__).parent / "test_speed.py"
        failed = pytest.main(
            ["-q", "-s", str(here), "--benchmark-json", str(report), "--benchmark-columns", "median,iqr"]
        )
        measured = json.loads(report.read_text(encoding="utf-8"))["benchmarks"]
    mine = [each for each in measured if each["extra_info"]["log"] == "realistic"]
    times = {
        each["extra_info"]["contestant"]: each["stats"]["median"] / each["extra_info"]["lines"] * 1e6
        for each in mine
    }
    rows = "\n".join(
        table(
            times,
            min(each["extra_info"]["lines"] for each in mine if each["extra_info"]["contestant"] == "floor"),
        )
    )
    print(rows)  # noqa: T201
    for name in documents:
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        path.write_text(_TABLE.sub(lambda match: f"{match[1]}\n{rows}\n{match[2]}", text), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
