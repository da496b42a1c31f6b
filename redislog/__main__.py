"""``python -m redislog`` is the command ``redislog``."""

import sys

from redislog.cli import main

sys.exit(main())
