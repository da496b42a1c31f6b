"""One file read in parts says what it says when it is read at once."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import SourceError, replay, splitting, workers
from redislog.command import main
from redislog.gathering import Way
from redislog.replaying import Timeline
from redislog.sources import Capture, named_file
from redislog.sources.watch import Watch
from tests import logs
from tests.benchmarks.logs import lines_of
from tests.test_jobs import told
from tests.test_lanes import streams

FIXTURES = Path(__file__).parent.parent / "fixtures"
CAPTURES = sorted(path for path in FIXTURES.rglob("*.log"))[::4]
FORMS = sorted(path for path in (FIXTURES / "forms").rglob("*") if path.is_file())


class InTurn:
    """Reads parts as processes do, in this one: what is sent is pickled."""

    room = 3
    parts: ClassVar[Counter[str]] = Counter()

    def __init__(self, node: str, path: Path, way: Way, processes: int) -> None:
        self._file = path.open("rb")
        self._node = node
        self._way = way
        self._given: deque[bytes] = deque()

    def give(self, task: splitting.Task) -> None:
        """Keep a part for later."""
        self._given.append(pickle.dumps(task))

    def next(self) -> splitting.Part:
        """Read the next part."""
        task = pickle.loads(self._given.popleft())
        part = splitting._read_part(self._file, task, self._node, self._way)
        self.parts["read"] += 1
        return pickle.loads(pickle.dumps(part))  # type: ignore[no-any-return]

    def close(self) -> None:
        """Read no more."""
        self._file.close()


@contextmanager
def cut(part: int, head: int = 0, most: int = 1000, pool: Any = InTurn) -> Iterator[None]:
    """While files are cut into parts of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "FILE_PAYS", 0)
        patch.setattr(splitting, "PART", part)
        patch.setattr(splitting, "HEAD", head)
        patch.setattr(splitting, "MOST_EVENTS", most)
        if pool is not None:
            patch.setattr(splitting, "_Pool", pool)
        yield


def same(path: Path, part: int, head: int = 0, most: int = 1000, **options: Any) -> None:
    """The same is said whether a file is cut or not."""
    whole = told(replay({"all": path}, jobs=1, **options))
    with cut(part, head, most):
        assert told(replay({"all": path}, jobs=2, **options)) == whole
        assert told(replay(path, jobs=2, **options)) == told(replay(path, jobs=1, **options))


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_a_recorded_log_says_the_same(capture: Path) -> None:
    same(capture, 400)
    same(capture, 3000, 1000)


