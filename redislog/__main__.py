"""The command ``redislog``, also as ``python -m redislog``."""

import gc
import sys


def main() -> int:
    """Run the command; returns its exit code.

    What is imported stays, so that the collector of garbage need not look at it, now or later.
    """
    gc.disable()
    from redislog.cli import main as command

    gc.freeze()
    gc.enable()
    return command()


if __name__ == "__main__":
    sys.exit(main())
