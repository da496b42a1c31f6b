"""The start of a server, from its banner to the line that says it accepts connections."""

import attrs

from redislog.events.base import Event, event, message, wording
from redislog.values import current_words


@event
class ServerStarting(Event):
    """The banner with which a server starts (4.0+): what stands before it belongs to an earlier run.

    ``fork`` is the name of a fork that is neither Redis nor Valkey, see `product`. Source: Redis 4.0+,
    ``server.c:main``.
    """

    CATEGORY = "lifecycle"

    fork: str | None = None

    @property
    def product(self) -> str:
        """What the server calls itself: Redis, Valkey, or a fork's name."""
        return self.fork or ("Valkey" if "Valkey" in self.message else "Redis")

    MESSAGES = (
        message(
            "server.starting",
            "a server starts",
            wording("oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", "redis 4.0+"),
            wording(
                "oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo",
                "valkey 7.2+",
                roles="C,X[valkey 7.2-8.0] M,S,X[valkey 8.1+]",
                level="notice",
            ),
            wording(
                "oO0OoO0OoO0Oo <fork:word> is starting oO0OoO0OoO0Oo",
                "keydb 6.3",
                level="warning",
                source="server.cpp:main",
            ),
            level="warning[redis 4.0-7.0] notice[redis 7.2+]",
            roles="C,X",
            source="server.c:main",
        ),
    )


@event
class ServerVersion(Event):
    """Version and build of a server that starts.

    ``version`` is the product's version, ``bits`` the word size, ``commit`` and ``modified`` (1 if the
    sources were changed) name the build. ``pid_`` is the server's process ID; in 4.0 and 5.0 that of the
    parent, if the server puts itself into the background. ``mode`` is ``standalone``, ``sentinel`` or
    ``cluster``; ``fork`` is the name of a fork, see `product`. Source: Redis 2.6+, ``server.c:main`` and
    ``server.c:redisAsciiArt``.
    """

    CATEGORY = "lifecycle"

    version: str
    fork: str | None = None
    commit: str | None = None
    modified: int | None = None
    bits: int | None = None
    mode: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    port: int | None = None
    pid_: int | None = None

    @property
    def product(self) -> str:
        """What the server calls itself: Redis, Valkey, or a fork's name."""
        return self.fork or ("Valkey" if "Valkey" in self.message else "Redis")

    MESSAGES = (
        message(
            "server.started",
            "version of the server that started",
            wording("Server started, Redis version <version:version>", "redis 2.6-3.2"),
            level="warning",
            roles="M,S",
            source="redis.c:main,server.c:main",
        ),
        message(
            "server.started-syslog",
            "version, build, mode and port, where syslog takes the place of the logo",
            wording(
                "Redis <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit, <mode:standalone|sentinel|cluster> mode, port <port:port>, pid <pid:pid> ready to start.",
                "redis 3.0-3.2",
            ),
            wording(
                "Redis <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit, <mode:stand alone|sentinel> mode, port <port:port>, pid <pid:pid> ready to start.",
                "redis 2.8",
            ),
            level="notice",
            roles="M,S,X",
            source="redis.c:redisAsciiArt,server.c:redisAsciiArt",
        ),
        message(
            "server.version",
            "version, build and process of the server that starts",
            wording(
                "Redis version=<version:version>, bits=<bits:64|32>, commit=<commit:commit>, modified=<modified:0|1>, pid=<pid:pid>, just started",
                "redis 4.0+",
            ),
            wording(
                "Valkey version=<version:version>, bits=<bits:64|32>, commit=<commit:commit>, modified=<modified:0|1>, pid=<pid:pid>, just started",
                "valkey 7.2+",
                roles="C,X[valkey 7.2-8.0] M,S,X[valkey 8.1+]",
                level="notice",
            ),
            wording(
                "<fork:word> version=<version:version>, bits=<bits:64|32>, commit=<commit:commit>, modified=<modified:0|1>, pid=<pid:pid>, just started",
                "keydb 6.3",
                level="warning",
                source="server.cpp:main",
            ),
            level="warning[redis 4.0-7.0] notice[redis 7.2+]",
            roles="C,X",
            source="server.c:main",
        ),
        message(
            "server.logo-version",
            "version and build, beside the logo",
            wording(
                "      _.-``    `.  `_.  ''-._           Redis <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
                "redis 2.6-7.2",
            ),
            wording(
                r"  .-`` .-```.  ```\\/    _.,_ ''-._     <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
                "redis 7.4",
            ),
            wording(
                r"  .-`` .-```.  ```\\/    _.,_ ''-._      <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
                "redis 8.0+",
            ),
            wording(
                "        .+########+########+.           Valkey <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
                "valkey 7.2+",
                source="server.c:serverAsciiArt",
            ),
            level="raw",
            roles="-",
            source="server.c:redisAsciiArt",
        ),
    )


