"""Lua scripts and functions: slow ones, killed ones, their debugger, and attempts to leave the sandbox."""

from redislog.events.base import Event, event, message, wording


@event
class SlowScript(Event):
    """A script or function runs for longer than the configured limit: other clients get ``BUSY`` errors.

    ``ms`` is milliseconds since its start; ``command`` is what would kill it; ``script`` its SHA1 or the
    function's name (6.0+). Source: Redis 2.6+, ``script.c:scriptInterrupt``.
    """

    CATEGORY = "other"

    ms: int
    script: str | None = None
    command: str | None = None

    MESSAGES = (
        message(
            "other.lua-slow-script-detected-still-in-execution",
            "a script runs for too long",
            wording(
                "Lua slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the SCRIPT KILL command.",
                "redis 2.6-5.0",
            ),
            wording(
                "Lua slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the SCRIPT KILL command. Script SHA1 is: <script:word>",
                "redis 6.0-6.2",
            ),
            level="warning",
            roles="M,S,X",
            source="scripting.c:luaMaskCountHook",
        ),
        message(
            "other.slow-script-detected-still-in-execution-after",
            "a script or function runs for too long",
            wording(
                "Slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the <command:SCRIPT KILL|FUNCTION KILL> command. Script name is: <script:word>.",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="script.c:scriptInterrupt",
        ),
        message(
            "other.slow-script-detected",
            "a script or function runs for too long",
            wording(
                "Slow script detected: still in execution after <ms:int> milliseconds. You can try killing the script using the <command:SCRIPT KILL|FUNCTION KILL> command.",
                "redis 7.0.0",
            ),
            level="warning",
            roles="M,S",
            source="script.c:scriptInterrupt",
        ),
    )


@event
class ScriptKilled(Event):
    """A user ended a running script with ``SCRIPT KILL``.

    Source: Redis 2.6+, ``script_lua.c:luaMaskCountHook``.
    """

    CATEGORY = "other"

    MESSAGES = (
        message(
            "other.lua-script-killed-by-user-with-script",
            "SCRIPT KILL ended the running script",
            wording("Lua script killed by user with SCRIPT KILL.", "redis 2.6+; valkey 7.2-8.0"),
            level="warning[redis 2.6-7.0] notice[redis 7.2+; valkey 7.2-8.0]",
            roles="M,S,X",
            source="scripting.c:luaMaskCountHook,script_lua.c:luaMaskCountHook",
        ),
    )


@event
class ScriptDebugging(Event):
    """A session of the Lua debugger began or ended, in a forked child or blocking the server (synchronous).

    ``pid_`` is the process ID of a child that is killed; ``product`` is the server's product. Source: Redis
    3.2+, ``eval.c:ldbStartSession``.
    """

    CATEGORY = "other"

    product: str | None = None
    pid_: int | None = None

    MESSAGES = (
        message(
            "other.valkey-forked-for-debugging-eval",
            "a child was forked for a debugging session",
            wording("Redis forked for debugging eval", "redis 3.2+; valkey 7.2"),
            level="warning[redis 3.2-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="M,S,X",
            source="scripting.c:ldbStartSession,eval.c:ldbStartSession",
        ),
        message(
            "other.forked-for-debugging-eval",
            "a child was forked for a debugging session",
            wording("<product:Valkey> forked for debugging eval", "valkey 8.0+"),
            level="notice",
            roles="M,S,X",
            source="eval.c:ldbStartSession",
        ),
        message(
            "other.valkey-synchronous-debugging-eval-session-started",
            "a debugging session began, and blocks the server",
            wording("Redis synchronous debugging eval session started", "redis 3.2+; valkey 7.2"),
            level="warning[redis 3.2-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="M,S,X",
            source="scripting.c:ldbStartSession,eval.c:ldbStartSession",
        ),
        message(
            "other.synchronous-debugging-eval-session-started",
            "a debugging session began, and blocks the server",
            wording("<product:Valkey> synchronous debugging eval session started", "valkey 8.0+"),
            level="notice",
            roles="M,S,X",
            source="eval.c:ldbStartSession",
        ),
        message(
            "other.lua-debugging-session-child-exiting",
            "the child of a debugging session ends",
            wording("Lua debugging session child exiting", "redis 3.2+; valkey 7.2+"),
            level="warning[redis 3.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S,X",
            source="scripting.c:ldbEndSession,eval.c:ldbEndSession",
        ),
        message(
            "other.valkey-synchronous-debugging-eval-session-ended",
            "the debugging session ended, the server goes on",
            wording("Redis synchronous debugging eval session ended", "redis 3.2+; valkey 7.2"),
            level="warning[redis 3.2-7.0] notice[redis 7.2+; valkey 7.2]",
            roles="M,S,X",
            source="scripting.c:ldbEndSession,eval.c:ldbEndSession",
        ),
        message(
            "other.synchronous-debugging-eval-session-ended",
            "the debugging session ended, the server goes on",
            wording("<product:Valkey> synchronous debugging eval session ended", "valkey 8.0+"),
            level="notice",
            roles="M,S,X",
            source="eval.c:ldbEndSession",
        ),
        message(
            "other.killing-debugging-session",
            "the stopping server kills the child of a debugging session",
            wording("Killing debugging session <pid:pid>", "redis 3.2+; valkey 7.2+"),
            level="warning[redis 3.2-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S,X",
            source="scripting.c:ldbKillForkedSessions,eval.c:ldbKillForkedSessions",
        ),
    )


@event
class ScriptSandboxWarning(Event):
    """A script or module meddled with the Lua environment, or scripts made up too many kinds of error.

    ``text`` is the added global; ``errors`` lists error codes. Source: Redis 6.2+,
    ``script_lua.c:luaNewIndexAllowList`` and ``server.c:incrementErrorCount``.
    """

    CATEGORY = "other"

    text: str | None = None
    errors: str | None = None

    MESSAGES = (
        message(
            "other.malicious-code-trying-to-call-luaprotectedtableerror-with",
            "an internal function of the sandbox was called with wrong arguments",
            wording(
                "malicious code trying to call luaProtectedTableError with wrong arguments",
                "redis 6.2+; valkey 7.2-9.0",
            ),
            wording(
                "<lua> malicious code trying to call luaProtectedTableError with wrong arguments",
                "valkey 9.1+",
            ),
            level="warning",
            roles="M,S,X",
            source="scripting.c:luaProtectedTableError,script_lua.c:luaProtectedTableError,script_lua.c:luaNewIndexAllowList",
        ),
        message(
            "other.malicious-code-trying-to-call-luanewindexallowlist-with",
            "an internal function of the sandbox was called with wrong arguments",
            wording(
                "malicious code trying to call luaNewIndexAllowList with wrong arguments",
                "redis 6.2, 7.2+; valkey 7.2-9.0",
            ),
            wording(
                "<lua> malicious code trying to call luaNewIndexAllowList with wrong arguments", "valkey 9.1+"
            ),
            level="warning",
            roles="M,S,X",
            source="scripting.c:luaNewIndexAllowList,script_lua.c:luaNewIndexAllowList",
        ),
        message(
            "other.a-key-was-added-to-lua-globals",
            "an unknown global was added to the Lua environment",
            wording(
                "A key '<text:text>' was added to Lua globals which is not on the globals allow list nor listed on the deny list.",
                "redis 6.2+; valkey 7.2-8.1",
            ),
            wording(
                "<lua> A key '<text:text>' was added to Lua globals which is neither on the globals allow list nor listed on the deny list.",
                "valkey 9.0+",
                source="script_lua.c:luaNewIndexAllowList",
            ),
            level="warning",
            roles="M,S,X",
            source="scripting.c:luaNewIndexAllowList,script_lua.c:luaNewIndexAllowList",
        ),
        message(
            "other.errorstats-stopped-adding-new-errors-because-the",
            "too many kinds of error: new ones are counted no more",
            wording(
                "Errorstats stopped adding new errors because the number of errors reached the limit, may be misuse of lua error_reply, please check INFO ERRORSTATS, this can be re-enabled via CONFIG RESETSTAT.",
                "redis 7.4+",
            ),
            level="warning",
            roles="M,S,X",
            source="server.c:incrementErrorCount",
        ),
        message(
            "other.current-errors-code-list",
            "the kinds of error counted so far",
            wording("Current errors code list: <errors:text>", "redis 7.4+"),
            level="warning",
            roles="M,S,X",
            source="server.c:incrementErrorCount",
        ),
    )


@event
class ScriptEngineFailed(Event):
    """An engine that runs scripts could not be made ready; without Lua the server exits.

    Source: Redis 7.0+, ``eval.c:scriptingInit`` and ``functions.c:functionsRegisterEngine``.
    """

    CATEGORY = "other"

    n: int | None = None

    MESSAGES = (
        message(
            "other.failed-creating-the-lua-vm",
            "no Lua interpreter could be created",
            wording("Failed creating the lua VM.", "redis 7.4+"),
            level="warning",
            roles="M,S,X",
            source="eval.c:scriptingInit",
        ),
        message(
            "other.failed-creating-the-lua-jemalloc-tcache",
            "no memory cache of its own for Lua",
            wording("Failed creating the lua jemalloc tcache.", "redis 7.4"),
            wording("Failed creating the lua jemalloc tcache (err=<n:int>).", "redis 8.0+"),
            level="warning",
            roles="M,S,X",
            source="script.c:createLuaState",
        ),
        message(
            "other.failed-creating-the-lua-jemalloc-arena",
            "no memory arena of its own for Lua",
            wording("Failed creating the lua jemalloc arena.", "redis 7.4"),
            wording("Failed creating the lua jemalloc arena (err=<n:int>).", "redis 8.0+"),
            level="warning",
            roles="M,S,X",
            source="script.c:luaEnvInit",
        ),
        message(
            "other.same-engine-was-registered-twice",
            "an engine of that name exists already",
            wording("Same engine was registered twice", "redis 7.0+; valkey 7.2-8.0"),
            level="warning",
            roles="M,S,X",
            source="functions.c:functionsRegisterEngine",
        ),
    )
