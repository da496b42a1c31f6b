"""The start of a server, from its banner to the line that says it accepts connections."""

import attrs

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import current_words

_PRINTER = Printer("lifecycle", "server.c", level="raw", roles="-")


@event(_PRINTER, level="warning[redis 4.0-7.0] notice[redis 7.2+]", roles="C,X", by="main")
class ServerStarting(Event):
    """The banner with which a server starts (4.0+): what stands before it belongs to an earlier run.

    ``fork`` is the name of a fork that is neither Redis nor Valkey, see `product`. Source: Redis 4.0+,
    ``server.c:main``.
    """

    fork: str | None = None

    @property
    def product(self) -> str:
        """What the server calls itself: Redis, Valkey, or a fork's name."""
        return self.fork or ("Valkey" if "Valkey" in self.message else "Redis")

    MESSAGES = (
        message("server.starting")(
            "a server starts",
            "redis 4.0+ | valkey 7.2+, at notice, as C,X[valkey 7.2-8.0] M,S,X[valkey 8.1+]: oO0OoO0OoO0Oo <Redis|Valkey> is starting oO0OoO0OoO0Oo",
            "keydb 6.3, at warning, by server.cpp:main: oO0OoO0OoO0Oo <fork:word> is starting oO0OoO0OoO0Oo",
        ),
    )


@event(_PRINTER)
class ServerVersion(Event):
    """Version and build of a server that starts.

    ``version`` is the product's version, ``bits`` the word size, ``commit`` and ``modified`` (1 if the
    sources were changed) name the build. ``pid_`` is the server's process ID; in 4.0 and 5.0 that of the
    parent, if the server puts itself into the background. ``mode`` is ``standalone``, ``sentinel`` or
    ``cluster``; ``fork`` is the name of a fork, see `product`. Source: Redis 2.6+, ``server.c:main`` and
    ``server.c:redisAsciiArt``.
    """

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
        message("server.started", level="warning", roles="M,S", by="{redis,server}.c:main")(
            "version of the server that started",
            "redis 2.6-3.2: Server started, Redis version <version:version>",
        ),
        message("server.started-syslog", level="notice", roles="M,S,X", by="{redis,server}.c:redisAsciiArt")(
            "version, build, mode and port, where syslog takes the place of the logo",
            "redis 3.0-3.2: Redis <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit, <mode:standalone|sentinel|cluster> mode, port <port:port>, pid <pid:pid> ready to start.",
            "redis 2.8: Redis <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit, <mode:stand alone|sentinel> mode, port <port:port>, pid <pid:pid> ready to start.",
        ),
        message("server.version", level="warning[redis 4.0-7.0] notice[redis 7.2+]", roles="C,X", by="main")(
            "version, build and process of the server that starts",
            "redis 4.0+ | valkey 7.2+, at notice, as C,X[valkey 7.2-8.0] M,S,X[valkey 8.1+]: <Redis|Valkey> version=<version:version>, bits=<bits:64|32>, commit=<commit:commit>, modified=<modified:0|1>, pid=<pid:pid>, just started",
            "keydb 6.3, at warning, by server.cpp:main: <fork:word> version=<version:version>, bits=<bits:64|32>, commit=<commit:commit>, modified=<modified:0|1>, pid=<pid:pid>, just started",
        ),
        message("server.logo-version", by="redisAsciiArt")(
            "version and build, beside the logo",
            "redis 2.6-7.2:       _.-``    `.  `_.  ''-._           Redis <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
            "redis 7.4:   .-`` .-```.  ```\\\\/    _.,_ ''-._     <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
            "redis 8.0+:   .-`` .-```.  ```\\\\/    _.,_ ''-._      <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
            "valkey 7.2+, by serverAsciiArt:         .+########+########+.           Valkey <version:version> (<commit:commit>/<modified:0|1>) <bits:64|32> bit",
        ),
    )


