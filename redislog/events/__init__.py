"""Typed events: attrs classes, each with its wordings, meaning and versions beside it.

Every class is imported from here, and its module read then:

>>> from redislog.events import FullSyncGranted
>>> FullSyncGranted.__module__
'redislog.events.replica_sync'

Who prints what, and where that is declared:

primary
    `primary` (requests, links), `primary_sync` (the snapshot), `primary_transfer` (how it is sent), `channels` (on two
    connections), `backlog`
replica
    `replica_link`, `replica_handshake`, `replica_psync`, then `replica_sync` (receives), `replica_background` (in a
    thread), `replica_channels` and `replica_channels_faults` (on two connections), `replica_load`
sentinel
    `sentinel` (down, up, moved), `sentinel_election`, `sentinel_failover`, `sentinel_peers`, `sentinel_groups`,
    `sentinel_process` (itself)
cluster
    `cluster` (state, failed nodes), `cluster_roles`; what nodes say: `cluster_bus`, `cluster_links`, `cluster_packets`,
    `cluster_gossip`; elections: `cluster_election`, `cluster_votes`, `cluster_failover`; slots: `cluster_slots`,
    `cluster_shards`, `cluster_migration`, `cluster_migration_faults` (Valkey), `cluster_asm`, `cluster_asm_sync`,
    `cluster_asm_trim` (Redis); `cluster_config`
sidecars
    `sidecars_init` (config-init), `sidecars_watch` (split-brain-fix, HAProxy)
server
    its life: `lifecycle`, `startup`, `startup_config`, `config_file`, `shutdown`, `failover`, `role`, `limits`,
    `memory`, `threads`; snapshots: `snapshot`, `snapshot_fork`, `loading`, `rdb_read`, `rdb_errors`, `rdb_corrupt`,
    `rdb_stream`, `rdb_modules`, `rdb_metadata`, `rdb_check`; the append only file: `aof_write`, `aof_files`,
    `aof_load`, `aof_rewrite`, `aof_rewrite_end`; crashes: `crash`, `crash_context`, `crash_report`; clients and
    connections: `clients`, `acl`, `tls`, `tls_reload`, `rdma`, `connection_types`, `stream_faults`; code in it:
    `scripts`, `engines`, `modules`, `modules_fork`, `module_api`; `keyspace`, `debugging`, `keydb` (a fork), `hosts`
    (who sees its process end)

`ACTORS` maps the same actors to modules and their classes, ``__all__`` lists the classes in that order, and ``EVENTS.md``
has them with fields and keys. What all modules share: `base` (the event), `making` (event classes), `declaring`
(messages; `wordings` has their texts in full), `spellings` (texts that several share), `versions` (releases), `index`
(from words to classes), `render`; `generate` and `faces` write the index and ``EVENTS.md``. To declare a message of your
own, use `Event` and `message` from here, with `redislog.register`.
"""

import importlib

from redislog.events._names import ACTORS
from redislog.events.base import Event, Foreign, Unrecognized
from redislog.events.declaring import message

_HOME_OF = {
    name: module for modules in ACTORS.values() for module, names in modules.items() for name in names
}
__all__ = ["ACTORS", "Event", "Foreign", "Unrecognized", "message", *_HOME_OF]


def __getattr__(name: str) -> object:
    """Import an event class on its first use."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_HOME_OF]
