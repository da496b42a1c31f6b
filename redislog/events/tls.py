"""TLS: certificates, keys, ciphers and protocols that could not be used."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "tls.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="tlsConfigure")
class TlsConfigFailed(Event):
    """A part of the TLS configuration could not be used: TLS is not available, or stays as it was.

    ``path`` is the file; ``text`` and ``error`` are the reason in OpenSSL's or the operating system's words.
    Source: Redis 6.0+, ``tls.c:tlsConfigure`` and ``tls.c:createSSLContext``.
    """

    path: str | None = None
    text: str | None = None
    error: str | None = None

    MESSAGES = (
        message("other.invalid-tls-protocols-configuration-string", by="parseProtocolsConfig")(
            "tls-protocols cannot be read", "6.0+: Invalid tls-protocols configuration string"
        ),
        message("other.tlsv1-3-is-specified-in-tls-protocols", by="parseProtocolsConfig")(
            "tls-protocols names TLSv1.3, which this OpenSSL lacks",
            "6.0+: TLSv1.3 is specified in tls-protocols but not supported by OpenSSL.",
        ),
        message("other.invalid-tls-protocols-specified-use-a-combination", by="parseProtocolsConfig")(
            "tls-protocols names an unknown protocol",
            "6.0+: Invalid tls-protocols specified. Use a combination of 'TLSv1', 'TLSv1.1', 'TLSv1.2' and 'TLSv1.3'.",
        ),
        message("other.openssl-failed-to-seed-random-number-generator", by="tlsInit")(
            "OpenSSL has no random numbers", "6.0+: OpenSSL: Failed to seed random number generator."
        ),
        message("other.no-tls-cert-file-configured")(
            "there is no tls-cert-file", "6.0+: No tls-cert-file configured!"
        ),
        message("other.no-tls-key-file-configured")(
            "there is no tls-key-file", "6.0+: No tls-key-file configured!"
        ),
        message("other.either-tls-ca-cert-file-or-tls")(
            "there is no CA certificate though peers must be checked",
            "6.0+: Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster, tls-replication or tls-auth-clients are enabled!",
        ),
        message("other.either-tls-ca-cert-file")(
            "there is no CA certificate",
            "redis 6.0.0: Either tls-ca-cert-file or tls-ca-cert-dir must be configured!",
        ),
        message("other.failed-to-load-certificate", by="tlsConfigure,createSSLContext")(
            "the certificate could not be loaded",
            "6.0+: Failed to load certificate: <path:path>: <text:text>",
        ),
        message("other.failed-to-load-private-key", by="tlsConfigure,createSSLContext")(
            "the private key could not be loaded",
            "6.0+: Failed to load private key: <path:path>: <text:text>",
        ),
        message("other.failed-to-configure-ca-certificate-s-file", by="tlsConfigure,createSSLContext")(
            "the CA certificates could not be loaded",
            "6.0+: Failed to configure CA certificate(s) file/directory: <text:text>",
        ),
        message("other.failed-to-load")(
            "the file of DH parameters could not be opened", "6.0+: Failed to load <path:path>: <error:errno>"
        ),
        message("other.failed-to-read-dh-params")(
            "the file of DH parameters could not be read", "6.0+: <path:path>: failed to read DH params."
        ),
        message("other.failed-to-load-dh-params-file")(
            "the DH parameters could not be used",
            "6.0+: Failed to load DH params file: <path:path>: <text:text>",
        ),
        message("other.no-decoder-for-dh-params")(
            "OpenSSL cannot decode DH parameters", "6.2+: No decoder for DH params."
        ),
        message("other.failed-to-configure-ciphers", by="tlsConfigure,createSSLContext")(
            "tls-ciphers could not be used", "6.0+: Failed to configure ciphers: <text:text>"
        ),
        message("other.failed-to-configure-ciphersuites", by="tlsConfigure,createSSLContext")(
            "tls-ciphersuites could not be used", "6.0+: Failed to configure ciphersuites: <text:text>"
        ),
    )
