r"""What a paste does to a line: quotes, indents, boxes, escapes, ``grep -Hn``, and headings between files.

::

    > LINE              quoted mail or markdown             1:M ... \* MASTER     escaped markdown
    FILE:12:LINE        grep -Hn (``-12-`` context)         MASTER &lt;-&gt; ...  escaped HTML
    │ LINE   │          a copied k9s screen                 ```                   a fence

    $ kubectl logs POD -c C      ==> FILE <==      === POD ===      --- POD/CONTAINER ---

A heading names the lines below it, up to the next one.
"""

from __future__ import annotations

import re

from redislog.capture.lines import Captured, Form
from redislog.capture.names import origin_of_file
from redislog.capture.stores import common_labels
from redislog.origin import Origin, origin

_GREP = re.compile(r"((?:[^\s:]*/)?[\w@+-][\w.@+-]*\.(?:log|txt|out|gz)(?:\.\d+)?)(?:([:-])\d+\2|:)")
_SIDES = "│┃║|"
_QUOTE = re.compile(r"(?:[>|\s]|&gt;)++(?=\S)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|~-])")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")
_FIELD = re.compile(r'\s*+[{\[,]?\s*+"?[\w@.]*+"?\s*+:?\s*+"((?:[^"\\]|\\.)*)"\]?\}?,?\s*\Z')

_NAME = r"[a-z0-9][a-z0-9.-]*-(?:\d{1,5}|[a-z0-9]{5})"
_TAIL = re.compile(r"==> (\S+) <==\Z")
_TITLE = re.compile(
    r"(?:=+|-{2,}|#+|\*{2,}|>>>+)\s*(?:[Ll]ogs?\s+(?:of|for|from)\s+)?(?:[Pp]od[/: ]\s*)?"
    rf"(?:pods?/)?({_NAME})(?:(?:[/: ]+|\s+container\s+|\s*\()([a-z0-9-]+)\)?)?(?:\s+logs?)?:?\s*(?:=+|-{{2,}}|#+|\*{{2,}}|<<<+)?\Z"
)
_COMMAND = re.compile(
    r"(?:\S*[$#>%]\s+|\S+@\S+[$#:]\S*\s+|PS [^>]*>\s*)?(?:\S*/)?(kubectl|oc|docker|docker-compose|podman|podman-compose|nerdctl|crictl|k)\s+(?:\S+\s+)*?logs?\s+(.+)\Z"
)
_SHOWN = re.compile(
    r"(?:\[?\w[\w.-]*@(?P<host>[\w.-]+)\S*(?:\s\S+)?|\S*)[$#>%]\s+(?:sudo\s+)?(?:tail|cat|head|less|more|zcat|bat|z?[ef]?grep)\s"
    r"(?:.*\s)?(?P<path>[\w./@+-]*[\w@+-](?:\.(?:log|txt|out|gz)(?:\.\w+)?|(?<=log)))(?=\s|\Z)"
)
_ANYBODY = re.compile(r"(?:redis|valkey|keydb|sentinel|server|messages|syslog|[-_.])+\Z")
"""The names of files that are the same on each host."""
_LONGEST_HEADING = 300
_WITH_VALUE = {
    "-c", "--container", "-n", "--namespace", "--tail", "--since", "--since-time", "--limit-bytes", "--context",
    "--kubeconfig", "-l", "--selector", "--max-log-requests", "--until",
}  # fmt: skip


def unwrap_grep(text: str) -> Captured | None:
    """The line behind the name of its file, as ``grep -H`` prints it."""
    match = _GREP.match(text)
    if match is None:
        return None
    return Captured(text[match.end() :], match[0], origin_of_file(match[1]))


def unwrap_box(text: str) -> Captured | None:
    """The line inside a box of a copied screen."""
    inner = text.strip()
    if len(inner) < 3 or inner[0] not in _SIDES or inner[-1] not in _SIDES:
        return None
    inner = inner[1:-1].strip()
    return Captured(inner, text[: text.find(inner)])


def unwrap_paste(text: str) -> Captured | None:
    """The line without quote marks, indents and escapes; None if it has none of them."""
    if match := _FIELD.match(text):
        from json import loads

        try:
            return Captured(loads(f'"{match[1]}"', strict=False).rstrip("\r\n"), text[: match.start(1)])
        except ValueError:
            return None
    match = _QUOTE.match(text)
    start = match.end() if match is not None else 0
    cleaned = unescaped(text[start:])
    return Captured(cleaned, text[:start]) if cleaned != text else None


def unescaped(text: str) -> str:
    r"""A text without the escapes of HTML and markdown.

    >>> unescaped(r"\* MASTER &lt;-&gt; REPLICA")
    '* MASTER <-> REPLICA'
    """
    if "&" in text and _ENTITY.search(text):
        import html

        text = html.unescape(text)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def heading(text: str) -> Origin | None:
    """What a line between captures says of those below it; None if it is no heading."""
    if len(text) > _LONGEST_HEADING:
        return None
    text = text.strip()
    if text.startswith(("> ", "| ")):
        text = text.lstrip("> |")
    if match := _TAIL.match(text):
        return origin_of_file(match[1])
    if match := _TITLE.match(text):
        return origin(None, match[1], match[2])
    if found := common_labels(text):
        return found
    if match := _COMMAND.match(text):
        return _of_command(match[1], match[2].split())
    if match := _SHOWN.match(text):
        return _of_shown(match["path"], match["host"])
    return None


def _of_shown(path: str, host: str | None) -> Origin | None:
    """Whose file a shell shows: by its path, or by the host of the prompt where each host has a file of that name.

    >>> heading("root@cache-2:/var/log/redis# tail -n 50 redis-server.log").source
    'cache-2'
    >>> heading("$ sudo cat /var/log/redis/redis_6380.log | grep MASTER").source
    'redis_6380'
    """
    named = origin_of_file(path)
    if named.source is None or _ANYBODY.match(named.source) is None:
        return named
    return origin(file=host) if host else None


def _of_command(tool: str, words: list[str]) -> Origin | None:
    """The pod, or container, whose logs a command shows; an empty origin where it may be several."""
    names: list[str] = []
    options: dict[str, str] = {}
    waiting = ""
    for word in words:
        if word in ("|", ">", "2>&1", "&&", ";", ">>"):
            break
        if waiting:
            options[waiting], waiting = word, ""
        elif word.startswith("-"):
            name, equals, value = word.partition("=")
            if equals:
                options[name] = value
            elif name in _WITH_VALUE:
                waiting = name
            else:
                options[name] = ""
        else:
            names.append(word.rpartition("/")[2])
    namespace = options.get("-n") or options.get("--namespace")
    if tool not in ("kubectl", "oc", "k"):
        return origin(None, names[0]) if names else origin()
    if not names or "-l" in options or "--selector" in options:
        return origin(namespace)
    container = options.get("-c") or options.get("--container") or (names[1] if len(names) > 1 else None)
    restart = "previous" if {"-p", "--previous"} & set(options) else None
    return origin(namespace, names[0], container, restart)


GREP = Form("grep", "FILE:[N:]LINE", "nothing", unwrap_grep)
BOX = Form("box", "│ LINE │", "what the screen cut", unwrap_box, lambda _: False)
PASTE = Form("paste", "> LINE, indented, escaped markdown or HTML", "nothing", unwrap_paste, lambda _: False)
