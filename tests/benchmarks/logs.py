"""Logs as large as is wanted, for measurements, in the forms that they come in.

``python -m tests.benchmarks.logs NAME LINES`` writes one. Every log is the same at each call.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import islice
from time import gmtime

from tests.benchmarks.servers import Printed, primary, refused, replica, strange

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _stamps() -> Callable[[int], str]:
    """Writes the stamp of a time, quickly where the next one is in the same second."""
    last, text = -1, ""

    def stamp(at: int) -> str:
        nonlocal last, text
        second = at // 1000
        if second != last:
            now = gmtime(second)
            text = (
                f"{now.tm_mday:02} {_MONTHS[now.tm_mon - 1]} {now.tm_year} "
                f"{now.tm_hour:02}:{now.tm_min:02}:{now.tm_sec:02}."
            )
            last = second
        return f"{text}{at % 1000:03}"

    return stamp


def bare(lines: Iterable[Printed]) -> Iterator[str]:
    """As a server prints them."""
    stamp = _stamps()
    for at, pid, letter, mark, message in lines:
        yield f"{pid}:{letter} {stamp(at)} {mark} {message}" if letter else message


def logfmt(lines: Iterable[Printed]) -> Iterator[str]:
    """As Valkey 8.1 prints them with ``log-format logfmt``."""
    stamp = _stamps()
    role = {"M": "primary", "S": "replica", "C": "RDB/AOF", "X": "sentinel"}
    level = {".": "debug", "-": "info", "*": "notice", "#": "warning"}
    for at, pid, letter, mark, message in lines:
        if letter:
            head = f'pid={pid} role={role[letter]} timestamp="{stamp(at)}" level={level[mark]}'
            yield f'{head} message="{message}"'


def kubectl(*pods: Iterable[Printed]) -> Iterator[str]:
    """Several pods' logs as ``kubectl logs --prefix --timestamps -f`` shows them: in turn, by time."""

    def shown(number: int, lines: Iterable[Printed]) -> Iterator[tuple[int, str]]:
        second, text = -1, ""
        heading = f"[pod/redis-ha-server-{number}/redis]"
        last = 0
        for printed, line in zip(*_twice(lines), strict=True):
            last = max(printed.at, last)
            if last // 1000 != second:
                second = last // 1000
                now = gmtime(second)
                day = f"{now.tm_year}-{now.tm_mon:02}-{now.tm_mday:02}"
                text = f"{heading} {day}T{now.tm_hour:02}:{now.tm_min:02}:{now.tm_sec:02}."
            yield last, f"{text}{last % 1000:03}311208Z {line}"

    for _, line in merge(*(shown(number, pod) for number, pod in enumerate(pods)), key=lambda each: each[0]):
        yield line


def _twice(lines: Iterable[Printed]) -> tuple[Iterator[Printed], Iterator[str]]:
    """The same lines as what they are and as text; both are to be read in step."""
    held: list[Printed] = []

    def first() -> Iterator[Printed]:
        for line in lines:
            held.append(line)
            yield line

    return first(), bare(iter(held.pop, None))


LOGS: dict[str, Callable[[], Iterator[str]]] = {
    "realistic": lambda: bare(primary()),
    "replica": lambda: bare(replica(0)),
    "unknown": lambda: bare(strange(primary())),
    "debug": lambda: bare(primary(debug=True)),
    "kubectl": lambda: kubectl(primary(), replica(0), replica(1)),
    "logfmt": lambda: logfmt(primary()),
    "storm": lambda: bare(primary(20_000, clients=0.2)),
    "storm-replica": lambda: bare(replica(0, 20_000, clients=0.2)),
    "refused": lambda: bare(refused()),
}
"""Each log, by name: an endless one to take as much of as is wanted."""


def lines_of(name: str, count: int) -> Iterator[bytes]:
    """The first ``count`` lines of a log, with their newlines."""
    return (f"{line}\n".encode() for line in islice(LOGS[name](), count))


def main(arguments: list[str]) -> None:
    """Write a log to standard output."""
    name, count = arguments
    written = lines_of(name, int(count))
    for block in iter(lambda: b"".join(islice(written, 10_000)), b""):
        sys.stdout.buffer.write(block)


if __name__ == "__main__":
    main(sys.argv[1:])
