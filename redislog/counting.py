"""Lines that are only counted: whoever takes events says which lines are worth none, and none are made of them.

Of a run of such lines what matters is how many they were, and the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import attrs

from redislog.events.base import Frame, Read
from redislog.grammar.dispatch import Entry

Rule = Literal["pass", "count", "strange"]
"""What is done with a line: an event is made of it, or it is counted, or counted and noted as strange."""


@attrs.define(eq=False)
class Count:
    """The lines of one frame that were counted since an event was made of one.

    ``time`` is that of the last line, at first of the event; ``last`` is the last line; ``unrecognized`` is
    how many have a message that nothing here knows; ``strange`` says whether one was noted as such.
    """

    frame: Frame
    time: str
    lines: int = 0
    unrecognized: int = 0
    last: Read | None = None
    strange: bool = False

    def add_unrecognized(self, read: Read) -> None:
        """Count a line whose message nothing here knows."""
        self.time, self.last = read[2]["time"], read
        self.lines += 1
        self.unrecognized += 1
        self.strange = True


class Counting:
    """What is counted now: ``counts`` has the open count of each frame; lines of other frames are not counted.

    ``wording`` says what is done with the lines of a wording; it is asked once for each, and ``rules`` has its
    answers by the wordings' templates. ``unknown`` says what is done with a message that nothing here knows.
    """

    def __init__(self, wording: Callable[[Entry], Rule], unknown: Callable[[str], Rule]) -> None:
        self.counts: dict[Frame, Count] = {}
        self.rules: dict[str, Rule] = {}
        self.unknown = unknown
        self._wording = wording

    def rule_of(self, entry: Entry) -> Rule:
        """What is done with lines of a wording that comes for the first time."""
        found = self.rules[entry.template] = self._wording(entry)
        return found


def nothing() -> Counting:
    """No line is counted."""
    return Counting(lambda _: "pass", lambda _: "pass")
