"""What a row of the table may need, or be doubted for: proofs of life, and who could be meant.

Each takes the court at an instant and a claim; its name and first line are what the documentation shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redislog.court import sightings
from redislog.court.claim import Claim
from redislog.court.strangers import (
    changed_its_role,
    has_unnamed_replica,
    is_shared,
    may_be_captured,
    may_be_replicas,
    may_have_been_replica,
    shares_its_history,
    was_replica,
)
from redislog.node.history import span_at

if TYPE_CHECKING:
    from redislog.court.decide import Court

_IN_A_SYNC = ("psync", "wait_bgsave", "transfer", "loading", "connected")
"""Phases in which a server's own log knows more of a sync: a primary may hold it for online before it has loaded."""


def has_no_log(court: Court, claim: Claim) -> bool:
    """No line of its own is there."""
    return not court.has_log(claim.about)


def has_log(court: Court, claim: Claim) -> bool:
    """Lines of its own are there."""
    return court.has_log(claim.about)


def no_server_speaks(court: Court, claim: Claim) -> bool:
    """No server's log speaks of it."""
    return not court.others_speak_of(claim.about)


def teller_lives(court: Court, claim: Claim) -> bool:
    """The witness is not known to be down."""
    return court.value(claim.teller, "running") is not False


def nobody_is_linked(court: Court, claim: Claim) -> bool:
    """No link of a living server with it lasts."""
    about = claim.about
    followers = (
        name
        for name in court.logs
        if name != about and _in_sync_with(court, name, about) and _lives(court, name)
    )
    serving = (
        told.teller
        for told in court.told(about, "in_sync", "primary.serves")
        if told.value and court.value(about, "primary") == told.teller and _lives(court, told.teller)
    )
    return next(followers, None) is None and next(serving, None) is None


def _lives(court: Court, name: str) -> bool:
    """Whether a server is not known to be down, and no majority of a Cluster misses it: both ends may be lost at once."""
    return not court.is_down(name) and not court.told(name, "running", "cluster.failed")


def is_refused_by_all(court: Court, claim: Claim) -> bool:
    """Where no line of its own is there, no follower is served, and all that live are refused, the witness too."""
    if court.has_log(claim.about):
        return True
    followers = {told.teller for told in court.told(claim.about, "role", "replica.follows")}
    alive = {name for name in followers if court.value(name, "running") is not False}
    refused = {told.teller for told in court.told(claim.about, "running", "replica.refused")}
    served = {told.teller for told in court.told(claim.about, "running", "replica.served")}
    return claim.teller in alive and alive <= refused and not served & followers


def is_primary(court: Court, claim: Claim) -> bool:
    """It is a primary."""
    return bool(court.value(claim.about, "role") == "primary")


def is_replica(court: Court, claim: Claim) -> bool:
    """It is a replica."""
    return bool(court.value(claim.about, "role") == "replica")


def has_no_address(court: Court, claim: Claim) -> bool:
    """No address of it is known."""
    return not court.addresses(claim.about)


def was_in_sync(court: Court, claim: Claim) -> bool:
    """Its own log, if it is there, says that it was in sync."""
    return court.says_in_sync(claim.about) or not court.has_log(claim.about)


def follows_teller(court: Court, claim: Claim) -> bool:
    """It follows the witness, as far as its own log says."""
    if not court.has_log(claim.about):
        return True
    upstream: str | None = court.value(claim.about, "primary")
    return is_replica(court, claim) and upstream == claim.teller


def is_followed_by_teller(court: Court, claim: Claim) -> bool:
    """The witness is a replica of it now."""
    upstream: str | None = court.value(claim.teller, "primary")
    role: str | None = court.value(claim.teller, "role")
    return upstream == claim.about and role == "replica"


def is_told_from_others(court: Court, claim: Claim) -> bool:
    """No other replica of the witness is without a known address."""
    return not has_unnamed_replica(court.instant, claim.teller, claim.about)


