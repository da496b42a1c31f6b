"""Lua scripts and functions: slow ones, killed ones, their debugger, and attempts to leave the sandbox."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "scripting.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="script.c:scriptInterrupt")
class SlowScript(Event):
    """A script or function runs for longer than the configured limit: other clients get ``BUSY`` errors.

    ``ms`` is milliseconds since its start; ``command`` is what would kill it; ``script`` its SHA1 or the
    function's name (6.0+). Source: Redis 2.6+, ``script.c:scriptInterrupt``.
    """

    ms: int
    script: str | None = None
    command: str | None = None

    MESSAGES = (
        message("other.lua-slow-script-detected-still-in-execution", by="luaMaskCountHook")(
            "a script runs for too long",
            "redis 2.6-5.0: Lua slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the SCRIPT KILL command.",
            "redis 6.0-6.2: Lua slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the SCRIPT KILL command. Script SHA1 is: <script:word>",
        ),
        message("other.slow-script-detected-still-in-execution-after")(
            "a script or function runs for too long",
            "7.0+: Slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the <command:SCRIPT KILL|FUNCTION KILL> command. Script name is: <script:word>.",
        ),
        message("other.slow-script-detected", roles="M,S")(
            "a script or function runs for too long",
            "redis 7.0.0: Slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the <command:SCRIPT KILL|FUNCTION KILL> command.",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="luaMaskCountHook,script_lua.c:luaMaskCountHook")
class ScriptKilled(Event):
    """A user ended a running script with ``SCRIPT KILL``.

    Source: Redis 2.6+, ``script_lua.c:luaMaskCountHook``.
    """

    MESSAGES = (
        message("other.lua-script-killed-by-user-with-script")(
            "SCRIPT KILL ended the running script",
            "redis 2.6+; valkey 7.2-8.0: Lua script killed by user with SCRIPT KILL.",
        ),
    )


@event(_PRINTER, level="warning until 7.0, then notice", by="ldbStartSession,eval.c:ldbStartSession")
class ScriptDebugging(Event):
    """A session of the Lua debugger began or ended, in a forked child or blocking the server (synchronous).

    ``pid_`` is the process ID of a child that is killed; ``product`` is the server's product. Source: Redis
    3.2+, ``eval.c:ldbStartSession``.
    """

    product: str | None = None
    pid_: int | None = None

    MESSAGES = (
        message("other.valkey-forked-for-debugging-eval")(
            "a child was forked for a debugging session",
            "redis 3.2+; valkey 7.2: Redis forked for debugging eval",
        ),
        message("other.forked-for-debugging-eval", level="notice", by="eval.c:ldbStartSession")(
            "a child was forked for a debugging session",
            "valkey 8.0+: <product:Valkey> forked for debugging eval",
        ),
        message("other.valkey-synchronous-debugging-eval-session-started")(
            "a debugging session began, and blocks the server",
            "redis 3.2+; valkey 7.2: Redis synchronous debugging eval session started",
        ),
        message("other.synchronous-debugging-eval-session-started")(
            "a debugging session began, and blocks the server",
            "valkey 8.0+, at notice, by eval.c:ldbStartSession: <product:Valkey> synchronous debugging eval session started",
        ),
        message("other.lua-debugging-session-child-exiting", by="ldbEndSession,eval.c:ldbEndSession")(
            "the child of a debugging session ends", "3.2+: Lua debugging session child exiting"
        ),
        message("other.valkey-synchronous-debugging-eval-session-ended")(
            "the debugging session ended, the server goes on",
            "redis 3.2+; valkey 7.2, by ldbEndSession,eval.c:ldbEndSession: Redis synchronous debugging eval session ended",
        ),
        message("other.synchronous-debugging-eval-session-ended", level="notice", by="eval.c:ldbEndSession")(
            "the debugging session ended, the server goes on",
            "valkey 8.0+: <product:Valkey> synchronous debugging eval session ended",
        ),
        message("other.killing-debugging-session", by="ldbKillForkedSessions,eval.c:ldbKillForkedSessions")(
            "the stopping server kills the child of a debugging session",
            "3.2+: Killing debugging session <pid:pid>",
        ),
    )


@event(_PRINTER, by="luaNewIndexAllowList,script_lua.c:luaNewIndexAllowList")
class ScriptSandboxWarning(Event):
    """A script or module meddled with the Lua environment, or scripts made up too many kinds of error.

    ``text`` is the added global; ``errors`` lists error codes. Source: Redis 6.2+,
    ``script_lua.c:luaNewIndexAllowList`` and ``server.c:incrementErrorCount``.
    """

    text: str | None = None
    errors: str | None = None

    MESSAGES = (
        message(
            "other.malicious-code-trying-to-call-luaprotectedtableerror-with",
            by="luaProtectedTableError,script_lua.c:luaProtectedTableError,script_lua.c:luaNewIndexAllowList",
        )(
            "an internal function of the sandbox was called with wrong arguments",
            "redis 6.2+; valkey 7.2-9.0: malicious code trying to call luaProtectedTableError with wrong arguments",
            "valkey 9.1+: <lua> malicious code trying to call luaProtectedTableError with wrong arguments",
        ),
        message("other.malicious-code-trying-to-call-luanewindexallowlist-with")(
            "an internal function of the sandbox was called with wrong arguments",
            "redis 6.2, 7.2+; valkey 7.2-9.0: malicious code trying to call luaNewIndexAllowList with wrong arguments",
            "valkey 9.1+: <lua> malicious code trying to call luaNewIndexAllowList with wrong arguments",
        ),
        message("other.a-key-was-added-to-lua-globals")(
            "an unknown global was added to the Lua environment",
            "redis 6.2+; valkey 7.2-8.1: A key '<text:text>' was added to Lua globals which is not on the globals allow list nor listed on the deny list.",
            "valkey 9.0+, by script_lua.c:luaNewIndexAllowList: <lua> A key '<text:text>' was added to Lua globals which is neither on the globals allow list nor listed on the deny list.",
        ),
        message("other.errorstats-stopped-adding-new-errors-because-the", by="server.c:incrementErrorCount")(
            "too many kinds of error: new ones are counted no more",
            "redis 7.4+: Errorstats stopped adding new errors because the number of errors reached the limit, may be misuse of lua error_reply, please check INFO ERRORSTATS, this can be re-enabled via CONFIG RESETSTAT.",
        ),
        message("other.current-errors-code-list", by="server.c:incrementErrorCount")(
            "the kinds of error counted so far", "redis 7.4+: Current errors code list: <errors:text>"
        ),
    )


@event(_PRINTER)
class ScriptEngineFailed(Event):
    """An engine that runs scripts could not be made ready; without Lua the server exits.

    Source: Redis 7.0+, ``eval.c:scriptingInit`` and ``functions.c:functionsRegisterEngine``.
    """

    n: int | None = None

    MESSAGES = (
        message("other.failed-creating-the-lua-vm", by="eval.c:scriptingInit")(
            "no Lua interpreter could be created", "redis 7.4+: Failed creating the lua VM."
        ),
        message("other.failed-creating-the-lua-jemalloc-tcache", by="script.c:createLuaState")(
            "no memory cache of its own for Lua",
            "redis 7.4: Failed creating the lua jemalloc tcache.",
            "redis 8.0+: Failed creating the lua jemalloc tcache (err=<n:int>).",
        ),
        message("other.failed-creating-the-lua-jemalloc-arena", by="script.c:luaEnvInit")(
            "no memory arena of its own for Lua",
            "redis 7.4: Failed creating the lua jemalloc arena.",
            "redis 8.0+: Failed creating the lua jemalloc arena (err=<n:int>).",
        ),
        message("other.same-engine-was-registered-twice", by="functions.c:functionsRegisterEngine")(
            "an engine of that name exists already",
            "redis 7.0+; valkey 7.2-8.0: Same engine was registered twice",
        ),
    )