@event(_PRINTER, by="redisAsciiArt")
class ServerMode(Event):
    """Mode, port or process ID of a server that starts; beside the logo each has a line of its own.

    ``mode`` is ``standalone``, ``sentinel`` or ``cluster``. ``port`` is 0 where the server has no TCP port.
    Source: Redis 2.6+, ``server.c:redisAsciiArt``.
    """

    mode: str | None = attrs.field(default=None, converter=attrs.converters.optional(current_words))
    port: int | None = None
    pid_: int | None = None

    MESSAGES = (
        message("server.mode", level="notice", roles="M,S,X", by="{redis,server}AsciiArt")(
            "mode and port of the server",
            "4.0+: Running mode=<mode:standalone|sentinel|cluster>, port=<port:port>.",
        ),
        message("server.logo-mode")(
            "mode of the server, beside the logo",
            "redis 2.6-2.8:  (    '      ,       .-`  | `,    )     Running in <mode:stand alone|sentinel> mode",
            "redis 3.0+:  (    '      ,       .-`  | `,    )     Running in <mode:standalone|sentinel|cluster> mode",
            "valkey 7.2+, by serverAsciiArt:  .########+'     .+.     '+########.    Running in <mode:standalone|sentinel|cluster> mode",
        ),
        message("server.logo-port")(
            "port of the server, beside the logo",
            "redis 2.6+:  |`-._`-...-` __...-.``-._|'` _.-'|     Port: <port:port>",
            "valkey 7.2+, by serverAsciiArt:  |####+'     .+#######+.     '+####|    Port: <port:port>",
        ),
        message("server.logo-pid")(
            "process ID of the server, beside the logo",
            "redis 2.6+:  |    `-._   `._    /     _.-'    |     PID: <pid:pid>",
            "valkey 7.2+, by serverAsciiArt:  |###|   .+###############+.   |###|    PID: <pid:pid>                     ",
        ),
    )


@event(_PRINTER, level="notice", roles="M,S,X", by="initServer")
class ClockChosen(Event):
    """The clock by which the server measures time spans; it is chosen at the start.

    Source: Redis 6.2+, ``server.c:initServer``.
    """

    clock: str

    MESSAGES = (
        message("server.clock")(
            "the clock by which the server measures time spans", "6.2+: monotonic clock: <clock:text>"
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", roles="M,S", by="main")
class ServerInitialized(Event):
    """The server is set up: its listeners are open, loading of data comes next.

    Source: Redis 4.0+, ``server.c:main``.
    """

    MESSAGES = (
        message("server.initialized")(
            "the server is set up and loads its data next", "4.0+: Server initialized"
        ),
    )


@event(_PRINTER, level="notice", roles="M,S")
class ServerReady(Event):
    """The server accepts connections: data are loaded, and the start is over.

    ``port`` or ``path`` (a Unix socket) is where it listens, the port up to 3.2, the path up to 7.0; since
    7.2 there is one line for each ``conn_type``. Source: Redis 2.6+, ``server.c:main``.
    """

    port: int | None = None
    conn_type: str | None = None
    path: str | None = None

    MESSAGES = (
        message("server.ready", by="main")(
            "the server accepts connections",
            "redis 2.6-3.2, by {redis,server}.c:main: The server is now ready to accept connections on port <port:port>",
            "redis 4.0-7.0: Ready to accept connections",
            "7.2+: Ready to accept connections <conn_type:tcp|unix|tls>",
        ),
        message("server.ready-unix", by="{redis,server}.c:main")(
            "the server accepts connections on its Unix socket",
            "redis 2.6-7.0: The server is now ready to accept connections at <path:path>",
        ),
    )


@event(_PRINTER, level="warning", roles="M,S", by="restartServer")
class RestartFailed(Event):
    """DEBUG RESTART could not replace the server by a new one.

    ``path`` is the server's executable. Source: Redis 4.0+, ``server.c:restartServer``.
    """

    path: str | None = None
    error: str | None = None

    MESSAGES = (
        message("server.restart-failed")(
            "the server could not restart itself",
            "4.0+: Can't restart: this process has no permissions to execute <path:path>",
            "redis 4.0-6.2: Can't restart: configuration rewrite process failed",
            "4.0+: Can't restart: error preparing for shutdown",
            "7.0+: Can't restart: configuration rewrite process failed: <error:errno>",
        ),
    )
