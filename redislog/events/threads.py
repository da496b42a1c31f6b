"""Threads beside the main one: background I/O (``bio``), I/O threads, and those that answer for a crash report."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message

_PRINTER = Printer("other", "bio.c", level="warning", roles="M,S,X")


@event(_PRINTER, by="bioKillThreads")
class ThreadEnded(Event):
    """A thread was ended, as before a crash report.

    ``n`` is its job type (``bio`` up to 7.0), its number, or the thread ID. Source: Redis 2.8+,
    ``bio.c:bioKillThreads`` and ``io_threads.c:shutdownIOThread``.
    """

    n: int

    MESSAGES = (
        message("other.bio-thread-for-job-type-terminated")(
            "a background I/O thread was ended", "redis 2.8-7.0: Bio thread for job type #<n:int> terminated"
        ),
        message("other.bio-worker-thread-terminated")(
            "a background I/O thread was ended", "7.2+: Bio worker thread #<n:int> terminated"
        ),
        message("other.io-thread-tid-terminated")(
            "an I/O thread was ended",
            "6.0+, at warning[redis 6.0+; valkey 7.2] notice[valkey 8.0+], by networking.c:killIOThreads,io_threads.c:shutdownIOThread: IO thread(tid:<n:int>) terminated",
        ),
    )


@event(_PRINTER, by="bioKillThreads")
class ThreadFailed(Event):
    """A thread could not be started or joined, or does not do what it should.

    ``n`` is a job type, a thread's number, a thread ID, or the largest number of threads; ``error`` is the
    error text of the operating system. Source: Redis 2.8+, ``bio.c:bioKillThreads``,
    ``io_threads.c:createIOThread`` and ``threads_mngr.c``.
    """

    n: int | None = None
    error: str | None = None

    MESSAGES = (
        message("other.warning-bio-thread-started-with-wrong-type", by="bioProcessBackgroundJobs")(
            "a background I/O thread was started for an unknown job type",
            "redis 3.2-7.0: Warning: bio thread started with wrong type <n:int>",
        ),
        message("other.can-t-create-the-pipe-for-bio", by="bioInit")(
            "the pipe on which background I/O threads wake the server could not be made",
            "redis 7.4+: Can't create the pipe for bio thread: <error:errno>",
        ),
        message("other.fatal-too-many-i-o-threads-configured", by="networking.c:initThreadedIO")(
            "io-threads is too large and the server exits",
            "redis 6.0+; valkey 7.2: Fatal: too many I/O threads configured. The maximum number is <n:int>.",
        ),
        message("other.fatal-can-t-initialize-io-thread", by="networking.c:initThreadedIO")(
            "an I/O thread could not be started and the server exits",
            "redis 6.0+; valkey 7.2: Fatal: Can't initialize IO thread.",
        ),
        message("other.fatal-can-t-initialize-io-thread-pthread", by="io_threads.c:createIOThread")(
            "an I/O thread could not be started and the server exits",
            "valkey 8.0+: Fatal: Can't initialize IO thread, pthread_create failed with: <error:errno>",
        ),
        message("other.tid-threadsmanager-g-callback-is-null")(
            "a thread was asked for its stack trace, but nothing is to be run",
            "redis 7.4+; valkey 8.0+, as H, by threads_mngr.c:invoke_callback,threads_mngr.c:test_and_start: tid <n:int>: ThreadsManager g_callback is NULL",
        ),
        message("other.wait-threads-waiting-threads-timed-out", roles="H", by="threads_mngr.c:wait_threads")(
            "some threads did not answer with their stack trace in time",
            "redis 7.4+; valkey 8.0+: wait_threads(): waiting threads timed out",
        ),
        message("other.bio-thread-for-job-type-can-be")(
            "a background I/O thread could not be joined (a wrong text: it says that it can)",
            "redis 2.8-5.0: Bio thread for job type #<n:int> can be joined: <error:errno>",
        ),
        message("other.bio-thread-for-job-type-can-not")(
            "a background I/O thread could not be joined",
            "redis 6.0-7.0: Bio thread for job type #<n:int> can not be joined: <error:errno>",
        ),
        message("other.bio-worker-thread-can-not-be-joined")(
            "a background I/O thread could not be joined",
            "7.2+: Bio worker thread #<n:int> can not be joined: <error:errno>",
        ),
        message("other.io-thread-tid-can-not-be-joined")(
            "an I/O thread could not be joined",
            "6.0+, by networking.c:killIOThreads,io_threads.c:shutdownIOThread: IO thread(tid:<n:int>) can not be joined: <error:errno>",
        ),
        message("other.fatal-can-t-create-event-loop", roles="M,S", by="iothread.c:initThreadedIO")(
            "an I/O thread could not be set up",
            "redis 8.2+: Fatal: Can't create event loop timers in IO thread.",
        ),
        message("other.fatal-can-t-register-file-event", roles="M,S", by="iothread.c:initThreadedIO")(
            "an I/O thread could not be set up",
            "redis 8.0+: Fatal: Can't register file event for <IO|main> thread notifications.",
        ),
    )


@event(_PRINTER, level="debug", roles="M,S", by="io_threads.c:IOThreadsAfterSleep")
class IoThreadsChanged(Event):
    """The number of I/O threads changed.

    ``before`` and ``after`` are numbers of threads. Source: Valkey 9.0+, ``io_threads.c``.
    """

    after: int
    before: int | None = None

    MESSAGES = (
        message("other.changing-number-of-io-threads-from")(
            "the setting changed",
            "valkey 9.0+, at notice, by io_threads.c:updateIOThreads: Changing number of IO threads from <before:int> to <after:int>.",
        ),
        message("other.io-threads-decreased-from-to")(
            "fewer threads are at work", "valkey 9.1+: IO threads decreased from <before:int> to <after:int>"
        ),
        message("other.io-threads-ignition-increased-to")(
            "a thread is at work", "valkey 9.1+: IO threads ignition: increased to <after:int>"
        ),
        message("other.io-threads-increased-from-to")(
            "more threads are at work", "valkey 9.1+: IO threads increased from <before:int> to <after:int>"
        ),
    )
