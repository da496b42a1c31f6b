"""The sub-commands, in the order in which the help shows them, each with what it answers."""

from __future__ import annotations

DEFAULT = "verdict"
"""What runs where no sub-command is named."""

COMMANDS: dict[str, str] = {
    "verdict": "who is the primary, is every replica in sync (the default)",
    "timeline": "what happened, in true order",
    "events": "every line as a typed event",
    "whois": "what a name, address or ID belongs to, since when and why",
    "why": "what decided of a server: all that was said of it, and who was believed",
    "check": "whether captures are as a test expects them",
    "wait": "wait until a log that grows shows something",
    "mark": "how far captures have come, for --since of check and wait",
    "anonymize": "captures without the names of those who made them",
    "explain": "what a line means",
    "forms": "which forms of capture are known, and what each loses",
    "messages": "which messages are known",
    "diagram": "railroad diagrams of the grammar, as an HTML page",
}
"""Each is a module of this package by that name."""

SPELLINGS = {"anonymise": "anonymize"}
"""Sub-commands as they are spelt elsewhere."""
