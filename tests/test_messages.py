"""Every message of the catalogue, as every version that has it prints it, is the right event with all values."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from redislog import Address, ClientId, ClientRecord, Event, Quoted, events, parse, parse_line
from redislog.events import generate
from redislog.events.base import field_name, own_fields
from redislog.events.index import event_classes
from redislog.events.index import messages as declared_messages
from redislog.events.versions import by_version, expand
from redislog.events.wordings import Wording
from redislog.node import tables
from tests import catalogue
from tests.catalogue import Printed, Row, Slot

WHOLE = {"replication", "rdb", "lifecycle", "sentinel", "cluster"}
"""Categories of which every message must be read, from every version."""

EXCEPTIONS: dict[tuple[str, str], str] = {}
"""Messages of the other categories that are not read: (key, versions) and why."""

TODAY = {"slave": "replica", "master": "primary", "stand alone": "standalone"}
"""Old words, and what they are called today."""


def today(words: str) -> str:
    """Enumerated words in today's spelling."""
    for old, new in TODAY.items():
        words = words.replace(old, new)
    return words


def wrong_values(event: Event, row: Row, values: dict[str, str]) -> list[str]:
    """The placeholders whose value is not in the event, or not as what it is."""
    return [
        f"{slot.name}: printed {values[slot.name]!r}, read {value!r}"
        for slot in row.slots
        if slot.name in values
        and not says(value := getattr(event, field_name(slot.name), None), values[slot.name], slot)
    ]


def says(value: Any, text: str, slot: Slot) -> bool:
    """Whether a field holds what was printed, as a value of the right type."""
    if text in slot.words:
        return bool(value == (int(text) if isinstance(value, int) else today(text)))
    match slot.kind:
        case "int" | "epoch" | "offset" | "port" | "pid":
            return type(value) is int and value == int(text)
        case "float" | "float2":
            return type(value) is float and value == float(text)
        case "client":
            return isinstance(value, ClientRecord) and str(value) == text
        case "quoted":
            return isinstance(value, Quoted) and str(value) == text
        case "addr" | "ipport":
            return says_peer(value, text)
    return bool(value == text)


def says_peer(value: object, text: str) -> bool:
    """Whether an address, or the name of a client without one, is the printed one."""
    if isinstance(value, ClientId):
        return text == f"client id #{value.id}"
    host, _, port = text.rpartition(":")
    return isinstance(value, Address) and (value.host, value.port) == (
        host.removeprefix("[").removesuffix("]"),
        int(port) if port.isdecimal() else None,
    )


def wrong_header(event: Event, printed: Printed) -> list[str]:
    """What of the line's prefix was not read as it was printed."""
    if printed.mark is None:
        return [] if event.level is None and event.pid is None else ["a raw line has no prefix"]
    handler = printed.letter == "H"
    level = {mark: word for word, mark in catalogue.MARKS.items() if word != "nul"}.get(printed.mark)
    letter = None if handler or catalogue.is_2x(printed.version) else printed.letter
    expected = (2155, letter, None if handler else level)
    found = (event.pid, event.flag, event.level)
    return [] if found == expected else [f"prefix: printed {expected}, read {found}"]


def misread(printed: Printed) -> Iterator[str]:
    """What is wrong with the reading of one message; nothing if all is right."""
    event = parse_line(printed.line)
    if event.key != printed.row.key:
        yield f"read as {event.key}"
        return
    if event.damaged or event.truncated:
        yield "marked as damaged"
    yield from wrong_header(event, printed)
    yield from wrong_values(event, printed.row, printed.values)


def misread_lines(printed: Printed) -> Iterator[str]:
    """The same for a message over several physical lines: all of them are the event, or one is and none is another."""
    lines = printed.line.split("\n")
    events = list(parse(lines))
    if [event.key for event in events] == [printed.row.key]:
        yield from wrong_values(events[0], printed.row, printed.values)
        return
    first = next(number for number, line in enumerate(printed.message.split("\n")) if line)
    event = events[first]
    if not printed.row.has_words:
        return
    if event.key != printed.row.key:
        yield f"line {first + 1} read as {event.key}"
        return
    for other in (*events[:first], *events[first + 1 :]):
        if other.key not in ("foreign", "unrecognized", printed.row.key):
            yield f"line {other.line_number} read as {other.key}"
    yield from wrong_values(event, printed.row, printed.first_line_values)


@cache
def reading_of(version: str) -> dict[Row, list[str]]:
    """The rows of a version with what is wrong with them."""
    faults: dict[Row, list[str]] = defaultdict(list)
    for row in catalogue.rows_of(version):
        for turn in range(catalogue.turns(row, version)):
            printed = catalogue.printed(row, version, turn)
            wrong = [] if printed.is_raw and "\n" in printed.message else list(misread(printed))
            if "\n" in printed.message:
                wrong += misread_lines(printed)
            faults[row] += [f"{fault}: {printed.line!r}" for fault in wrong]
    return {row: found for row, found in faults.items() if found}


def report(faults: dict[Row, list[str]]) -> str:
    """Faults in a readable form, one example a row."""
    return "\n".join(
        f"{row.key} ({row.versions}): {len(found)} times, {found[0]}" for row, found in faults.items()
    )


@pytest.mark.parametrize("version", catalogue.versions())
def test_every_message_of_a_version_is_read_with_all_its_values(version: str) -> None:
    faults = {
        row: found
        for row, found in reading_of(version).items()
        if row.category in WHOLE or (row.key, row.versions) not in EXCEPTIONS
    }
    assert not faults, report(faults)


