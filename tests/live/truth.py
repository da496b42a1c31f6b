"""The servers' own word on their replication."""

from __future__ import annotations

from redislog.testing.simulate.truth import ServerTruth, Truth

from .harness import SERVED, Deployment, Server

_ROLES = {"master": "primary", "slave": "replica"}


def read_truth(deployment: Deployment) -> Truth:
    """Ask every server."""
    return {name: _ask(deployment, server) for name, server in deployment.servers.items()}


def _ask(deployment: Deployment, server: Server) -> ServerTruth:
    if not server.answers:
        running = None if server.frozen else False
        return ServerTruth(
            server.address,
            running,
            server.syncs(),
            silenced=server.silenced,
            also=server.also,
            ahead=deployment.ahead(server),
        )
    replication = server.info("replication")
    truth = ServerTruth(
        server.address,
        running=True,
        syncs=server.syncs(),
        role=_ROLES[replication["role"]],
        also=server.also,
        ahead=deployment.ahead(server),
    )
    slaves = [fields for key, fields in replication.items() if SERVED.fullmatch(key)]
    online = (f"{each['ip']}:{each['port']}" for each in slaves if each["state"] == "online")
    truth = truth._replace(online=frozenset(online))
    if truth.role == "primary":
        return truth
    return truth._replace(
        link=server.call("ROLE")[3],
        primary=deployment.name_at(replication["master_host"], replication["master_port"]),
        in_sync=replication["master_link_status"] == "up",
    )
