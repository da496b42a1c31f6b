"""Data of modules in a snapshot that cannot be loaded."""

from redislog.events.base import Event, event, message, wording

_AT = "Internal error in RDB reading function at rdb.c:<line:int> -> "
_AT_OFFSET = "Internal error in RDB reading offset <offset:offset>, function at rdb.c:<line:int> -> "


@event
class RdbModuleDataRefused(Event):
    """The snapshot holds data of a module that is missing here, cannot load it, or finds it damaged.

    ``module`` is the name of the module or of its type; ``line`` is the place in the server's source,
    ``offset`` the bytes read so far. Source: Redis 4.0+, ``rdb.c:rdbLoadObject`` and
    ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    CATEGORY = "rdb"

    module: str | None = None
    offset: int | None = None
    line: int | None = None

    MESSAGES = (
        message(
            "rdb.module-missing",
            "no loaded module knows the type of a value",
            wording(
                "The RDB file contains module data I can't load: no matching module '<module:word>'",
                "redis 4.0-6.0",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.module-load-failed",
            "the module could not load its value",
            wording(
                "The RDB file contains module data for the module type '<module:word>', that the responsible module is not able to load. Check for modules log above for additional clues.",
                "redis 4.0-6.0",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.module-eof",
            "a value of a module lacks its end mark",
            wording(
                "The RDB file contains module data for the module '<module:word>' that is not terminated by the proper module value EOF marker",
                "redis 4.0-6.0",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject",
        ),
        message(
            "rdb.module-aux-missing",
            "no loaded module knows the auxiliary data",
            wording(
                "The RDB file contains AUX module data I can't load: no matching module '<module:word>'",
                "redis 5.0+; valkey 7.2+",
            ),
            wording(
                "The RDB file contains AUX module data I can't load for the module '<module:word>'. Probably you want to use a newer version of Redis which implements aux data callbacks",
                "redis 5.0.0",
                source="rdb.c:rdbLoadRio",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.module-aux-unsupported",
            "the module does not support auxiliary data",
            wording(
                "The RDB file contains module AUX data, but the module '<module:word>' doesn't seem to support it.",
                "redis 5.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.module-aux-load-failed",
            "the module could not load its auxiliary data",
            wording(
                "The RDB file contains module AUX data for the module type '<module:word>', that the responsible module is not able to load. Check for modules log above for additional clues.",
                "redis 5.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.module-aux-eof",
            "the auxiliary data of a module lacks its end mark",
            wording(
                "The RDB file contains module AUX data for the module '<module:word>' that is not terminated by the proper module value EOF marker",
                "redis 5.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio,rdb.c:rdbLoadRioWithLoadingCtx",
        ),
        message(
            "rdb.corrupt.the-rdb-file-contains-module",
            "a value of a module could not be loaded",
            wording(
                _AT_OFFSET
                + "The RDB file contains module data I can't load: no matching module type '<module:word>'",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                _AT_OFFSET
                + "The RDB file contains module data for the module '<module:word>' that is not terminated by the proper module value EOF marker",
                "redis 6.2+; valkey 7.2+",
            ),
            wording(
                _AT_OFFSET
                + "The RDB file contains module data for the module type '<module:word>', that the responsible module is not able to load. Check for modules log above for additional clues.",
                "redis 6.2+; valkey 7.2+",
            ),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
        message(
            "rdb.corrupt.error-reading-integer-from-module",
            "a whole number of a module's value could not be read",
            wording(_AT + "Error reading integer from module <module:word> value", "redis 4.0-5.0"),
            wording(
                _AT_OFFSET + "Error reading integer from module <module:word> value",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadCheckModuleValue via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadCheckModuleValue via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.error-reading-float-from-module",
            "a float of a module's value could not be read",
            wording(_AT + "Error reading float from module <module:word> value", "redis 4.0-5.0"),
            wording(
                _AT_OFFSET + "Error reading float from module <module:word> value",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadCheckModuleValue via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadCheckModuleValue via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.error-reading-double-from-module",
            "a double of a module's value could not be read",
            wording(_AT + "Error reading double from module <module:word> value", "redis 4.0-5.0"),
            wording(
                _AT_OFFSET + "Error reading double from module <module:word> value",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadCheckModuleValue via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadCheckModuleValue via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.error-reading-string-from-module",
            "a string of a module's value could not be read",
            wording(_AT + "Error reading string from module <module:word> value", "redis 4.0-5.0"),
            wording(
                _AT_OFFSET + "Error reading string from module <module:word> value",
                "redis 6.0+; valkey 7.2+",
                level="verbose|warning",
                source="rdb.c:rdbLoadCheckModuleValue via rdbReportError",
            ),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadCheckModuleValue via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.bad-when-opcode",
            "the auxiliary data of a module lack their time of loading",
            wording(_AT + "bad when_opcode", "redis 5.0"),
            level="warning",
            roles="M,S",
            source="rdb.c:rdbLoadRio via rdbCheckThenExit",
        ),
        message(
            "rdb.corrupt.pre-release-module-format-not",
            "a value of a module is stored in the format of a pre-release",
            wording(_AT_OFFSET + "Pre-release module format not supported", "redis 7.2+; valkey 7.2+"),
            level="verbose|warning",
            roles="M,S",
            source="rdb.c:rdbLoadObject via rdbReportError",
        ),
    )
