"""Access control: users, rules and the ACL file."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "acl.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="ACLSaveToFile")
class AclSaveFailed(Event):
    """``ACL SAVE`` could not write the ACL file, or not surely put it on disk.

    ``error`` is the error text of the operating system. Source: Redis 6.0+, ``acl.c:ACLSaveToFile``.
    """

    error: str

    MESSAGES = (
        message("other.opening-temp-acl-file-for-acl-save")(
            "the temporary ACL file could not be opened",
            "6.0+: Opening temp ACL file for ACL SAVE: <error:errno>",
        ),
        message("other.writing-acl-file-for-acl-save")(
            "the temporary ACL file could not be written",
            "6.0+: Writing ACL file for ACL SAVE: <error:errno>",
        ),
        message("other.syncing-acl-file-for-acl-save")(
            "the temporary ACL file could not be fsynced",
            "7.2+: Syncing ACL file for ACL SAVE: <error:errno>",
        ),
        message("other.renaming-acl-file-for-acl-save")(
            "the new ACL file could not be moved into place",
            "6.0+: Renaming ACL file for ACL SAVE: <error:errno>",
        ),
        message("other.syncing-acl-directory-for-acl-save")(
            "the directory of the ACL file could not be fsynced",
            "7.2+: Syncing ACL directory for ACL SAVE: <error:errno>",
        ),
    )


@event(_PRINTER, by="ACLLoadUsersAtStartup")
class AclLoadFailed(Event):
    """Users or their rules could not be loaded, mostly at start, and then the server exits.

    ``text`` is the bad rule, ``text2`` the user's name, ``text3`` the reason; ``errors`` are all errors of
    the ACL file; ``rules`` are the rules that disagree; ``product`` is the server's product. Source: Redis
    6.0+, ``acl.c:ACLLoadUsersAtStartup`` and ``acl.c:ACLLoadConfiguredUsers``.
    """

    rules: str | None = None
    text: str | None = None
    text2: str | None = None
    text3: str | None = None
    product: str | None = None
    errors: str | None = None

    MESSAGES = (
        message("other.critical-error-user-acls-don-t-match", by="ACLDescribe{User,Selector}CommandRules")(
            "a user's rules and permission bits disagree (a bug of the server)",
            "6.0+: CRITICAL ERROR: User ACLs don't match final bitmap: '<rules:text>'",
        ),
        message("other.spaces-not-allowed-in-acl-usernames", by="ACLLoadConfiguredUsers")(
            "a configured user's name contains blanks", "6.0+: Spaces not allowed in ACL usernames"
        ),
        message("other.error-loading-acl-rule-for-the-user", by="ACLLoadConfiguredUsers")(
            "a configured user's rule is invalid",
            "6.0+: Error loading ACL rule '<text:text>' for the user named '<text2:text>': <text3:text>",
        ),
        message("other.critical-error-while-loading-acls-exiting")(
            "the configured users could not be loaded and the server exits",
            "6.0+: Critical error while loading ACLs. Exiting.",
        ),
        message("other.configuring-valkey-with-users-defined-in-valkey")(
            "users are configured twice, in the configuration and in an ACL file",
            "redis 6.0+; valkey 7.2: Configuring Redis with users defined in redis.conf and at the same setting an ACL file path is invalid. This setup is very likely to lead to configuration errors and security holes, please define either an ACL file or declare users directly in your redis.conf, but not both.",
        ),
        message("other.configuring-with-users-defined-in-valkey-conf")(
            "users are configured twice, in the configuration and in an ACL file",
            "valkey 8.0+: Configuring <product:Valkey> with users defined in valkey.conf and at the same setting an ACL file path is invalid. This setup is very likely to lead to configuration errors and security holes, please define either an ACL file or declare users directly in your valkey.conf, but not both.",
        ),
        message("other.aborting-valkey-startup-because-of-acl-errors")(
            "the ACL file is invalid and the server exits",
            "redis 6.0+; valkey 7.2: Aborting Redis startup because of ACL errors: <errors:text>",
        ),
        message("other.aborting-startup-because-of-acl-errors")(
            "the ACL file is invalid and the server exits",
            "valkey 8.0+: Aborting <product:Valkey> startup because of ACL errors: <errors:text>",
        ),
    )


@event(_PRINTER)
class AclWarning(Event):
    """A rule is accepted but may not do what was meant.

    ``text`` is the user's name, or the command of a deprecated rule. Source: Redis 6.0+,
    ``acl.c:ACLLoadConfiguredUsers`` and ``acl.c:ACLSetSelector``.
    """

    text: str

    MESSAGES = (
        message("other.the-user-is-disabled-there-is-no", level="notice", by="ACLLoadConfiguredUsers")(
            "a configured user is disabled, as its rules lack the on modifier",
            "6.0+: The user '<text:text>' is disabled (there is no 'on' modifier in the user description). Make sure this is not a configuration error.",
        ),
        message("other.deprecation-warning-allowing-a-first-arg-of", by="ACLSetSelector")(
            "allowing the first argument of a blocked command is deprecated",
            "7.0+: Deprecation warning: Allowing a first arg of an otherwise blocked command is a misuse of ACL and may get disabled in the future (offender: +<text:text>)",
        ),
    )
