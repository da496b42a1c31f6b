"""Scripting engines, which are modules in Valkey 8.1+."""

from redislog.events.base import Event, event, message, wording


@event
class ScriptEngineRegistered(Event):
    """A scripting engine was registered, or is known already.

    ``engine`` is its name, ``abi`` the version of the interface. Source: Valkey 8.1+, ``scripting_engine.c``.
    """

    CATEGORY = "other"

    engine: str | None = None
    abi: int | None = None
    server_abi: int | None = None

    MESSAGES = (
        message(
            "other.registering-a-new-scripting-engine",
            "an engine is registered",
            wording("Registering a new scripting engine: <engine:text>", "valkey 8.1+"),
            level="debug",
            roles="M,S",
            source="module.c:VM_RegisterScriptingEngine",
        ),
        message(
            "other.registering-scripting-engine-with-abi-version",
            "an engine is registered",
            wording(
                "Registering scripting engine '<engine:text>' with ABI version '<abi:int>'", "valkey 9.1+"
            ),
            level="warning",
            roles="M,S",
            source="scripting_engine.c:scriptingEngineInitializeEngineMethods",
        ),
        message(
            "other.scripting-engine-is-already-registered-in",
            "an engine of that name is known",
            wording("Scripting engine '<engine:text>' is already registered in the server", "valkey 8.1+"),
            level="warning",
            roles="M,S",
            source="scripting_engine.c:scriptingEngineManagerRegister",
        ),
        message(
            "other.scripting-engine-uses-abi-version-which",
            "an engine cannot be debugged",
            wording(
                "Scripting engine '<engine:text>' uses ABI version '<abi:int>', which does not support debugger API",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="scripting_engine.c:scriptingEngineCallDebuggerEnable",
        ),
        message(
            "other.the-engine-implementation-version-is-greater",
            "an engine is too new",
            wording(
                "The engine implementation version is greater than what this server supports. Server ABI Version: <server_abi:int>, Engine ABI version: <abi:int>",
                "valkey 8.1+",
            ),
            level="warning",
            roles="M,S",
            source="module.c:VM_RegisterScriptingEngine",
        ),
        message(
            "other.there-s-no-engine-registered-with",
            "no engine of that name is known",
            wording("There's no engine registered with name <engine:text>", "valkey 8.1+"),
            level="warning",
            roles="M,S",
            source="scripting_engine.c:scriptingEngineManagerUnregister",
        ),
    )


@event
class LuaEngineMessage(Event):
    """What the built-in Lua engine says of itself; it is a module since 9.1.

    ``error`` is its text, ``code`` the number of an error. Source: Valkey 9.1+, ``engine_lua.c``, ``script_lua.c``.
    """

    CATEGORY = "other"

    error: str | None = None
    code: int | None = None

    MESSAGES = (
        message(
            "other.command-returned-an-error-errno",
            "a command of a script failed",
            wording("<lua> command returned an error: <error:text> errno=<code:int>", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="script_lua.c:errorCallback",
        ),
        message(
            "other.failed-to-allocate-memory-for-lua",
            "out of memory",
            wording("<lua> Failed to allocate memory for Lua source code lines.", "valkey 9.1+"),
            level="verbose",
            roles="M,S",
            source="debug_lua.c:split_text_by_lines",
        ),
        message(
            "other.failed-to-load-lua-module-configs",
            "its settings could not be read",
            wording("<lua> Failed to load LUA module configs", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="engine_lua.c:ValkeyModule_OnLoad",
        ),
        message(
            "other.failed-to-register-lua-scripting-engine",
            "it could not be registered",
            wording("<lua> Failed to register LUA scripting engine", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="engine_lua.c:ValkeyModule_OnLoad",
        ),
        message(
            "other.failed-to-unregister-engine",
            "it could not be taken off",
            wording("<lua> Failed to unregister engine", "valkey 9.1+"),
            level="verbose",
            roles="M,S",
            source="engine_lua.c:ValkeyModule_OnUnload",
        ),
        message(
            "other.unable-to-determine-lua-enable-insecure",
            "a setting could not be read",
            wording(
                "<lua> Unable to determine 'lua-enable-insecure-api' configuration value: <error:text>",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S",
            source="engine_lua.c:isLuaInsecureAPIEnabled",
        ),
    )
