"""RDMA connections (Valkey 8.0+)."""

from redislog.events.base import Event, event, message, wording


@event
class RdmaMessage(Event):
    """The RDMA transport failed in a call, met a wrong peer or setting, or ignored an event.

    ``error`` is the error text of the operating system; ``code`` a return code; ``text`` a status, an
    argument or an event; ``hex`` and ``hex2`` are status and operation codes; ``addr`` and ``port`` are
    where to listen; ``n`` is the largest number of bind addresses. Source: Valkey 8.0+, ``rdma.c``.
    """

    CATEGORY = "other"

    code: int | None = None
    text: str | None = None
    hex: str | None = None
    hex2: str | None = None
    error: str | None = None
    addr: str | None = None
    port: int | None = None
    n: int | None = None

    MESSAGES = (
        message(
            "other.rdma-post-recv-failed",
            "a receive request could not be posted",
            wording("RDMA: post recv failed: <code:int>", "valkey 8.0+"),
            wording("RDMA: post recv failed", "valkey 8.0+", source="rdma.c:rdmaSetupIoBuf"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaPostRecv",
        ),
        message(
            "other.rdma-reg-mr-for-cmd-failed",
            "memory for commands could not be registered",
            wording("RDMA: reg mr for CMD failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaSetupIoBuf",
        ),
        message(
            "other.rdma-reg-mr-for-recv-buffer-failed",
            "memory for receiving could not be registered",
            wording("RDMA: reg mr for recv buffer failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaSetupIoBuf",
        ),
        message(
            "other.rdma-ibv-ibv-query-device-failed",
            "the device could not be queried",
            wording("RDMA: ibv ibv query device failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaCreateResource,rdma.c:connRdmaAccept",
        ),
        message(
            "other.rdma-ibv-alloc-pd-failed",
            "no protection domain could be allocated",
            wording("RDMA: ibv alloc pd failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaCreateResource",
        ),
        message(
            "other.rdma-ibv-create-comp-channel-failed",
            "no completion channel could be created",
            wording("RDMA: ibv create comp channel failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaCreateResource",
        ),
        message(
            "other.rdma-ibv-create-cq-failed",
            "no completion queue could be created",
            wording("RDMA: ibv create cq failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaCreateResource",
        ),
        message(
            "other.rdma-create-qp-failed",
            "no queue pair could be created",
            wording("RDMA: create qp failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaCreateResource",
        ),
        message(
            "other.rdma-fatal-error-recv-corrupted-cmd",
            "the peer sent a corrupt command",
            wording("RDMA: FATAL error, recv corrupted cmd", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaAdjustSendbuf,rdma.c:connRdmaHandleRecv",
        ),
        message(
            "other.rdma-post-send-failed",
            "a send request could not be posted",
            wording("RDMA: post send failed: <code:int>", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaSendCommand,rdma.c:connRdmaSend",
        ),
        message(
            "other.rdma-fatal-error-unknown-cmd",
            "the peer sent an unknown command",
            wording("RDMA: FATAL error, unknown cmd", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaHandleRecv",
        ),
        message(
            "other.rdma-get-cq-event-error",
            "an event of the completion queue could not be read",
            wording("RDMA: get CQ event error", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaHandleCq",
        ),
        message(
            "other.rdma-notify-cq-error",
            "the completion queue could not be asked for events",
            wording("RDMA: notify CQ error", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaHandleCq",
        ),
        message(
            "other.rdma-poll-recv-cq-error",
            "the completion queue could not be polled",
            wording("RDMA: poll recv CQ error", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaHandleCq",
        ),
        message(
            "other.rdma-cq-handle-error-status-0x-opcode",
            "a request completed with an error",
            wording(
                "RDMA: CQ handle error status: <text:text>[0x<hex:hex>], opcode : 0x<hex2:hex>",
                "valkey 8.0+",
            ),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaHandleCq",
        ),
        message(
            "other.rdma-unexpected-opcode-0x",
            "a request of an unexpected kind completed",
            wording("RDMA: unexpected opcode 0x[<hex:hex>]", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaHandleCq",
        ),
        message(
            "other.rdma-listen-channel-rdma-get-cm-event",
            "an event of the listening channel could not be read",
            wording("RDMA: listen channel rdma_get_cm_event failed, <error:errno>", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaAccept",
        ),
        message(
            "other.rdma-client-channel-rdma-get-cm-event",
            "an event of a client's channel could not be read",
            wording("RDMA: client channel rdma_get_cm_event failed, <error:errno>", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaCMeventHandler",
        ),
        message(
            "other.ack-cm-event-failed",
            "an event of the listening channel could not be acknowledged",
            wording("ack cm event failed\\n", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaAccept",
        ),
        message(
            "other.rdma-ack-cm-event-failed",
            "an event of a client's channel could not be acknowledged",
            wording("RDMA: ack cm event failed\\n", "valkey 8.0+"),
            level="notice",
            roles="M,S,X",
            source="rdma.c:rdmaCMeventHandler",
        ),
        message(
            "other.rdma-out-of-memory",
            "no memory for a connection",
            wording("RDMA: Out of memory", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr",
        ),
        message(
            "other.rdma-create-event-channel-failed",
            "no event channel could be created",
            wording("RDMA: create event channel failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr,rdma.c:rdmaServer",
        ),
        message(
            "other.rdma-create-id-failed",
            "no connection ID could be created",
            wording("RDMA: create id failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr",
        ),
        message(
            "other.rdma-set-cm-channel-fd-non-block",
            "the event channel could not be made non-blocking",
            wording("RDMA: set cm channel fd non-block failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr",
        ),
        message(
            "other.rdma-bad-server-addr-info",
            "the address to connect to could not be resolved",
            wording("RDMA: bad server addr info", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr",
        ),
        message(
            "other.rdma-unsupported-family",
            "the address family is not supported",
            wording("RDMA: Unsupported family", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr",
        ),
        message(
            "other.rdma-server-addr-not-available",
            "no address to connect to could be used",
            wording("RDMA: server addr not available", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaResolveAddr",
        ),
        message(
            "other.rdma-could-not-create-server-for",
            "the server cannot listen on an address",
            wording(
                "RDMA: Could not create server for <addr:host>:<port:port>: <error:errno>", "valkey 8.0+"
            ),
            level="warning",
            roles="M,S,X",
            source="rdma.c:connRdmaListen",
        ),
        message(
            "other.rdma-fatal-error-ibv-fork-init-failed",
            "the RDMA library could not be made ready for forks",
            wording("RDMA: FATAL error, ibv_fork_init failed", "valkey 8.0+"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaInit",
        ),
        message(
            "other.rdma-unsupported-bind",
            "too many bind addresses",
            wording("RDMA: Unsupported bind ( > <n:int>)", "valkey 8.0"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:rdmaSetBind",
        ),
        message(
            "other.rdma-unsupported-argument",
            "the RDMA module got an unknown argument",
            wording('RDMA: Unsupported argument "<text:text>"', "valkey 8.0"),
            level="warning",
            roles="M,S,X",
            source="rdma.c:ValkeyModule_OnLoad",
        ),
        message(
            "other.rdma-listen-channel-ignore-event",
            "an event of the listening channel was ignored",
            wording("RDMA: listen channel ignore event: <text:text>", "valkey 8.0+"),
            level="notice",
            roles="M,S,X",
            source="rdma.c:rdmaAccept",
        ),
        message(
            "other.rdma-client-channel-ignore-event",
            "an event of a client's channel was ignored",
            wording("RDMA: client channel ignore event: <text:text>", "valkey 8.0+"),
            level="notice",
            roles="M,S,X",
            source="rdma.c:rdmaCMeventHandler",
        ),
    )