@pytest.mark.parametrize("capture", FORMS, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_a_log_in_any_form_says_the_same(capture: Path) -> None:
    for part in (1, 150, 1000):
        same(capture, part)


@pytest.mark.parametrize(
    "name", ["realistic", "replica", "unknown", "debug", "kubectl", "logfmt", "storm", "refused"]
)
def test_a_long_log_says_the_same_and_most_of_it_is_read_in_parts(name: str, tmp_path: Path) -> None:
    path = tmp_path / "redis.log"
    path.write_bytes(b"".join(lines_of(name, 3000)))
    InTurn.parts.clear()
    same(path, 20_000, 5_000)
    assert InTurn.parts["read"] >= 2 * (path.stat().st_size // 30_000)


@given(
    streams(),
    st.integers(1, 400),
    st.integers(0, 400),
    st.sampled_from([2, 1000]),
    st.sampled_from(["", "\n"]),
)
def test_any_stream_says_the_same(
    lines: list[str | bytes], part: int, head: int, most: int, end: str
) -> None:
    data = b"\n".join((line.encode() if isinstance(line, str) else line).rstrip(b"\n") for line in lines)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "server-0.log"
        path.write_bytes(data + end.encode())
        same(path, part, head, most)


def long_log(*texts: str, ends: str = "\n") -> bytes:
    return ends.join(texts).encode()


def _collected(hour: int, minute: int, its_hour: int, its_minute: int) -> str:
    """A line with the collector's stamp in UTC, and with its server's."""
    stamp = f"29 May 2023 {its_hour:02}:{its_minute:02}:03.135"
    return f"2023-05-29T{hour:02}:{minute:02}:03.135Z 1:M {stamp} - Accepted 10.0.0.1:{its_minute}"


QUIET = [logs.line(20 + n / 4, "M", f"Accepted 10.0.0.1:{50000 + n}", "-") for n in range(60)]
SERVER = [*logs.start(0, "M"), *logs.serves(10)]
MIXED = {
    "carriage returns": long_log(*SERVER, *QUIET, ends="\r\n"),
    "no final newline": long_log(*SERVER, *QUIET),
    "another form in the middle": long_log(
        *SERVER,
        *QUIET,
        *(f"[pod/redis-0/redis] {text}" for text in QUIET),
        *(f"2023-05-29T07:49:{n % 60:02}.5Z {text}" for n, text in enumerate(QUIET)),
    ),
    "several servers": long_log(
        *(
            text
            for pod in ("redis-0", "redis-1", "redis-2")
            for text in (f"==> {pod}.log <==", *SERVER, *QUIET, "")
        )
    ),
    "several servers without names": long_log(*SERVER, *QUIET, *SERVER, *QUIET),
    "two processes at once": long_log(
        *(text for one in QUIET for text in (one, one.replace("1:M", "17:M", 1)))
    ),
    "foreign blocks": long_log(
        *SERVER,
        *(
            text
            for quiet in QUIET
            for text in (quiet, "=== REDIS BUG REPORT START ===", "Registers:", "RAX:00")
        ),
    ),
    "wrapped": long_log(
        *SERVER,
        *(
            text
            for quiet in QUIET
            for text in (
                logs.line(20, "M", "Failed opening the temp RDB file temp-7.rdb (in server root"),
                "dir /data) for saving: No space left on device",
                quiet,
            )
        ),
    ),
    "parts of lines": long_log(
        *(
            text
            for n, quiet in enumerate(QUIET)
            for text in (
                f"2023-05-29T07:49:{n % 60:02}.5Z stdout P {quiet[:30]}",
                f"2023-05-29T07:49:{n % 60:02}.5Z stdout F {quiet[30:]}",
            )
        )
    ),
    "not UTF-8": long_log(*SERVER, *QUIET) + b"\n\xff\xfe broken\n" + long_log(*QUIET),
    "without a year": long_log(
        *(
            f"[7] {day} {month} 23:59:{n:02}.135 * DB 0: {n} keys (0 volatile) in 4 slots HT."
            for day, month in ((31, "Dec"), ("01", "Jan"))
            for n in range(60)
        )
    ),
    "processes in turn": long_log(
        *(
            text.replace("1:M", f"{pid}:M", 1)
            for n, pid in enumerate((1, 17, 1, 17))
            for text in QUIET[15 * n : 15 * n + 15]
        )
    ),
    "another zone": long_log(
        *(
            _collected(hour, minute, hour + hour // 8, minute)
            for hour in (6, 7, 8, 9)
            for minute in range(40)
        ),
    ),
    "late within the hour": long_log(
        *(_collected(7, minute + (5 if minute > 10 else 0), 9, minute) for minute in range(50)),
    ),
}


@pytest.mark.parametrize("name", MIXED)
def test_a_log_that_changes_says_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / "redis.log"
    path.write_bytes(MIXED[name])
    for part in (1, 60, 200, 1000, 5000):
        for head in (0, 700):
            same(path, part, head)


def test_processes_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "redis.log"
    path.write_bytes(b"".join(lines_of("kubectl", 4000)) + MIXED["several servers"])
    said = {}
    for jobs in ("1", "2", "3"):
        with cut(50_000, 10_000, pool=None):
            for form in ("text", "json"):
                main(["verdict", "-v", "--format", form, "--jobs", jobs, str(path)])
                main(["timeline", "--format", form, "--jobs", jobs, str(path)])
        said[jobs] = capsys.readouterr().out
        assert not multiprocessing.active_children()
    assert said["1"] == said["2"] == said["3"]
    assert len(said["1"]) > 1000


def test_it_is_told_how_far_the_parts_are(tmp_path: Path) -> None:
    path = tmp_path / "redis.log"
    path.write_bytes(b"".join(lines_of("realistic", 4000)))
    watch = Watch()
    with cut(50_000, 10_000):
        splitting.read_in_parts(Timeline(), named_file("redis", path), path, Way(), 2, watch)
    assert watch.done == path.stat().st_size
    assert 3000 < watch.lines <= 4000


def dies(*_: object) -> splitting.Part:
    """Is ended from outside."""
    os._exit(9)


def fails(*_: object) -> splitting.Part:
    """Cannot read a part."""
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize(("read", "words"), [(fails, "redis.log: Input/output error"), (dies, "was ended")])
def test_what_a_process_cannot_read_is_an_error_and_no_process_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Any, words: str
) -> None:
    path = tmp_path / "redis.log"
    path.write_bytes(b"".join(lines_of("realistic", 2000)))
    monkeypatch.setattr(splitting, "_read_part", read)
    with cut(50_000, 10_000, pool=None), pytest.raises(SourceError, match=words):
        replay(path, jobs=2)
    assert not multiprocessing.active_children()


def test_only_plain_files_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "can_fork", lambda: True)
    monkeypatch.setattr(splitting, "processors", lambda: 4)
    path = tmp_path / "redis.log"
    path.write_bytes(b"1:M")
    packed = tmp_path / "packed.log"
    packed.write_bytes(b"\x1f\x8b\x08 and more")

    def processes(file: Path | None, jobs: int | None = None, way: Way | None = None) -> int:
        capture = Capture("redis", lambda _: pytest.fail("it is read"), file=file)
        return splitting.processes_for_parts(capture, way or Way(), jobs)

    assert processes(path) == 4
    assert processes(path, jobs=2) == 2
    assert processes(None) == processes(packed) == processes(tmp_path / "gone.log") == 1
    assert processes(path, way=Way(year=2023)) == 1
    monkeypatch.setattr(splitting, "can_fork", lambda: False)
    assert processes(path) == 1


def test_a_small_file_and_one_process_are_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "read_in_parts", lambda *_: pytest.fail("it is cut"))
    path = tmp_path / "redis.log"
    path.write_bytes(MIXED["no final newline"])
    assert replay(path, jobs=2).coverage.lines
    monkeypatch.setattr(workers, "FILE_PAYS", 0)
    assert replay(path, jobs=1).coverage.lines
