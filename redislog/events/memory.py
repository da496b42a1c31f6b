"""What a server says of memory: limits, kernel settings, defragmentation, and running out of it."""

from redislog.events.base import Event, event, message, wording
from redislog.values import ClientRecord


@event
class OutOfMemory(Event):
    """An allocation failed; the server aborts, and a crash report follows.

    ``bytes`` is the size that was asked for. Source: Redis 2.6+, ``server.c:serverOutOfMemoryHandler``.
    """

    CATEGORY = "memory"

    bytes: int

    MESSAGES = (
        message(
            "memory.oom",
            "an allocation failed and the server aborts",
            wording("Out Of Memory allocating <bytes:int> bytes!", "redis 2.6+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="redis.c:redisOutOfMemoryHandler,server.c:redisOutOfMemoryHandler,server.c:serverOutOfMemoryHandler",
        ),
    )


@event
class MaxmemoryWarning(Event):
    """The limit ``maxmemory`` is doubtful: below current use, tiny, or missing on a 32 bit server.

    ``maxmemory`` is the limit and ``used`` the memory in use, both in bytes. Source: Redis 2.6+,
    ``config.c:updateMaxmemory``, ``server.c:main`` and ``server.c:initServer``.
    """

    CATEGORY = "memory"

    maxmemory: int | None = None
    used: int | None = None

    MESSAGES = (
        message(
            "memory.maxmemory-below-use",
            "CONFIG SET put maxmemory below current use: keys will be evicted or writes refused",
            wording(
                "WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in keys eviction and/or inability to accept new write commands depending on the maxmemory-policy.",
                "redis 2.6-4.0",
            ),
            wording(
                "WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.",
                "redis 5.0",
            ),
            wording(
                "WARNING: the new maxmemory value set via CONFIG SET (<maxmemory:int>) is smaller than the current memory usage (<used:int>). This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.",
                "redis 6.0+; valkey 7.2+",
                source="config.c:updateMaxmemory",
            ),
            level="warning",
            roles="M,S",
            source="config.c:configSetCommand",
        ),
        message(
            "memory.maxmemory-tiny",
            "maxmemory is less than 1 MB",
            wording(
                "WARNING: You specified a maxmemory value that is less than 1MB (current value is <maxmemory:int> bytes). Are you sure this is what you really want?",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="redis.c:main,server.c:main",
        ),
        message(
            "server.32bit",
            "a 32 bit server without maxmemory: a limit of 3 GB is set",
            wording(
                "Warning: 32 bit instance detected but no memory limit set. Setting 3 GB maxmemory limit with 'noeviction' policy now.",
                "redis 2.6+; valkey 7.2+",
            ),
            level="warning",
            roles="M,S",
            source="redis.c:initServer,server.c:initServer",
        ),
    )


@event
class KernelMemoryWarning(Event):
    """A setting of the Linux kernel does not suit the server, or the server could not change its own.

    Without memory overcommit a fork for a snapshot or a full sync may fail; transparent huge pages cost
    latency and memory; the out-of-memory score says whom the kernel kills first. ``error`` is the error text
    of the operating system. Source: Redis 2.6+, ``server.c:linuxMemoryWarnings`` and ``syscheck.c``; the
    score since 6.0, ``server.c:setOOMScoreAdj``.
    """

    CATEGORY = "memory"

    error: str | None = None

    MESSAGES = (
        message(
            "memory.overcommit",
            "memory overcommit is off: forks for snapshots and full syncs may fail",
            wording(
                "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
                "redis 2.6-6.0",
                source="redis.c:linuxOvercommitMemoryWarning,redis.c:linuxMemoryWarnings,server.c:linuxMemoryWarnings",
            ),
            wording(
                "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
                "redis 6.2-7.0",
            ),
            wording(
                "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
                "redis 7.2+; valkey 7.2+",
                roles="C[redis 7.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            wording(
                "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
                "redis 6.2+; valkey 7.2+",
                roles="M,S,C[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]",
            ),
            level="warning",
            roles="M,S",
            source="server.c:linuxMemoryWarnings (syscheck.c)",
        ),
        message(
            "memory.thp",
            "transparent huge pages are on: latency and memory use suffer",
            wording(
                "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo never > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled.",
                "redis 2.8-5.0",
                source="redis.c:linuxMemoryWarnings,server.c:linuxMemoryWarnings",
            ),
            wording(
                "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled (set to 'madvise' or 'never').",
                "redis 6.0-6.2",
                source="server.c:linuxMemoryWarnings",
            ),
            wording(
                "WARNING You have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled (set to 'madvise' or 'never').",
                "redis 7.0+; valkey 7.2",
                roles="M,S,C",
            ),
            wording(
                "WARNING You have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Valkey. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Valkey must be restarted after THP is disabled (set to 'madvise' or 'never').",
                "valkey 8.0+",
                roles="C[valkey 8.0] M,S,X[valkey 8.1+]",
            ),
            level="warning",
            roles="M,S",
            source="server.c:linuxMemoryWarnings (syscheck.c)",
        ),
        message(
            "memory.oom-score-adj-values",
            "the configured out-of-memory scores need privileges that the server may lack",
            wording(
                "The oom-score-adj-values configuration may not work for non-privileged processes! Please consult the documentation.",
                "redis 6.0+; valkey 7.2+",
            ),
            level="nul[redis 6.0-6.2] warning[redis 7.0+; valkey 7.2+]",
            roles="M,S,C,X",
            source="config.c:updateOOMScoreAdjValues,config.c:setConfigOOMScoreAdjValuesOption",
        ),
        message(
            "memory.oom-score-adj-write",
            "the out-of-memory score could not be set",
            wording("Unable to write oom_score_adj: <error:errno>", "redis 6.0+; valkey 7.2+"),
            level="nul[redis 6.0-6.2] warning[redis 7.0+; valkey 7.2+]",
            roles="M,S,C,X",
            source="server.c:setOOMScoreAdj",
        ),
        message(
            "memory.oom-score-adj-read",
            "the out-of-memory score could not be read",
            wording("Unable to read oom_score_adj: <error:errno>", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S,C,X",
            source="server.c:setOOMScoreAdj",
        ),
    )


@event
class MemoryFragmentation(Event):
    """How fragmented the allocator's memory is.

    ``n``, ``n2`` and ``n3`` are allocated, active and resident bytes; ``value`` is the fragmentation and
    ``value2`` what is resident above the allocated, both in percent; ``n4`` and ``n5`` are the same in bytes
    (4.0 prints a wrong percent sign after ``n5``). Source: Redis 4.0+,
    ``defrag.c:getAllocatorFragmentation``.
    """

    CATEGORY = "memory"

    n: int
    n2: int
    n3: int
    value: float
    value2: float
    n4: int
    n5: int

    MESSAGES = (
        message(
            "memory.fragmentation",
            "fragmentation of the allocator's memory",
            wording(
                "allocated=<n:int>, active=<n2:int>, resident=<n3:int>, frag=<value:float>% (<value2:float>% rss), frag_bytes=<n4:int> (<n5:int>% rss)",
                "redis 4.0",
            ),
            wording(
                "allocated=<n:int>, active=<n2:int>, resident=<n3:int>, frag=<value:float>% (<value2:float>% rss), frag_bytes=<n4:int> (<n5:int> rss)",
                "redis 5.0+; valkey 7.2+",
            ),
            level="debug",
            roles="M,S",
            source="defrag.c:getAllocatorFragmentation",
        ),
    )


@event
class Defragmentation(Event):
    """Active defragmentation of memory began or ended.

    ``value`` is the fragmentation in percent. At the start, ``n`` is fragmentation in bytes and ``n2`` the
    percentage of CPU to use; at the end, ``n`` is the duration in ms, ``n2`` the number of moved allocations
    and ``n3`` fragmentation in bytes. Source: Redis 4.0+, ``defrag.c:activeDefragCycle``.
    """

    CATEGORY = "memory"

    value: float
    n: int
    n2: int
    n3: int | None = None

    MESSAGES = (
        message(
            "memory.defrag-started",
            "active defragmentation starts",
            wording(
                "Starting active defrag, frag=<value:float>%, frag_bytes=<n:int>, cpu=<n2:int>%",
                "redis 4.0+; valkey 7.2+",
            ),
            wording(
                "Changing active defrag CPU, frag=<value:float>%, frag_bytes=<n:int>, cpu=<n2:int>%",
                "redis 8.0+; valkey 8.1+",
                source="defrag.c:computeDefragCycles",
            ),
            level="verbose",
            roles="M,S",
            source="defrag.c:activeDefragCycle,defrag.c:computeDefragCycles",
        ),
        message(
            "memory.defrag-done",
            "active defragmentation is done",
            wording(
                "Active defrag done in <n:int>ms, reallocated=<n2:int>, frag=<value:float>%, frag_bytes=<n3:int>",
                "redis 4.0+; valkey 7.2+",
            ),
            level="verbose",
            roles="M,S",
            source="defrag.c:activeDefragCycle",
        ),
    )


@event
class ClientEvicted(Event):
    """The clients together use more than ``maxmemory-clients``: one is disconnected, or no more can be.

    ``client`` is the disconnected client's record. Source: Redis 7.0+, ``networking.c:evictClients``.
    """

    CATEGORY = "memory"

    client: ClientRecord | None = None

    MESSAGES = (
        message(
            "memory.client-evicted",
            "a client is disconnected to free the memory of its buffers",
            wording("Evicting client: <client:client>", "redis 7.0+; valkey 7.2+"),
            level="notice",
            roles="M,S",
            source="networking.c:evictClients",
        ),
        message(
            "memory.client-eviction-insufficient",
            "all clients that may be evicted are gone, and the limit is still passed",
            wording("Over client maxmemory after evicting all evictable clients", "redis 7.0+; valkey 7.2+"),
            level="warning",
            roles="M,S",
            source="networking.c:evictClients",
        ),
    )
