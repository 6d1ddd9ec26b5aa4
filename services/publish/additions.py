"""What goes into which partner's log once it is known who gets a revision. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic_core import to_json

from services.publish.dispatches import Classified, Rules, formatted, log_entry, profile_of
from services.publish.formats import Profile
from services.publish.partner_log import Addition, Appended
from services.publish.recipients import Routed
from shared.events import LogEntry


@dataclass(frozen=True, slots=True)
class Ready:
    """A routed revision with all the copy that its recipients need.

    `missing` is what was not stored with the routing: copy for partners that have the story
    already and would not get it by `takes` today.
    """

    routed: Routed
    copy: Mapping[str, bytes]
    missing: Mapping[str, bytes]


def ready(routed: Routed, rules: Rules) -> Ready:
    """Format what the routing did not ask for."""
    one, matching = routed.dispatch, {partner.id for partner in routed.dispatch.matching}
    others = [id_ for id_ in routed.to if id_ not in matching]
    profiles = [profile_of(rules.book.by_id(id_), one.classified.tags) for id_ in others]
    missing = formatted(one.classified, profiles) if profiles else {}
    return Ready(routed, {**one.copy, **missing}, missing)


def additions(revisions: Iterable[Ready], rules: Rules) -> Iterator[Addition]:
    """Return an addition for each revision and recipient; those of one profile share its bytes."""
    for one in revisions:
        classified = one.routed.dispatch.classified
        entries: dict[Profile, tuple[LogEntry, bytes]] = {}
        for partner_id in one.routed.to:
            partner = rules.book.by_id(partner_id)
            profile = profile_of(partner, classified.tags)
            if profile not in entries:
                entries[profile] = _entry(classified, profile)
            entry, entry_json = entries[profile]
            yield Addition(
                partner=partner_id,
                pushed=partner is not None and partner.webhook is not None,
                full=partner is not None and partner.log == "full",
                revision=classified.revision,
                entry=entry,
                entry_json=entry_json,
                body=one.copy[entry.body],
            )


def _entry(classified: Classified, profile: Profile) -> tuple[LogEntry, bytes]:
    entry = log_entry(classified, profile)
    return entry, to_json(entry, exclude_none=True)


def newest(appended: Iterable[Appended]) -> list[Appended]:
    """Return of each partner and story what stands in the log: only the last of one batch."""
    found = {
        (one.addition.partner, one.addition.revision.story_id): one
        for one in appended
        if one.addition.pushed and one.outcome != "superseded"
    }
    return list(found.values())
