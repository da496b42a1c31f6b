"""``redislog anonymize``: files in, files out, nothing of the originals left, and nothing written over."""

from __future__ import annotations

import gzip
import json
import stat
from pathlib import Path
from typing import Any

import pytest

import redislog
from redislog.command import main
from tests.argocd import FOLDER

DONE, LEFT, WRONG_USE, NO_REDIS = 0, 1, 2, 3
LINE = "1:S 29 May 2023 07:49:04.507 * Connecting to MASTER shop-redis-0.shop:6379\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*arguments: object) -> Any:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.mark.parametrize("spelling", ["anonymize", "anonymise"])
def test_a_folder_becomes_another_with_the_same_verdict(run: Any, tmp_path: Path, spelling: str) -> None:
    made = tmp_path / "made"
    names = tmp_path / "names.json"
    assert run(spelling, FOLDER, "-o", made, "--map", names, "--check")[:2] == (DONE, "")
    assert stat.S_IMODE(names.stat().st_mode) == 0o600
    mapped = json.loads(names.read_text())["names"]
    assert mapped
    verdict, again = redislog.replay(FOLDER).verdict, redislog.replay(made).verdict
    assert (again.status, len(again.nodes)) == (verdict.status, len(verdict.nodes))
    texts = "".join(path.name + path.read_text() for path in made.rglob("*.log"))
    assert not [name for name in mapped if name in texts]


def test_nothing_is_written_over(run: Any, tmp_path: Path) -> None:
    assert run("anonymize", FOLDER, "-o", tmp_path)[0] == DONE
    code, _, err = run("anonymize", FOLDER, "-o", tmp_path)
    assert code == WRONG_USE
    assert "is there already" in err


def test_what_is_no_log_is_left_out_and_told(run: Any, tmp_path: Path) -> None:
    source, made = tmp_path / "source", tmp_path / "made"
    source.mkdir()
    (source / "dump.rdb").write_bytes(b"REDIS0011\xfa\x09secret")
    (source / "shop-redis-1.log.gz").write_bytes(gzip.compress(LINE.encode()))
    code, _, err = run("anonymize", source, "-o", made)
    assert code == DONE
    assert "left out" in err
    (only,) = made.iterdir()
    assert "shop" not in only.name + only.read_text()
    assert only.suffix == ".log"


def test_lines_that_no_grammar_knows_are_dropped_unless_they_are_to_stay(run: Any, tmp_path: Path) -> None:
    log = tmp_path / "shop-redis-1.log"
    log.write_text("the password is hunter2\n" + LINE)
    _, _, err = run("anonymize", log, "-o", tmp_path / "one")
    assert "1 lines that no grammar knows were left out" in err
    run("anonymize", log, "-o", tmp_path / "other", "--keep-foreign")
    assert [len(path.read_text().splitlines()) for path in sorted(tmp_path.glob("o*/*"))] == [1, 2]


def test_a_name_that_leads_elsewhere_is_an_error(run: Any, tmp_path: Path) -> None:
    log = tmp_path / "b.log"
    log.write_text(LINE)
    code, _, err = run("anonymize", f"../b={log}", "-o", tmp_path / "made")
    assert code == WRONG_USE
    assert "not within" in err


def test_without_a_place_to_write_it_only_checks(run: Any, tmp_path: Path) -> None:
    log = tmp_path / "b.log"
    log.write_text(LINE)
    assert run("anonymize", log)[0] == WRONG_USE
    assert run("anonymize", log, "--check")[0] == DONE
    log.write_text("nothing\n")
    assert run("anonymize", f"b={log}", "--check")[0] == NO_REDIS
