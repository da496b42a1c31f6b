"""Modules that use the module API wrongly."""

from redislog.events.base import Event, event, message, wording


@event
class ModuleApiMisuse(Event):
    """A module uses the API wrongly: replies, strings, data types, configurations, descriptions of commands.

    ``module`` is its name, or that of the configuration or resource; ``char`` is what a name may not
    contain; ``command`` is what a data type tried to emit. ``text`` is the name of a data type or of an
    argument, ``text2`` a format; ``n`` is the index within a list, the type of an argument, or the bytes
    read before the end; ``n2`` is an invalid value. Source: Redis 4.0+, ``module.c:moduleFreeContext``,
    ``module.c:RM_EmitAOF`` and ``module.c:moduleVerifyConfigFlags``; commands since 7.0,
    ``module.c:moduleValidateCommandInfo``.
    """

    CATEGORY = "other"

    module: str | None = None
    text: str | None = None
    n: int | None = None
    command: str | None = None
    text2: str | None = None
    char: str | None = None
    n2: int | None = None

    MESSAGES = (
        message(
            "other.api-misuse-detected-in-module-valkeymodule-replywitharray",
            "an array reply of postponed length was not closed",
            wording(
                "API misuse detected in module <module:word>: RedisModule_ReplyWithArray(REDISMODULE_POSTPONED_ARRAY_LEN) not matched by the same number of RedisModule_SetReplyArrayLen() calls.",
                "redis 4.0-6.2",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleFreeContext",
        ),
        message(
            "other.api-misuse-detected-in-module-valkeymodule-replysetarraylength",
            "a length was set without an array reply",
            wording(
                "API misuse detected in module <module:word>: RedisModule_ReplySetArrayLength() called without previous RedisModule_ReplyWithArray(ctx,REDISMODULE_POSTPONED_ARRAY_LEN) call.",
                "redis 4.0-6.2",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:RM_ReplySetArrayLength",
        ),
        message(
            "other.api-misuse-detected-in-module-valkeymodule-replywith",
            "a reply of postponed length was not closed",
            wording(
                "API misuse detected in module <module:word>: RedisModule_ReplyWith*(REDISMODULE_POSTPONED_LEN) not matched by the same number of RedisModule_SetReply*Len() calls.",
                "redis 7.0+",
            ),
            wording(
                "API misuse detected in module <module:word>: ValkeyModule_ReplyWith*(VALKEYMODULE_POSTPONED_LEN) not matched by the same number of ValkeyModule_SetReply*Len() calls.",
                "valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleFreeContext",
        ),
        message(
            "other.api-misuse-detected-in-module-valkeymodule-replyset",
            "a length was set without a reply that waits for one",
            wording(
                "API misuse detected in module <module:word>: RedisModule_ReplySet*Length() called without previous RedisModule_ReplyWith*(ctx,REDISMODULE_POSTPONED_LEN) call.",
                "redis 7.0+",
            ),
            wording(
                "API misuse detected in module <module:word>: ValkeyModule_ReplySet*Length() called without previous ValkeyModule_ReplyWith*(ctx,VALKEYMODULE_POSTPONED_LEN) call.",
                "valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleReplySetCollectionLength",
        ),
        message(
            "other.module-attempted-to-use-an-in-place",
            "the module wanted to change a string in place that others use too",
            wording(
                "Module attempted to use an in-place string modify operation with a string referenced multiple times. Please check the code for API usage correctness.",
                "redis 4.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleAssertUnsharedString",
        ),
        message(
            "other.error-loading-data-from-rdb-short-read",
            "the module met the end of the RDB file while reading a value",
            wording(
                "Error loading data from RDB (short read or EOF). Read performed by module '<module:word>' about type '<text:text>' after reading '<n:int>' bytes of a value.",
                "redis 4.0-5.0",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleRDBLoadError",
        ),
        message(
            "other.fatal-aof-method-for-module-data-type",
            "a module's data type cannot be written to the AOF",
            wording(
                "Fatal: AOF method for module data type '<text:text>' tried to emit unknown command '<command:word>'",
                "redis 4.0+; valkey 7.2+",
            ),
            wording(
                "Fatal: AOF method for module data type '<text:text>' tried to call RedisModule_EmitAOF() with wrong format specifiers '<text2:text>'",
                "redis 4.0+",
                source="module.c:RM_EmitAOF",
            ),
            wording(
                "Fatal: AOF method for module data type '<text:text>' tried to call ValkeyModule_EmitAOF() with wrong format specifiers '<text2:text>'",
                "valkey 7.2+",
                source="module.c:VM_EmitAOF",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:RM_EmitAOF,module.c:VM_EmitAOF",
        ),
        message(
            "other.invalid-flag-s-for-configuration",
            "a module's configuration has unknown flags",
            wording("Invalid flag(s) for configuration", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleVerifyConfigFlags",
        ),
        message(
            "other.numeric-flag-provided-for-non-numeric-configuration",
            "a numeric flag on a configuration that is no number",
            wording("Numeric flag provided for non-numeric configuration.", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleVerifyConfigFlags",
        ),
        message(
            "other.enum-flag-provided-for-non-enum-configuration",
            "an enum flag on a configuration that is no enum",
            wording("Enum flag provided for non-enum configuration.", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleVerifyConfigFlags",
        ),
        message(
            "other.module-config-names-cannot-be-an-empty",
            "a module's configuration has an empty name",
            wording("Module config names cannot be an empty string.", "redis 7.0-7.2; valkey 7.2"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleVerifyConfigName",
        ),
        message(
            "other.invalid-character-in-module-config-name",
            "a name of a module's configuration has a forbidden character",
            wording(
                "Invalid character <char:char> in Module Config name <module:text>.",
                "redis 7.0-7.2; valkey 7.2",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleVerifyConfigName",
        ),
        message(
            "other.invalid-character-in-module-resource-name",
            "a name that a module registers has a forbidden character",
            wording(
                "Invalid character <char:char> in Module resource name <module:text>.",
                "redis 7.4+; valkey 8.0+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleVerifyResourceName",
        ),
        message(
            "other.configuration-by-the-name-already-registered",
            "a module registers a configuration twice",
            wording("Configuration by the name: <module:word> already registered", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleConfigValidityCheck",
        ),
        message(
            "other.invalid-command-info-version-missing",
            "the description of a command has no version",
            wording("Invalid command info: version missing", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-history-changes-missing",
            "an entry of a command's history says no change",
            wording("Invalid command info: history[<n:int>].changes missing", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-too-many-key-specs",
            "a command has too many key specifications",
            wording("Invalid command info: Too many key specs", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-key-specs-flags-exactly",
            "a key specification must have exactly one access flag",
            wording(
                "Invalid command info: key_specs[<n:int>].flags: Exactly one of the flags RO, RW, OW, RM required",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-flags",
            "a key specification must have exactly one access flag",
            wording(
                "Invalid command info: key_specs[<n:int>].flags: Exactly one of the flags RO, RW, OW, RM reqired",
                "redis 7.0.0",
            ),
            level="warning",
            roles="M,S",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-key-specs-flags-insert",
            "a key specification has more than one of insert, delete and update",
            wording(
                "Invalid command info: key_specs[<n:int>].flags: INSERT, DELETE and UPDATE are mutually exclusive",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-key-specs-bs-keyword",
            "a key specification lacks its keyword",
            wording(
                "Invalid command info: key_specs[<n:int>].bs.keyword.keyword required when begin_search_type is KEYWORD",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-key-specs-begin-search",
            "a key specification begins its search in an unknown way",
            wording(
                "Invalid command info: key_specs[<n:int>].begin_search_type: Invalid value <n2:int>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-key-specs-find-keys",
            "a key specification finds its keys in an unknown way",
            wording(
                "Invalid command info: key_specs[<n:int>].find_keys_type: Invalid value <n2:int>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandInfo",
        ),
        message(
            "other.invalid-command-info-argument-undefined-type",
            "an argument of a command has an unknown type",
            wording(
                'Invalid command info: Argument "<text:text>": Undefined type <n:int>',
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandArgs",
        ),
        message(
            "other.invalid-command-info-argument-token-required-when",
            "an argument of a command that is a pure token lacks its token",
            wording(
                'Invalid command info: Argument "<text:text>": token required when type is PURE_TOKEN',
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandArgs",
        ),
        message(
            "other.invalid-command-info-argument-key-spec-index",
            "the key specification of an argument is missing, or too much",
            wording(
                'Invalid command info: Argument "<text:text>": key_spec_index required when type is KEY',
                "redis 7.0+; valkey 7.2+",
            ),
            wording(
                'Invalid command info: Argument "<text:text>": key_spec_index specified but type isn\'t KEY',
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandArgs",
        ),
        message(
            "other.invalid-command-info-argument-invalid-flags",
            "an argument of a command has unknown flags",
            wording('Invalid command info: Argument "<text:text>": Invalid flags', "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandArgs",
        ),
        message(
            "other.invalid-command-info-argument-subargs-required-when",
            "an argument of a command that is a choice or block lacks its parts",
            wording(
                'Invalid command info: Argument "<text:text>": subargs required when type is ONEOF or BLOCK',
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandArgs",
        ),
        message(
            "other.invalid-command-info-argument-subargs-specified-but",
            "an argument of a command has parts but is no choice or block",
            wording(
                'Invalid command info: Argument "<text:text>": subargs specified but type isn\'t ONEOF nor BLOCK',
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="module.c:moduleValidateCommandArgs",
        ),
        message(
            "other.invalid-character-in-module-configuration-name",
            "a name of a configuration is not allowed",
            wording(
                "Invalid character <char:char> in Module configuration name or alias <text:text>.",
                "redis 8.0+",
            ),
            level="warning",
            roles="M,S",
            source="module.c:moduleVerifyUnprefixedName",
        ),
        message(
            "other.invalid-character-sequence-in-module-configuration",
            "a name of a configuration is not allowed",
            wording(
                "Invalid character sequence in Module configuration name or alias: <text:text>", "redis 8.0+"
            ),
            level="warning",
            roles="M,S",
            source="module.c:moduleVerifyUnprefixedName",
        ),
        message(
            "other.module-configuration-name-is-empty",
            "a name of a configuration is empty",
            wording("Module configuration name is empty: <text:text>", "redis 8.0+"),
            level="warning",
            roles="M,S",
            source="module.c:moduleVerifyUnprefixedName",
        ),
        message(
            "other.module-configuration-name-or-alias-is",
            "a name of a configuration is empty",
            wording("Module configuration name or alias is empty : <text:text>", "redis 8.0+"),
            level="warning",
            roles="M,S",
            source="module.c:moduleVerifyUnprefixedName",
        ),
    )
