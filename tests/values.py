"""Values for placeholders of the catalogue: by type, the usual ones and those at the edges."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

HEX40 = "f5936d9c489e2cf341f75b48235c72981f770077"
NO_ID = "0" * 40

_ERRORS = (
    "Connection refused",
    "No such file or directory",
    "error:0A000086:SSL routines::certificate verify failed",
    "Operation now in progress (115)",
    """Can't say "why": it's so""",
)
_TEXTS = (
    "x",
    """it's "quoted" (really): yes""",
    "-NOAUTH Authentication required.",
    "a, b;  two blanks <and> [more]/100%",
    "Größe 日本",
    "",
)
_IDS = (HEX40, NO_ID, "0123456789abcdef0123456789abcdef01234567")
_SIMPLE: dict[str, tuple[str, ...]] = {
    "int": ("42", "0", "-1", "2147483648", "9223372036854775807", "-9223372036854775808"),
    "epoch": ("7", "0", "18446744073709551615"),
    "offset": ("563", "0", "-1", "9223372036854775807"),
    "port": ("6379", "0", "65535"),
    "pid": ("42", "1", "4194304", "-1"),
    "host": (
        "10.0.202.28",
        "fd00::11",
        "::1",
        "redis-0.redis.svc.cluster.local",
        "fe80::1%eth0",
        "localhost",
    ),
    "ipport": ("10.0.25.220:6379", "[fd00::11]:6379", "/run/redis/redis.sock:0"),
    "replid": _IDS,
    "runid": _IDS,
    "nodeid": _IDS,
    "linknode": (*_IDS, "<unknown>"),
    "shardid": _IDS,
    "nodename": ("", "node-1", "a.b_c"),
    "mastername": ("mymaster", "group.1-a_b", "6379"),
    "errno": _ERRORS,
    "text": _TEXTS,
    "word": ("abc", "x-y_z", "a:b", "?", "'quoted'"),
    "filename": ("dump.rdb", "appendonly.aof.1.base.rdb", "my dump (1).rdb"),
    "path": ("/data/dump.rdb", "/var/lib/my redis/dump.rdb", "C:/redis/a:b.conf", "/data/(1)/it's"),
    "apostrophes": ("'abc'", "''", r"'a\'b\\'", r"'\r\n\x00: (b) \', '"),
    "quoted": ('"abc"', '""', r'"a\"b\\"', r'"\r\n\x00: (b) \', "'),
    "float": ("0", "0.001", "12.345", "3"),
    "float2": ("1.16", "0.00", "10240.50"),
    "hex": ("7f3a", "0", "deadbeef01234567"),
    "pointer": ("0x7ffd1234abcd", "(nil)"),
    "commit": ("00000000", "deadbeef"),
    "ctime": ("Thu Nov 23 04:05:06 2023", "Sun Feb  4 04:05:06 2024"),
    "date": ("Mon May 29 07:47:57 UTC 2023", "Sun Feb  4 04:05:06 CEST 2024"),
    "flags": ("master", "slave,fail?", "myself,master", "noflags"),
    "msgtype": ("ping", "auth-req", "publishshard", "unknown"),
    "humanbytes": ("0B", "1.16M", "512.00K", "2.50G"),
    "char": ("a", "?", ":", "'"),
    "version": ("7.0.11", "255.255.255", "2.8.24"),
}
TYPES = frozenset(_SIMPLE) | {"addr", "instname", "sentname", "client", "text"}


def _series(version: str) -> tuple[int, int]:
    major, minor, *_ = version.partition(" ")[2].split(".")
    return int(major), int(minor)


@cache
def edge_values(kind: str, version: str, name: str) -> tuple[str, ...]:
    """The values of a type that a version can print; ``name`` is the placeholder's."""
    match kind:
        case "addr":
            return _replica_names(version)
        case "instname":
            return _instance_names(version)
        case "sentname":
            return _IDS if _series(version) >= (3, 2) else _instance_names(version)
        case "client":
            return _clients(version)
    if name == "requested":
        return (*_SIMPLE[kind], "?", "whatever a client sent")
    return _SIMPLE[kind]


def _replica_names(version: str) -> tuple[str, ...]:
    series = _series(version)
    word = "slave" if series < (5, 0) else "replica"
    names = ["10.0.25.220:6379", "[fd00::11]:6379" if series >= (3, 2) else "fd00::11:6379"]
    names += [f"10.0.25.220:<unknown-{word}-port>", f"fd00::11:<unknown-{word}-port>"]
    if series >= (3, 0):
        names.append(f"/unixsocket:<unknown-{word}-port>")
    if series >= (6, 2):
        names += ["redis-1.redis.svc:6379", "client id #17"]
    return tuple(names)


def _instance_names(version: str) -> tuple[str, ...]:
    names = ["10.0.0.2:6379", "fd00::11:6379" if _series(version) < (2, 8) else "[fd00::11]:6379"]
    return (*names, "redis-1.example:6379") if _series(version) >= (6, 2) else tuple(names)


def _clients(version: str) -> tuple[str, ...]:
    """CLIENT LIST records in the version's layout: a replica, and a client with empty values."""
    series = _series(version)
    first = "" if series < (2, 8) else "id=5 "
    laddr = " laddr=10.0.0.1:6379" if series >= (6, 2) else ""
    later = " argv-mem=10 tot-mem=22426 user=default" if series >= (6, 0) else ""
    later += " redir=-1 resp=2 lib-name= lib-ver=" if series >= (7, 2) else ""
    end = "qbuf=0 qbuf-free=20474 obl=0 oll=3 omem=20512 events=r cmd=psync"
    name = "*redacted*" if version.startswith("valkey 8") else ""
    return (
        f"{first}addr=10.0.25.220:52345{laddr} fd=9 name={name} age=61 idle=0 flags=S db=0 sub=0 {end}{later}",
        f"{first}addr=[fd00::11]:0{laddr} fd=9 name= age=0 idle=0 flags=N db=0 sub=0 {end.replace('psync', '')}{later}",
        f"{first}addr=/run/my.sock:0{laddr} fd=9 name=sentinel-1a2b3c4d-cmd age=1 idle=0 flags=x db=0 sub=0 {end}",
    )


def strategy(kind: str, version: str, name: str) -> st.SearchStrategy[str]:
    """Any value of a type that a version can print."""
    signed = st.integers(-(2**63), 2**63 - 1).map(str)
    edges = st.sampled_from(edge_values(kind, version, name))
    printable = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"))
    match kind:
        case "int" | "offset":
            return edges | signed
        case "epoch":
            return edges | st.integers(0, 2**64 - 1).map(str)
        case "port":
            return edges | st.integers(0, 65535).map(str)
        case "replid" | "runid" | "nodeid" | "linknode" | "shardid":
            return edges | st.text("0123456789abcdef", min_size=40, max_size=40)
        case "host":
            return edges | st.ip_addresses().map(str)
        case "errno" | "text" | "path" | "filename":
            words = st.text(printable, min_size=1, max_size=30).map(str.strip).filter(bool)
            return edges | words
        case "word":
            return edges | st.text("abcXYZ019-_.:/", min_size=1, max_size=12)
        case "float":
            return edges | st.integers(0, 10**9).map(lambda number: f"{number / 1000:.3f}")
        case _:
            return edges
