"""How the command ends."""

from __future__ import annotations

import sys

HEALTHY, NOT_HEALTHY, WRONG_USE, NO_REDIS = 0, 1, 2, 3
AS_EXPECTED, NOT_AS_EXPECTED, ENDED_BEFORE = HEALTHY, NOT_HEALTHY, NO_REDIS
INTERRUPTED = 130
"""As shells say it for Ctrl-C."""


class WrongUseError(Exception):
    """The command was called in a way that has no answer; its text says what was expected."""


def no_redis() -> int:
    """Say that the input holds no line of a server."""
    print("redislog: no line of a Redis server in the input", file=sys.stderr)
    return NO_REDIS
