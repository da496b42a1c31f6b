"""RDMA connections (Valkey 8.0+)."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "rdma.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="rdmaResolveAddr")
class RdmaMessage(Event):
    """The RDMA transport failed in a call, met a wrong peer or setting, or ignored an event.

    ``error`` is the error text of the operating system; ``code`` a return code; ``text`` a status, an
    argument or an event; ``hex`` and ``hex2`` are status and operation codes; ``addr`` and ``port`` are
    where to listen; ``n`` is the largest number of bind addresses. Source: Valkey 8.0+, ``rdma.c``.
    """

    code: int | None = None
    text: str | None = None
    hex: str | None = None
    hex2: str | None = None
    error: str | None = None
    addr: str | None = None
    port: int | None = None
    n: int | None = None

    MESSAGES = (
        message("other.rdma-post-recv-failed", by="rdmaPostRecv")(
            "a receive request could not be posted",
            "valkey 8.0+: RDMA: post recv failed: <code:int>",
            "valkey 8.0+, by rdmaSetupIoBuf: RDMA: post recv failed",
        ),
        message("other.rdma-reg-mr-for-cmd-failed", by="rdmaSetupIoBuf")(
            "memory for commands could not be registered", "valkey 8.0+: RDMA: reg mr for CMD failed"
        ),
        message("other.rdma-reg-mr-for-recv-buffer-failed", by="rdmaSetupIoBuf")(
            "memory for receiving could not be registered", "valkey 8.0+: RDMA: reg mr for recv buffer failed"
        ),
        message("other.rdma-ibv-ibv-query-device-failed", by="rdmaCreateResource,connRdmaAccept")(
            "the device could not be queried", "valkey 8.0+: RDMA: ibv ibv query device failed"
        ),
        message("other.rdma-ibv-alloc-pd-failed", by="rdmaCreateResource")(
            "no protection domain could be allocated", "valkey 8.0+: RDMA: ibv alloc pd failed"
        ),
        message("other.rdma-ibv-create-comp-channel-failed", by="rdmaCreateResource")(
            "no completion channel could be created", "valkey 8.0+: RDMA: ibv create comp channel failed"
        ),
        message("other.rdma-ibv-create-cq-failed", by="rdmaCreateResource")(
            "no completion queue could be created", "valkey 8.0+: RDMA: ibv create cq failed"
        ),
        message("other.rdma-create-qp-failed", by="rdmaCreateResource")(
            "no queue pair could be created", "valkey 8.0+: RDMA: create qp failed"
        ),
        message("other.rdma-fatal-error-recv-corrupted-cmd", by="rdmaAdjustSendbuf,connRdmaHandleRecv")(
            "the peer sent a corrupt command", "valkey 8.0+: RDMA: FATAL error, recv corrupted cmd"
        ),
        message("other.rdma-post-send-failed", by="rdmaSendCommand,connRdmaSend")(
            "a send request could not be posted", "valkey 8.0+: RDMA: post send failed: <code:int>"
        ),
        message("other.rdma-fatal-error-unknown-cmd", by="connRdmaHandleRecv")(
            "the peer sent an unknown command", "valkey 8.0+: RDMA: FATAL error, unknown cmd"
        ),
        message("other.rdma-get-cq-event-error", by="connRdmaHandleCq")(
            "an event of the completion queue could not be read", "valkey 8.0+: RDMA: get CQ event error"
        ),
        message("other.rdma-notify-cq-error", by="connRdmaHandleCq")(
            "the completion queue could not be asked for events", "valkey 8.0+: RDMA: notify CQ error"
        ),
        message("other.rdma-poll-recv-cq-error", by="connRdmaHandleCq")(
            "the completion queue could not be polled", "valkey 8.0+: RDMA: poll recv CQ error"
        ),
        message("other.rdma-cq-handle-error-status-0x-opcode", by="connRdmaHandleCq")(
            "a request completed with an error",
            "valkey 8.0+: RDMA: CQ handle error status: <text:text>[0x<hex:hex>], opcode : 0x<hex2:hex>",
        ),
        message("other.rdma-unexpected-opcode-0x", by="connRdmaHandleCq")(
            "a request of an unexpected kind completed", "valkey 8.0+: RDMA: unexpected opcode 0x[<hex:hex>]"
        ),
        message("other.rdma-listen-channel-rdma-get-cm-event", by="rdmaAccept")(
            "an event of the listening channel could not be read",
            "valkey 8.0+: RDMA: listen channel rdma_get_cm_event failed, <error:errno>",
        ),
        message("other.rdma-client-channel-rdma-get-cm-event", by="rdmaCMeventHandler")(
            "an event of a client's channel could not be read",
            "valkey 8.0+: RDMA: client channel rdma_get_cm_event failed, <error:errno>",
        ),
        message("other.ack-cm-event-failed", by="rdmaAccept")(
            "an event of the listening channel could not be acknowledged",
            "valkey 8.0+: ack cm event failed\\n",
        ),
        message("other.rdma-ack-cm-event-failed", level="notice", by="rdmaCMeventHandler")(
            "an event of a client's channel could not be acknowledged",
            "valkey 8.0+: RDMA: ack cm event failed\\n",
        ),
        message("other.rdma-out-of-memory")("no memory for a connection", "valkey 8.0+: RDMA: Out of memory"),
        message("other.rdma-create-event-channel-failed", by="rdmaResolveAddr,rdmaServer")(
            "no event channel could be created", "valkey 8.0+: RDMA: create event channel failed"
        ),
        message("other.rdma-create-id-failed")(
            "no connection ID could be created", "valkey 8.0+: RDMA: create id failed"
        ),
        message("other.rdma-set-cm-channel-fd-non-block")(
            "the event channel could not be made non-blocking",
            "valkey 8.0+: RDMA: set cm channel fd non-block failed",
        ),
        message("other.rdma-bad-server-addr-info")(
            "the address to connect to could not be resolved", "valkey 8.0+: RDMA: bad server addr info"
        ),
        message("other.rdma-unsupported-family")(
            "the address family is not supported", "valkey 8.0+: RDMA: Unsupported family"
        ),
        message("other.rdma-server-addr-not-available")(
            "no address to connect to could be used", "valkey 8.0+: RDMA: server addr not available"
        ),
        message("other.rdma-could-not-create-server-for", by="connRdmaListen")(
            "the server cannot listen on an address",
            "valkey 8.0+: RDMA: Could not create server for <addr:host>:<port:port>: <error:errno>",
        ),
        message("other.rdma-fatal-error-ibv-fork-init-failed", by="rdmaInit")(
            "the RDMA library could not be made ready for forks",
            "valkey 8.0+: RDMA: FATAL error, ibv_fork_init failed",
        ),
        message("other.rdma-unsupported-bind", by="rdmaSetBind")(
            "too many bind addresses", "valkey 8.0: RDMA: Unsupported bind ( > <n:int>)"
        ),
        message("other.rdma-unsupported-argument", by="ValkeyModule_OnLoad")(
            "the RDMA module got an unknown argument", 'valkey 8.0: RDMA: Unsupported argument "<text:text>"'
        ),
        message("other.rdma-listen-channel-ignore-event", level="notice", by="rdmaAccept")(
            "an event of the listening channel was ignored",
            "valkey 8.0+: RDMA: listen channel ignore event: <text:text>",
        ),
        message("other.rdma-client-channel-ignore-event", level="notice", by="rdmaCMeventHandler")(
            "an event of a client's channel was ignored",
            "valkey 8.0+: RDMA: client channel ignore event: <text:text>",
        ),
    )
