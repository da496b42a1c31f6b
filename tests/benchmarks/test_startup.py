"""How long it takes until the first line is read, and until a person has the verdict."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from tests.argocd import FOLDER

ROUNDS = 11
LINE = "1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization"
FIRST_EVENT = f"import redislog; redislog.parse_line({LINE!r})"
YARDSTICK = "import pyparsing, attrs"
TIMED = "import time; begin = time.perf_counter(); {}; print(time.perf_counter() - begin)"


def seconds(code: str) -> float:
    """Seconds that some code takes in a fresh interpreter, without the interpreter's own start."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(code)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def test_the_first_event_comes_soon() -> None:
    seconds(FIRST_EVENT)
    seconds(YARDSTICK)
    rounds = [(seconds(FIRST_EVENT), seconds(YARDSTICK)) for _ in range(ROUNDS)]
    ours, yardstick = (median(times) for times in zip(*rounds, strict=True))
    print(f"first event {ours * 1000:.1f} ms, {YARDSTICK} {yardstick * 1000:.1f} ms: {ours / yardstick:.2f}")  # noqa: T201
    assert ours / yardstick < 2.5


def test_the_first_event_needs_no_grammar_library() -> None:
    code = f"{FIRST_EVENT}; import sys; assert 'pyparsing' not in sys.modules and 'cattrs' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_verdict_comes_soon() -> None:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "redislog", str(FOLDER)], capture_output=True, check=True)
        times.append(time.perf_counter() - begin)
    print(f"verdict {median(times) * 1000:.0f} ms")  # noqa: T201
    assert median(times) < 0.6
