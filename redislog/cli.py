"""The command ``redislog``: reads captures, prints what the library says of them.

Exit codes: of ``verdict`` 0 for healthy, 1 for any other status; of all 2 for wrong use (also a path that
cannot be read), 3 for captures without any line of a Redis server. A pipe that closes early is no error.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NoReturn

import redislog
from redislog.capture import decode, known_forms
from redislog.events.base import Event
from redislog.gathering import Way, read_events
from redislog.grammar.stamps import seconds
from redislog.options import add_options
from redislog.replaying import Timeline, read_into
from redislog.report.progress import terminal_watch
from redislog.sources import Capture, Found, SourceError, named_file, open_paths, standard_input
from redislog.timeline.values import Failover

HEALTHY, NOT_HEALTHY, WRONG_USE, NO_REDIS = 0, 1, 2, 3
INTERRUPTED = 130
"""As shells say it for Ctrl-C."""
_COMMANDS = ("verdict", "timeline", "events", "whois", "explain", "forms", "messages", "diagram")

_EPILOG = """\
PATH is a file, a folder of logs, NAME=PATH to give a capture a name, or - for standard input.

exit codes:
  0  healthy (verdict); done (timeline, events)
  1  any other status (verdict)
  2  wrong use, or a path that cannot be read
  3  no line of a Redis server in the input
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] not in (*_COMMANDS, "-h", "--help", "--version"):
        arguments.insert(0, "verdict")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except SourceError as error:
        print(f"redislog: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return HEALTHY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="redislog",
        description="Reads logs of Redis and Valkey servers and says what their replication did.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"redislog {redislog.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, run, words in (
        ("verdict", _verdict, "who is the primary, is every replica in sync (the default)"),
        ("timeline", _timeline, "what happened, in true order"),
        ("events", _events, "every line as a typed event"),
    ):
        command = commands.add_parser(
            name,
            help=words,
            description=words,
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_options(command, events=name == "events")
        if name == "verdict":
            command.add_argument("--at", metavar="TIME", help="judge this instant instead of the end")
            command.add_argument("-v", "--verbose", action="store_true", help="show the deciding lines")
        if name == "events":
            command.add_argument("--key", metavar="GLOB", default="*", help="only events of these keys")
        command.set_defaults(run=run)
    words = "what a name, address or ID belongs to, since when and why"
    whois = commands.add_parser(
        "whois",
        help=words,
        description=words,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whois.add_argument(
        "thing", metavar="THING", help="name, address, replication, node or Sentinel ID, or a part"
    )
    add_options(whois)
    whois.set_defaults(run=_whois)
    _add_catalogue_commands(commands)
    return parser


def _add_catalogue_commands(commands: Any) -> None:
    explain = commands.add_parser("explain", help="what a line means", description="Say what lines mean.")
    explain.add_argument("lines", metavar="LINE", nargs="*", help="a line, quoted; without: standard input")
    explain.set_defaults(run=_explain)
    words = "which forms of capture are known, and what each loses"
    forms = commands.add_parser("forms", help=words, description=words)
    forms.set_defaults(run=_forms)
    words = "which messages are known"
    known = commands.add_parser("messages", help=words, description="List the messages that are known.")
    known.add_argument("--key", metavar="GLOB", default="*", help="only these keys: 'replica.*'")
    known.add_argument("--version", metavar="V", help="only what this version prints: 'redis 7.0'")
    known.add_argument("--json", action="store_true", help="one JSON object a line")
    known.set_defaults(run=_messages)
    diagram = commands.add_parser("diagram", help="railroad diagrams of the grammar, as an HTML page")
    diagram.add_argument("path", metavar="OUT.html", type=Path)
    diagram.add_argument("--key", metavar="GLOB", default="replica.full-sync*", help="wordings of these keys")
    diagram.set_defaults(run=_diagram)


def _verdict(options: argparse.Namespace) -> int:
    timeline = _read(options)
    if not timeline.has_server_lines:
        return _no_redis()
    at = _instant(options.at, "--at", timeline)
    verdict = timeline.verdict if at is None else timeline.at(at)
    since = _instant(options.since, "--since", timeline)
    resyncs = [resync for resync in timeline.resyncs if _shown(resync.started, since, at)]
    if options.format == "json":
        _print_json(timeline, verdict, resyncs)
    else:
        from redislog.report.text import verdict_report

        failovers = [each for each in timeline.failovers if _shown(_promoted(each), since, at)]
        _print([verdict_report(verdict, resyncs, timeline.clocks, failovers, verbose=options.verbose)])
    return HEALTHY if verdict.status == "healthy" else NOT_HEALTHY


def _promoted(failover: Failover) -> datetime | None:
    return failover.promoted.at if failover.promoted is not None else None


def _shown(when: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    if when is None:
        return True
    after = since is None or seconds(when) >= seconds(since)
    return after and (until is None or seconds(when) <= seconds(until))


def _print_json(timeline: Timeline, verdict: Any, resyncs: list[Any]) -> None:
    from redislog.report.jsonio import SCHEMA, converter

    write = converter().unstructure
    found = {
        "schema": SCHEMA,
        "verdict": write(verdict),
        "resyncs": write(resyncs),
        "failovers": write(timeline.failovers),
        "roles": write(timeline.roles),
        "clocks": write(timeline.clocks),
    }
    _print([json.dumps(found, indent=2)])


def _timeline(options: argparse.Namespace) -> int:
    timeline = _read(options)
    if not timeline.has_server_lines:
        return _no_redis()
    since = _instant(options.since, "--since", timeline)
    events = (event for event in timeline.events if _shown(event.at, since, None))
    if options.format == "json":
        _print(_json_lines(events))
    else:
        from redislog.report.text import timeline_report

        _print(timeline_report(events, timeline.clocks))
    return HEALTHY


def _events(options: argparse.Namespace) -> int:
    from redislog.report.text import event_details

    seen = False
    watch = terminal_watch(alone=False)

    def shown() -> Iterator[Event]:
        nonlocal seen
        since = _time(options.since, "--since", None)
        for _, event in read_events(_found(options.paths).captures, _way(options), watch):
            seen |= event.pid is not None
            if fnmatchcase(event.key, options.key) and _shown(event.at, since, None):
                yield event

    with closing(watch):
        _print(_json_lines(shown()) if options.format == "json" else map(event_details, shown()))
    for remark in watch.remarks:
        print(f"redislog: {remark}", file=sys.stderr)
    return HEALTHY if seen else _no_redis()


def _whois(options: argparse.Namespace) -> int:
    timeline = _read(options)
    if not timeline.has_server_lines:
        return _no_redis()
    try:
        found = timeline.whois(options.thing)
    except redislog.AmbiguousError as error:
        return _wrong_use(str(error))
    if not found:
        return _wrong_use(f"nothing in the captures is known by {options.thing!r}")
    if options.format == "json":
        from redislog.report.jsonio import SCHEMA, converter

        _print([json.dumps({"schema": SCHEMA, "subjects": converter().unstructure(found)}, indent=2)])
    else:
        from redislog.report.text import whois_report

        _print(whois_report(found))
    return HEALTHY


def _explain(options: argparse.Namespace) -> int:
    from redislog.report.explain import explain_line

    lines = options.lines or (decode(line) for line in sys.stdin.buffer)
    _print(explain_line(line) for line in lines if line.strip())
    return HEALTHY


def _messages(options: argparse.Namespace) -> int:
    from redislog.events.render import RenderError
    from redislog.report.explain import as_json, known_messages, message_lines

    try:
        known = list(known_messages(options.key, options.version))
    except RenderError as error:
        return _wrong_use(f"--version: {error}")
    if options.json:
        _print(json.dumps(as_json(each)) for each in known)
    else:
        _print(line for each in known for line in message_lines(each))
    return HEALTHY


def _forms(_: argparse.Namespace) -> int:
    _print(f"{name}\n    {layout}\n    loses: {loses}" for name, layout, loses in known_forms())
    return HEALTHY


def _diagram(options: argparse.Namespace) -> int:
    if importlib.util.find_spec("railroad") is None:
        return _wrong_use("diagrams need the extra: pip install 'redislog[diagrams]'")
    from redislog.report.diagram import draw

    try:
        count = draw(options.path, options.key)
    except OSError as error:
        return _wrong_use(f"{options.path}: {error.strerror}")
    if not count:
        return _wrong_use(f"--key: no message matches {options.key!r}")
    _print([f"{count} wordings drawn in {options.path}"])
    return HEALTHY


def _json_lines(events: Iterator[Event]) -> Iterator[str]:
    from redislog.report.jsonio import unstructure

    return (json.dumps(unstructure(event)) for event in events)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _no_redis() -> int:
    print("redislog: no line of a Redis server in the input", file=sys.stderr)
    return NO_REDIS


def _read(options: argparse.Namespace) -> Timeline:
    found = _found(options.paths)
    timeline = Timeline(hints=(*options.hint, *found.hints))
    if getattr(options, "verbose", False):
        for path in found.passed_over:
            print(f"redislog: passed over {path}: no log", file=sys.stderr)
    with closing(terminal_watch()) as watch:
        read_into(timeline, found.captures, _way(options), jobs=options.jobs, watch=watch)
    return timeline


def _way(options: argparse.Namespace) -> Way:
    until = _time(options.until, "--until", None)
    return Way(tz=options.tz, year=options.year, until=until, form=options.form)


def _found(arguments: Sequence[str]) -> Found:
    captures: list[Capture] = []
    paths: list[Path] = []
    for argument in arguments:
        name, equals, path = argument.partition("=")
        if argument == "-":
            captures.append(standard_input())
        elif equals and not Path(argument).exists():
            captures.append(named_file(name, Path(path)))
        else:
            paths.append(Path(argument))
    return open_paths(paths, captures)


def _instant(text: str | None, option: str, timeline: Timeline) -> datetime | None:
    """An instant on the reference's clock; a time without a date is on the day of its first line."""
    if text is None:
        return None
    joined = timeline.joined
    first = joined.nodes[joined.reference].first if joined.reference else None
    return _time(text, option, first.event.at if first else None)


def _time(text: str | None, option: str, day: datetime | None) -> datetime | None:
    if text is None:
        return None
    forms = [text] if day is None else [text, f"{day.date().isoformat()}T{text}"]
    for form in forms:
        with suppress(ValueError):
            return datetime.fromisoformat(form)
    return _wrong_use(f"{option}: expected a time like 2023-05-29T07:49:02, got {text!r}")


def _wrong_use(message: str) -> NoReturn:
    print(f"redislog: {message}", file=sys.stderr)
    raise SystemExit(WRONG_USE)


if __name__ == "__main__":
    sys.exit(main())
