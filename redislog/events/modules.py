"""Loadable modules: their own messages, loading and unloading, and their forks."""

from redislog.events.base import Event, event, message, wording


@event
class ModuleMessage(Event):
    """A module's own message, of any content.

    ``module`` is its name, ``message_`` the text. Source: Redis 4.0+, ``module.c:moduleLogRaw``.
    """

    CATEGORY = "other"

    module: str
    message_: str

    MESSAGES = (
        message(
            "module.log",
            "a module's own message",
            wording("<<module:word>> <message:text>", "redis 4.0+; valkey 7.2+"),
            level="debug|verbose|notice|warning",
            roles="M,S,C,X",
            source="module.c:moduleLogRaw",
        ),
    )


@event
class ModuleLoaded(Event):
    """A module was loaded, or one written for Redis was found while loading or unloading it on Valkey.

    ``module`` is its name, ``path`` its file. Source: Redis 4.0+, ``module.c:moduleLoad``.
    """

    CATEGORY = "other"

    module: str
    path: str | None = None

    MESSAGES = (
        message(
            "other.module-loaded-from",
            "a module was loaded",
            wording("Module '<module:word>' loaded from <path:path>", "redis 4.0+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.legacy-valkey-module-found",
            "the module was written for Redis",
            wording("Legacy Redis Module <module:word> found", "valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="module.c:moduleLoad,module.c:moduleUnload",
        ),
        message(
            "modules.static-loaded",
            "a built-in module was loaded",
            wording("Static Module '<module:word>' successfully loaded", "valkey 9.1+"),
            level="notice",
            roles="M,S",
            source="module.c:moduleInitPostOnLoadResolved",
        ),
    )


@event
class ModuleUnloaded(Event):
    """A module was unloaded.

    ``module`` is its name. Source: Redis 4.0+, ``module.c:moduleUnload``.
    """

    CATEGORY = "other"

    module: str

    MESSAGES = (
        message(
            "other.module-unloaded",
            "a module was unloaded",
            wording("Module <module:word> unloaded", "redis 4.0+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="module.c:moduleUnload",
        ),
    )


@event
class ModuleLoadFailed(Event):
    """A module could not be loaded or unloaded, or its configuration was refused.

    ``path`` is its file, ``module`` its name, ``error`` the reason; ``text`` is the name of a configuration,
    a category, an argument or a module, ``text2`` the reason why unloading failed. Source: Redis 4.0+,
    ``module.c:moduleLoad``, ``module.c:moduleUnload`` and ``module.c:loadModuleConfigs``.
    """

    CATEGORY = "other"

    path: str | None = None
    error: str | None = None
    text: str | None = None
    module: str | None = None
    text2: str | None = None
    kind: str | None = ""

    MESSAGES = (
        message(
            "other.can-t-load-module-from-server-aborting",
            "a configured module could not be loaded and the server exits",
            wording("Can't load module from <path:path>: server aborting", "redis 4.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoadFromQueue",
        ),
        message(
            "other.module-failed-to-load",
            "the module's file could not be opened as a library",
            wording("Module <path:path> failed to load: <error:errno>", "redis 4.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.module-failed-to-load-it-does-not",
            "the module's file is not executable",
            wording(
                "Module <path:path> failed to load: It does not have execute permissions.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.module-does-not-export-valkeymodule-onload-symbol",
            "the file is not a module: it has no load function",
            wording(
                "Module <path:path> does not export RedisModule_OnLoad() symbol. Module not loaded.",
                "redis 4.0+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.module-does-not-export-valkeymodule-onload-or",
            "the file is not a module: it has no load function",
            wording(
                "Module <path:path> does not export ValkeyModule_OnLoad() or RedisModule_OnLoad() symbol. Module not loaded.",
                "valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.module-initialization-failed-module-not-loaded",
            "the module's load function failed",
            wording(
                "Module <path:path> initialization failed. Module not loaded", "redis 4.0+; valkey 7.2-8.0"
            ),
            wording("Module <path:path> initialization failed. Module not loaded.", "valkey 8.1"),
            wording(
                "<kind:|Static >Module <path:path> initialization failed. Module not loaded.",
                "valkey 9.0+",
                source="module.c:moduleInitPostOnLoadResolved",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.module-initialization-failed-module-name-is-busy",
            "a module of that name is loaded already",
            wording("Module <path:path> initialization failed. Module name is busy.", "valkey 8.1"),
            wording(
                "<kind:|Static >Module <path:path> initialization failed. Module name is busy.",
                "valkey 9.0+",
                source="module.c:moduleInitPostOnLoadResolved",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.module-configuration-detected-without-loadmodule-directive-or",
            "configuration for a module that is not loaded, and the server exits",
            wording(
                "Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoadFromQueue",
        ),
        message(
            "other.unused-module-configuration",
            "configuration for a module that is not loaded",
            wording("Unused Module Configuration: <text:text>", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoadFromQueue",
        ),
        message(
            "other.module-configurations-were-not-set-likely-a",
            "the module never applied its configuration, and is unloaded",
            wording(
                "Module Configurations were not set, likely a missing LoadConfigs call. Unloading the module.",
                "redis 7.0-7.4; valkey 7.2+",
            ),
            wording(
                "Module Configurations were not set, missing LoadConfigs call. Unloading the module.",
                "redis 8.0+",
                source="module.c:moduleOnLoad",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.loadex-configurations-were-not-applied-likely-due",
            "the configuration given to MODULE LOADEX was not applied, and the module is unloaded",
            wording(
                "Loadex configurations were not applied, likely due to invalid arguments. Unloading the module.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleLoad",
        ),
        message(
            "other.config-specified-without-name-value-pair",
            "CONFIG in MODULE LOADEX without name and value",
            wording("CONFIG specified without name value pair", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="module.c:parseLoadexArguments",
        ),
        message(
            "other.syntax-error-from-arguments-to-loadex-around",
            "wrong arguments to MODULE LOADEX",
            wording("Syntax Error from arguments to loadex around <text:text>.", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S,X",
            source="module.c:parseLoadexArguments",
        ),
        message(
            "other.issue-during-loading-of-configuration",
            "a module's configuration could not be set",
            wording(
                "Issue during loading of configuration <text:text> : <error:text>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:loadModuleConfigs",
        ),
        message(
            "other.issue-attempting-to-set-default-value-of",
            "a default of a module's configuration could not be set",
            wording(
                "Issue attempting to set default value of configuration <text:text> : <error:text>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:loadModuleConfigs",
        ),
        message(
            "other.unrecognized-categories-flag-on-module-load",
            "the module names an unknown ACL category",
            wording("Unrecognized categories flag <text:text> on module load", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:categoryFlagsFromString",
        ),
        message(
            "other.module-onunload-failed-unload-canceled",
            "the module refused to be unloaded",
            wording("Module <module:word> OnUnload failed.  Unload canceled.", "redis 6.0+"),
            wording("Module <module:word> OnUnload failed. Unload canceled.", "valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleUnload",
        ),
        message(
            "other.error-when-trying-to-close-the-module",
            "the module's library could not be closed",
            wording(
                "Error when trying to close the <module:word> module: <text:text>",
                "redis 4.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleUnload",
        ),
        message(
            "other.error-unloading-module",
            "MODULE UNLOAD failed",
            wording("Error unloading module <text:text>: <text2:text>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleCommand",
        ),
        message(
            "other.unresolved-configuration-s-detected",
            "settings belong to no module",
            wording("Unresolved Configuration(s) Detected:", "redis 8.0+"),
            level="warning",
            roles="M,S",
            source="module.c:moduleLoadFromQueue",
        ),
        message(
            "other.failed-to-load-static-module",
            "a built-in module could not be loaded",
            wording("Failed to load static module: <module:word>. <error:text>", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="module.c:moduleLoadStaticSymbol",
        ),
        message(
            "other.failed-to-load-static-module-could",
            "a built-in module could not be loaded",
            wording(
                "Failed to load static module: <module:word>. Could not load method: <text:text>. <error:text>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="module.c:moduleLoadStaticSymbol",
        ),
        message(
            "other.failed-to-unload-module",
            "a module could not be unloaded",
            wording("Failed to unload module <module:word>: <error:text>", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="module.c:moduleUnloadAllModules",
        ),
        message(
            "other.module-name-is-too-long",
            "the name of a built-in module is too long",
            wording("Module name is too long", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="module.c:moduleLoadStaticSymbol",
        ),
        message(
            "other.module-unload-blocked-an-acl-user",
            "an ACL rule still speaks of the module",
            wording(
                "Module <module:word> unload blocked: An ACL user has reference to rule '<text:text>'",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="module.c:moduleUnloadInternal",
        ),
    )
