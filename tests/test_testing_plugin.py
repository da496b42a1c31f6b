"""The plug-in of pytest: what a failure shows, what is kept, what the marker judges."""

from __future__ import annotations

import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.schemas import faults

pytest_plugins = ["pytester"]

STUCK = """
LOG = (
    "1:S 29 May 2023 07:49:04.506 * Connecting to MASTER 10.0.0.1:6379\\n"
    "1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync started\\n"
    "1:S 29 May 2023 07:49:05.507 # Error condition on socket for SYNC: Connection refused\\n"
)
IN_SYNC = (
    "1:S 29 May 2023 07:49:05.600 * Connecting to MASTER 10.0.0.1:6379\\n"
    "1:S 29 May 2023 07:49:05.600 * MASTER <-> REPLICA sync started\\n"
    "1:S 29 May 2023 07:49:06.000 * MASTER <-> REPLICA sync: Finished with success\\n"
)
"""


@pytest.fixture
def run(pytester: Any) -> Any:
    """Run one outside test module, and give its result."""

    def run(test: Any, *options: Any) -> Any:
        pytester.makepyfile(STUCK + test)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)

    return run


FAILS = """
def test_replication(redis_logs):
    redis_logs.add("b", LOG)
    assert redis_logs.verdict.nodes["b"].in_sync
"""


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_failure_shows_the_verdict_what_is_unresolved_and_the_last_events(run: Any, options: Any) -> None:
    result = run(FAILS, *options)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- redislog -*",
            "no-primary: *",
            "unresolved:",
            "  critical primary-unreachable: *",
            "last events:",
        ]
    )


def test_the_logs_of_a_failing_test_are_kept_where_that_is_wanted(run: Any, pytester: Any) -> None:
    run(FAILS, "--redislog-save=kept")
    (kept,) = pytester.path.glob("kept/*/b.log")
    assert "Connection refused" in kept.read_text()


@pytest.mark.parametrize("how", [(), ("-n", "1")], ids=["alone", "xdist"])
def test_status_and_findings_are_properties_in_a_report_by_the_schema(
    run: Any, pytester: Any, how: Any
) -> None:
    run(FAILS, "--junitxml=report.xml", *how)
    report = pytester.path / "report.xml"
    properties = {
        (each.get("name"), each.get("value")) for each in ElementTree.parse(report).iter("property")
    }
    (module,) = pytester.path.glob("test_*.py")
    test = f"{module.name}::test_replication"
    assert (f"redislog.status {test}", "no-primary") in properties
    assert (f"redislog.finding {test}", "critical primary-unreachable") in properties
    assert faults(report, "jenkins") == []


def test_in_an_old_form_of_report_they_are_the_test_s_own(run: Any, pytester: Any) -> None:
    run(FAILS, "--junitxml=report.xml", "-o", "junit_family=xunit1")
    (case,) = ElementTree.parse(pytester.path / "report.xml").iter("testcase")
    assert ("redislog.status", "no-primary") in {
        (each.get("name"), each.get("value")) for each in case.iter("property")
    }


def test_the_marker_judges_the_logs_at_the_end_of_the_test(run: Any) -> None:
    result = run("""
import pytest

@pytest.mark.redislog(expect="healthy")
def test_that_ends_well(redis_logs, tmp_path):
    log = tmp_path / "b.log"
    redis_logs.add("b", log)
    log.write_text(LOG + IN_SYNC)

@pytest.mark.redislog
def test_that_does_not(redis_logs):
    redis_logs.add("b", LOG)

@pytest.mark.redislog
def test_that_forgets_its_logs(redis_logs):
    pass

@pytest.mark.redislog(expect="well")
def test_that_expects_nonsense(redis_logs):
    redis_logs.add("b", LOG)
""")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(["expected: healthy", "found:    no-primary", "*no log was given*"])
    result.stdout.fnmatch_lines(["*expected one of split-brain, no-primary*"])


def test_a_mark_is_taken_while_the_logs_grow(run: Any) -> None:
    run("""
from redislog.testing import assert_no

def test_growing(redis_logs, tmp_path):
    log = tmp_path / "b.log"
    log.write_text(LOG)
    redis_logs.add("b", log)
    mark = redis_logs.mark()
    with log.open("a") as more:
        more.write(IN_SYNC)
    assert redis_logs.watcher.seen("replica.full-sync.finished", since=mark)
    assert_no(redis_logs.watcher, "replica.connect-error", since=mark)

def test_twice(redis_logs):
    redis_logs.add("b", lambda: LOG)
    try:
        redis_logs.add("b", lambda: LOG)
    except ValueError:
        return
    assert False
""").assert_outcomes(passed=2)


def test_a_verdict_that_is_compared_is_shown_in_words(run: Any) -> None:
    result = run("""
def test_compared(redis_logs):
    redis_logs.add("b", LOG)
    assert redis_logs.verdict == None
""")
    result.stdout.fnmatch_lines(["E *no-primary: *"])


def test_a_run_that_uses_nothing_of_it_imports_nothing_of_the_library() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import redislog.testing.plugin, sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    ours = {name for name in told if name.split(".")[0] == "redislog"}
    assert ours == {"redislog", "redislog._version", "redislog.testing", "redislog.testing.plugin"}
    assert not {"pyparsing", "attrs", "cattrs", "hypothesis"} & set(told)
