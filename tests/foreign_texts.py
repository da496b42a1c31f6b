"""Texts that no server printed: other programs' logs, prose that quotes messages, source code with the wordings in it.

All are made up, in the manner of what they are named for.
"""

from __future__ import annotations

from collections.abc import Callable

_ID = "3b1f0c9e77d2a4458e6601b7c2d9f4a6e8057713"


def _stamped(head: Callable[[int], str], *messages: str) -> str:
    return "".join(f"{head(number)}{message}\n" for number, message in enumerate(messages))


FOREIGN: dict[str, str] = {
    "postgres primary": _stamped(
        lambda n: f"2024-05-03 10:01:0{n}.120 UTC [41{n}] LOG:  ",
        "starting PostgreSQL 16.2 on x86_64-pc-linux-gnu",
        'listening on IPv4 address "0.0.0.0", port 5432',
        "database system is ready to accept connections",
        "checkpoint starting: time",
        "checkpoint complete: wrote 44 buffers (0.3%); 0 WAL file(s) added",
    ),
    "postgres standby": _stamped(
        lambda n: f"2024-05-03 10:02:0{n}.871 UTC [9{n}] LOG:  ",
        "entering standby mode",
        "redo starts at 0/2000028",
        "consistent recovery state reached at 0/2000100",
        "started streaming WAL from primary at 0/3000000 on timeline 1",
        "replication terminated by primary server",
        "received promote request",
        "selected new timeline ID: 2",
    ),
    "mysql replica": _stamped(
        lambda n: f"2024-05-03T10:01:0{n}.120000Z {n} [System] [MY-01058{n}] [Repl] ",
        "'CHANGE REPLICATION SOURCE TO FOR CHANNEL '' executed'.",
        "Replica SQL thread for channel '' initialized, starting replication",
        "Replica I/O thread: connected to source 'repl@10.0.0.4:3306',replication started",
        "Error reading packet from server for channel '': Lost connection to MySQL server",
        "Slave I/O thread: Failed reading log event, reconnecting to retry",
    ),
    "mariadb": _stamped(
        lambda n: f"2024-05-03 10:01:0{n} 0 [Note] ",
        "InnoDB: Buffer pool(s) load completed at 240503 10:01:01",
        "Server socket created on IP: '0.0.0.0'.",
        "mariadbd: ready for connections.",
        "Slave SQL thread initialized, starting replication in log 'FIRST'",
    ),
    "mongodb": "".join(
        f'{{"t":{{"$date":"2024-05-03T10:01:0{n}.120+00:00"}},"s":"I","c":"REPL","id":2139{n},"ctx":"ReplCoord","msg":"{message}"}}\n'
        for n, message in enumerate(
            (
                "Replica set state transition",
                "Starting an election",
                "Election succeeded, assuming primary role",
                "Transition to primary complete",
            )
        )
    ),
    "kafka": _stamped(
        lambda n: f"[2024-05-03 10:01:0{n},120] INFO ",
        "[KafkaServer id=1] started (kafka.server.KafkaServer)",
        "[ReplicaFetcherManager on broker 1] Removed fetcher for partitions Set(t-0)",
        "[Partition t-0 broker=1] ISR updated to 1,2 and version updated to 4",
        "[GroupCoordinator 1]: Elected as the group coordinator for partition 9",
        "[SocketServer listenerType=BROKER] Ready to accept connections",
    ),
    "zookeeper": _stamped(
        lambda n: f"2024-05-03 10:01:0{n},120 [myid:1] - INFO  [main:QuorumPeer@9{n}] - ",
        "LOOKING",
        "New election. My id = 1, proposed zxid=0x100000000",
        "FOLLOWING - LEADER ELECTION TOOK - 21 MS",
        "Getting a diff from the leader 0x100000003",
    ),
    "etcd": "".join(
        f'{{"level":"info","ts":"2024-05-03T10:01:0{n}.120Z","caller":"raft/raft.go:9{n}","msg":"{message}"}}\n'
        for n, message in enumerate(
            (
                "8e9e05c52164694d became candidate at term 2",
                "8e9e05c52164694d became leader at term 2",
                "ready to serve client requests",
                "saved snapshot",
            )
        )
    ),
    "cassandra": _stamped(
        lambda n: f"INFO  [main] 2024-05-03 10:01:0{n},120 StorageService.java:6{n} - ",
        "Cassandra version: 4.1.3",
        "Node localhost/127.0.0.1:7000 state jump to NORMAL",
        "Handshaking version with /10.0.0.4:7000",
        "Startup complete",
    ),
    "elasticsearch": _stamped(
        lambda n: f"[2024-05-03T10:01:0{n},120][INFO ][o.e.c.s.MasterService    ] [es-0] ",
        "elected-as-master ([1] nodes joined), term: 2, version: 9",
        "master node changed {previous [], current [{es-0}]}",
        "recovered [4] indices into cluster_state",
        "Cluster health status changed from [RED] to [GREEN]",
    ),
    "rabbitmq": _stamped(
        lambda n: f"2024-05-03 10:01:0{n}.120 [info] <0.22{n}.0> ",
        "Ready to start client connection listeners",
        "started TCP listener on [::]:5672",
        "Mirrored queue 'jobs' in vhost '/': Synchronising: 40 messages to synchronise",
        "Server startup complete; 4 plugins started.",
    ),
    "nginx access": "".join(
        f'10.0.0.{n} - - [03/May/2024:10:01:0{n} +0000] "GET /master HTTP/1.1" 200 {n}12 "-" "curl/8.5"\n'
        for n in range(6)
    ),
    "nginx error": _stamped(
        lambda n: f"2024/05/03 10:01:0{n} [error] 31#31: *{n} ",
        "connect() failed (111: Connection refused) while connecting to upstream",
        "upstream timed out (110: Connection timed out) while reading response header from upstream",
        "no live upstreams while connecting to upstream",
    ),
    "apache": _stamped(
        lambda n: f"[Fri May 03 10:01:0{n}.120000 2024] [mpm_event:notice] [pid {n}:tid 1] ",
        "AH00489: Apache/2.4.57 (Unix) configured -- resuming normal operations",
        "AH00094: Command line: 'httpd -D FOREGROUND'",
        "AH00491: caught SIGTERM, shutting down",
    ),
    "haproxy traffic": "".join(
        f"May  3 10:01:0{n} lb haproxy[9]: 10.0.0.1:4410{n} [03/May/2024:10:01:0{n}.120] fe be/s1 0/0/1 212 -- 1/1/0/0/0 0/0\n"
        for n in range(4)
    ),
    "systemd": _stamped(
        lambda n: f"May 03 10:01:0{n} db-1 systemd[1]: ",
        "Starting PostgreSQL Cluster 16-main...",
        "Started PostgreSQL Cluster 16-main.",
        "postgresql@16-main.service: Main process exited, code=killed, status=9/KILL",
    ),
    "kernel": _stamped(
        lambda n: f"[  10{n}.120001] ",
        "EXT4-fs (sda1): mounted filesystem with ordered data mode",
        "eth0: link becomes ready",
        "Out of memory: Killed process 4410 (java) total-vm:9912344kB",
    ),
    "kubelet": _stamped(
        lambda n: f"I0503 10:01:0{n}.120001       1 kubelet.go:212{n}] ",
        "Starting kubelet main sync loop",
        "SyncLoop ADD pods=[argocd/cache-0]",
        "SyncLoop UPDATE pods=[argocd/cache-0]",
    ),
    "controller": _stamped(
        lambda n: f"I0503 10:01:0{n}.120001       1 leaderelection.go:24{n}] ",
        "attempting to acquire leader lease kube-system/controller...",
        "successfully acquired lease kube-system/controller",
        "Starting workers",
        "Configuration loaded",
    ),
    "an application that starts": _stamped(
        lambda n: "",
        "Configuration loaded",
        "Server initialized",
        "Ready to accept connections",
        "User requested shutdown...",
    ),
    "an application that starts, with marks": _stamped(
        lambda n: "* ",
        "Configuration loaded",
        "Server initialized",
        "Ready to accept connections",
    ),
    "an application's logger": _stamped(
        lambda n: f"2024-05-03 10:01:0{n},120 INFO app.main: ",
        "Configuration loaded",
        "Server initialized",
        "Ready to accept connections",
        "handled 12 requests",
    ),
    "an application that relays one message": _stamped(
        lambda n: f"2024-05-03 10:01:0{n},120 WARN cache.client: ",
        "retrying in 1 s",
        "last words of the cache: MASTER <-> REPLICA sync started",
        "retrying in 2 s",
        "retrying in 4 s",
    ),
    "a client's errors": _stamped(
        lambda n: (
            f"10:01:0{n}.120 [lettuce-eventExecutorLoop-1-{n}] WARN  i.l.c.protocol.ConnectionWatchdog - "
        ),
        "Cannot reconnect to [cache:6379]: Connection refused: cache/10.0.0.4:6379",
        "Reconnecting, last destination was cache/10.0.0.4:6379",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    ),
    "dragonfly": _stamped(
        lambda n: f"I20240503 10:01:0{n}.120001     1 dfly_main.cc:64{n}] ",
        "Starting dragonfly df-v1.15.0",
        "Listening on port 6379",
        "Started full sync with master:6379",
        "full sync finished in 12 ms",
    ),
    "etcd's raft, as text": _stamped(
        lambda n: f"2024-05-03 10:01:0{n}.120001 I | raft: ",
        "8e9e05c52164694d received vote from 91bc3c398fb3c146 at term 4",
        "8e9e05c52164694d became leader at term 4",
        "elected leader 8e9e05c52164694d at term 4",
    ),
    "prose with one message": (
        "When we looked at the replica's log this morning there was a line that none of us had seen before:\n\n"
        "MASTER <-> REPLICA sync started\n\n"
        "and after that nothing for an hour. The dashboards were green the whole time.\n"
        "We restarted it, and all was well. Has anybody an idea?\n"
    ),
    "prose with two messages": (
        "Dear all,\n"
        "as you may have seen, the cache was slow from ten to eleven. The replica printed\n"
        "    Connecting to MASTER 10.0.0.4:6379\n"
        "again and again, and then\n"
        "    MASTER <-> REPLICA sync started\n"
        "as it should. What it never printed is that the sync was finished.\n"
        "We will look into that tomorrow.\n"
        "Kind regards\n"
    ),
    "prose with messages in the text": (
        "A replica that starts says `Connecting to MASTER`, then `MASTER <-> REPLICA sync started`.\n"
        "If that works, it says Non blocking connect for SYNC fired the event. and goes on.\n"
        "The primary answers, and the replica prints Master replied to PING, replication can continue...\n"
    ),
    "a chapter on replication": (
        "# How a replica gets in sync\n\n"
        "A replica opens a connection to its primary. It tells so in its log:\n\n"
        "* MASTER <-> REPLICA sync started\n\n"
        "It then waits for the connection, sends a PING and waits for the answer. When the answer is there:\n\n"
        "* Master replied to PING, replication can continue...\n\n"
        "Then it asks for a partial resync. A new replica has no history, so that the primary refuses:\n\n"
        "* Partial resynchronization not possible (no cached master)\n\n"
        "What follows is a snapshot, which may take minutes. Clients are served old data meanwhile,\n"
        "unless the replica is told not to. See the chapter on stale data for what that means.\n"
    ),
    "a list in a document": (
        "Messages that the check looks for\n"
        "---------------------------------\n"
        "The check reads the last hundred lines of the log and looks for these texts, in this order.\n"
        "Each of them is worth one point; a replica with less than two points is reported by mail.\n"
        "Texts may be added in the file of settings; see there for how to write them.\n"
        "- MASTER <-> REPLICA sync started\n"
        "- Non blocking connect for SYNC fired the event.\n"
        "- Master replied to PING, replication can continue...\n"
        "Reports are sent once an hour at most, and never between midnight and six in the morning.\n"
        "To be asked by a person, set the number of the pager; see the file of settings.\n"
        "Old releases wrote slave for replica; both are looked for.\n"
        "This list was last looked at in May.\n"
    ),
    "a README": (
        "# cache-check\n\n"
        "Checks whether replicas are in sync.\n\n"
        "## Use\n\n"
        "    $ cache-check --log /var/log/cache.log\n"
        "    replica-0: in sync\n"
        '    replica-1: last message was "Connecting to MASTER 10.0.0.4:6379"\n\n'
        "## Why\n\n"
        "`INFO replication` says `master_link_status:up` only when the sync is over.\n"
        "Ready to accept connections\n"
        "is no sign of health.\n"
    ),
    "source in C": (
        "void syncWithMaster(connection *conn) {\n"
        '    serverLog(LL_NOTICE,"Non blocking connect for SYNC fired the event.");\n'
        "    /* Send a PING to check the master is able to reply without errors. */\n"
        "    serverLog(LL_NOTICE,\n"
        '        "Master replied to PING, replication can continue...");\n'
        '    serverLog(LL_NOTICE,"MASTER <-> REPLICA sync started");\n'
        '    serverLog(LL_WARNING,"Error condition on socket for SYNC: %s", connGetLastError(conn));\n'
        "}\n"
    ),
    "a list in Python": (
        "WORDINGS = [\n"
        '    "MASTER <-> REPLICA sync started",\n'
        '    "Non blocking connect for SYNC fired the event.",\n'
        '    "Master replied to PING, replication can continue...",\n'
        '    "MASTER <-> REPLICA sync: Finished with success",\n'
        "]\n"
    ),
    "a test in Python": (
        "def test_sync(log):\n"
        "    assert 'MASTER <-> REPLICA sync started' in log\n"
        "    assert 'Non blocking connect for SYNC fired the event.' in log\n"
        "    # Master replied to PING, replication can continue...\n"
        "    assert log.count('Connecting to MASTER 10.0.0.4:6379') == 1\n"
    ),
    "a switch in Go": (
        "switch {\n"
        'case strings.Contains(line, "MASTER <-> REPLICA sync started"):\n'
        "\tstate = Syncing\n"
        'case strings.Contains(line, "Connection with master lost."):\n'
        "\tstate = Lost\n"
        'case strings.HasSuffix(line, "Finished with success"):\n'
        "\tstate = InSync\n"
        "}\n"
    ),
    "settings in YAML": (
        "rules:\n"
        "  - name: sync\n"
        "    match: MASTER <-> REPLICA sync started\n"
        "    severity: info\n"
        "  - name: lost\n"
        "    match: Connection with master lost.\n"
        "    severity: critical\n"
        "  - name: exit\n"
        "    match: Redis is now ready to exit, bye bye...\n"
        "    severity: warning\n"
    ),
    "patterns in JSON": (
        '{"patterns": ["MASTER <-> REPLICA sync started", "Connection with master lost.",\n'
        '  "Caching the disconnected master state.",\n'
        '  "Connecting to MASTER 10.0.0.4:6379"]}\n'
    ),
    "a table of messages": (
        "| message | meaning |\n|---|---|\n"
        "| MASTER <-> REPLICA sync started | a replica connects |\n"
        "| Connection with master lost. | the link is gone |\n"
        "| Caching the disconnected master state. | it may go on from there |\n"
    ),
    "a settings file": (
        "bind 0.0.0.0\nport 6379\nreplicaof 10.0.0.4 6379\nmasterauth secret\nappendonly yes\n"
        '# replica-serve-stale-data yes\nsave 900 1\nloglevel notice\nlogfile ""\n'
    ),
    "INFO": (
        f"# Replication\nrole:slave\nmaster_host:10.0.0.4\nmaster_port:6379\nmaster_link_status:up\nmaster_replid:{_ID}\n"
        "master_repl_offset:4410\n"
    ),
    "a shell session": (
        '$ redis-cli -h 10.0.0.4 ping\nPONG\n$ redis-cli -h 10.0.0.4 role\n1) "slave"\n2) "10.0.0.5"\n3) (integer) 6379\n'
        "$ tail -1 redis.log\n"
        "MASTER <-> REPLICA sync started\n"
        "$ echo $?\n0\n"
    ),
    "a shell session that counts": (
        "$ for m in 'sync started' 'Connection with master lost.'; do grep -c \"$m\" redis.log; done\n12\n11\n"
        "$ grep -o 'MASTER <-> REPLICA sync started' redis.log | tail -2\n"
        "MASTER <-> REPLICA sync started\n"
        "MASTER <-> REPLICA sync started\n"
        "$ exit\n"
    ),
    "a difference of two files": (
        "--- a/replication.c\n+++ b/replication.c\n@@ -1,4 +1,4 @@\n"
        '-    serverLog(LL_NOTICE,"MASTER <-> SLAVE sync started");\n'
        '+    serverLog(LL_NOTICE,"MASTER <-> REPLICA sync started");\n'
        '     serverLog(LL_NOTICE,"Connecting to MASTER %s:%d",\n'
    ),
    "a git log": (
        f"commit {_ID}\nAuthor: A <a@example.org>\nDate:   Fri May 3 10:01:02 2024 +0000\n\n"
        "    MASTER <-> REPLICA sync started is printed once\n\n"
        f"commit {_ID[::-1]}\nAuthor: B <b@example.org>\nDate:   Fri May 3 09:01:02 2024 +0000\n\n    Connection with master lost\n"
    ),
    "a stack trace": (
        "Traceback (most recent call last):\n"
        '  File "/app/cache.py", line 12, in get\n'
        "    return self.client.get(key)\n"
        "redis.exceptions.ConnectionError: Error 111 connecting to cache:6379. Connection refused.\n"
    ),
    "pytest's output": (
        "============ test session starts ============\n"
        "tests/test_cache.py ..F.                                  [100%]\n"
        "----------- Captured stdout call ------------\n"
        "MASTER <-> REPLICA sync started\n"
        "E       AssertionError: replica is not in sync\n"
        "1 failed, 3 passed in 4.12s\n"
    ),
    "a runner of jobs": _stamped(
        lambda n: f"2024-05-03T10:01:0{n}.1200001Z ",
        "##[group]Run docker compose up -d",
        "docker compose up -d",
        "Container cache-1  Started",
        "##[endgroup]",
        "Ready to accept connections",
    ),
    "a chat": _stamped(
        lambda n: f"[10:0{n}] <user{n}> ",
        "the cache is down again",
        "what does the log say?",
        "MASTER <-> REPLICA sync started",
        "and then?",
        "Connection with master lost.",
        "oh",
    ),
    "a mail that quotes": (
        "On Friday, B wrote:\n"
        "> Our replica says\n"
        "> MASTER <-> REPLICA sync started\n"
        "> and nothing else. What is wrong?\n"
        "Look at the primary's log, please. Is there a line that begins with\n"
        "Replica 10.0.0.9:6379 asks for synchronization\n"
        "in it? If not, it does not reach it.\n"
    ),
    "a web page": (
        "<html><body><h1>Messages</h1><p>MASTER <-> REPLICA sync started</p><br>\n"
        "<p>Printed when a replica connects to its primary.</p><br>\n"
        "<ul><li>Since 2.6</li></ul></body></html>\n"
    ),
    "numbers": "".join(f"{n},{n * n},{n * 7 % 13}\n" for n in range(20)),
    "nothing": "\n\n   \n",
}
"""Texts by what they are."""
