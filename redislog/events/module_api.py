"""Modules that use the module API wrongly."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "module.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="moduleValidateCommandInfo")
class ModuleApiMisuse(Event):
    """A module uses the API wrongly: replies, strings, data types, configurations, descriptions of commands.

    ``module`` is its name, or that of the configuration or resource; ``char`` is what a name may not
    contain; ``command`` is what a data type tried to emit. ``text`` is the name of a data type or of an
    argument, ``text2`` a format; ``n`` is the index within a list, the type of an argument, or the bytes
    read before the end; ``n2`` is an invalid value. Source: Redis 4.0+, ``module.c:moduleFreeContext``,
    ``module.c:RM_EmitAOF`` and ``module.c:moduleVerifyConfigFlags``; commands since 7.0,
    ``module.c:moduleValidateCommandInfo``.
    """

    module: str | None = None
    text: str | None = None
    n: int | None = None
    command: str | None = None
    text2: str | None = None
    char: str | None = None
    n2: int | None = None

    MESSAGES = (
        message("other.api-misuse-detected-in-module-valkeymodule-replywitharray", by="moduleFreeContext")(
            "an array reply of postponed length was not closed",
            "redis 4.0-6.2: API misuse detected in module <module:word>: RedisModule_ReplyWithArray(REDISMODULE_POSTPONED_ARRAY_LEN) not matched by the same number of RedisModule_SetReplyArrayLen() calls.",
        ),
        message("other.api-misuse-detected-in-module-valkeymodule-replysetarraylength")(
            "a length was set without an array reply",
            "redis 4.0-6.2, by RM_ReplySetArrayLength: API misuse detected in module <module:word>: RedisModule_ReplySetArrayLength() called without previous RedisModule_ReplyWithArray(ctx,REDISMODULE_POSTPONED_ARRAY_LEN) call.",
        ),
        message("other.api-misuse-detected-in-module-valkeymodule-replywith", by="moduleFreeContext")(
            "a reply of postponed length was not closed",
            "redis 7.0+: API misuse detected in module <module:word>: RedisModule_ReplyWith*(REDISMODULE_POSTPONED_LEN) not matched by the same number of RedisModule_SetReply*Len() calls.",
            "valkey 7.2+: API misuse detected in module <module:word>: ValkeyModule_ReplyWith*(VALKEYMODULE_POSTPONED_LEN) not matched by the same number of ValkeyModule_SetReply*Len() calls.",
        ),
        message(
            "other.api-misuse-detected-in-module-valkeymodule-replyset", by="moduleReplySetCollectionLength"
        )(
            "a length was set without a reply that waits for one",
            "redis 7.0+: API misuse detected in module <module:word>: RedisModule_ReplySet*Length() called without previous RedisModule_ReplyWith*(ctx,REDISMODULE_POSTPONED_LEN) call.",
            "valkey 7.2+: API misuse detected in module <module:word>: ValkeyModule_ReplySet*Length() called without previous ValkeyModule_ReplyWith*(ctx,VALKEYMODULE_POSTPONED_LEN) call.",
        ),
        message("other.module-attempted-to-use-an-in-place", by="moduleAssertUnsharedString")(
            "the module wanted to change a string in place that others use too",
            "4.0+: Module attempted to use an in-place string modify operation with a string referenced multiple times. Please check the code for API usage correctness.",
        ),
        message("other.error-loading-data-from-rdb-short-read", by="moduleRDBLoadError")(
            "the module met the end of the RDB file while reading a value",
            "redis 4.0-5.0: Error loading data from RDB (short read or EOF). Read performed by module '<module:word>' about type '<text:text>' after reading '<n:int>' bytes of a value.",
        ),
        message("other.fatal-aof-method-for-module-data-type", by="{R,V}M_EmitAOF")(
            "a module's data type cannot be written to the AOF",
            "4.0+: Fatal: AOF method for module data type '<text:text>' tried to emit unknown command '<command:word>'",
            "redis 4.0+, by RM_EmitAOF | valkey 7.2+, by VM_EmitAOF: Fatal: AOF method for module data type '<text:text>' tried to call <RedisModule|ValkeyModule>_EmitAOF() with wrong format specifiers '<text2:text>'",
        ),
        message("other.invalid-flag-s-for-configuration", by="moduleVerifyConfigFlags")(
            "a module's configuration has unknown flags", "7.0+: Invalid flag(s) for configuration"
        ),
        message("other.numeric-flag-provided-for-non-numeric-configuration", by="moduleVerifyConfigFlags")(
            "a numeric flag on a configuration that is no number",
            "7.0+: Numeric flag provided for non-numeric configuration.",
        ),
        message("other.enum-flag-provided-for-non-enum-configuration", by="moduleVerifyConfigFlags")(
            "an enum flag on a configuration that is no enum",
            "7.0+: Enum flag provided for non-enum configuration.",
        ),
        message("other.module-config-names-cannot-be-an-empty", by="moduleVerifyConfigName")(
            "a module's configuration has an empty name",
            "redis 7.0-7.2; valkey 7.2: Module config names cannot be an empty string.",
        ),
        message("other.invalid-character-in-module-config-name", by="moduleVerifyConfigName")(
            "a name of a module's configuration has a forbidden character",
            "redis 7.0-7.2; valkey 7.2: Invalid character <char:char> in Module Config name <module:text>.",
        ),
        message("other.invalid-character-in-module-resource-name", by="moduleVerifyResourceName")(
            "a name that a module registers has a forbidden character",
            "redis 7.4+; valkey 8.0+: Invalid character <char:char> in Module resource name <module:text>.",
        ),
        message("other.configuration-by-the-name-already-registered", by="moduleConfigValidityCheck")(
            "a module registers a configuration twice",
            "7.0+: Configuration by the name: <module:word> already registered",
        ),
        message("other.invalid-command-info-version-missing")(
            "the description of a command has no version", "7.0+: Invalid command info: version missing"
        ),
        message("other.invalid-command-info-history-changes-missing")(
            "an entry of a command's history says no change",
            "7.0+: Invalid command info: history[<n:int>].changes missing",
        ),
        message("other.invalid-command-info-too-many-key-specs")(
            "a command has too many key specifications", "7.0+: Invalid command info: Too many key specs"
        ),
        message("other.invalid-command-info-key-specs-flags-exactly")(
            "a key specification must have exactly one access flag",
            "7.0+: Invalid command info: key_specs[<n:int>].flags: Exactly one of the flags RO, RW, OW, RM required",
        ),
        message("other.invalid-command-info-flags", roles="M,S")(
            "a key specification must have exactly one access flag",
            "redis 7.0.0: Invalid command info: key_specs[<n:int>].flags: Exactly one of the flags RO, RW, OW, RM reqired",
        ),
        message("other.invalid-command-info-key-specs-flags-insert")(
            "a key specification has more than one of insert, delete and update",
            "7.0+: Invalid command info: key_specs[<n:int>].flags: INSERT, DELETE and UPDATE are mutually exclusive",
        ),
        message("other.invalid-command-info-key-specs-bs-keyword")(
            "a key specification lacks its keyword",
            "7.0+: Invalid command info: key_specs[<n:int>].bs.keyword.keyword required when begin_search_type is KEYWORD",
        ),
        message("other.invalid-command-info-key-specs-begin-search")(
            "a key specification begins its search in an unknown way",
            "7.0+: Invalid command info: key_specs[<n:int>].begin_search_type: Invalid value <n2:int>",
        ),
        message("other.invalid-command-info-key-specs-find-keys")(
            "a key specification finds its keys in an unknown way",
            "7.0+: Invalid command info: key_specs[<n:int>].find_keys_type: Invalid value <n2:int>",
        ),
        message("other.invalid-command-info-argument-undefined-type", by="moduleValidateCommandArgs")(
            "an argument of a command has an unknown type",
            '7.0+: Invalid command info: Argument "<text:text>": Undefined type <n:int>',
        ),
        message("other.invalid-command-info-argument-token-required-when", by="moduleValidateCommandArgs")(
            "an argument of a command that is a pure token lacks its token",
            '7.0+: Invalid command info: Argument "<text:text>": token required when type is PURE_TOKEN',
        ),
        message("other.invalid-command-info-argument-key-spec-index", by="moduleValidateCommandArgs")(
            "the key specification of an argument is missing, or too much",
            '7.0+: Invalid command info: Argument "<text:text>": key_spec_index required when type is KEY',
            '7.0+: Invalid command info: Argument "<text:text>": key_spec_index specified but type isn\'t KEY',
        ),
        message("other.invalid-command-info-argument-invalid-flags", by="moduleValidateCommandArgs")(
            "an argument of a command has unknown flags",
            '7.0+: Invalid command info: Argument "<text:text>": Invalid flags',
        ),
        message("other.invalid-command-info-argument-subargs-required-when", by="moduleValidateCommandArgs")(
            "an argument of a command that is a choice or block lacks its parts",
            '7.0+: Invalid command info: Argument "<text:text>": subargs required when type is ONEOF or BLOCK',
        ),
        message("other.invalid-command-info-argument-subargs-specified-but", by="moduleValidateCommandArgs")(
            "an argument of a command has parts but is no choice or block",
            '7.0+: Invalid command info: Argument "<text:text>": subargs specified but type isn\'t ONEOF nor BLOCK',
        ),
        message("other.invalid-character-in-module-configuration-name")(
            "a name of a configuration is not allowed",
            "redis 8.0+, as M,S, by moduleVerifyUnprefixedName: Invalid character <char:char> in Module configuration name or alias <text:text>.",
        ),
        message("other.invalid-character-sequence-in-module-configuration")(
            "a name of a configuration is not allowed",
            "redis 8.0+, as M,S, by moduleVerifyUnprefixedName: Invalid character sequence in Module configuration name or alias: <text:text>",
        ),
        message("other.module-configuration-name-is-empty", roles="M,S", by="moduleVerifyUnprefixedName")(
            "a name of a configuration is empty",
            "redis 8.0+: Module configuration name is empty: <text:text>",
        ),
        message("other.module-configuration-name-or-alias-is", roles="M,S", by="moduleVerifyUnprefixedName")(
            "a name of a configuration is empty",
            "redis 8.0+: Module configuration name or alias is empty : <text:text>",
        ),
    )
