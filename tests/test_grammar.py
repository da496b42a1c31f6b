"""The definition (pyparsing) and what runs on every line (regular expressions) mean the same, on any text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from time import process_time

import pyparsing as pp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislog.events.base import field_name
from redislog.grammar.build import message_expression
from redislog.grammar.dispatch import Entry
from redislog.grammar.lower import lower
from redislog.grammar.notation import Placeholder, read_template
from redislog.grammar.prefix import layouts
from redislog.grammar.tokens import TOKENS
from redislog.matching import tables
from tests import catalogue
from tests.catalogue import Row

ENTRIES: tuple[Entry, ...] = (*tables().messages.entries, *tables().raw.entries)
VERSION = "redis 7.0"
"""Values of the fillings are those that this version prints."""


@cache
def reference(template: str) -> pp.ParserElement:
    """The definition of one wording."""
    read = read_template(template)
    return message_expression(read, {part.name: field_name(part.name) for part in read.placeholders})


@cache
def lowered(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def by_definition(expression: pp.ParserElement, text: str) -> dict[str, str] | None:
    """The values that the definition reads in a text, None where it is another message."""
    try:
        found = expression.parse_string(text)
    except pp.ParseException:
        return None
    return {name: value for name, value in found.as_dict().items() if value}


def by_pattern(pattern: str, text: str) -> dict[str, str] | None:
    """The same by the lowered form."""
    match = lowered(pattern).match(text)
    return None if match is None else {name: value for name, value in match.groupdict().items() if value}


def filled(entry: Entry, turn: int) -> str:
    """A text of an index entry."""
    row = Row(entry.key, "", "warning", "M", entry.template, VERSION, "", "")
    return catalogue.printed(row, VERSION, turn).message


def damaged(text: str, chance: random.Random) -> Iterator[str]:
    """A text cut off, with a character doubled, two swapped, and one too many at either end."""
    if not text:
        return
    at = chance.randrange(len(text))
    yield text[:at]
    yield text[at:]
    yield text[:at] + text[at] + text[at:]
    yield text[:at] + text[at + 1 :]
    yield text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    yield text + chance.choice(" .:'\n")
    yield " " + text


def disagreement(entry: Entry, text: str) -> str | None:
    """What the two forms say of a text, where they differ."""
    definition, pattern = by_definition(reference(entry.template), text), by_pattern(entry.pattern, text)
    return None if definition == pattern else f"{entry.template!r} on {text!r}: {definition} is not {pattern}"


@pytest.mark.parametrize("part", range(8))
def test_both_forms_agree_on_every_wording_and_on_damaged_ones(part: int) -> None:
    chance = random.Random(part)
    for entry in ENTRIES[part::8]:
        for turn in (0, 1, 3):
            text = filled(entry, turn)
            assert by_pattern(entry.pattern, text) is not None, (entry.template, text)
            for each in (text, *damaged(text, chance)):
                assert disagreement(entry, each) is None


@given(st.sampled_from(ENTRIES), st.data())
def test_both_forms_agree_on_mutations(entry: Entry, data: st.DataObject) -> None:
    text = filled(entry, data.draw(st.integers(0, 5)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(len(text) - 1, 0)))
        piece = data.draw(st.sampled_from(["", text[at : at + 1] * 2, " ", "'", ":", ") ", "\n", "é"]))
        text = text[:at] + piece + text[at + data.draw(st.integers(0, 5)) :]
    assert disagreement(entry, text) is None


@given(st.sampled_from(ENTRIES), st.text(max_size=60))
def test_both_forms_agree_on_any_text(entry: Entry, text: str) -> None:
    assert disagreement(entry, text) is None
    beginning = entry.skeleton.partition("\0")[0]
    assert disagreement(entry, beginning + text) is None


LINES = (
    "1:C 29 May 2023 07:47:57.184 # Configuration loaded",
    "2155:M 03 May 10:01:02.500 * Ready to accept connections",
    "2155:M 2024-05-03T10:01:02.500+02:00 * Ready to accept connections",
    "2155:M 1714723262500 \0 Ready to accept connections",
    "[2155] 03 May 10:01:02.500 # Server started, Redis version 2.8.24",
    "2155:signal-handler (1714723262) Received SIGTERM scheduling shutdown...",
    "[2155 | signal handler] (1714723262) Received SIGTERM, scheduling shutdown...",
    'pid=2155 role=RDB/AOF timestamp="03 May 2024 10:01:02.500" level=info message="DB saved on disk"',
    "1:M 29 May 2023 07:47:57.184 #",
    '1:M 29 May 2023 07:47:57.184 #  two blanks, \t a tab, a quote " and more \n lines',
)


@pytest.mark.parametrize("name", sorted(tables().layouts))
@pytest.mark.parametrize("line", LINES)
def test_both_forms_agree_on_line_prefixes(name: str, line: str) -> None:
    chance = random.Random(line)
    expression = layouts()[name]
    for _ in range(20):
        for text in (line, *damaged(line, chance)):
            assert by_definition(expression, text) == by_pattern(tables().layouts[name].pattern, text), text


def test_no_text_takes_long() -> None:
    """Nothing searches back: a text that nearly ends everywhere is read in one go."""
    for entry in ENTRIES:
        first, *others = entry.skeleton.split("\0")
        for piece in {part[:3] for part in (first, *others) if part}:
            text = first + f"x{piece}" * 5000
            begin = process_time()
            lowered(entry.pattern).match(text)
            assert process_time() - begin < 1, (entry.template, piece)


def test_every_line_prefix_has_exactly_one_layout() -> None:
    for line in LINES:
        fits = [
            name
            for name, pattern in tables().layouts.items()
            if by_pattern(pattern.pattern, line) is not None
        ]
        assert len(fits) == 1, line


def test_dispatch_finds_what_a_search_through_all_wordings_finds() -> None:
    entries = tables().messages.entries
    dispatcher = tables().messages
    patterns = [lowered(entry.pattern) for entry in entries]
    for entry in entries:
        text = filled(entry, 1)
        fitting = {number for number, pattern in enumerate(patterns) if pattern.match(text)}
        assert fitting <= set(dispatcher.candidates(text)), text
        assert fitting


def test_of_two_wordings_that_fit_the_one_with_more_literal_text_is_meant() -> None:
    dispatcher = tables().messages
    text = "Module fork started pid: 42 "
    found = dispatcher.match(text)
    assert found is not None
    others = [entry for entry in tables().messages.entries if lowered(entry.pattern).match(text)]
    assert len(found[0].skeleton) == max(len(entry.skeleton) for entry in others)


def test_a_wording_is_read_into_literals_and_placeholders() -> None:
    template = read_template("Replica <replica:addr> asks for synchronization")
    first, replica, last = template.parts
    assert (first, last) == ("Replica ", " asks for synchronization")
    assert isinstance(replica, Placeholder)
    assert (replica.name, replica.token, replica.words) == ("replica", TOKENS["addr"], ())


def test_words_and_a_token_may_be_alternatives() -> None:
    (reason,) = read_template("I/O error: <reason:errno|connection lost>").placeholders
    assert (reason.token, reason.words) == (TOKENS["errno"], ("connection lost",))
    (recursive,) = read_template("=== <recursive:|RECURSIVE >ASSERTION FAILED ===").placeholders
    assert recursive.words == ("", "RECURSIVE ")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("MASTER <-> REPLICA sync started", "MASTER <-> REPLICA sync started"),
        ("see <filename> or < curEpoch(1)", "see <filename> or < curEpoch(1)"),
        (r"two\nlines", "two\nlines"),
        (r"a backslash \\ and \\n", r"a backslash \ and \n"),
        ("a\ttab  and blanks ", "a\ttab  and blanks "),
        ("", ""),
    ],
)
def test_what_is_not_a_placeholder_is_literal(text: str, printed: str) -> None:
    assert "".join(part for part in read_template(text).parts if isinstance(part, str)) == printed
    assert read_template(text).placeholders == ()


def test_a_placeholder_of_two_tokens_is_refused_with_its_name() -> None:
    with pytest.raises(ValueError, match=r"'why'.*errno.*text"):
        read_template("failed: <why:errno|text>")


def test_an_open_token_right_before_another_value_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a literal after it"):
        message_expression(read_template("failed: <why:text><code:int>"))


def test_only_the_closed_vocabulary_is_lowered() -> None:
    with pytest.raises(TypeError, match="outside the closed vocabulary"):
        lower(pp.ZeroOrMore(pp.Literal("x")))


@pytest.mark.parametrize(
    ("template", "text", "values"),
    [
        ("<ip:host>:<port:port>", "fd00::11:6379", {"ip": "fd00::11", "port": "6379"}),
        ("from '<client:client>')", "from 'id=5 name=it's) cmd=')", {"client": "id=5 name=it's) cmd="}),
        ("of <name:text>: <why:errno>", "of a:b: c: d", {"name": "a:b", "why": "c: d"}),
        ("(<alias:nodename>) as", "() as", {}),
        ("<a:quoted> end", r'"say \"x\" end" end', {"a": r'"say \"x\" end"'}),
        ("lost<tail:|.>", "lost.", {"tail": "."}),
        ("at <path:path>: <why:errno>", "at /my files/a: no", {"path": "/my files/a", "why": "no"}),
    ],
)
def test_values_end_where_their_terminator_stands(template: str, text: str, values: dict[str, str]) -> None:
    assert by_definition(reference(template), text) == values
    assert by_pattern(lower(reference(template)), text) == values


@pytest.mark.parametrize(
    ("template", "text"),
    [("<x:a|ab>b", "ab"), ("<x:|a>a", "a"), ("<n:int>1", "11"), ("<x:errno|no> ", "no  no")],
)
def test_neither_form_takes_back_what_it_has_read(template: str, text: str) -> None:
    pattern = lower(reference(template))
    assert by_pattern(pattern, text) == by_definition(reference(template), text)
    if template != "<x:errno|no> ":
        assert by_pattern(pattern, text) is None


def test_an_option_that_was_taken_stays_taken() -> None:
    expression = (pp.Opt(pp.Literal("a")) + pp.Literal("a") + pp.StringEnd()).leave_whitespace()
    for text in ("a", "aa", "aaa", ""):
        assert by_pattern(lower(expression), text) == by_definition(expression, text), text


@pytest.mark.parametrize("text", ["  x", "x  ", "x\n", "X", "x y"])
def test_blanks_and_case_are_part_of_a_message(text: str) -> None:
    assert by_definition(reference("x"), text) is None


def test_a_blank_that_ends_a_wording_may_be_missing() -> None:
    assert by_definition(reference("pid: <n:int> "), "pid: 42") == {"n": "42"}
    assert by_definition(reference("pid: <n:int> "), "pid: 42 ") == {"n": "42"}
    assert by_definition(reference("pid: <n:int> "), "pid: 42  ") is None
