"""From event classes to index entries, and to the generated `_index.json`, `_names.py`, ``__init__.pyi``, ``EVENTS.md``.

``python -m redislog.events.generate`` writes them anew; a test keeps them fresh.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from redislog.events import faces
from redislog.events.base import Event, field_name
from redislog.events.index import INDEX, event_classes, messages, target_of
from redislog.events.versions import every_value, expand
from redislog.events.wordings import Message, Wording
from redislog.grammar.buckets import build_buckets
from redislog.grammar.build import message_expression
from redislog.grammar.dispatch import Entry
from redislog.grammar.lower import lower
from redislog.grammar.notation import read_template
from redislog.grammar.prefix import layouts, steady_layouts

_NEWLINE = "\\n"
_ENOUGH = 4
_LOGFMT = frozenset(expand("valkey 8.1+"))


def entries(declared: Iterable[tuple[type[Event], Message]]) -> tuple[list[Entry], list[Entry]]:
    """The index entries of messages: of lines in a server's format, and of raw lines.

    The wordings of one key that differ in nothing but their versions are one entry. A raw text, and a
    message that begins with a newline, is printed over several lines; its text line is what is matched.
    """
    prefixed: dict[tuple[str, str], Entry] = {}
    raw: dict[tuple[str, str], Entry] = {}
    for cls, message in declared:
        for wording in message.wordings:
            text = wording.template
            if "raw" in wording.level or text.startswith(_NEWLINE):
                line = _first_line(text)
                if _has_words(line):
                    _add(raw, _entry(cls, message.key, line, "-"))
            if wording.level != "raw":
                for form in dict.fromkeys(
                    (_trimmed(text), _first_line(text, of_message=True), *_as_logfmt(wording))
                ):
                    _add(prefixed, _entry(cls, message.key, form, ",".join(every_value(wording.roles))))
    return list(prefixed.values()), list(raw.values())


def _add(found: dict[tuple[str, str], Entry], entry: Entry) -> None:
    """Add an entry, or its role letters to the one of the same key and text."""
    same = found.get((entry.key, entry.template))
    if same is not None:
        entry = same._replace(roles="".join(sorted(set(same.roles + entry.roles))))
    found[entry.key, entry.template] = entry


def _has_words(template: str) -> bool:
    """Whether a wording has enough text of its own: without, any line would be it."""
    literals = (part for part in read_template(template).parts if isinstance(part, str))
    return len("".join(literals).replace(" ", "")) >= _ENOUGH


def _trimmed(template: str) -> str:
    """The wording without newlines at its end: a captured line has none."""
    while template.endswith(_NEWLINE):
        template = template[: -len(_NEWLINE)]
    return template


def _first_line(template: str, *, of_message: bool = False) -> str:
    """The first line that has text; of a message, only where its own first line has some."""
    if of_message and template.startswith(_NEWLINE):
        return _trimmed(template)
    while template.startswith(_NEWLINE):
        template = template[len(_NEWLINE) :]
    return template.partition(_NEWLINE)[0]


def _as_logfmt(wording: Wording) -> Iterator[str]:
    """How a release with ``log-format logfmt`` prints a text that holds quotes or newlines: without either."""
    if not any(version in _LOGFMT for version in expand(wording.versions)):
        return
    text = wording.template.replace(":quoted>", ":apostrophes>").replace('"', "'").replace(_NEWLINE, " ")
    if text.rstrip(" ") != wording.template.rstrip(" "):
        yield text.rstrip(" ")


def _entry(cls: type[Event], key: str, template: str, roles: str) -> Entry:
    read = read_template(template)
    names = {part.name: field_name(part.name) for part in read.placeholders}
    pattern = lower(message_expression(read, names))
    return Entry(
        key, target_of(cls), template, pattern, "".join(sorted(set(roles.replace(",", "")))), read.weight
    )


def source_text() -> str:
    """The text of `_index.json` as the event classes now say it, one entry a line."""
    prefixed, raw = entries(messages())
    parts = {
        "layouts": _lines({name: lower(expression) for name, expression in layouts().items()}),
        "steady_layouts": _lines(
            {name: (lower(same), lower(rest)) for name, (same, rest) in steady_layouts().items()}
        ),
        "messages": _lines(prefixed),
        "messages_buckets": _lines(dict(sorted(build_buckets(prefixed).items()))),
        "raw": _lines(raw),
        "raw_buckets": _lines(dict(sorted(build_buckets(raw).items()))),
    }
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {text}" for name, text in parts.items()) + "\n}\n"


def _lines(values: Mapping[str, object] | Iterable[object]) -> str:
    if isinstance(values, Mapping):
        body = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in values.items())
        return "{\n" + ",\n".join(body) + "\n}"
    return "[\n" + ",\n".join(map(json.dumps, values)) + "\n]"


def generated() -> dict[Path, str]:
    """All files that are generated, with their texts as the event classes now say them."""
    package = INDEX.parent
    classes = faces.by_actor(event_classes())
    return {
        INDEX: source_text(),
        package / "_names.py": faces.names_text(classes),
        package / "__init__.pyi": faces.stub_text(classes),
        package.parent.parent / "EVENTS.md": faces.document_text(classes),
    }


def main() -> None:
    """Write the generated files."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
