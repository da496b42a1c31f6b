"""The configuration with which a server starts."""

from redislog.events.base import Event, event, message, wording


@event
class ConfigLoaded(Event):
    """The configuration was read, or is being read from standard input.

    Source: Redis 4.0+, ``server.c:main`` and ``config.c:loadServerConfig``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "server.config-loaded",
            "the configuration was read",
            wording(
                "Configuration loaded",
                "redis 4.0+; valkey 7.2+",
                roles="C,X[redis 4.0+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="warning[redis 4.0-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="C,X",
            source="server.c:main",
        ),
        message(
            "server.config-stdin",
            "the configuration is read from standard input",
            wording(
                "Reading config from stdin",
                "redis 6.2+; valkey 7.2+",
                roles="C,X[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="warning[redis 6.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="C,X",
            source="config.c:loadServerConfig",
        ),
    )


@event
class DefaultConfigUsed(Event):
    """No configuration file was named at the start, so every setting has its default.

    ``binary`` is the server's executable, ``conf`` the kind of configuration file that it would take. Source:
    Redis 2.6+, ``server.c:main``.
    """

    CATEGORY = "lifecycle"

    binary: str
    conf: str | None = None

    MESSAGES = (
        message(
            "server.no-config-file",
            "no configuration file was named",
            wording(
                "Warning: no config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/<conf:sentinel|redis>.conf",
                "redis 2.6-6.0",
                source="redis.c:main,server.c:main",
            ),
            wording(
                "Warning: no config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/redis.conf",
                "redis 6.2+",
            ),
            wording(
                "Warning: no config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/valkey.conf",
                "valkey 7.2-8.1",
                roles="C,X[valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            wording(
                "Warning: No config file specified, using the default config. In order to specify a config file use <binary:path> /path/to/valkey.conf",
                "valkey 9.1+",
                roles="M,S,X",
                source="server.c:serverInitThreadAttribute",
            ),
            level="warning",
            roles="C,X",
            source="server.c:main",
        ),
    )


@event
class ConfigRejected(Event):
    """The configuration could not be used, so that the server exits; or its path is too long to rewrite it.

    ``path`` is the file; ``version`` the server's version; ``line`` and ``text`` are the line that was wrong,
    or ``text`` is a directory that could not be entered. The ``FATAL CONFIG`` lines go to standard error.
    Source: Redis 2.6+, ``config.c:loadServerConfig`` and ``config.c:loadServerConfigFromString``.
    """

    CATEGORY = "lifecycle"

    path: str | None = None
    error: str | None = None
    text: str | None = None
    version: str | None = None
    line: int | None = None

    MESSAGES = (
        message(
            "server.config-open-error",
            "the configuration file could not be opened",
            wording("Fatal error, can't open config file '<path:path>'", "redis 2.6-5.0"),
            wording(
                "Fatal error, can't open config file '<path:path>': <error:errno>",
                "redis 6.0+; valkey 7.2+",
                roles="C,X[redis 6.0+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="warning",
            roles="C,X",
            source="config.c:loadServerConfig",
        ),
        message(
            "server.chdir-error",
            "the working directory could not be entered",
            wording("Can't chdir to '<text:text>': <error:errno>", "redis 2.6-6.2"),
            level="warning",
            roles="C,X",
            source="config.c:loadServerConfigFromString",
        ),
        message(
            "server.config-fatal",
            "the configuration has an error",
            wording("*** FATAL CONFIG FILE ERROR ***", "redis 2.6-5.0"),
            wording("*** FATAL CONFIG FILE ERROR (Redis <version:version>) ***", "redis 6.0+"),
            wording("*** FATAL CONFIG FILE ERROR (Version <version:version>) ***", "valkey 7.2+"),
            level="raw",
            roles="-",
            source="config.c:loadServerConfigFromString",
        ),
        message(
            "server.config-fatal-line",
            "number of the line with the error",
            wording("Reading the configuration file, at line <line:int>", "redis 2.6+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="config.c:loadServerConfigFromString",
        ),
        message(
            "server.config-fatal-text",
            "the line with the error; its cause is on the next line",
            wording(">>> '<text:text>'", "redis 2.6+; valkey 7.2+"),
            level="raw",
            roles="-",
            source="config.c:loadServerConfigFromString",
        ),
        message(
            "server.sentinel-stdin",
            "a Sentinel cannot take its configuration from standard input",
            wording("Sentinel config from STDIN not allowed.", "redis 2.8-6.0"),
            level="warning",
            roles="X",
            source="redis.c:main,server.c:main",
        ),
        message(
            "server.sentinel-needs-config",
            "a Sentinel needs a configuration file",
            wording("Sentinel needs config file on disk to save state.  Exiting...", "redis 2.8-6.0"),
            level="warning",
            roles="X",
            source="redis.c:main,server.c:main",
        ),
        message(
            "server.config-path-too-long",
            "the path of the configuration file is too long",
            wording("Config file full path is too long", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
    )


@event
class DatabasesReduced(Event):
    """The configured number of databases is not used: a cluster node has only one.

    ``databases`` is the number configured. Source: Redis 7.2+, ``config.c:loadServerConfigFromString``.
    """

    CATEGORY = "lifecycle"

    databases: int

    MESSAGES = (
        message(
            "server.cluster-databases",
            "a cluster node keeps only one database",
            wording(
                "WARNING: Changing databases number from <databases:int> to 1 since we are in cluster mode",
                "redis 7.2+; valkey 7.2-8.1",
                roles="C,X[redis 7.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="warning",
            roles="C,X",
            source="config.c:loadServerConfigFromString",
        ),
    )


@event
class AuthenticationMissing(Event):
    """No password is set; printed at every start without one.

    Source: Redis 8.6+, ``server.c:warnAboutInsecureConfig``.
    """

    CATEGORY = "lifecycle"

    MESSAGES = (
        message(
            "config.no-password",
            "no password is set",
            wording(
                "WARNING: Redis does not require authentication and is not protected by network restrictions. Redis will accept connections from any IP address on any network interface.",
                "redis 8.6+",
            ),
            wording(
                "WARNING: Redis does not require authentication. Redis will accept connections from any IP address on the configured network interface.",
                "redis 8.6+",
            ),
            wording(
                "WARNING: Redis does not require authentication. Redis will accept connections from any local client.",
                "redis 8.6+",
            ),
            level="warning",
            roles="M,S",
            source="server.c:warnAboutInsecureConfig",
        ),
    )