@event
class ServerMode(Event):
    """Mode, port or process ID of a server that starts; beside the logo each has a line of its own.

    ``mode`` is ``standalone``, ``sentinel`` or ``cluster``. ``port`` is 0 where the server has no TCP port.
    Source: Redis 2.6+, ``server.c:redisAsciiArt``.
    """

    CATEGORY = "lifecycle"

    mode: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    port: int | None = None
    pid_: int | None = None

    MESSAGES = (
        message(
            "server.mode",
            "mode and port of the server",
            wording(
                "Running mode=<mode:standalone|sentinel|cluster>, port=<port:port>.",
                "redis 4.0+; valkey 7.2+",
            ),
            level="notice",
            roles="M,S,X",
            source="server.c:redisAsciiArt,server.c:serverAsciiArt",
        ),
        message(
            "server.logo-mode",
            "mode of the server, beside the logo",
            wording(
                " (    '      ,       .-`  | `,    )     Running in <mode:stand alone|sentinel> mode",
                "redis 2.6-2.8",
            ),
            wording(
                " (    '      ,       .-`  | `,    )     Running in <mode:standalone|sentinel|cluster> mode",
                "redis 3.0+",
            ),
            wording(
                " .########+'     .+.     '+########.    Running in <mode:standalone|sentinel|cluster> mode",
                "valkey 7.2+",
                source="server.c:serverAsciiArt",
            ),
            level="raw",
            roles="-",
            source="server.c:redisAsciiArt",
        ),
        message(
            "server.logo-port",
            "port of the server, beside the logo",
            wording(" |`-._`-...-` __...-.``-._|'` _.-'|     Port: <port:port>", "redis 2.6+"),
            wording(
                " |####+'     .+#######+.     '+####|    Port: <port:port>",
                "valkey 7.2+",
                source="server.c:serverAsciiArt",
            ),
            level="raw",
            roles="-",
            source="server.c:redisAsciiArt",
        ),
        message(
            "server.logo-pid",
            "process ID of the server, beside the logo",
            wording(" |    `-._   `._    /     _.-'    |     PID: <pid:pid>", "redis 2.6+"),
            wording(
                " |###|   .+###############+.   |###|    PID: <pid:pid>                     ",
                "valkey 7.2+",
                source="server.c:serverAsciiArt",
            ),
            level="raw",
            roles="-",
            source="server.c:redisAsciiArt",
        ),
    )


@event
class ClockChosen(Event):
    """The clock by which the server measures time spans; it is chosen at the start.

    Source: Redis 6.2+, ``server.c:initServer``.
    """

    CATEGORY = "lifecycle"

    clock: str

    MESSAGES = (
        message(
            "server.clock",
            "the clock by which the server measures time spans",
            wording("monotonic clock: <clock:text>", "redis 6.2+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="server.c:initServer",
        ),
    )


@event
class ServerInitialized(Event):
    """The server is set up: its listeners are open, loading of data comes next.

    Source: Redis 4.0+, ``server.c:main``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.initialized",
            "the server is set up and loads its data next",
            wording("Server initialized", "redis 4.0+; valkey 7.2+"),
            level="warning[redis 4.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S",
            source="server.c:main",
        ),
    )


@event
class ServerReady(Event):
    """The server accepts connections: data are loaded, and the start is over.

    ``port`` or ``path`` (a Unix socket) is where it listens, the port up to 3.2, the path up to 7.0; since
    7.2 there is one line for each ``conn_type``. Source: Redis 2.6+, ``server.c:main``.
    """

    CATEGORY = "lifecycle"

    port: int | None = None
    conn_type: str | None = None
    path: str | None = None

    MESSAGES = (
        message(
            "server.ready",
            "the server accepts connections",
            wording(
                "The server is now ready to accept connections on port <port:port>",
                "redis 2.6-3.2",
                source="redis.c:main,server.c:main",
            ),
            wording("Ready to accept connections", "redis 4.0-7.0"),
            wording("Ready to accept connections <conn_type:tcp|unix|tls>", "redis 7.2+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="server.c:main",
        ),
        message(
            "server.ready-unix",
            "the server accepts connections on its Unix socket",
            wording("The server is now ready to accept connections at <path:path>", "redis 2.6-7.0"),
            level="notice",
            roles="M,S",
            source="redis.c:main,server.c:main",
        ),
    )


@event
class RestartFailed(Event):
    """DEBUG RESTART could not replace the server by a new one.

    ``path`` is the server's executable. Source: Redis 4.0+, ``server.c:restartServer``.
    """

    CATEGORY = "lifecycle"

    path: str | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "server.restart-failed",
            "the server could not restart itself",
            wording(
                "Can't restart: this process has no permissions to execute <path:path>",
                "redis 4.0+; valkey 7.2+",
            ),
            wording("Can't restart: configuration rewrite process failed", "redis 4.0-6.2"),
            wording("Can't restart: error preparing for shutdown", "redis 4.0+; valkey 7.2+"),
            wording(
                "Can't restart: configuration rewrite process failed: <error:errno>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:restartServer",
        ),
    )
