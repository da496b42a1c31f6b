"""Certificates that are read anew, and users that a certificate names."""

from redislog.events.base import Event, event, message, wording


@event
class TlsReloadStarted(Event):
    """Files of certificates changed, and are read in the background (``tls-auto-reload-interval``).

    Source: Valkey 9.1+, ``tls.c:tlsConfigure``.
    """

    CATEGORY = "other"

    MESSAGES = (
        message(
            "tls.reload-started",
            "files of certificates changed",
            wording("TLS materials changed, reloading in background", "valkey 9.1+"),
            level="notice",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
    )


@event
class TlsReloaded(Event):
    """New certificates are in use.

    Source: Valkey 9.1+, ``tls.c:tlsApplyPendingReload``.
    """

    CATEGORY = "other"

    MESSAGES = (
        message(
            "tls.reloaded",
            "new certificates are in use",
            wording("TLS materials reloaded successfully", "valkey 9.1+"),
            level="notice",
            roles="M,S",
            source="tls.c:tlsApplyPendingReload",
        ),
    )


@event
class TlsReloadFailed(Event):
    """New files of certificates cannot be used; the old ones stay in use.

    Source: Valkey 9.1+, ``tls.c:tlsConfigure``.
    """

    CATEGORY = "other"

    MESSAGES = (
        message(
            "tls.reload-failed",
            "the new files cannot be used",
            wording("Background TLS reload failed", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
    )


@event
class TlsCertificateUnread(Event):
    """A file of a certificate cannot be read.

    ``path`` is the file. Source: Valkey 9.1+, ``tls.c:getCertFingerprint``.
    """

    CATEGORY = "other"

    path: str
    error: str | None = None

    MESSAGES = (
        message(
            "other.failed-to-compute-certificate-fingerprint-for",
            "no fingerprint could be made",
            wording("Failed to compute certificate fingerprint for '<path:path>'", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="tls.c:getCertFingerprint",
        ),
        message(
            "other.failed-to-open-certificate-file",
            "the file cannot be opened",
            wording("Failed to open certificate file '<path:path>': <error:errno>", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="tls.c:getCertFingerprint",
        ),
        message(
            "other.failed-to-parse-x509-certificate-from",
            "the file is no certificate",
            wording("Failed to parse X509 certificate from '<path:path>'", "valkey 9.1+"),
            level="warning",
            roles="M,S",
            source="tls.c:getCertFingerprint",
        ),
    )


@event
class TlsStep(Event):
    """A step of setting up TLS; for debugging.

    Source: Valkey 9.1+, ``tls.c``.
    """

    CATEGORY = "other"

    n: int | None = None
    n2: int | None = None

    MESSAGES = (
        message(
            "tls.reconfiguring",
            "certificates are read in the background",
            wording("Background TLS reconfiguration started", "valkey 9.1+"),
            wording("Reconfiguring TLS", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.configuring-tls",
            "TLS is set up",
            wording("Configuring TLS", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.background-tls-reload-parsed-tls-materials",
            "the new files can be used",
            wording("Background TLS reload parsed TLS materials successfully", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.discarding-pending-tls-reload-with-unchanged",
            "nothing changed",
            wording("Discarding pending TLS reload with unchanged materials", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsApplyPendingReload",
        ),
        message(
            "other.replacing-previous-pending-tls-reload",
            "newer files came",
            wording("Replacing previous pending TLS reload", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.tls-reload-skipped-materials-unchanged",
            "nothing changed",
            wording("TLS reload skipped: materials unchanged", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.conntlswritev-cannot-satisfy-last-failed-write",
            "a write cannot go on where the last one stopped",
            wording(
                "connTLSWritev: cannot satisfy last_failed_write_data_len (<n:int> < <n2:int>)", "valkey 9.1+"
            ),
            level="warning",
            roles="M,S",
            source="tls.c:connTLSWritev",
        ),
    )


@event
class TlsUserFound(Event):
    """A client is who its certificate says (``tls-auth-clients-user``), or nobody fits it.

    ``user`` is the user, or what the certificate names. Source: Redis 8.6+, Valkey 9.0+, ``networking.c:clientAcceptHandler``,
    ``tls.c:tlsGetPeerUser``.
    """

    CATEGORY = "other"

    user: str | None = None
    field: str | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "other.tls-auto-authenticated-client-as",
            "a client is who its certificate says",
            wording("TLS: Auto-authenticated client as <user:text>", "redis 8.6+; valkey 9.0+"),
            level="verbose",
            roles="M,S",
            source="networking.c:clientAcceptHandler",
        ),
        message(
            "other.tls-failed-to-extract-field-from",
            "the certificate lacks a field",
            wording("TLS: Failed to extract field '<field:text>' from certificate", "redis 8.6+"),
            level="notice",
            roles="M,S",
            source="tls.c:tlsGetPeerUsername",
        ),
        message(
            "other.tls-client-certificate-verification-failed",
            "the client's certificate is not good",
            wording("TLS: Client certificate verification failed: <error:text>", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsGetPeerUser",
        ),
        message(
            "other.tls-failed-to-extract-cn-in",
            "the certificate lacks a name",
            wording("TLS: Failed to extract CN in certificate subject", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:tlsGetPeerUser",
        ),
        message(
            "other.tls-invalid-or-malformed-san-uri",
            "an address in the certificate is no URI",
            wording("TLS: Invalid or malformed SAN URI in certificate", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="tls.c:getValidUserFromCertSanUri",
        ),
        message(
            "other.tls-no-matching-user-found-for",
            "nobody has that name",
            wording("TLS: No matching user found for certificate CN <user:text>", "valkey 9.1+"),
            level="verbose",
            roles="M,S",
            source="tls.c:tlsGetPeerUser",
        ),
        message(
            "other.tls-no-matching-user-found-in",
            "nobody has that address",
            wording("TLS: No matching user found in certificate SAN URI fields", "valkey 9.1+"),
            level="verbose",
            roles="M,S",
            source="tls.c:tlsGetPeerUser",
        ),
    )
