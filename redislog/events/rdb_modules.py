"""Data of modules in a snapshot that cannot be loaded."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.events.spellings import AT, AT_OFFSET

_PRINTER = Printer("rdb", "rdb.c", level="warning", roles="M,S")


@event(_PRINTER, by="rdbLoadRio,rdbLoadRioWithLoadingCtx")
class RdbModuleDataRefused(Event):
    """The snapshot holds data of a module that is missing here, cannot load it, or finds it damaged.

    ``module`` is the name of the module or of its type; ``line`` is the place in the server's source,
    ``offset`` the bytes read so far. Source: Redis 4.0+, ``rdb.c:rdbLoadObject`` and
    ``rdb.c:rdbLoadRioWithLoadingCtx``.
    """

    module: str | None = None
    offset: int | None = None
    line: int | None = None

    MESSAGES = (
        message("rdb.module-missing", by="rdbLoadObject")(
            "no loaded module knows the type of a value",
            "redis 4.0-6.0: The RDB file contains module data I can't load: no matching module '<module:word>'",
        ),
        message("rdb.module-load-failed", by="rdbLoadObject")(
            "the module could not load its value",
            "redis 4.0-6.0: The RDB file contains module data for the module type '<module:word>', that the responsible module is not able to load. Check for modules log above for additional clues.",
        ),
        message("rdb.module-eof", by="rdbLoadObject")(
            "a value of a module lacks its end mark",
            "redis 4.0-6.0: The RDB file contains module data for the module '<module:word>' that is not terminated by the proper module value EOF marker",
        ),
        message("rdb.module-aux-missing")(
            "no loaded module knows the auxiliary data",
            "5.0+: The RDB file contains AUX module data I can't load: no matching module '<module:word>'",
            "redis 5.0.0, by rdbLoadRio: The RDB file contains AUX module data I can't load for the module '<module:word>'. Probably you want to use a newer version of Redis which implements aux data callbacks",
        ),
        message("rdb.module-aux-unsupported")(
            "the module does not support auxiliary data",
            "5.0+: The RDB file contains module AUX data, but the module '<module:word>' doesn't seem to support it.",
        ),
        message("rdb.module-aux-load-failed")(
            "the module could not load its auxiliary data",
            "5.0+: The RDB file contains module AUX data for the module type '<module:word>', that the responsible module is not able to load. Check for modules log above for additional clues.",
        ),
        message("rdb.module-aux-eof")(
            "the auxiliary data of a module lacks its end mark",
            "5.0+: The RDB file contains module AUX data for the module '<module:word>' that is not terminated by the proper module value EOF marker",
        ),
        message(
            "rdb.corrupt.the-rdb-file-contains-module",
            level="verbose|warning",
            by="rdbLoadObject via rdbReportError",
        )(
            "a value of a module could not be loaded",
            f"6.2+: {AT_OFFSET}The RDB file contains module data I can't load: no matching module type '<module:word>'",
            f"6.2+: {AT_OFFSET}The RDB file contains module data for the module '<module:word>' that is not terminated by the proper module value EOF marker",
            f"6.2+: {AT_OFFSET}The RDB file contains module data for the module type '<module:word>', that the responsible module is not able to load. Check for modules log above for additional clues.",
        ),
        message(
            "rdb.corrupt.error-reading-integer-from-module", by="rdbLoadCheckModuleValue via rdbCheckThenExit"
        )(
            "a whole number of a module's value could not be read",
            f"redis 4.0-5.0: {AT}Error reading integer from module <module:word> value",
            f"6.0+, at verbose|warning, by rdbLoadCheckModuleValue via rdbReportError: {AT_OFFSET}Error reading integer from module <module:word> value",
        ),
        message(
            "rdb.corrupt.error-reading-float-from-module", by="rdbLoadCheckModuleValue via rdbCheckThenExit"
        )(
            "a float of a module's value could not be read",
            f"redis 4.0-5.0: {AT}Error reading float from module <module:word> value",
            f"6.0+, at verbose|warning, by rdbLoadCheckModuleValue via rdbReportError: {AT_OFFSET}Error reading float from module <module:word> value",
        ),
        message(
            "rdb.corrupt.error-reading-double-from-module", by="rdbLoadCheckModuleValue via rdbCheckThenExit"
        )(
            "a double of a module's value could not be read",
            f"redis 4.0-5.0: {AT}Error reading double from module <module:word> value",
            f"6.0+, at verbose|warning, by rdbLoadCheckModuleValue via rdbReportError: {AT_OFFSET}Error reading double from module <module:word> value",
        ),
        message(
            "rdb.corrupt.error-reading-string-from-module", by="rdbLoadCheckModuleValue via rdbCheckThenExit"
        )(
            "a string of a module's value could not be read",
            f"redis 4.0-5.0: {AT}Error reading string from module <module:word> value",
            f"6.0+, at verbose|warning, by rdbLoadCheckModuleValue via rdbReportError: {AT_OFFSET}Error reading string from module <module:word> value",
        ),
        message("rdb.corrupt.bad-when-opcode", by="rdbLoadRio via rdbCheckThenExit")(
            "the auxiliary data of a module lack their time of loading", f"redis 5.0: {AT}bad when_opcode"
        ),
        message("rdb.corrupt.pre-release-module-format-not")(
            "a value of a module is stored in the format of a pre-release",
            f"7.2+, at verbose|warning, by rdbLoadObject via rdbReportError: {AT_OFFSET}Pre-release module format not supported",
        ),
    )