def is_not_told_from_others(court: Court, claim: Claim) -> bool:
    """Another replica of the witness has no known address."""
    return not is_told_from_others(court, claim)


def knows_all_servers(court: Court, claim: Claim) -> bool:
    """Every address that a log names is a captured server's."""
    return not court.has_strangers


def has_strangers(court: Court, claim: Claim) -> bool:
    """Some address that a log names may be a server's without log, which it may follow since."""
    return court.has_strangers


def never_noticed(court: Court, claim: Claim) -> bool:
    """Its own log shows the witness as online still."""
    told = court.told(claim.teller, "in_sync", "primary.serves")
    return any(each.teller == claim.about and each.value for each in told)


def teller_moved_on(court: Court, claim: Claim) -> bool:
    """The witness follows another server, or none, since."""
    history = court.instant.joined.nodes[claim.teller]
    link = span_at(history.links, court.instant.on(claim.teller))
    if link is None or link.primary is None:
        return True
    return court.instant.joined.met(link.primary, claim.teller, link.start.order) != claim.about


def may_be_another_s(court: Court, claim: Claim) -> bool:
    """Where its own log is there, the witness served another server under the same address."""
    return not court.has_log(claim.about) or is_shared(court.instant, claim.teller, claim.about)


def is_served_indeed(court: Court, claim: Claim) -> bool:
    """The witness lives, and where no line of its own is there does not follow it, and no captured server is meant."""
    if not teller_lives(court, claim) or court.has_log(claim.about):
        return teller_lives(court, claim)
    return not is_followed_by_teller(court, claim) and claim.about not in court.taken


def serves_anew(court: Court, claim: Claim) -> bool:
    """Where its own log is there, that does not tell of a sync with the witness that goes on, or how this one failed."""
    own, upstream = court.own(claim.about, "phase"), court.own(claim.about, "primary")
    is_same = upstream is not None and upstream.value == claim.teller
    if not is_same or own is None:
        return True
    return own.value not in _IN_A_SYNC and not _is_of_a_failed_sync(court, claim)


def _is_of_a_failed_sync(court: Court, claim: Claim) -> bool:
    """Whether the witness speaks of a sync that failed by the replica's own log.

    It has sent all of it, which the replica need not have kept, and sees the link end up to a second later (Valkey
    9.0+, where a thread of its own takes the snapshot).
    """
    joined = court.instant.joined
    now = court.instant.on(claim.about)
    for (name, number), (teller, served) in joined.identity.joins_of(claim.about):
        online = joined.nodes[teller].services[served].online
        if (
            (name, teller) == (claim.about, claim.teller)
            and online is not None
            and online.time == claim.stamp
        ):
            failed = joined.nodes[name].attempts[number].failed
            return failed is not None and failed.time <= now
    return False


def may_have_gone_on(court: Court, claim: Claim) -> bool:
    """Lines of the witness are missing since, it may be down, or another server may be meant."""
    return court.value(claim.teller, "running") is None or sightings.may_have_gone_on(court, claim)


def waits_for_an_answer(court: Court, claim: Claim) -> bool:
    """By its own log it waits for an answer."""
    own = court.own(claim.about, "phase")
    return own is not None and own.value == "psync"


def may_all_be_the_lost_one(court: Court, claim: Claim) -> bool:
    """Each server that may be the lost one says that it is in sync with the witness."""
    candidates = sightings.candidates_with(court, claim)
    return (
        teller_lives(court, claim)
        and bool(candidates)
        and all(_in_sync_with(court, name, claim.teller) for name in candidates)
    )


def _in_sync_with(court: Court, name: str, primary: str) -> bool:
    upstream = court.own(name, "primary")
    return court.says_in_sync(name) and upstream is not None and upstream.value == primary


