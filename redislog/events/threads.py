"""Threads beside the main one: background I/O (``bio``), I/O threads, and those that answer for a crash report."""

from redislog.events.base import Event, event, message, wording


@event
class ThreadEnded(Event):
    """A thread was ended, as before a crash report.

    ``n`` is its job type (``bio`` up to 7.0), its number, or the thread ID. Source: Redis 2.8+,
    ``bio.c:bioKillThreads`` and ``io_threads.c:shutdownIOThread``.
    """

    CATEGORY = "other"

    n: int

    MESSAGES = (
        message(
            "other.bio-thread-for-job-type-terminated",
            "a background I/O thread was ended",
            wording("Bio thread for job type #<n:int> terminated", "redis 2.8-7.0"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioKillThreads",
        ),
        message(
            "other.bio-worker-thread-terminated",
            "a background I/O thread was ended",
            wording("Bio worker thread #<n:int> terminated", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioKillThreads",
        ),
        message(
            "other.io-thread-tid-terminated",
            "an I/O thread was ended",
            wording("IO thread(tid:<n:int>) terminated", "redis 6.0+; valkey 7.2+"),
            level="warning[redis 6.0+; valkey 7.2] notice[valkey 8.0+]",
            roles="M,S,X",
            source="networking.c:killIOThreads,io_threads.c:shutdownIOThread",
        ),
    )


@event
class ThreadFailed(Event):
    """A thread could not be started or joined, or does not do what it should.

    ``n`` is a job type, a thread's number, a thread ID, or the largest number of threads; ``error`` is the
    error text of the operating system. Source: Redis 2.8+, ``bio.c:bioKillThreads``,
    ``io_threads.c:createIOThread`` and ``threads_mngr.c``.
    """

    CATEGORY = "other"

    n: int | None = None
    error: str | None = None

    MESSAGES = (
        message(
            "other.warning-bio-thread-started-with-wrong-type",
            "a background I/O thread was started for an unknown job type",
            wording("Warning: bio thread started with wrong type <n:int>", "redis 3.2-7.0"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioProcessBackgroundJobs",
        ),
        message(
            "other.can-t-create-the-pipe-for-bio",
            "the pipe on which background I/O threads wake the server could not be made",
            wording("Can't create the pipe for bio thread: <error:errno>", "redis 7.4+"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioInit",
        ),
        message(
            "other.fatal-too-many-i-o-threads-configured",
            "io-threads is too large and the server exits",
            wording(
                "Fatal: too many I/O threads configured. The maximum number is <n:int>.",
                "redis 6.0+; valkey 7.2",
            ),
            level="warning",
            roles="M,S,X",
            source="networking.c:initThreadedIO",
        ),
        message(
            "other.fatal-can-t-initialize-io-thread",
            "an I/O thread could not be started and the server exits",
            wording("Fatal: Can't initialize IO thread.", "redis 6.0+; valkey 7.2"),
            level="warning",
            roles="M,S,X",
            source="networking.c:initThreadedIO",
        ),
        message(
            "other.fatal-can-t-initialize-io-thread-pthread",
            "an I/O thread could not be started and the server exits",
            wording(
                "Fatal: Can't initialize IO thread, pthread_create failed with: <error:errno>",
                "valkey 8.0+",
            ),
            level="warning",
            roles="M,S,X",
            source="io_threads.c:createIOThread",
        ),
        message(
            "other.tid-threadsmanager-g-callback-is-null",
            "a thread was asked for its stack trace, but nothing is to be run",
            wording("tid <n:int>: ThreadsManager g_callback is NULL", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="H",
            source="threads_mngr.c:invoke_callback,threads_mngr.c:test_and_start",
        ),
        message(
            "other.wait-threads-waiting-threads-timed-out",
            "some threads did not answer with their stack trace in time",
            wording("wait_threads(): waiting threads timed out", "redis 7.4+; valkey 8.0+"),
            level="warning",
            roles="H",
            source="threads_mngr.c:wait_threads",
        ),
        message(
            "other.bio-thread-for-job-type-can-be",
            "a background I/O thread could not be joined (a wrong text: it says that it can)",
            wording("Bio thread for job type #<n:int> can be joined: <error:errno>", "redis 2.8-5.0"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioKillThreads",
        ),
        message(
            "other.bio-thread-for-job-type-can-not",
            "a background I/O thread could not be joined",
            wording("Bio thread for job type #<n:int> can not be joined: <error:errno>", "redis 6.0-7.0"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioKillThreads",
        ),
        message(
            "other.bio-worker-thread-can-not-be-joined",
            "a background I/O thread could not be joined",
            wording("Bio worker thread #<n:int> can not be joined: <error:errno>", "redis 7.2+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="bio.c:bioKillThreads",
        ),
        message(
            "other.io-thread-tid-can-not-be-joined",
            "an I/O thread could not be joined",
            wording("IO thread(tid:<n:int>) can not be joined: <error:errno>", "redis 6.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,X",
            source="networking.c:killIOThreads,io_threads.c:shutdownIOThread",
        ),
        message(
            "other.fatal-can-t-create-event-loop",
            "an I/O thread could not be set up",
            wording("Fatal: Can't create event loop timers in IO thread.", "redis 8.2+"),
            level="warning",
            roles="M,S",
            source="iothread.c:initThreadedIO",
        ),
        message(
            "other.fatal-can-t-register-file-event",
            "an I/O thread could not be set up",
            wording("Fatal: Can't register file event for IO thread notifications.", "redis 8.0+"),
            wording("Fatal: Can't register file event for main thread notifications.", "redis 8.0+"),
            level="warning",
            roles="M,S",
            source="iothread.c:initThreadedIO",
        ),
    )


@event
class IoThreadsChanged(Event):
    """The number of I/O threads changed.

    ``before`` and ``after`` are numbers of threads. Source: Valkey 9.0+, ``io_threads.c``.
    """

    CATEGORY = "other"

    after: int
    before: int | None = None

    MESSAGES = (
        message(
            "other.changing-number-of-io-threads-from",
            "the setting changed",
            wording("Changing number of IO threads from <before:int> to <after:int>.", "valkey 9.0+"),
            level="notice",
            roles="M,S",
            source="io_threads.c:updateIOThreads",
        ),
        message(
            "other.io-threads-decreased-from-to",
            "fewer threads are at work",
            wording("IO threads decreased from <before:int> to <after:int>", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="io_threads.c:IOThreadsAfterSleep",
        ),
        message(
            "other.io-threads-ignition-increased-to",
            "a thread is at work",
            wording("IO threads ignition: increased to <after:int>", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="io_threads.c:IOThreadsAfterSleep",
        ),
        message(
            "other.io-threads-increased-from-to",
            "more threads are at work",
            wording("IO threads increased from <before:int> to <after:int>", "valkey 9.1+"),
            level="debug",
            roles="M,S",
            source="io_threads.c:IOThreadsAfterSleep",
        ),
    )
