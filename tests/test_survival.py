"""One server's log with lines in any order, missing, repeated: it is read as far as it goes, and never refused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests import catalogue, logs
from tests.logs import folded


@given(st.lists(catalogue.messages("replication") | catalogue.messages("lifecycle"), max_size=25))
def test_messages_in_any_order_are_survived(printed: list[catalogue.Printed]) -> None:
    history = folded(each.line.replace("\n", " ") for each in printed)
    assert history.lines == len(printed)
    ends = [[span.end for span in history.links], [span.end for span in history.roles]]
    ends += [[span.end for span in spans] for spans in history.replicas.values()]
    assert all(None not in each[:-1] for each in ends)


STORY = [
    *logs.start(0, "S"),
    *logs.full_sync(1),
    *logs.loses_primary(60),
    *logs.is_refused(61),
    *logs.is_refused(62),
    *logs.partial_sync(63),
    *logs.is_promoted(90),
    *logs.serves(100, logs.OTHER, replid=None),
    *logs.loses_replica(120, logs.OTHER),
    *logs.is_demoted(130),
    *logs.stop(140, "S"),
]


@given(st.permutations(STORY))
def test_a_shuffled_log_is_survived(lines: list[str]) -> None:
    history = folded(lines)
    assert history.lines == len(STORY)


@given(st.lists(st.sampled_from(range(len(STORY))), max_size=60))
def test_a_log_with_lines_missing_and_repeated_is_survived(numbers: list[int]) -> None:
    history = folded(STORY[number] for number in numbers)
    assert history.lines == len(numbers)


@given(st.integers(0, len(STORY)))
def test_a_log_cut_anywhere_begins_like_the_whole(end: int) -> None:
    cut, whole = folded(STORY[:end]), folded(STORY)
    assert cut.gaps == ()
    assert [span.role for span in cut.roles] == [span.role for span in whole.roles][: len(cut.roles)]
    assert [run.ended_by for run in cut.runs][:-1] == [run.ended_by for run in whole.runs][
        : len(cut.runs) - 1
    ]
