"""Scripting engines, which are modules in Valkey 8.1+."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "scripting_engine.c", level="warning", roles="M,S")


@event(_PRINTER, by="module.c:VM_RegisterScriptingEngine")
class ScriptEngineRegistered(Event):
    """A scripting engine was registered, or is known already.

    ``engine`` is its name, ``abi`` the version of the interface. Source: Valkey 8.1+, ``scripting_engine.c``.
    """

    engine: str | None = None
    abi: int | None = None
    server_abi: int | None = None

    MESSAGES = (
        message("other.registering-a-new-scripting-engine", level="debug")(
            "an engine is registered", "valkey 8.1+: Registering a new scripting engine: <engine:text>"
        ),
        message("other.registering-scripting-engine-with-abi-version")(
            "an engine is registered",
            "valkey 9.1+, by scriptingEngineInitializeEngineMethods: Registering scripting engine '<engine:text>' with ABI version '<abi:int>'",
        ),
        message("other.scripting-engine-is-already-registered-in", by="scriptingEngineManagerRegister")(
            "an engine of that name is known",
            "valkey 8.1+: Scripting engine '<engine:text>' is already registered in the server",
        ),
        message("other.scripting-engine-uses-abi-version-which", by="scriptingEngineCallDebuggerEnable")(
            "an engine cannot be debugged",
            "valkey 9.1+: Scripting engine '<engine:text>' uses ABI version '<abi:int>', which does not support debugger API",
        ),
        message("other.the-engine-implementation-version-is-greater")(
            "an engine is too new",
            "valkey 8.1+: The engine implementation version is greater than what this server supports. Server ABI Version: <server_abi:int>, Engine ABI version: <abi:int>",
        ),
        message("other.there-s-no-engine-registered-with", by="scriptingEngineManagerUnregister")(
            "no engine of that name is known",
            "valkey 8.1+: There's no engine registered with name <engine:text>",
        ),
    )


@event(_PRINTER, by="engine_lua.c:ValkeyModule_OnLoad")
class LuaEngineMessage(Event):
    """What the built-in Lua engine says of itself; it is a module since 9.1.

    ``error`` is its text, ``code`` the number of an error. Source: Valkey 9.1+, ``engine_lua.c``, ``script_lua.c``.
    """

    error: str | None = None
    code: int | None = None

    MESSAGES = (
        message("other.command-returned-an-error-errno", level="debug", by="script_lua.c:errorCallback")(
            "a command of a script failed",
            "valkey 9.1+: <lua> command returned an error: <error:text> errno=<code:int>",
        ),
        message("other.failed-to-allocate-memory-for-lua")(
            "out of memory",
            "valkey 9.1+, at verbose, by debug_lua.c:split_text_by_lines: <lua> Failed to allocate memory for Lua source code lines.",
        ),
        message("other.failed-to-load-lua-module-configs")(
            "its settings could not be read", "valkey 9.1+: <lua> Failed to load LUA module configs"
        ),
        message("other.failed-to-register-lua-scripting-engine")(
            "it could not be registered", "valkey 9.1+: <lua> Failed to register LUA scripting engine"
        ),
        message("other.failed-to-unregister-engine")(
            "it could not be taken off",
            "valkey 9.1+, at verbose, by engine_lua.c:ValkeyModule_OnUnload: <lua> Failed to unregister engine",
        ),
        message("other.unable-to-determine-lua-enable-insecure", by="engine_lua.c:isLuaInsecureAPIEnabled")(
            "a setting could not be read",
            "valkey 9.1+: <lua> Unable to determine 'lua-enable-insecure-api' configuration value: <error:text>",
        ),
    )
