"""Sizes at which servers cut."""

from __future__ import annotations

CUT_AT = 1023
"""Bytes of the longest formatted message (``server.c:_serverLog``, a buffer of ``LOG_MAX_LEN``, 1,024)."""


def may_be_cut(text: str) -> bool:
    """Whether a message has the length at which servers cut, give or take a character that was split."""
    if len(text) > CUT_AT or len(text) * 4 < CUT_AT - 3:
        return False
    return CUT_AT - 3 <= len(text.encode("utf-8", "surrogateescape")) <= CUT_AT