def test_no_message_is_taken_for_another() -> None:
    taken = {
        row: [
            fault
            for fault in found
            if "read as" in fault and "read as foreign" not in fault and "read as unrec" not in fault
        ]
        for version in catalogue.versions()
        for row, found in reading_of(version).items()
    }
    taken = {row: found for row, found in taken.items() if found}
    assert not taken, report(taken)


def test_the_named_exceptions_are_few_and_true() -> None:
    others = [row for row in catalogue.rows() if row.category not in WHOLE]
    failing = {
        (row.key, row.versions)
        for version in catalogue.versions()
        for row in reading_of(version)
        if row.category not in WHOLE
    }
    assert set(EXCEPTIONS) <= failing
    assert len(EXCEPTIONS) <= 0.005 * len(others)


@given(catalogue.messages())
def test_a_message_with_any_values_is_read_back(printed: Printed) -> None:
    if "\n" not in printed.message and (printed.row.key, printed.row.versions) not in EXCEPTIONS:
        assert not list(misread(printed)), printed.line


def test_a_collector_may_trim_the_blank_at_a_line_s_end() -> None:
    rows = [row for row in catalogue.rows() if row.template.endswith(" ")]
    assert rows
    for row in rows:
        printed = catalogue.printed(row, expand(row.versions)[0])
        assert parse_line(printed.line.rstrip(" ")).key == row.key


def declared() -> dict[tuple[str, str, str], tuple[str, Wording]]:
    """Every declared wording by (key, bare template, versions): its category, and itself."""
    return {
        (message.key, catalogue.bare(wording.template), wording.versions): (cls.CATEGORY, wording)
        for cls, message in declared_messages()
        for wording in message.wordings
    }


def test_all_wordings_of_the_tables_are_declared_and_no_others() -> None:
    in_tables = Counter((row.key, row.bare, row.versions) for row in catalogue.rows())
    in_classes = Counter(
        (message.key, catalogue.bare(wording.template), wording.versions)
        for _, message in declared_messages()
        for wording in message.wordings
    )
    assert in_classes - in_tables == Counter()
    assert in_tables - in_classes == Counter()


def test_wordings_are_declared_as_the_tables_say() -> None:
    wordings = declared()
    for row in catalogue.rows():
        category, wording = wordings[row.key, row.bare, row.versions]
        found = (category, wording.level, wording.roles, wording.source)
        assert found == (row.category, row.level, row.roles, row.source), row.template


def test_a_key_belongs_to_one_class_and_has_a_meaning() -> None:
    keys = Counter(message.key for _, message in declared_messages())
    assert [key for key, count in keys.items() if count > 1] == []
    assert [message.key for _, message in declared_messages() if not message.meaning.strip()] == []


def test_every_class_has_the_fields_that_its_wordings_fill_and_no_others() -> None:
    filled: dict[type[Event], set[str]] = defaultdict(set)
    for cls, message in declared_messages():
        for wording in message.wordings:
            filled[cls] |= {
                field_name(name) for name in re.findall(r"<([a-z_][a-z_0-9]*):", wording.template)
            }
    for cls, names in filled.items():
        assert {field.name for field in own_fields(cls)} == names, cls


def test_versions_and_levels_of_the_tables_can_be_read() -> None:
    for row in catalogue.rows():
        for version in expand(row.versions):
            levels = (by_version(row.level, version) or "").split("|")
            assert set(levels) <= {*catalogue.MARKS, "raw"}, (row.key, version)


def test_what_is_generated_of_the_event_classes_is_fresh() -> None:
    for path, text in generate.generated().items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run python -m redislog.events.generate"


def test_every_event_class_is_imported_from_one_place() -> None:
    classes = {cls.__name__: cls for cls in event_classes()}
    assert set(events.__all__) == {
        *classes,
        "ACTORS",
        "Event",
        "Foreign",
        "Unrecognized",
        "message",
    }
    assert all(getattr(events, name) is cls for name, cls in classes.items())
    listed = [name for modules in events.ACTORS.values() for names in modules.values() for name in names]
    assert listed == [name for name in events.__all__ if name in classes], "they stand by actor"
    with pytest.raises(AttributeError, match="FullSyncGrantted"):
        getattr(events, "FullSyncGrantted")  # noqa: B009


def test_the_package_says_where_each_actor_s_messages_are_declared() -> None:
    told = (events.__doc__ or "").partition("declared:\n\n")[2].partition("\n\n")[0]
    by_actor = re.findall(r"^(\w+)\n((?:    .*\n?)+)", told, flags=re.MULTILINE)
    assert {actor: sorted(re.findall(r"`(\w+)`", modules)) for actor, modules in by_actor} == {
        actor: sorted(modules) for actor, modules in events.ACTORS.items()
    }


def test_a_class_is_read_when_it_is_asked_for_and_not_before() -> None:
    script = (
        "import sys, redislog.events as e; before = len([m for m in sys.modules if m.startswith('redislog.events.')]); "
        "e.FullSyncGranted; after = [m for m in sys.modules if m.startswith('redislog.events.')]; "
        "print(len(after) - before, 'redislog.events.sentinel' in after)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_the_transition_tables_speak_of_known_messages_only() -> None:
    keys = {row.key for row in catalogue.rows()}
    for table in (
        tables.UPSTREAM,
        tables.DOWNSTREAM,
        tables.ROLES,
        tables.RUNS,
        tables.FULL_RESYNC_WHY,
        tables.LETTER_IS_EARLY,
    ):
        assert set(table) - keys == set()
