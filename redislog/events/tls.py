"""TLS: certificates, keys, ciphers and protocols that could not be used."""

from redislog.events.base import Event, event, message, wording


@event
class TlsConfigFailed(Event):
    """A part of the TLS configuration could not be used: TLS is not available, or stays as it was.

    ``path`` is the file; ``text`` and ``error`` are the reason in OpenSSL's or the operating system's words.
    Source: Redis 6.0+, ``tls.c:tlsConfigure`` and ``tls.c:createSSLContext``.
    """

    CATEGORY = "other"

    path: str | None = None
    text: str | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "other.invalid-tls-protocols-configuration-string",
            "tls-protocols cannot be read",
            wording("Invalid tls-protocols configuration string", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:parseProtocolsConfig",
        ),
        message(
            "other.tlsv1-3-is-specified-in-tls-protocols",
            "tls-protocols names TLSv1.3, which this OpenSSL lacks",
            wording(
                "TLSv1.3 is specified in tls-protocols but not supported by OpenSSL.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="tls.c:parseProtocolsConfig",
        ),
        message(
            "other.invalid-tls-protocols-specified-use-a-combination",
            "tls-protocols names an unknown protocol",
            wording(
                "Invalid tls-protocols specified. Use a combination of 'TLSv1', 'TLSv1.1', 'TLSv1.2' and 'TLSv1.3'.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="tls.c:parseProtocolsConfig",
        ),
        message(
            "other.openssl-failed-to-seed-random-number-generator",
            "OpenSSL has no random numbers",
            wording("OpenSSL: Failed to seed random number generator.", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsInit",
        ),
        message(
            "other.no-tls-cert-file-configured",
            "there is no tls-cert-file",
            wording("No tls-cert-file configured!", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.no-tls-key-file-configured",
            "there is no tls-key-file",
            wording("No tls-key-file configured!", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.either-tls-ca-cert-file-or-tls",
            "there is no CA certificate though peers must be checked",
            wording(
                "Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster, tls-replication or tls-auth-clients are enabled!",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.either-tls-ca-cert-file",
            "there is no CA certificate",
            wording("Either tls-ca-cert-file or tls-ca-cert-dir must be configured!", "redis 6.0.0"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.failed-to-load-certificate",
            "the certificate could not be loaded",
            wording("Failed to load certificate: <path:path>: <text:text>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure,tls.c:createSSLContext",
        ),
        message(
            "other.failed-to-load-private-key",
            "the private key could not be loaded",
            wording("Failed to load private key: <path:path>: <text:text>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure,tls.c:createSSLContext",
        ),
        message(
            "other.failed-to-configure-ca-certificate-s-file",
            "the CA certificates could not be loaded",
            wording(
                "Failed to configure CA certificate(s) file/directory: <text:text>",
                "redis 6.0+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure,tls.c:createSSLContext",
        ),
        message(
            "other.failed-to-load",
            "the file of DH parameters could not be opened",
            wording("Failed to load <path:path>: <error:errno>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.failed-to-read-dh-params",
            "the file of DH parameters could not be read",
            wording("<path:path>: failed to read DH params.", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.failed-to-load-dh-params-file",
            "the DH parameters could not be used",
            wording("Failed to load DH params file: <path:path>: <text:text>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.no-decoder-for-dh-params",
            "OpenSSL cannot decode DH parameters",
            wording("No decoder for DH params.", "redis 6.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure",
        ),
        message(
            "other.failed-to-configure-ciphers",
            "tls-ciphers could not be used",
            wording("Failed to configure ciphers: <text:text>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure,tls.c:createSSLContext",
        ),
        message(
            "other.failed-to-configure-ciphersuites",
            "tls-ciphersuites could not be used",
            wording("Failed to configure ciphersuites: <text:text>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="tls.c:tlsConfigure,tls.c:createSSLContext",
        ),
    )
