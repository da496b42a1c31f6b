"""Changes of the configuration at run time: ``CONFIG REWRITE``, and ``CONFIG SET`` that failed."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "config.c", level="warning", roles="M,S,X")


@event(_PRINTER, level="debug")
class ConfigRewritten(Event):
    """The configuration file was rewritten with the current settings.

    ``path`` is the file; ``option`` is an option that was left as it stood. Source: Redis 2.8+,
    ``config.c:configRewriteCommand`` and ``config.c:rewriteConfigOverwriteFile``.
    """

    path: str | None = None
    option: str | None = None

    MESSAGES = (
        message("other.config-rewrite-executed-with-success")(
            "CONFIG REWRITE succeeded",
            "2.8+, at warning until 7.0, then notice, by config{,Rewrite}Command: CONFIG REWRITE executed with success.",
        ),
        message("other.rewritten-config-file-successfully", by="rewriteConfigOverwriteFile")(
            "the configuration file was replaced", "6.0+: Rewritten config file (<path:path>) successfully"
        ),
        message("other.not-rewritten-option", by="rewriteConfigRemoveOrphaned")(
            "an option of the file was left as it stood", "2.8+: Not rewritten option: <option:word>"
        ),
    )


@event(_PRINTER, by="rewriteConfigOverwriteFile")
class ConfigRewriteFailed(Event):
    """The configuration file could not be rewritten, or not surely put on disk.

    ``error`` is the error text of the operating system; ``n`` is bytes written before. Source: Redis 2.8+,
    ``config.c:configRewriteCommand`` and ``config.c:rewriteConfigOverwriteFile``.
    """

    error: str
    n: int | None = None

    MESSAGES = (
        message("other.config-rewrite-failed", by="config{,Rewrite}Command")(
            "CONFIG REWRITE failed", "2.8+: CONFIG REWRITE failed: <error:errno>"
        ),
        message("other.could-not-create-tmp-config-file")(
            "the temporary file could not be created",
            "6.0+: Could not create tmp config file (<error:errno>)",
        ),
        message("other.failed-after-writing-bytes-to-tmp-config")(
            "the temporary file could not be written",
            "6.0+: Failed after writing (<n:int>) bytes to tmp config file (<error:errno>)",
        ),
        message("other.could-not-sync-tmp-config-file-to")(
            "the temporary file could not be fsynced",
            "6.0+: Could not sync tmp config file to disk (<error:errno>)",
        ),
        message("other.could-not-chmod-config-file")(
            "the temporary file's permissions could not be set",
            "6.0+: Could not chmod config file (<error:errno>)",
        ),
        message("other.could-not-rename-tmp-config-file")(
            "the new file could not be moved into place",
            "6.0+: Could not rename tmp config file (<error:errno>)",
        ),
        message("other.could-not-sync-config-file-dir")(
            "the file's directory could not be fsynced",
            "7.0+: Could not sync config file dir (<error:errno>)",
        ),
    )


@event(_PRINTER, by="restoreBackupConfig")
class ConfigSetFailed(Event):
    """``CONFIG SET`` could not be applied, or the former settings could not be restored after that.

    ``text`` is the setting, ``text2`` the value to restore, ``error`` the reason. Source: Redis 7.0+,
    ``config.c:configSetCommand`` and ``config.c:restoreBackupConfig``.
    """

    text: str | None = None
    text2: str | None = None
    error: str | None = None
    option: str | None = None

    MESSAGES = (
        message("other.failed-applying-new-configuration-possibly-related-to", by="configSetCommand")(
            "a new setting could not be applied: the former ones are restored",
            "redis 7.0-8.0; valkey 7.2+: Failed applying new configuration. Possibly related to new <text:text> setting. Restoring previous settings.",
        ),
        message("other.failed-applying-new-module-configuration-restoring-previous", by="configSetCommand")(
            "a module's new setting could not be applied: the former ones are restored",
            "redis 7.0-8.0; valkey 7.2+: Failed applying new module configuration. Restoring previous settings.",
        ),
        message("other.failed-restoring-failed-config-set-command-error")(
            "a former setting could not be restored",
            "7.0+: Failed restoring failed CONFIG SET command. Error setting <text:text> to '<text2:text>': <error:text>",
        ),
        message("other.failed-applying-restored-failed-config-set-command")(
            "the restored settings could not be applied",
            "redis 7.0-8.0; valkey 7.2+: Failed applying restored failed CONFIG SET command: <error:text>",
        ),
        message("other.failed-applying-restored-config-set-command", roles="M,S")(
            "the old settings could not be set again",
            "redis 8.2+: Failed applying restored CONFIG SET command. Error applying <option:word>: <error:text>",
        ),
    )