def is_gone_for_good(court: Court, claim: Claim) -> bool:
    """Nobody serves it since; where its own log is there, it was in sync with the witness, and strangers are about."""
    if court.has_log(claim.about):
        return all(
            holds(court, claim) for holds in (was_in_sync, follows_teller, is_told_from_others, has_strangers)
        )
    unknown = court.value(claim.about, "role") is None and court.value(claim.about, "running") is None
    return unknown and is_lost_indeed(court, claim)


def is_lost_indeed(court: Court, claim: Claim) -> bool:
    """Where no line of its own is there: the witness lives, was the last to know it, and no captured server is meant."""
    if court.has_log(claim.about):
        return True
    if not teller_lives(court, claim) or is_followed_by_teller(court, claim):
        return False
    others = [
        told
        for told in court.told(claim.about, "role", "primary.serves")
        if court.value(told.teller, "running") is not False
    ]
    candidates = court.candidates(claim.about)
    explained = any(
        not _in_sync_with(court, name, claim.teller) for name in candidates if court.has_log(name)
    )
    return not others and not explained


def may_have_been_promoted(court: Court, claim: Claim) -> bool:
    """A captured primary without known address, which was a replica, may be it."""
    return may_have_been_replica(court.instant, claim.about, court.addresses)


def may_have_its_link(court: Court, claim: Claim) -> bool:
    """A captured replica in sync without known address may be it."""
    names = may_be_replicas(court.instant, claim.about, court.addresses)
    return any(map(court.says_in_sync, names))


def may_be_a_replica(court: Court, claim: Claim) -> bool:
    """A log shows it as a replica, a captured replica may be it, or a follower kept its history over a change of primary."""
    followers = {told.teller for told in court.told(claim.about, "role", "replica.follows")}
    return (
        was_replica(court.instant, claim.about)
        or bool(may_be_replicas(court.instant, claim.about, court.addresses))
        or any(shares_its_history(court.instant, name, court.is_down) for name in followers)
        or any(changed_its_role(court.instant, name) for name in followers)
    )


def is_down_for_all_sentinels(court: Court, claim: Claim) -> bool:
    """Where no line of its own is there, all Sentinels that know it hold it for down."""
    return court.has_log(claim.about) or sightings.down_for(court, claim.about) is all


def is_down_for_a_sentinel(court: Court, claim: Claim) -> bool:
    """A Sentinel holds it for down."""
    return sightings.down_for(court, claim.about) is not None


def sentinels_know_best(court: Court, claim: Claim) -> bool:
    """No captured server is meant, and it is a primary by name, a replica of one without a log, or others speak of it."""
    if may_be_captured(court.instant, claim.about, court.addresses):
        return False
    return court.others_speak_of(claim.about) or sightings.is_needed(court, claim.about)


def is_named_by_all(court: Court, claim: Claim) -> bool:
    """All Sentinels name it as the primary."""
    return claim.value == "primary" and sightings.role(court, claim.about) == "primary"


def no_living_primary_serves(court: Court, claim: Claim) -> bool:
    """No primary that is known to run serves it."""
    told = court.told(claim.about, "role", "primary.serves")
    return not any(court.value(each.teller, "running") for each in told)


def another_runs(court: Court, claim: Claim) -> bool:
    """Another server of its group is a primary by its own log, and not down."""
    return claim.value == "primary" and sightings.another_runs(court, claim.about)


def sentinels_differ(court: Court, claim: Claim) -> bool:
    """Sentinels do not agree on its role."""
    return bool(sightings.role(court, claim.about) != claim.value)


def is_unreached_replica(court: Court, claim: Claim) -> bool:
    """A replica that no Sentinel reaches: what it has become since is not said."""
    return claim.value == "replica" and not sightings.answers(court, claim.about)


def follows_the_named(court: Court, claim: Claim) -> bool:
    """All Sentinels that know it name the primary that it was seen to follow."""
    return bool(sightings.upstream(court, claim.about) == claim.value)
