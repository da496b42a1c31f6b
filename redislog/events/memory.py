"""What a server says of memory: limits, kernel settings, defragmentation, and running out of it."""

from redislog.events.base import Event, event
from redislog.events.declaring import Printer, message
from redislog.values import ClientRecord

_PRINTER = Printer("memory", "server.c", level="warning", roles="M,S")


@event(
    _PRINTER, roles="M,S,C,X", by="{redis,server}.c:redisOutOfMemoryHandler,server.c:serverOutOfMemoryHandler"
)
class OutOfMemory(Event):
    """An allocation failed; the server aborts, and a crash report follows.

    ``bytes`` is the size that was asked for. Source: Redis 2.6+, ``server.c:serverOutOfMemoryHandler``.
    """

    bytes: int

    MESSAGES = (
        message("memory.oom")(
            "an allocation failed and the server aborts", "2.6+: Out Of Memory allocating <bytes:int> bytes!"
        ),
    )


@event(_PRINTER)
class MaxmemoryWarning(Event):
    """The limit ``maxmemory`` is doubtful: below current use, tiny, or missing on a 32 bit server.

    ``maxmemory`` is the limit and ``used`` the memory in use, both in bytes. Source: Redis 2.6+,
    ``config.c:updateMaxmemory``, ``server.c:main`` and ``server.c:initServer``.
    """

    maxmemory: int | None = None
    used: int | None = None

    MESSAGES = (
        message("memory.maxmemory-below-use", by="config.c:configSetCommand")(
            "CONFIG SET put maxmemory below current use: keys will be evicted or writes refused",
            "redis 2.6-4.0: WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in keys eviction and/or inability to accept new write commands depending on the maxmemory-policy.",
            "redis 5.0: WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.",
            "6.0+, by config.c:updateMaxmemory: WARNING: the new maxmemory value set via CONFIG SET (<maxmemory:int>) is smaller than the current memory usage (<used:int>). This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.",
        ),
        message("memory.maxmemory-tiny", by="{redis,server}.c:main")(
            "maxmemory is less than 1 MB",
            "2.6+: WARNING: You specified a maxmemory value that is less than 1MB (current value is <maxmemory:int> bytes). Are you sure this is what you really want?",
        ),
        message("server.32bit", by="{redis,server}.c:initServer")(
            "a 32 bit server without maxmemory: a limit of 3 GB is set",
            "2.6+: Warning: 32 bit instance detected but no memory limit set. Setting 3 GB maxmemory limit with 'noeviction' policy now.",
        ),
    )


@event(_PRINTER, roles="M,S,C,X", by="server.c:linuxMemoryWarnings (syscheck.c)")
class KernelMemoryWarning(Event):
    """A setting of the Linux kernel does not suit the server, or the server could not change its own.

    Without memory overcommit a fork for a snapshot or a full sync may fail; transparent huge pages cost
    latency and memory; the out-of-memory score says whom the kernel kills first. ``error`` is the error text
    of the operating system. Source: Redis 2.6+, ``server.c:linuxMemoryWarnings`` and ``syscheck.c``; the
    score since 6.0, ``server.c:setOOMScoreAdj``.
    """

    error: str | None = None

    MESSAGES = (
        message("memory.overcommit", roles="M,S")(
            "memory overcommit is off: forks for snapshots and full syncs may fail",
            "redis 2.6-6.0, by redis.c:linuxOvercommitMemoryWarning,{redis,server}.c:linuxMemoryWarnings: WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
            "redis 6.2-7.0: WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
            "7.2+, as C[redis 7.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]: WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
            "6.2+, as M,S,C[redis 6.2+; valkey 7.2-8.0] M,S,X[valkey 8.1+]: WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
        ),
        message("memory.thp", roles="M,S")(
            "transparent huge pages are on: latency and memory use suffer",
            "redis 2.8-5.0, by {redis,server}.c:linuxMemoryWarnings: WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo never > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled.",
            "redis 6.0-6.2, by linuxMemoryWarnings | redis 7.0+; valkey 7.2, as M,S,C: WARNING <you|You> have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled (set to 'madvise' or 'never').",
            "valkey 8.0+, as C[valkey 8.0] M,S,X[valkey 8.1+]: WARNING You have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Valkey. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Valkey must be restarted after THP is disabled (set to 'madvise' or 'never').",
        ),
        message("memory.oom-score-adj-values")(
            "the configured out-of-memory scores need privileges that the server may lack",
            "6.0+, at nul until 6.2, then warning, by config.c:updateOOMScoreAdjValues,config.c:setConfigOOMScoreAdjValuesOption: The oom-score-adj-values configuration may not work for non-privileged processes! Please consult the documentation.",
        ),
        message("memory.oom-score-adj-write", level="nul until 6.2, then warning", by="setOOMScoreAdj")(
            "the out-of-memory score could not be set", "6.0+: Unable to write oom_score_adj: <error:errno>"
        ),
        message("memory.oom-score-adj-read", by="setOOMScoreAdj")(
            "the out-of-memory score could not be read", "7.0+: Unable to read oom_score_adj: <error:errno>"
        ),
    )


