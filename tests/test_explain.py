"""What lines mean, which messages are known, messages from outside, and the documentation's tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from redislog import Event, parse_line, register, structure, unstructure
from redislog.command import main
from redislog.events import index, message
from redislog.events.index import messages
from redislog.matching import forget, tables
from redislog.report.docs import refreshed
from redislog.report.explain import explain_line, known_messages
from redislog.report.nearest import unread_lines
from redislog.testing.matchers import having, matches

ROOT = Path(__file__).parent.parent
GRANTED = f"1:S 29 May 2023 07:49:04.496 * Full resync from master: {'f' * 40}:563"


def test_a_line_is_explained() -> None:
    said = explain_line(GRANTED)
    for words in (
        "replica.full-sync-from-primary",
        "offset = 563",
        "redis 2.8+; valkey 7.2",
        "Full resync from primary: <replid:replid>:<offset:offset>",
        "pid 1, S (replica), level notice",
        "upstream link: handshake or psync -> wait_bgsave",
    ):
        assert words in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_bare_message_is_explained() -> None:
    assert "replica.sync-started" in explain_line("MASTER <-> REPLICA sync started")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("hello", "foreign"),
        ("1:M 29 May 2023 07:49:04.496 * hello", "unrecognized"),
        (GRANTED.replace("resync", "resink"), "(damaged)"),
    ],
)
def test_what_is_not_known_is_said(line: str, says: str) -> None:
    assert says in explain_line(line)


def test_what_outsiders_wrote_cannot_command_the_terminal() -> None:
    assert "\x1b" not in explain_line("1:S 29 May 2023 07:49:04.496 # Unable to AUTH to MASTER: \x1b[31mred")


def test_the_command_explains_its_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", GRANTED]) == 0
    assert "replica.full-sync-from-primary" in capsys.readouterr().out


def test_messages_are_listed_by_key_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["messages", "--key", "role.promoted", "--version", "valkey 8.0", "--format", "json"]) == 0
    (known,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (known["key"], known["event"], known["category"]) == ("role.promoted", "Promoted", "replication")
    assert [each["template"] for each in known["wordings"]] == [
        "PRIMARY MODE enabled (user request from '<client:client>')"
    ]


def test_every_message_is_listed() -> None:
    assert [known.key for known in known_messages()] == sorted(known.key for _, known in messages())


def test_an_unknown_version_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["messages", "--version", "redis 1.2"]) == 2
    assert "redis 1.2" in capsys.readouterr().err


def test_diagrams_can_be_drawn(tmp_path: Path) -> None:
    pytest.importorskip("railroad", reason="needs the extra diagrams")
    out = tmp_path / "grammar.html"
    assert main(["diagram", str(out), "--key", "replica.full-sync.finished"]) == 0
    assert "<svg" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_tables_of_the_documentation_are_fresh(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == refreshed(text), f"run python -m redislog.report.docs {name}"


def test_the_readme_shows_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    main(["fixtures/argocd-redis-ha"])
    block = f"$ redislog fixtures/argocd-redis-ha\n{capsys.readouterr().out}```"
    assert block in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What a test registers is forgotten after it."""
    yield
    forget()


@pytest.mark.parametrize("known_before", [False, True], ids=["first", "after the others were used"])
@pytest.mark.usefixtures("forgotten")
def test_a_message_from_outside_takes_part(known_before: bool) -> None:
    if known_before:
        ready = parse_line("1:M 29 May 2023 07:49:04.507 * Ready to accept connections")
        assert structure(unstructure(ready), Event) == ready
        assert list(unread_lines(parse_line("1:M 29 May 2023 07:49:04.507 * Ready to take connections")))
        assert matches(having("server.ready"))(ready)

    @register
    class Warmed(Event):
        """A module has warmed its cache."""

        keys: int
        MESSAGES = (
            message("ours.warmed", level="notice", roles="M,S")(
                "the cache is warm",
                "redis 7.0-8.2: <ours> warm after <seconds:int> s, <keys:int> keys",
            ),
        )
        seconds: int = 0

    event = parse_line("1:M 29 May 2023 07:49:04.507 * <ours> warm after 3 s, 12 keys")
    assert isinstance(event, Warmed)
    assert (event.key, event.keys, event.seconds) == ("ours.warmed", 12, 3)
    assert structure(unstructure(event), Event) == event
    assert event.render("redis 7.2") == "1:M 29 May 2023 07:49:04.507 * <ours> warm after 3 s, 12 keys"
    assert "the cache is warm" in explain_line("<ours> warm after 3 s, 12 keys")
    assert [known.event for known in known_messages("ours.*")] == ["Warmed"]


@pytest.mark.usefixtures("forgotten")
def test_a_key_is_registered_once() -> None:
    with pytest.raises(ValueError, match=r"'rdb\.age' is taken"):

        @register
        class Age(Event):
            """A key that the package has."""

            MESSAGES = (message("rdb.age")("", "redis 7.0: age"),)

    with pytest.raises(ValueError, match="declares no MESSAGES"):

        @register
        class Nothing(Event):
            """A class without a message."""

    assert "age" not in {entry.template for entry in tables().messages.entries}
    assert not [cls for cls in index.event_classes() if cls.__name__ == "Age"]
