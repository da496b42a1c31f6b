"""Loadable modules: their own messages, loading and unloading, and their forks."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "module.c", level="warning", roles="M,S,X")


@event(_PRINTER, level="debug|verbose|notice|warning", roles="M,S,C,X", by="moduleLogRaw")
class ModuleMessage(Event):
    """A module's own message, of any content.

    ``module`` is its name, ``message_`` the text. Source: Redis 4.0+, ``module.c:moduleLogRaw``.
    """

    module: str
    message_: str

    MESSAGES = (message("module.log")("a module's own message", "4.0+: <<module:word>> <message:text>"),)


@event(_PRINTER, level="notice")
class ModuleLoaded(Event):
    """A module was loaded, or one written for Redis was found while loading or unloading it on Valkey.

    ``module`` is its name, ``path`` its file. Source: Redis 4.0+, ``module.c:moduleLoad``.
    """

    module: str
    path: str | None = None

    MESSAGES = (
        message("other.module-loaded-from", by="moduleLoad")(
            "a module was loaded", "4.0+: Module '<module:word>' loaded from <path:path>"
        ),
        message("other.legacy-valkey-module-found", by="moduleLoad,moduleUnload")(
            "the module was written for Redis", "valkey 7.2+: Legacy Redis Module <module:word> found"
        ),
        message("modules.static-loaded", roles="M,S", by="moduleInitPostOnLoadResolved")(
            "a built-in module was loaded", "valkey 9.1+: Static Module '<module:word>' successfully loaded"
        ),
    )


@event(_PRINTER, level="notice", by="moduleUnload")
class ModuleUnloaded(Event):
    """A module was unloaded.

    ``module`` is its name. Source: Redis 4.0+, ``module.c:moduleUnload``.
    """

    module: str

    MESSAGES = (
        message("other.module-unloaded")("a module was unloaded", "4.0+: Module <module:word> unloaded"),
    )


@event(_PRINTER, by="moduleLoad")
class ModuleLoadFailed(Event):
    """A module could not be loaded or unloaded, or its configuration was refused.

    ``path`` is its file, ``module`` its name, ``error`` the reason; ``text`` is the name of a configuration,
    a category, an argument or a module, ``text2`` the reason why unloading failed. Source: Redis 4.0+,
    ``module.c:moduleLoad``, ``module.c:moduleUnload`` and ``module.c:loadModuleConfigs``.
    """

    path: str | None = None
    error: str | None = None
    text: str | None = None
    module: str | None = None
    text2: str | None = None
    kind: str | None = ""

    MESSAGES = (
        message("other.can-t-load-module-from-server-aborting", by="moduleLoadFromQueue")(
            "a configured module could not be loaded and the server exits",
            "4.0+: Can't load module from <path:path>: server aborting",
        ),
        message("other.module-failed-to-load")(
            "the module's file could not be opened as a library",
            "4.0+: Module <path:path> failed to load: <error:errno>",
        ),
        message("other.module-failed-to-load-it-does-not")(
            "the module's file is not executable",
            "6.0+: Module <path:path> failed to load: It does not have execute permissions.",
        ),
        message("other.module-does-not-export-valkeymodule-onload-symbol")(
            "the file is not a module: it has no load function",
            "redis 4.0+: Module <path:path> does not export RedisModule_OnLoad() symbol. Module not loaded.",
        ),
        message("other.module-does-not-export-valkeymodule-onload-or")(
            "the file is not a module: it has no load function",
            "valkey 7.2+: Module <path:path> does not export ValkeyModule_OnLoad() or RedisModule_OnLoad() symbol. Module not loaded.",
        ),
        message("other.module-initialization-failed-module-not-loaded")(
            "the module's load function failed",
            "redis 4.0+; valkey 7.2-8.0: Module <path:path> initialization failed. Module not loaded",
            "valkey 8.1: Module <path:path> initialization failed. Module not loaded.",
            "valkey 9.0+, by moduleInitPostOnLoadResolved: <kind:|Static >Module <path:path> initialization failed. Module not loaded.",
        ),
        message("other.module-initialization-failed-module-name-is-busy")(
            "a module of that name is loaded already",
            "valkey 8.1: Module <path:path> initialization failed. Module name is busy.",
            "valkey 9.0+, by moduleInitPostOnLoadResolved: <kind:|Static >Module <path:path> initialization failed. Module name is busy.",
        ),
        message("other.module-configuration-detected-without-loadmodule-directive-or")(
            "configuration for a module that is not loaded, and the server exits",
            "7.0+, by moduleLoadFromQueue: Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting",
        ),
        message("other.unused-module-configuration", by="moduleLoadFromQueue")(
            "configuration for a module that is not loaded",
            "valkey 8.0+: Unused Module Configuration: <text:text>",
        ),
        message("other.module-configurations-were-not-set-likely-a")(
            "the module never applied its configuration, and is unloaded",
            "redis 7.0-7.4; valkey 7.2+: Module Configurations were not set, likely a missing LoadConfigs call. Unloading the module.",
            "redis 8.0+, by moduleOnLoad: Module Configurations were not set, missing LoadConfigs call. Unloading the module.",
        ),
        message("other.loadex-configurations-were-not-applied-likely-due")(
            "the configuration given to MODULE LOADEX was not applied, and the module is unloaded",
            "7.0+: Loadex configurations were not applied, likely due to invalid arguments. Unloading the module.",
        ),
        message("other.config-specified-without-name-value-pair", level="notice", by="parseLoadexArguments")(
            "CONFIG in MODULE LOADEX without name and value", "7.0+: CONFIG specified without name value pair"
        ),
        message("other.syntax-error-from-arguments-to-loadex-around")(
            "wrong arguments to MODULE LOADEX",
            "7.0+, at notice, by parseLoadexArguments: Syntax Error from arguments to loadex around <text:text>.",
        ),
        message("other.issue-during-loading-of-configuration", by="loadModuleConfigs")(
            "a module's configuration could not be set",
            "7.0+: Issue during loading of configuration <text:text> : <error:text>",
        ),
        message("other.issue-attempting-to-set-default-value-of", by="loadModuleConfigs")(
            "a default of a module's configuration could not be set",
            "7.0+: Issue attempting to set default value of configuration <text:text> : <error:text>",
        ),
        message("other.unrecognized-categories-flag-on-module-load", by="categoryFlagsFromString")(
            "the module names an unknown ACL category",
            "7.2+: Unrecognized categories flag <text:text> on module load",
        ),
        message("other.module-onunload-failed-unload-canceled", by="moduleUnload")(
            "the module refused to be unloaded",
            "redis 6.0+: Module <module:word> OnUnload failed.  Unload canceled.",
            "valkey 7.2+: Module <module:word> OnUnload failed. Unload canceled.",
        ),
        message("other.error-when-trying-to-close-the-module", by="moduleUnload")(
            "the module's library could not be closed",
            "4.0+: Error when trying to close the <module:word> module: <text:text>",
        ),
        message("other.error-unloading-module", by="moduleCommand")(
            "MODULE UNLOAD failed", "7.2+: Error unloading module <text:text>: <text2:text>"
        ),
        message("other.unresolved-configuration-s-detected", roles="M,S", by="moduleLoadFromQueue")(
            "settings belong to no module", "redis 8.0+: Unresolved Configuration(s) Detected:"
        ),
        message("other.failed-to-load-static-module", roles="M,S", by="moduleLoadStaticSymbol")(
            "a built-in module could not be loaded",
            "valkey 9.1+: Failed to load static module: <module:word>. <error:text>",
        ),
        message("other.failed-to-load-static-module-could", roles="M,S", by="moduleLoadStaticSymbol")(
            "a built-in module could not be loaded",
            "valkey 9.1+: Failed to load static module: <module:word>. Could not load method: <text:text>. <error:text>",
        ),
        message("other.failed-to-unload-module", roles="M,S", by="moduleUnloadAllModules")(
            "a module could not be unloaded",
            "valkey 9.1+: Failed to unload module <module:word>: <error:text>",
        ),
        message("other.module-name-is-too-long", roles="M,S", by="moduleLoadStaticSymbol")(
            "the name of a built-in module is too long", "valkey 9.1+: Module name is too long"
        ),
        message("other.module-unload-blocked-an-acl-user", roles="M,S", by="moduleUnloadInternal")(
            "an ACL rule still speaks of the module",
            "valkey 9.1+: Module <module:word> unload blocked: An ACL user has reference to rule '<text:text>'",
        ),
    )