@event(_PRINTER, level="debug", by="defrag.c:getAllocatorFragmentation")
class MemoryFragmentation(Event):
    """How fragmented the allocator's memory is.

    ``n``, ``n2`` and ``n3`` are allocated, active and resident bytes; ``value`` is the fragmentation and
    ``value2`` what is resident above the allocated, both in percent; ``n4`` and ``n5`` are the same in bytes
    (4.0 prints a wrong percent sign after ``n5``). Source: Redis 4.0+,
    ``defrag.c:getAllocatorFragmentation``.
    """

    n: int
    n2: int
    n3: int
    value: float
    value2: float
    n4: int
    n5: int

    MESSAGES = (
        message("memory.fragmentation")(
            "fragmentation of the allocator's memory",
            "redis 4.0: allocated=<n:int>, active=<n2:int>, resident=<n3:int>, frag=<value:float>% (<value2:float>% rss), frag_bytes=<n4:int> (<n5:int>% rss)",
            "5.0+: allocated=<n:int>, active=<n2:int>, resident=<n3:int>, frag=<value:float>% (<value2:float>% rss), frag_bytes=<n4:int> (<n5:int> rss)",
        ),
    )


@event(_PRINTER, level="verbose")
class Defragmentation(Event):
    """Active defragmentation of memory began or ended.

    ``value`` is the fragmentation in percent. At the start, ``n`` is fragmentation in bytes and ``n2`` the
    percentage of CPU to use; at the end, ``n`` is the duration in ms, ``n2`` the number of moved allocations
    and ``n3`` fragmentation in bytes. Source: Redis 4.0+, ``defrag.c:activeDefragCycle``.
    """

    value: float
    n: int
    n2: int
    n3: int | None = None

    MESSAGES = (
        message("memory.defrag-started", by="defrag.c:activeDefragCycle,defrag.c:computeDefragCycles")(
            "active defragmentation starts",
            "4.0+: Starting active defrag, frag=<value:float>%, frag_bytes=<n:int>, cpu=<n2:int>%",
            "redis 8.0+; valkey 8.1+, by defrag.c:computeDefragCycles: Changing active defrag CPU, frag=<value:float>%, frag_bytes=<n:int>, cpu=<n2:int>%",
        ),
        message("memory.defrag-done", by="defrag.c:activeDefragCycle")(
            "active defragmentation is done",
            "4.0+: Active defrag done in <n:int>ms, reallocated=<n2:int>, frag=<value:float>%, frag_bytes=<n3:int>",
        ),
    )


@event(_PRINTER, by="networking.c:evictClients")
class ClientEvicted(Event):
    """The clients together use more than ``maxmemory-clients``: one is disconnected, or no more can be.

    ``client`` is the disconnected client's record. Source: Redis 7.0+, ``networking.c:evictClients``.
    """

    client: ClientRecord | None = None

    MESSAGES = (
        message("memory.client-evicted", level="notice")(
            "a client is disconnected to free the memory of its buffers",
            "7.0+: Evicting client: <client:client>",
        ),
        message("memory.client-eviction-insufficient")(
            "all clients that may be evicted are gone, and the limit is still passed",
            "7.0+: Over client maxmemory after evicting all evictable clients",
        ),
    )
