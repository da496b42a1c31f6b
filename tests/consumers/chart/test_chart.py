"""A chart's test: each version of the image does the same, and the command's report goes to the CI."""

import subprocess
import sys
from pathlib import Path

import pytest

from redislog.testing import canonical
from redislog.testing.simulate import story

HERE = Path(__file__).parent
IMAGES = ["redis 6.2", "redis 7.0", "redis 8.2", "valkey 8.0"]


def rolled(image):
    """What the pods print while the chart starts them and an upgrade promotes the second."""
    pods = ["cache-0", "cache-1", "cache-2"]
    with story(primary=pods[0], replicas=pods[1:], version=image, clocks={"cache-2": 0.4}) as s:
        s.start()
        s.promote("cache-1")
    return s


@pytest.mark.parametrize("image", IMAGES)
def test_an_upgrade_does_what_it_did_before(image):
    assert canonical(rolled(image).captures) + "\n" == (HERE / "upgrade.txt").read_text()


@pytest.mark.parametrize("form", ["kubectl-prefix", "stern-json", "loki-query-range"])
def test_the_command_reads_what_the_collector_kept(form, tmp_path):
    log = tmp_path / "pods.log"
    log.write_text(rolled("redis 7.0").in_form(form))
    expected = [
        "--status",
        "healthy",
        "--primary",
        "cache-1",
        "--replicas",
        "2",
        "--failovers",
        "1",
        "--no",
        "crash",
    ]
    command = [sys.executable, "-m", "redislog", "check", log, *expected, "--junit", f"checked-{form}.xml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 5
