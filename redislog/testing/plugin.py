"""The plug-in of pytest: the fixture ``redis_logs``, its report on a failure, and the marker ``redislog``.

It is loaded by the entry point ``pytest11`` in each run of pytest where the package is installed, so that it
imports nothing of the library before a test uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from redislog import Timeline
    from redislog.testing import Mark, Watcher
    from redislog.topology.values import Verdict

_LAST = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--redislog-save``."""
    group = parser.getgroup("redislog")
    group.addoption(
        "--redislog-save",
        metavar="DIR",
        default=None,
        help="keep the logs that failing tests gave to the fixture redis_logs, a folder a test",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers",
        'redislog(expect="healthy"): judge the logs of the fixture redis_logs at the end of the test, '
        "and fail it where their status is another",
    )
    if config.getoption("xmlpath", None) and config.getini("junit_family") not in _OLD_FAMILIES:
        config.pluginmanager.register(_Properties(config), "redislog-junit")


_OLD_FAMILIES = ("legacy", "xunit1")
"""What pytest calls forms of JUnit's report in which a test case may have properties."""


class _Properties:
    """Moves a test's properties to its suite, each with the test's name: by the schema of today a case has none."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Move those of one report."""
        from _pytest.junitxml import xml_key

        xml = self._config.stash.get(xml_key, None)
        ours = [each for each in report.user_properties if each[0].startswith("redislog.")]
        if xml is None or not ours:
            return
        report.user_properties = [each for each in report.user_properties if each not in ours]
        for name, value in ours:
            xml.add_global_property(f"{name} {report.nodeid}", value)


class RedisLogs:
    """The logs of one test, read when something of them is asked for."""

    def __init__(self) -> None:
        self._logs: dict[str, Callable[[], str | bytes]] = {}
        self._watcher: Watcher | None = None

    def __repr__(self) -> str:
        return f"<redis_logs of {', '.join(self._logs) or 'no server'}>"

    def add(self, name: str, log: Path | str | bytes | Callable[[], str | bytes]) -> None:
        """Take the log of a server of some name: a file that may grow, a text, or a function that gives it all.

        Raises
        ------
        ValueError
            if a log of that name is there already.
        """
        if name in self._logs:
            raise ValueError(f"a log named {name!r} was added before")
        self._logs[name] = _reading(log)

    @property
    def watcher(self) -> Watcher:
        """All logs, read to their ends as they are now."""
        from redislog.testing import Watcher

        if self._watcher is None:
            self._watcher = Watcher()
        for name, read in self._logs.items():
            self._watcher.pull(read, name=name)
        return self._watcher

    @property
    def timeline(self) -> Timeline:
        """The timeline of all logs, as they are now."""
        return self.watcher.timeline

    @property
    def verdict(self) -> Verdict:
        """The verdict on all logs, as they are now."""
        return self.watcher.verdict

    def mark(self) -> Mark:
        """How far the logs have come, for what takes ``since``."""
        return self.watcher.mark()

    def __len__(self) -> int:
        return len(self._logs)

    def save(self, folder: Path) -> None:
        """Write all logs to a folder, a file a server."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, read in self._logs.items():
            text = read()
            data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
            (folder / f"{_file_name(name)}.log").write_bytes(data)


def _reading(log: Path | str | bytes | Callable[[], str | bytes]) -> Callable[[], str | bytes]:
    if isinstance(log, Path):
        return lambda: log.read_bytes() if log.exists() else b""
    if isinstance(log, str | bytes):
        return lambda: log
    return log


def _file_name(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in name).lstrip(".") or "log"


_LOGS = pytest.StashKey[RedisLogs]()


@pytest.fixture
def redis_logs(request: pytest.FixtureRequest) -> Iterator[RedisLogs]:
    """Logs of Redis servers that belong to the test; its failure shows what they say.

    ``redis_logs.add("primary", path)``, then ``redis_logs.timeline``, ``.verdict``, ``.watcher`` and ``.mark()``.
    """
    logs = RedisLogs()
    request.node.stash[_LOGS] = logs
    yield logs
    _note(request.node, logs)


def _note(item: pytest.Item, logs: RedisLogs) -> None:
    """Give the report the status and the findings as properties, which JUnit's files show."""
    if not len(logs):
        return
    verdict = logs.verdict
    item.user_properties.append(("redislog.status", verdict.status))
    for finding in verdict.findings:
        if finding.severity != "info":
            item.user_properties.append(("redislog.finding", f"{finding.severity} {finding.code}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Judge the logs of a test that is marked, once it has passed."""
    result = yield
    marker = item.get_closest_marker("redislog")
    if marker is not None:
        _judge(item, marker)
    return result


def _judge(item: pytest.Item, marker: pytest.Mark) -> None:
    __tracebackhide__ = True
    from redislog.testing.failing import failure
    from redislog.topology.status import ORDER

    expect = marker.kwargs.get("expect", marker.args[0] if marker.args else "healthy")
    if expect not in ORDER:
        raise pytest.UsageError(f"redislog(expect={expect!r}): expected one of {', '.join(ORDER)}")
    logs = item.stash.get(_LOGS, None)
    if logs is None or not len(logs):
        pytest.fail("marked redislog, but no log was given to the fixture redis_logs", pytrace=False)
    verdict = logs.verdict
    if verdict.status != expect:
        lines = [line for finding in verdict.findings for line in finding.evidence]
        pytest.fail(failure(expect, verdict.status, lines, logs.watcher), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the logs say beside a failure, and keep them where that is wanted."""
    report = yield
    logs = item.stash.get(_LOGS, None)
    if call.when == "call" and report.failed and logs is not None and len(logs):
        report.sections.append(("redislog", _section(logs)))
        if folder := item.config.getoption("--redislog-save"):
            logs.save(Path(folder) / _file_name(item.nodeid.replace("::", "-").replace("/", "-")))
    return report


def _section(logs: RedisLogs) -> str:
    """What the logs say, or why nothing can be said: a report never fails for it."""
    try:
        return "\n".join(_told(logs))
    except Exception as error:
        return f"the logs could not be read: {error!r}"


def _told(logs: RedisLogs) -> Iterator[str]:
    from redislog.report.text import summary
    from redislog.shortly import printable
    from redislog.testing import unresolved

    watcher = logs.watcher
    yield summary(watcher.verdict)
    if open_ := unresolved(watcher):
        yield "unresolved:"
        yield from (printable(f"  {each.severity} {each.code}: {each.summary}") for each in open_)
    last = [event for event in watcher.timeline.events if event.header.stamp is not None][-_LAST:]
    yield "last events:"
    for event in last:
        yield printable(f"  {event.header.stamp} {event.source}:{event.line_number} {event.message}")


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    """Show verdicts by their words where an assertion compares one."""
    if "redislog" not in type(left).__module__ and "redislog" not in type(right).__module__:
        return None
    from redislog import Timeline, Verdict

    verdicts = [value.verdict if isinstance(value, Timeline) else value for value in (left, right)]
    if not any(isinstance(verdict, Verdict) for verdict in verdicts):
        return None
    told = [str(each).splitlines() if isinstance(each, Verdict) else [repr(each)] for each in verdicts]
    return [f"{told[0][0]} {op} {told[1][0]}", *told[0], *told[1]]
