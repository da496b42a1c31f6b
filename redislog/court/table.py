"""The table that decides: ALL that makes one witness's word go before another's is here.

Theory
------
1. A witness makes *claims* (`redislog.court.claim.Claim`): what it saw of whom, from when to when. Nothing else.
2. A row of `TABLE` says what one kind of testimony is worth for one thing that can be said of a server. The rows of a
   thing stand in order, the weightiest first.
3. A server's own log goes before all that others say, as long as it speaks. Rows above its own add what it cannot know.
   Rows below count *if later*: where what was seen is newer than its last line, for a log that stops is no server that
   stopped, and others go on seeing it. Clocks differ: *if surely later* holds under every offset that the logs allow; where
   it may be later and may not, the thing is unknown. *Unless earlier* is for doubts: it may be later.
4. A row counts only where all its ``needs`` hold: most ask for a proof of life, of the witness or against it. Where one of
   its ``doubts`` holds, what it says is unknown.
5. Of the rows that count against a log that has ended the first that knows something decides.
6. A server that does not run has no link, and is in sync with nobody.

How long silence counts is in `redislog.court.thresholds`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from redislog.court import conditions as c
from redislog.court.claim import What, Witness

Condition = Callable[[Any, Any], bool]
"""What a row needs, or is doubted for, by the court at an instant and the claim."""
Counts = Literal["always", "if later", "if surely later", "unless earlier"]


class Row(NamedTuple):
    """What a kind of testimony is worth for one thing, and when it counts."""

    what: What
    testimony: str
    witness: Witness
    counts: Counts
    meaning: str
    needs: tuple[Condition, ...] = ()
    doubts: tuple[Condition, ...] = ()


TABLE: tuple[Row, ...] = (
    # the process
    Row("running", "own.end", "its own log", "always", "it says that it exits, or how it crashed"),
    Row("running", "host.ended", "the host", "always", "its host, Docker or Kubernetes says that its process ended"),
    Row("running", "own.life", "its own log", "always", "it prints, and does not say that it ends"),
    Row(
        "running", "primary.serves", "its primary", "if later", "it is served",
        needs=(c.has_no_log, c.is_served_indeed),
    ),
    Row(
        "running", "replica.refused", "its replicas", "if surely later", "nothing listens at its address",
        needs=(c.is_refused_by_all,),
    ),
    Row(
        "running", "cluster.failed", "Cluster peers", "if surely later",
        "a majority of the Cluster does not reach it (FAIL)",
        needs=(c.nobody_is_linked,),
    ),
    Row(
        "running", "sentinel.agreed", "Sentinels", "if surely later",
        "a quorum of Sentinels has not reached it for long",
        needs=(c.nobody_is_linked, c.is_down_for_all_sentinels),
    ),
    Row(
        "running", "sentinel.no-heir", "Sentinels", "if surely later",
        "a quorum of Sentinels does not reach it, and none of its replicas was fit to take its place",
        needs=(c.has_no_log, c.nobody_is_linked, c.is_down_for_all_sentinels),
    ),
    Row(
        "running", "primary.lost-for-long", "its primary", "if surely later",
        "its primary lost it, lives on, and has not seen it again for `repl-timeout`",
        needs=(c.has_log, c.was_in_sync, c.follows_teller, c.is_told_from_others, c.knows_all_servers),
    ),
    Row(
        "running", "replica.left-for-long", "its replicas", "if later",
        "for `repl-timeout` it has not noticed that a replica left, which follows another one since",
        needs=(c.is_primary, c.never_noticed, c.teller_moved_on),
    ),
    Row(
        "running", "replica.not-linked", "its replicas", "if later", "it answered once, that it has no link itself",
        needs=(c.has_no_log, c.is_followed_by_teller, c.teller_lives),
    ),
    Row(
        "running", "replica.served", "its replicas", "if later", "it serves a replica that lives",
        needs=(c.has_no_log, c.is_followed_by_teller, c.teller_lives),
    ),
    Row(
        "running", "primary.perhaps-lost", "its primary", "if later", "a link that may be its own ended",
        needs=(c.was_in_sync, c.follows_teller, c.is_served_indeed, c.may_be_another_s),
    ),
    Row(
        "running", "primary.lost", "its primary", "if later", "its primary lost it",
        needs=(c.was_in_sync, c.follows_teller, c.is_lost_indeed),
    ),
    Row(
        "running", "replica.unanswered", "its replicas", "if later", "it did not answer a replica in time",
        needs=(c.never_noticed, c.nobody_is_linked),
    ),
    Row(
        "running", "replica.left", "its replicas", "if later", "it has not noticed that a replica left",
        needs=(c.is_primary, c.never_noticed),
    ),
    Row(
        "running", "sentinel.unreached", "Sentinels", "unless earlier", "a Sentinel does not reach it",
        needs=(c.has_log, c.nobody_is_linked,),
    ),
    Row(
        "running", "sentinel.unreached-primary", "Sentinels", "unless earlier",
        "a Sentinel does not reach a primary that may be it",
        needs=(c.nobody_is_linked, c.is_primary, c.has_no_address),
    ),
    Row(
        "running", "sentinel.unreached-replica", "Sentinels", "unless earlier",
        "a Sentinel does not reach a replica that may be it",
        needs=(c.nobody_is_linked, c.is_replica, c.has_no_address),
    ),
    Row(
        "running", "sentinel.sees", "Sentinels", "always", "it answers a Sentinel",
        needs=(c.has_no_log, c.sentinels_know_best), doubts=(c.is_down_for_a_sentinel,),
    ),
    # the role
    Row("role", "own.role", "its own log", "always", "it says its role, by a message or the letter of its lines"),
    Row("role", "own.serves", "its own log", "always", "since it began it has followed nobody, and it serves replicas"),
    Row(
        "role", "sentinel.sees", "Sentinels", "always",
        "all Sentinels name it as the primary, and no primary that is known to run serves it",
        needs=(c.has_no_log, c.is_named_by_all, c.sentinels_know_best, c.no_living_primary_serves),
        doubts=(c.another_runs,),
    ),
    Row(
        "role", "primary.serves", "its primary", "always", "it is served: a replica",
        needs=(c.has_no_log, c.is_served_indeed),
    ),
    Row(
        "role", "replica.not-linked", "its replicas", "always", "it answered that it is a replica without link",
        needs=(c.has_no_log, c.is_followed_by_teller, c.teller_lives), doubts=(c.may_have_been_promoted,),
    ),
    Row(
        "role", "replica.served", "its replicas", "always", "it serves, and nothing shows it as a replica",
        needs=(c.has_no_log, c.is_followed_by_teller), doubts=(c.may_be_a_replica,),
    ),
    Row(
        "role", "replica.follows", "its replicas", "always", "it is followed, which a replica can be, too",
        needs=(c.has_no_log, c.is_followed_by_teller),
    ),
    Row(
        "role", "primary.perhaps-lost", "its primary", "always", "it is perhaps lost",
        needs=(c.has_no_log, c.is_served_indeed),
    ),
    Row("role", "primary.lost", "its primary", "always", "it was lost", needs=(c.has_no_log, c.is_lost_indeed)),
    Row(
        "role", "sentinel.unfit", "Sentinels", "always", "a replica that was not fit to be promoted",
        needs=(c.has_no_log, c.no_server_speaks, c.sentinels_know_best, c.is_down_for_all_sentinels),
    ),
    Row(
        "role", "sentinel.sees", "Sentinels", "always", "all Sentinels agree on its role, and no server's log speaks of it",
        needs=(c.has_no_log, c.no_server_speaks, c.sentinels_know_best),
        doubts=(c.sentinels_differ, c.another_runs, c.is_unreached_replica),
    ),
    Row(
        "role", "cluster.failed", "Cluster peers", "always", "a node that failed, and that another one took over from",
        needs=(c.has_no_log,),
    ),
    # whom it follows
    Row("primary", "own.link", "its own log", "always", "it says whom it follows"),
    Row(
        "primary", "primary.serves", "its primary", "if later", "another primary serves it now",
        needs=(c.is_replica, c.is_served_indeed, c.serves_anew),
    ),
    Row(
        "primary", "sentinel.sees", "Sentinels", "always", "all Sentinels that know it name that primary",
        needs=(c.has_no_log, c.is_replica, c.sentinels_know_best, c.follows_the_named),
    ),
    Row(
        "primary", "sentinel.unfit", "Sentinels", "always", "it was a replica of the primary that had no heir",
        needs=(c.has_no_log, c.is_replica, c.sentinels_know_best),
    ),
    # its link: the word of the ROLE command, and the finer phase
    Row("link", "own.link", "its own log", "always", "it says how far it is"),
    Row(
        "link", "primary.serves", "its primary", "if later", "its primary says that it is online",
        needs=(c.is_replica, c.is_served_indeed, c.serves_anew), doubts=(c.may_have_gone_on,),
    ),
    Row(
        "link", "primary.lost", "its primary", "if later", "its primary lost it",
        needs=(c.was_in_sync, c.follows_teller, c.is_told_from_others),
    ),
    Row(
        "phase", "primary.queues", "its primary", "always", "its primary holds the request that it waits for an answer to",
        needs=(c.waits_for_an_answer,),
    ),
    Row("phase", "own.link", "its own log", "always", "it says how far it is"),
    Row(
        "phase", "primary.serves", "its primary", "if later", "its primary says how far it is",
        needs=(c.is_replica, c.is_served_indeed, c.serves_anew), doubts=(c.may_have_gone_on,),
    ),
    Row(
        "phase", "primary.lost", "its primary", "if later", "its primary lost it",
        needs=(c.was_in_sync, c.follows_teller, c.is_told_from_others),
    ),
    # whether it is in sync
    Row(
        "in_sync", "primary.lost-one-of", "its primary", "always", "its primary lost one of several that it may be",
        needs=(c.may_all_be_the_lost_one,),
    ),
    Row("in_sync", "own.link", "its own log", "always", "its link is connected, or not"),
    Row(
        "in_sync", "primary.serves", "its primary", "if later", "it is online at its primary, or not yet",
        needs=(c.is_replica, c.is_served_indeed, c.serves_anew), doubts=(c.may_have_gone_on,),
    ),
    Row(
        "in_sync", "replica.not-linked", "its replicas", "always", "it answered that it has no link",
        needs=(c.has_no_log, c.is_followed_by_teller, c.teller_lives), doubts=(c.may_have_its_link,),
    ),
    Row(
        "in_sync", "primary.lost", "its primary", "if later", "its primary lost it",
        needs=(c.has_log, c.was_in_sync, c.follows_teller), doubts=(c.is_not_told_from_others, c.has_strangers),
    ),
    Row(
        "in_sync", "primary.perhaps-lost", "its primary", "if later", "a link that may be its own ended",
        needs=(c.was_in_sync, c.follows_teller, c.may_be_another_s),
    ),
    # which primary lost it
    Row(
        "detached_from", "primary.lost", "its primary", "if later", "its primary lost it, and nothing says where it is",
        needs=(c.is_gone_for_good,),
    ),
)  # fmt: skip


ROWS: dict[What, tuple[Row, ...]] = {
    what: tuple(row for row in TABLE if row.what == what) for what in dict.fromkeys(row.what for row in TABLE)
}
"""The rows for each thing, the weightiest first."""


def words_of(condition: Condition) -> str:
    """What a condition asks, in the words of its documentation."""
    text = (condition.__doc__ or "").partition("\n")[0].rstrip(".")
    return text[:1].lower() + text[1:]
