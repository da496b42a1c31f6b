"""The named tokens: what may stand in a placeholder of a wording.

A token is either *closed* (its own characters end it) or *open* (it runs up to what follows it). An open
token is given its terminator when a wording is built, so that no expression ever needs to search back.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HEX40 = r"[0-9a-f]{40}"


class Token(NamedTuple):
    """What is printed for one placeholder type.

    ``pattern`` is the whole token when it is closed, and the set of characters that it may contain when
    it is open. ``last`` says that an open token runs to the *last* place where its terminator fits
    (host names may contain the colon that ends them), otherwise to the first.
    """

    name: str
    pattern: str
    meaning: str
    open: bool = False
    last: bool = False

    @property
    def plain(self) -> bool:
        """Whether it holds only characters that it names."""
        return not self.open and not any(sign in self.pattern for sign in (r"\S", "[^", "(?s:"))

    @property
    def names_its_blanks(self) -> bool:
        """Whether each blank that can stand in it does so in words that it names."""
        return not any(sign in self.pattern for sign in (r"\s", "[^", "(?s:"))

    @property
    def ends_wide(self) -> bool:
        """Whether it can end in a character that it does not name."""
        return not self.plain and (self.open or self.pattern.endswith((r"\S+", r"\S*")))

    @property
    def one_word(self) -> bool:
        """Whether no blank can stand in it."""
        return not any(sign in self.pattern for sign in (" ", r"\s", "[^", "(?s:"))


_ANY = r"(?s:.)"
_NO_BLANK = r"\S"

TOKENS: dict[str, Token] = {
    token.name: token
    for token in (
        Token("int", r"-?[0-9]{1,20}", "decimal whole number"),
        Token("epoch", r"[0-9]{1,20}", "unsigned 64 bit number"),
        Token("offset", r"-?[0-9]{1,20}", "replication offset, signed 64 bit"),
        Token("port", r"-?[0-9]{1,20}", "TCP port"),
        Token("pid", r"-?[0-9]{1,20}", "process ID"),
        Token("replid", r"[0-9A-Za-z]{40}", "replication ID: 40 hex digits, from a server"),
        Token("runid", HEX40, "run ID, 40 hex digits"),
        Token("nodeid", HEX40, "cluster node ID, 40 hex digits"),
        Token("linknode", rf"{HEX40}|<unknown>", "cluster node ID of a link's other end, or <unknown>"),
        Token("shardid", HEX40, "cluster shard ID, 40 hex digits"),
        Token(
            "addr",
            r"client id #[0-9]{1,20}|\S*:(?:[0-9]{1,20}|<unknown-(?:slave|replica)-port>)",
            "name of a replica: ip:port, [v6]:port, host:port, an unknown port, or client id #N",
        ),
        Token("ipport", r"\S+:[0-9]{1,20}", "ip:port, [v6]:port or the path of a socket and :0"),
        Token("host", _NO_BLANK, "IPv4, IPv6 without brackets, or a host name", open=True, last=True),
        Token("nodename", _ANY, "announced human node name, often empty", open=True),
        Token("instname", r"\S+", "Sentinel's name of an instance"),
        Token("sentname", r"\S+", "Sentinel's name of a Sentinel"),
        Token("mastername", r"[A-Za-z0-9._-]+", "configured name of a primary"),
        Token("client", _ANY, "one CLIENT LIST record", open=True),
        Token("errno", _ANY, "error text of the operating system or of TLS", open=True),
        Token("text", _ANY, "any text", open=True),
        Token("lasttext", _ANY, "any text that may contain what ends it", open=True, last=True),
        Token(
            "registers",
            r"[A-Za-z0-9]{1,6} ?:[0-9a-f]{8,16}(?:\s+[A-Za-z0-9]{1,6} ?:[0-9a-f]{8,16})*",
            "names and values of processor registers",
        ),
        Token("filename", _ANY, "name of a file", open=True),
        Token("path", _ANY, "path of a file", open=True),
        Token("clock", _ANY, "name of a clock source", open=True),
        Token("word", _NO_BLANK, "text without blanks", open=True),
        Token("quoted", r'"(?:[^"\\]|\\(?s:.))*"', "quoted string with C-style escapes"),
        Token("apostrophes", r"'(?:[^'\\]|\\(?s:.))*'", "quoted string as logfmt prints it"),
        Token("float", r"-?(?:[0-9]+(?:\.[0-9]+)?|inf|nan)", "decimal number"),
        Token("float2", r"-?(?:[0-9]+(?:\.[0-9]+)?|inf|nan)", "decimal number with two decimals"),
        Token("hex", r"(?:0x)?[0-9a-fA-F]+", "hexadecimal number"),
        Token("pointer", r"0x[0-9a-fA-F]+|\(nil\)", "memory address"),
        Token("commit", r"[0-9a-f]{8}", "eight hex digits of a commit"),
        Token(
            "ctime",
            r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] [0-9]{4}",
            "date as ctime prints it",
        ),
        Token(
            "date",
            r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9] [A-Z]{2,5} [0-9]{4}",
            "date as the command date prints it",
        ),
        Token("flags", r"\S*", "flag letters or words"),
        Token("msgtype", r"[a-z-]+|\S+", "type of a cluster bus message"),
        Token("humanbytes", r"[0-9]+(?:\.[0-9]+)?[A-Z]?", "bytes with a unit letter"),
        Token("char", _ANY, "one character"),
        Token("version", r"[^\s,()]+", "version of a product"),
    )
}
"""Every placeholder type of the notation, by name."""

NUMERIC = frozenset({"int", "epoch", "offset", "port", "pid"})
"""The tokens that are decimal whole numbers."""


def open_pattern(token: Token, terminator: str | None, *, at_end: bool, then: str = "") -> str:
    r"""The expression of an open token that is followed by a literal.

    ``terminator`` is the literal text that follows, None at the end of the message; ``at_end`` says that
    the message ends after it; ``then`` is what must begin right after it (``\d`` for a number).

    >>> import re
    >>> pattern = open_pattern(TOKENS["text"], "' after", at_end=False)
    >>> re.match(pattern, "it's gone' after all").group()
    "it's gone"
    """
    if terminator is None:
        return f"{token.pattern}*"
    follows = re.escape(terminator) + then + (r"\Z" if at_end else "")
    if at_end or token.last:
        return f"{token.pattern}*(?={follows})"
    if token.pattern == _NO_BLANK and terminator[0].isspace():
        return f"{_NO_BLANK}*"
    first, rest = re.escape(terminator[0]), re.escape(terminator[1:]) + then
    inside = rf"[^{first}]" if token.pattern == _ANY else rf"[^\s{first}]"
    if not rest:
        return f"{inside}*"
    return f"(?:{inside}|{first}(?!{rest}))*"
