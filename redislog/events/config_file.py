"""Changes of the configuration at run time: ``CONFIG REWRITE``, and ``CONFIG SET`` that failed."""

from redislog.events.base import Event, event, message, wording


@event
class ConfigRewritten(Event):
    """The configuration file was rewritten with the current settings.

    ``path`` is the file; ``option`` is an option that was left as it stood. Source: Redis 2.8+,
    ``config.c:configRewriteCommand`` and ``config.c:rewriteConfigOverwriteFile``.
    """

    CATEGORY = "other"

    path: str | None = None
    option: str | None = None

    MESSAGES = (
        message(
            "other.config-rewrite-executed-with-success",
            "CONFIG REWRITE succeeded",
            wording("CONFIG REWRITE executed with success.", "redis 2.8+; valkey 7.2+"),
            level="warning[redis 2.8-7.0] notice[redis 7.2+; valkey 7.2+]",
            roles="M,S,X",
            source="config.c:configCommand,config.c:configRewriteCommand",
        ),
        message(
            "other.rewritten-config-file-successfully",
            "the configuration file was replaced",
            wording("Rewritten config file (<path:path>) successfully", "redis 6.0+; valkey 7.2+"),
            level="debug",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
        message(
            "other.not-rewritten-option",
            "an option of the file was left as it stood",
            wording("Not rewritten option: <option:word>", "redis 2.8+; valkey 7.2+"),
            level="debug",
            roles="M,S,X",
            source="config.c:rewriteConfigRemoveOrphaned",
        ),
    )


@event
class ConfigRewriteFailed(Event):
    """The configuration file could not be rewritten, or not surely put on disk.

    ``error`` is the error text of the operating system; ``n`` is bytes written before. Source: Redis 2.8+,
    ``config.c:configRewriteCommand`` and ``config.c:rewriteConfigOverwriteFile``.
    """

    CATEGORY = "other"

    error: str
    n: int | None = None

    MESSAGES = (
        message(
            "other.config-rewrite-failed",
            "CONFIG REWRITE failed",
            wording("CONFIG REWRITE failed: <error:errno>", "redis 2.8+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:configCommand,config.c:configRewriteCommand",
        ),
        message(
            "other.could-not-create-tmp-config-file",
            "the temporary file could not be created",
            wording("Could not create tmp config file (<error:errno>)", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
        message(
            "other.failed-after-writing-bytes-to-tmp-config",
            "the temporary file could not be written",
            wording(
                "Failed after writing (<n:int>) bytes to tmp config file (<error:errno>)",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
        message(
            "other.could-not-sync-tmp-config-file-to",
            "the temporary file could not be fsynced",
            wording("Could not sync tmp config file to disk (<error:errno>)", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
        message(
            "other.could-not-chmod-config-file",
            "the temporary file's permissions could not be set",
            wording("Could not chmod config file (<error:errno>)", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
        message(
            "other.could-not-rename-tmp-config-file",
            "the new file could not be moved into place",
            wording("Could not rename tmp config file (<error:errno>)", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
        message(
            "other.could-not-sync-config-file-dir",
            "the file's directory could not be fsynced",
            wording("Could not sync config file dir (<error:errno>)", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="config.c:rewriteConfigOverwriteFile",
        ),
    )


@event
class ConfigSetFailed(Event):
    """``CONFIG SET`` could not be applied, or the former settings could not be restored after that.

    ``text`` is the setting, ``text2`` the value to restore, ``error`` the reason. Source: Redis 7.0+,
    ``config.c:configSetCommand`` and ``config.c:restoreBackupConfig``.
    """

    CATEGORY = "other"

    text: str | None = None
    text2: str | None = None
    error: str | None = None
    option: str | None = None

    MESSAGES = (
        message(
            "other.failed-applying-new-configuration-possibly-related-to",
            "a new setting could not be applied: the former ones are restored",
            wording(
                "Failed applying new configuration. Possibly related to new <text:text> setting. Restoring previous settings.",
                "redis 7.0-8.0; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="config.c:configSetCommand",
        ),
        message(
            "other.failed-applying-new-module-configuration-restoring-previous",
            "a module's new setting could not be applied: the former ones are restored",
            wording(
                "Failed applying new module configuration. Restoring previous settings.",
                "redis 7.0-8.0; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="config.c:configSetCommand",
        ),
        message(
            "other.failed-restoring-failed-config-set-command-error",
            "a former setting could not be restored",
            wording(
                "Failed restoring failed CONFIG SET command. Error setting <text:text> to '<text2:text>': <error:text>",
                "redis 7.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="config.c:restoreBackupConfig",
        ),
        message(
            "other.failed-applying-restored-failed-config-set-command",
            "the restored settings could not be applied",
            wording(
                "Failed applying restored failed CONFIG SET command: <error:text>",
                "redis 7.0-8.0; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="config.c:restoreBackupConfig",
        ),
        message(
            "other.failed-applying-restored-config-set-command",
            "the old settings could not be set again",
            wording(
                "Failed applying restored CONFIG SET command. Error applying <option:word>: <error:text>",
                "redis 8.2+",
            ),
            level="warning",
            roles="M,S",
            source="config.c:restoreBackupConfig",
        ),
    )
