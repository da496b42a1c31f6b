"""The survey of a server's sources, on small trees made for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog import replay
from redislog.events.versions import RELEASES, SERIES
from tools.survey.__main__ import main
from tools.survey.formats import Texts, choices, joined, printed
from tools.survey.holding import declared, differences, nearest, visible
from tools.survey.sources import read_tree, split_arguments

FINISHED = '    serverLog(LL_NOTICE, "PRIMARY <-> REPLICA sync: Finished with success");\n'


def tree(folder: Path, **files: str) -> Path:
    """A source tree of Valkey 9.1; each file's name has ``_`` for its dot."""
    source = folder / "src"
    source.mkdir()
    (source / "version.h").write_text('#define VALKEY_VERSION "9.1.7"\n#define REDIS_VERSION "7.2.4"\n')
    for name, text in files.items():
        (source / ".".join(name.rsplit("_", 1))).write_text(text)
    return folder


def texts(folder: Path) -> list[str]:
    """What a tree prints, values as ``<value>``."""
    return [visible(call.text) for call in read_tree(folder).calls]


def function(*lines: str) -> str:
    """A C function with these lines."""
    return "void someFunction(void) {\n" + "".join(f"    {line}\n" for line in lines) + "}\n"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('serverLog(LL_NOTICE, "Slot %d is gone", slot);', ["Slot <value> is gone"]),
        ('serverLogRaw(LL_NOTICE, "100% sure");', ["100% sure"]),
        ('serverLog(LL_NOTICE, "100%% sure");', ["100% sure"]),
        ('serverLog(LL_NOTICE,\n  "one "\n  "and two %s",\n  f(a, "x, y"));', ["one and two <value>"]),
        ('serverLog(LL_NOTICE, "of %" PRIu64 " bytes", size);', ["of <value> bytes"]),
        ('serverLog(LL_NOTICE, "id %.40s, %*d", a, width, b);', ["id <value>, <value>"]),
        ('serverLog(LL_NOTICE, "to %s.", disk ? "disk" : "socket");', ["to disk.", "to socket."]),
        ('serverLog(LL_NOTICE, a ? "yes" : (b ? "no" : "both"));', ["yes", "no", "both"]),
        ('serverLog(LL_NOTICE, SERVER_TITLE " is here");', ["Valkey is here"]),
        ('serverLog(LL_NOTICE, "it\'s \\"%s\\"\\n", name);', ['it\'s "<value>"\\n']),
        ('serverLog(LL_NOTICE, /* why */ "kept"); // serverLog(LL_NOTICE, "not")', ["kept"]),
        ('dualLog(LL_NOTICE, "ended by %d", signal);', ["Dual channel: ended by <value>"]),
        ('sentinelEvent(LL_WARNING, "+tilt", NULL, "#tilt mode entered");', ["+tilt #tilt mode entered"]),
        ('sentinelEvent(LL_WARNING, "+odown", ri, "%@ #quorum %d", n);', ["+odown <value> #quorum <value>"]),
    ],
)
def test_what_a_call_prints_is_read(tmp_path: Path, line: str, says: list[str]) -> None:
    header = '#define SERVER_TITLE "Valkey"\n#define dualLog(level, ...) serverLog(level, "Dual channel: " __VA_ARGS__)\n'
    assert texts(tree(tmp_path, server_h=header, replication_c=function(line))) == says


def test_a_call_has_its_place_and_level(tmp_path: Path) -> None:
    source = function('serverLog(bad ? LL_WARNING : LL_NOTICE, "done with %d", n);')
    (call,) = read_tree(tree(tmp_path, replication_c="int x;\n" + source)).calls
    assert (call.place, call.line, call.level) == ("replication.c:someFunction", 3, "warning|notice")


def test_a_module_inside_the_server_puts_its_name_before(tmp_path: Path) -> None:
    folder = tree(tmp_path)
    module = folder / "src" / "modules" / "lua"
    module.mkdir(parents=True)
    (module / "engine.c").write_text(function('ValkeyModule_Log(ctx, "warning", "Failed to load %s", name);'))
    assert texts(folder) == ["<lua> Failed to load <value>"]


def test_what_a_variable_holds_is_listed_and_not_guessed(tmp_path: Path) -> None:
    survey = read_tree(tree(tmp_path, server_c=function("serverLogRaw(LL_NOTICE, msg);")))
    assert survey.calls == ()
    assert [call.source for call in survey.unread] == ["serverLogRaw(LL_NOTICE, msg)"]


def found(folder: Path, series: str = "valkey 9.1") -> list[tuple[str, str, str]]:
    """Kind, text and key of all differences but of what is gone: a small tree lacks nearly all."""
    return [
        (each.kind, visible(each.text), each.key)
        for each in differences(read_tree(folder), series)
        if each.kind != "gone"
    ]


def test_a_text_that_nobody_declared_is_new(tmp_path: Path) -> None:
    line = 'serverLog(LL_NOTICE, "Shard %d is now a teapot", shard);'
    folder = tree(tmp_path, cluster_c=function(line, FINISHED.strip()))
    assert found(folder) == [("new", "Shard <value> is now a teapot", "")]


