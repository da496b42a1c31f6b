"""Messages after which a server exits, as it cannot go on, or cannot start: a part of the transition tables (`redislog.node.tables`)."""

from __future__ import annotations

GIVES_UP: dict[str, str] = {
    # it cannot listen: up to 6.0 at an address, from 6.2 on at none of them
    "server.listen-error": r"(?!Warning)",
    "server.listen-failed": "",
    "server.listen-nothing": "",
    "server.unix-listen-error": "",
    "server.tls-config-failed": "",
    "cluster.listen-failed": "",
    "cluster.port-too-high": "",
    # what it was told to be
    "server.config-open-error": "",
    "server.config-fatal": "",
    "server.chdir-error": "",
    "server.nofile-too-low": "",
    "server.kernel-bug-exit": "",
    "cluster.config-corrupt": "",
    "cluster.config-locked": "",
    "cluster.config-save-fatal": "",
    "other.critical-error-while-loading-acls-exiting": "",
    "other.aborting-valkey-startup-because-of-acl-errors": "",
    "other.aborting-startup-because-of-acl-errors": "",
    "other.can-t-load-module-from-server-aborting": "",
    "other.module-configuration-detected-without-loadmodule-directive-or": "",
    "other.fatal-too-many-i-o-threads-configured": "",
    # what the system refuses
    "server.bio-fatal": "",
    "server.event-loop": "",
    "other.fatal-can-t-initialize-io-thread": "",
    "other.fatal-can-t-initialize-io-thread-pthread": "",
    "other.fatal-can-t-create-event-loop": "",
    "other.fatal-can-t-register-file-event": "",
    "other.failed-creating-the-lua-vm": "",
    # its data
    "rdb.load-fatal": "",
    "rdb.terminating": "",
    "rdb.too-many-databases": "",
    "rdb.module-aux-missing": "",
    "rdb.check.error": "",
    "server.cluster-db": "",
    "aof.fatal-error-can-t-open-the-aof": "",
    "aof.fatal-aof-manifest-file-error": "",
    "aof.fatal-error-can-t-open-the-append": "",
    "aof.unknown-command-reading-the-append-only-file": "",
    "aof.unrecoverable-error-reading-the-append-only-file": "",
    "aof.unexpected-end-of-file-reading-the-append": "",
    "aof.bad-file-format-reading-the-append-only": "",
    "aof.load.bad-format": "",
    "aof.error-reading-the-append-only-file": "",
    "aof.fatal-error-the-truncated-file-is-not": "",
    "aof.exiting-on-error-writing-to-the-append": "",
    "aof.exiting-on-short-write-while-writing-to": "",
    "aof.can-t-recover-from-aof-write-error": "",
    "aof.can-t-persist-aof-for-fsync-error": "",
    "aof.fatal-aof-can-t-be-turned-on": "",
    "replica.aof-restart-fatal": "",
}
"""Messages after which a server exits, as it cannot go on, and what theirs must begin with, where only some do that.

Source: each ``exit(1)`` of ``server.c``, ``config.c``, ``cluster_legacy.c``, ``rdb.c``, ``aof.c``, ``replication.c``,
``acl.c``, ``module.c``, ``bio.c``, ``networking.c``. A server exits without another word where it loads auxiliary data of
a module that it lacks (``rdb.c:rdbLoadRioWithLoadingCtx``), after the check of a damaged snapshot
(``rdb.c:rdbReportError``), and where its cluster configuration is damaged (``cluster_legacy.c:clusterLoadConfig``).
"""

AT_START: frozenset[str] = frozenset(
    {
        "aof.can-t-open-the-append-only-file",
        "aof.can-t-open-or-create-append-only",
        "aof.error-trying-to-move-the-old-aof",
        "aof.fail-to-fsync-aof-directory",
    }
)
"""Messages after which a server exits that is not ready yet; one that is goes on.

Source: ``server.c:initServer`` up to 6.2; ``aof.c:aofUpgradePrepare`` and ``aofOpenIfNeededOnServerStart`` from 7.0 on,
where rewriting the AOF prints the same.
"""
