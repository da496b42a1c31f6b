"""A project without pytest: unittest and the assertions alone."""

import os
import unittest
from pathlib import Path

from redislog.testing import assert_healthy, assert_in_sync, count, mark, unresolved

LOGS = sorted(Path(os.environ["LOGS"]).glob("*.log"))


class Replication(unittest.TestCase):
    def test_it_is_healthy(self):
        assert_healthy(LOGS)
        assert_in_sync(LOGS, "server-0")

    def test_what_healed_is_not_open(self):
        self.assertEqual(unresolved(LOGS), ())

    def test_what_is_wrong_is_told(self):
        with self.assertRaisesRegex(AssertionError, "(?s)expected: server-9 in sync.*known: server-0"):
            assert_in_sync(LOGS, "server-9")

    def test_what_came_after_a_mark_is_counted(self):
        lines = LOGS[0].read_text().splitlines(keepends=True)
        before = mark("".join(lines[:30]))
        self.assertEqual(count("".join(lines), "server.starting"), 1)
        self.assertEqual(count("".join(lines), "server.starting", since=before), 0)


if __name__ == "__main__":
    unittest.main()
