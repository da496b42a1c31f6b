"""The command ``redislog``: reads captures, prints what the library says of them.

A module a sub-command: ``add(parser)`` gives its arguments, ``run(options)`` does it and returns its exit code. A
sub-command that is added is a row of `redislog.command.table.COMMANDS` and a module of that name.

Exit codes: of ``verdict`` 0 for healthy without an open critical finding, 1 for any other; of ``check`` 0 where all is
as expected, 1 where it is not; of ``wait`` 0 where it is so, 1 where it was not in time, 3 where the input ended before;
of all 2 for wrong use (also a path that cannot be read), 3 for captures without any line of a Redis server. A pipe that closes early is no
error.
"""

from redislog.command.entry import main

__all__ = ["main"]
