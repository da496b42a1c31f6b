"""The configuration with which a server starts."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("lifecycle", "config.c", level="warning", roles="-")


@event(
    _PRINTER,
    level="warning until 7.0, then notice",
    roles="C,X[redis 4.0+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
)
class ConfigLoaded(Event):
    """The configuration was read, or is being read from standard input.

    Source: Redis 4.0+, ``server.c:main`` and ``config.c:loadServerConfig``.
    """

    MESSAGES = (
        message("server.config-loaded", by="server.c:main")(
            "the configuration was read", "4.0+: Configuration loaded"
        ),
        message("server.config-stdin")(
            "the configuration is read from standard input",
            "6.2+, as C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+], by loadServerConfig: Reading config from stdin",
        ),
    )


@event(_PRINTER, roles="C,X", by="server.c:main")
class DefaultConfigUsed(Event):
    """No configuration file was named at the start, so every setting has its default.

    ``binary`` is the server's executable, ``conf`` the kind of configuration file that it would take. Source:
    Redis 2.6+, ``server.c:main``.
    """

    binary: str
    conf: str | None = None

    MESSAGES = (
        message("server.no-config-file")(
            "no configuration file was named",
            "redis 2.6-6.0, by {redis,server}.c:main: Warning: no config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/<conf:sentinel|redis>.conf",
            "redis 6.2+ | valkey 7.2-8.1, as C,X[valkey 7.2-8.0] M,S,X[valkey 8.1+]: Warning: no config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/<redis|valkey>.conf",
            "valkey 9.1+, as M,S,X, by server.c:serverInitThreadAttribute: Warning: No config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/valkey.conf",
        ),
    )


@event(_PRINTER, by="loadServerConfigFromString")
class ConfigRejected(Event):
    """The configuration could not be used, so that the server exits; or its path is too long to rewrite it.

    ``path`` is the file; ``version`` the server's version; ``line`` and ``text`` are the line that was wrong,
    or ``text`` is a directory that could not be entered. The ``FATAL CONFIG`` lines go to standard error.
    Source: Redis 2.6+, ``config.c:loadServerConfig`` and ``config.c:loadServerConfigFromString``.
    """

    path: str | None = None
    error: str | None = None
    text: str | None = None
    version: str | None = None
    line: int | None = None

    MESSAGES = (
        message("server.config-open-error", roles="C,X", by="loadServerConfig")(
            "the configuration file could not be opened",
            "redis 2.6-5.0: Fatal error, can't open config file '<path:path>'",
            "6.0+, as C,X[redis 6.0+; valkey 7.2-8.0] M,S,X[valkey 8.1+]: Fatal error, can't open config file '<path:path>': <error:errno>",
        ),
        message("server.chdir-error", roles="C,X")(
            "the working directory could not be entered",
            "redis 2.6-6.2: Can't chdir to '<text:text>': <error:errno>",
        ),
        message("server.config-fatal", level="raw")(
            "the configuration has an error",
            "redis 2.6-5.0: *** FATAL CONFIG FILE ERROR ***",
            "redis 6.0+ | valkey 7.2+: *** FATAL CONFIG FILE ERROR (<Redis|Version> <version:version>) ***",
        ),
        message("server.config-fatal-line", level="raw")(
            "number of the line with the error", "2.6+: Reading the configuration file, at line <line:int>"
        ),
        message("server.config-fatal-text", level="raw")(
            "the line with the error; its cause is on the next line", "2.6+: >>> '<text:text>'"
        ),
        message("server.sentinel-stdin", roles="X", by="{redis,server}.c:main")(
            "a Sentinel cannot take its configuration from standard input",
            "redis 2.8-6.0: Sentinel config from STDIN not allowed.",
        ),
        message("server.sentinel-needs-config", roles="X", by="{redis,server}.c:main")(
            "a Sentinel needs a configuration file",
            "redis 2.8-6.0: Sentinel needs config file on disk to save state.  Exiting...",
        ),
        message("server.config-path-too-long", roles="M,S,X", by="rewriteConfigOverwriteFile")(
            "the path of the configuration file is too long", "6.0+: Config file full path is too long"
        ),
    )


@event(_PRINTER, roles="C,X[redis 7.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]", by="loadServerConfigFromString")
class DatabasesReduced(Event):
    """The configured number of databases is not used: a cluster node has only one.

    ``databases`` is the number configured. Source: Redis 7.2+, ``config.c:loadServerConfigFromString``.
    """

    databases: int

    MESSAGES = (
        message("server.cluster-databases")(
            "a cluster node keeps only one database",
            "redis 7.2+; valkey 7.2-8.1: WARNING: Changing databases number from <databases:int> to 1 since we are in cluster mode",
        ),
    )


@event(_PRINTER, roles="M,S", by="server.c:warnAboutInsecureConfig")
class AuthenticationMissing(Event):
    """No password is set; printed at every start without one.

    Source: Redis 8.6+, ``server.c:warnAboutInsecureConfig``.
    """

    MESSAGES = (
        message("config.no-password")(
            "no password is set",
            "redis 8.6+: WARNING: Redis does not require authentication and is not protected by network restrictions. Redis will accept connections from any IP address on any network interface.",
            "redis 8.6+: WARNING: Redis does not require authentication. Redis will accept connections from any IP address on the configured network interface.",
            "redis 8.6+: WARNING: Redis does not require authentication. Redis will accept connections from any local client.",
        ),
    )
