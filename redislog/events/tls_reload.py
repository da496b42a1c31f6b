"""Certificates that are read anew, and users that a certificate names."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "tls.c", level="debug", roles="M,S")


@event(_PRINTER, level="notice", by="tlsConfigure")
class TlsReloadStarted(Event):
    """Files of certificates changed, and are read in the background (``tls-auto-reload-interval``).

    Source: Valkey 9.1+, ``tls.c:tlsConfigure``.
    """

    MESSAGES = (
        message("tls.reload-started")(
            "files of certificates changed", "valkey 9.1+: TLS materials changed, reloading in background"
        ),
    )


@event(_PRINTER, level="notice", by="tlsApplyPendingReload")
class TlsReloaded(Event):
    """New certificates are in use.

    Source: Valkey 9.1+, ``tls.c:tlsApplyPendingReload``.
    """

    MESSAGES = (
        message("tls.reloaded")(
            "new certificates are in use", "valkey 9.1+: TLS materials reloaded successfully"
        ),
    )


@event(_PRINTER, level="warning", by="tlsConfigure")
class TlsReloadFailed(Event):
    """New files of certificates cannot be used; the old ones stay in use.

    Source: Valkey 9.1+, ``tls.c:tlsConfigure``.
    """

    MESSAGES = (
        message("tls.reload-failed")(
            "the new files cannot be used", "valkey 9.1+: Background TLS reload failed"
        ),
    )


@event(_PRINTER, level="warning", by="getCertFingerprint")
class TlsCertificateUnread(Event):
    """A file of a certificate cannot be read.

    ``path`` is the file. Source: Valkey 9.1+, ``tls.c:getCertFingerprint``.
    """

    path: str
    error: str | None = None

    MESSAGES = (
        message("other.failed-to-compute-certificate-fingerprint-for")(
            "no fingerprint could be made",
            "valkey 9.1+: Failed to compute certificate fingerprint for '<path:path>'",
        ),
        message("other.failed-to-open-certificate-file")(
            "the file cannot be opened",
            "valkey 9.1+: Failed to open certificate file '<path:path>': <error:errno>",
        ),
        message("other.failed-to-parse-x509-certificate-from")(
            "the file is no certificate", "valkey 9.1+: Failed to parse X509 certificate from '<path:path>'"
        ),
    )


@event(_PRINTER, by="tlsConfigure")
class TlsStep(Event):
    """A step of setting up TLS; for debugging.

    Source: Valkey 9.1+, ``tls.c``.
    """

    n: int | None = None
    n2: int | None = None

    MESSAGES = (
        message("tls.reconfiguring")(
            "certificates are read in the background",
            "valkey 9.1+: Background TLS reconfiguration started",
            "valkey 9.1+: Reconfiguring TLS",
        ),
        message("other.configuring-tls")("TLS is set up", "valkey 9.1+: Configuring TLS"),
        message("other.background-tls-reload-parsed-tls-materials")(
            "the new files can be used",
            "valkey 9.1+: Background TLS reload parsed TLS materials successfully",
        ),
        message("other.discarding-pending-tls-reload-with-unchanged", by="tlsApplyPendingReload")(
            "nothing changed", "valkey 9.1+: Discarding pending TLS reload with unchanged materials"
        ),
        message("other.replacing-previous-pending-tls-reload")(
            "newer files came", "valkey 9.1+: Replacing previous pending TLS reload"
        ),
        message("other.tls-reload-skipped-materials-unchanged")(
            "nothing changed", "valkey 9.1+: TLS reload skipped: materials unchanged"
        ),
        message("other.conntlswritev-cannot-satisfy-last-failed-write", level="warning", by="connTLSWritev")(
            "a write cannot go on where the last one stopped",
            "valkey 9.1+: connTLSWritev: cannot satisfy last_failed_write_data_len (<n:int> < <n2:int>)",
        ),
    )


@event(_PRINTER, by="tlsGetPeerUser")
class TlsUserFound(Event):
    """A client is who its certificate says (``tls-auth-clients-user``), or nobody fits it.

    ``user`` is the user, or what the certificate names. Source: Redis 8.6+, Valkey 9.0+, ``networking.c:clientAcceptHandler``,
    ``tls.c:tlsGetPeerUser``.
    """

    user: str | None = None
    field: str | None = None
    error: str | None = None

    MESSAGES = (
        message("other.tls-auto-authenticated-client-as")(
            "a client is who its certificate says",
            "redis 8.6+; valkey 9.0+, at verbose, by networking.c:clientAcceptHandler: TLS: Auto-authenticated client as <user:text>",
        ),
        message("other.tls-failed-to-extract-field-from", level="notice", by="tlsGetPeerUsername")(
            "the certificate lacks a field",
            "redis 8.6+: TLS: Failed to extract field '<field:text>' from certificate",
        ),
        message("other.tls-client-certificate-verification-failed")(
            "the client's certificate is not good",
            "valkey 9.1+: TLS: Client certificate verification failed: <error:text>",
        ),
        message("other.tls-failed-to-extract-cn-in")(
            "the certificate lacks a name", "valkey 9.1+: TLS: Failed to extract CN in certificate subject"
        ),
        message("other.tls-invalid-or-malformed-san-uri", by="getValidUserFromCertSanUri")(
            "an address in the certificate is no URI",
            "valkey 9.1+: TLS: Invalid or malformed SAN URI in certificate",
        ),
        message("other.tls-no-matching-user-found-for", level="verbose")(
            "nobody has that name", "valkey 9.1+: TLS: No matching user found for certificate CN <user:text>"
        ),
        message("other.tls-no-matching-user-found-in", level="verbose")(
            "nobody has that address",
            "valkey 9.1+: TLS: No matching user found in certificate SAN URI fields",
        ),
    )
