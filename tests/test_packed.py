"""Packed captures are read as they are, by what they hold and not by their names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from redislog import SourceError, replay
from redislog.sources import packing
from tests.argocd import LOGS, SERVER_0
from tests.logs import line

zstd = packing.zstandard_library()
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": partial(bz2.compress, compresslevel=1),
    "xz": lzma.compress,
    "zstd": zstd.compress,
}
WHOLE = LOGS[SERVER_0].encode()
VERDICT = replay({SERVER_0: WHOLE}).verdict
every_packing = pytest.mark.parametrize("packed", PACKINGS.values(), ids=PACKINGS)


def many_lines() -> bytes:
    """Lines that do not pack well, so that much of a packed file can be unpacked before its end."""
    random = Random(1)
    texts = (
        line(number / 1000, "M", f"Accepted 10.0.0.9:{random.randrange(65536)}") for number in range(20_000)
    )
    return "\n".join(texts).encode()


@every_packing
@pytest.mark.parametrize("name", ["a.log", "a.log.gz", "a"])
def test_a_packed_capture_is_known_by_its_content(
    packed: Callable[[bytes], bytes], name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(packed(WHOLE))
    assert replay({SERVER_0: path}).verdict == VERDICT
    assert replay(path).verdict.status == VERDICT.status
    assert replay(tmp_path).verdict.status == VERDICT.status


@every_packing
def test_what_is_piped_in_may_be_packed(
    packed: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from redislog.command import main

    printed = []
    for data in (WHOLE, packed(WHOLE)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert main(["timeline", "-"]) == 0
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]


@every_packing
def test_a_packed_file_in_an_archive_is_read(packed: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data = packed(WHOLE)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"logs/{SERVER_0}.log", data)
    assert replay(tmp_path / "a.zip").verdict == VERDICT


@every_packing
def test_a_packed_tar_is_an_archive_whatever_it_is_called(
    packed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for name, text in LOGS.items():
            info = tarfile.TarInfo(f"logs/{name}.log")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    path = tmp_path / "bundle"
    path.write_bytes(packed(whole.getvalue()))
    assert replay(path).verdict == replay(LOGS).verdict


@every_packing
def test_of_a_packed_file_that_is_cut_off_all_that_can_be_unpacked_is_read(
    packed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    data = packed(many_lines())
    path = tmp_path / "a.log"
    path.write_bytes(data[: len(data) * 3 // 4])
    coverage = replay(path).coverage
    assert 5_000 < coverage.recognised < 20_000
    assert any(text.startswith(f"{path}: broken") for text in coverage.missing)


@every_packing
def test_of_a_packed_file_that_is_damaged_what_stands_before_is_read(
    packed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    data = bytearray(packed(many_lines()))
    middle = len(data) * 3 // 4
    data[middle : middle + 64] = bytes(64)
    path = tmp_path / "a.log"
    path.write_bytes(data)
    coverage = replay(path).coverage
    assert 1_000 < coverage.recognised <= 20_000
    assert any(text.startswith(f"{path}: broken") for text in coverage.missing)


def test_a_tar_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo("logs/a.log")
        info.size = len(many_lines())
        tar.addfile(info, io.BytesIO(many_lines()))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    coverage = replay(path).coverage
    assert 5_000 < coverage.recognised < 20_000
    assert any("broken" in text for text in coverage.missing)


def test_the_events_of_a_broken_file_come_with_a_remark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from redislog.command import main

    data = gzip.compress(many_lines())
    path = tmp_path / "a.log.gz"
    path.write_bytes(data[:-10_000])
    assert main(["events", str(path)]) == 0
    done = capsys.readouterr()
    assert done.out.count("\n") > 5_000
    assert done.err.startswith(f"redislog: {path}: broken")


def test_without_its_library_zstandard_s_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(zstd.compress(WHOLE))
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SourceError, match=r"a\.log: .*redislog\[zstd\]"):
        replay(path)