def test_a_text_of_another_release_is_told_with_its_key(tmp_path: Path) -> None:
    line = 'serverLog(LL_NOTICE, "Replica main thread creating Bio thread to save RDB to disk");'
    folder = tree(tmp_path, replication_c=function(line))
    assert found(folder) == []
    assert found(folder, "valkey 8.0") == [
        (
            "versions",
            "Replica main thread creating Bio thread to save RDB to disk",
            "replica.full-sync.bio-started",
        )
    ]


def test_another_level_is_told(tmp_path: Path) -> None:
    line = 'serverLog(LL_WARNING, "PRIMARY <-> REPLICA sync: Finished with success");'
    folder = tree(tmp_path, replication_c=function(line))
    assert found(folder) == [
        ("level", "PRIMARY <-> REPLICA sync: Finished with success", "replica.full-sync.finished")
    ]


def test_what_is_printed_no_more_is_gone_and_what_stands_elsewhere_is_not(tmp_path: Path) -> None:
    folder = tree(tmp_path, replication_c=function(FINISHED.strip()))
    gone = {each.key for each in differences(read_tree(folder), "valkey 9.1") if each.kind == "gone"}
    assert "replica.full-sync.finished" not in gone
    assert "replica.full-sync.bio-done" in gone
    (folder / "src" / "bio.c").write_text(
        'void f(void) { msg = "Replica bio thread: Done downloading RDB"; }\n'
    )
    gone = {each.key for each in differences(read_tree(folder), "valkey 9.1") if each.kind == "gone"}
    assert "replica.full-sync.bio-done" not in gone


def test_every_wording_is_held_to_be_itself(tmp_path: Path) -> None:
    own = [
        each
        for each in declared()
        if "valkey 9.1" in each.wording.versions or each.key.startswith("replica.full-sync.")
    ]
    lines = [
        f'serverLog(LL_NOTICE, "{form}"{values});'
        for each in own
        for form, values in [_format(each.forms[0])]
        if "raw" not in each.wording.level
    ]
    folder = tree(tmp_path, replication_c=function(*lines))
    assert [each for each in found(folder) if each[0] == "new"] == []


def _format(form: str) -> tuple[str, str]:
    """A text as a C format with its values."""
    escaped = form.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return escaped.replace("\0", "%s"), ", value" * form.count("\0")


@pytest.mark.parametrize(
    ("version", "series"),
    [("9.1.7", "valkey 9.1"), ("9.2.0", "valkey 9.1"), ("8.0.3", "valkey 8.0"), ("5.0", "valkey 7.2")],
)
def test_a_release_is_held_against_its_own_series_or_the_one_before(version: str, series: str) -> None:
    assert nearest("valkey", version) == series


def test_the_command_prints_the_list_and_says_how_much(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tree(tmp_path, replication_c=function('serverLog(LL_NOTICE, "A brand new thing");'))
    assert main([str(folder)]) == 1
    out = capsys.readouterr().out
    assert "new      replication.c:someFunction  notice\n         A brand new thing" in out
    assert "1 texts held against valkey 9.1: 1 new, 0 versions" in out


def test_what_is_no_source_tree_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "expected C sources" in capsys.readouterr().err
    (tmp_path / "a.c").write_text("int x;\n")
    assert main([str(tmp_path)]) == 2
    assert "version.h" in capsys.readouterr().err


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=40))
def test_any_text_is_read_back_from_its_literal(text: str) -> None:
    literal = (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
    )
    assert joined(literal, Texts({})) == text


@given(st.text(max_size=60))
def test_no_source_breaks_the_reading(text: str) -> None:
    split_arguments(text)
    choices(text, Texts({}))
    printed(text, (), Texts({}))


def test_coverage_says_that_a_server_is_newer_than_what_is_known() -> None:
    def missing(product: str, version: str) -> list[str]:
        head = "1:M 26 Nov 2026 19:26:10.183 *"
        banner = (
            f"{head} {product} version={version}, bits=64, commit=00000000, modified=0, pid=1, just started"
        )
        verdict = replay(
            {"a": [banner, f"{head} A new thing of it", f"{head} Ready to accept connections tcp"]}
        ).verdict
        assert (verdict.coverage.recognised, verdict.coverage.unrecognized) == (2, 1)
        return [lack for lack in verdict.coverage.missing if product.lower() in lack]

    assert missing("Valkey", "9.1.9") == missing("Redis", "7.0.15") == []
    (newer,) = missing("Valkey", "10.0.0")
    assert newer.startswith("a: valkey 10.0.0 is newer than 9.1")
    assert "was not read" in missing("Redis", "8.4.0")[0]
    assert "is a fork" in missing("KeyDB", "6.3.4")[0]


def test_every_release_says_where_and_when_it_was_read() -> None:
    assert len(set(SERIES)) == len(RELEASES)
    assert all(release.read and release.on for release in RELEASES)
