"""What one classified revision needs to reach its partners: who matches, and the formatted copy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from services.publish.embargo import Hold, Leave, Stay, release
from services.publish.formats import Profile, profile_for, render
from services.publish.partners import Partner, PartnerBook
from services.publish.routing import Router
from shared.events import Labels, LogEntry, Revision
from shared.hop import Entry, Unprocessable
from shared.story import Status, Story

FORMER_PARTNER = Profile("ninjs-3.1")
"""For a partner that is not configured any more and may still have the story."""


@dataclass(frozen=True, slots=True)
class Classified:
    """A classified revision as it was read from the stream, beside its raw fields."""

    entry: Entry
    revision: Revision
    story: Story
    tags: Labels


@dataclass(frozen=True, slots=True)
class Rules:
    """The partners in force and the index over what they take; swapped as a whole."""

    book: PartnerBook
    router: Router


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is decided about a revision before it is known who had the story already.

    `copy` is the formatted story for the matching partners, by its field of the copy hash.
    """

    classified: Classified
    verdict: Leave | Hold | Stay
    matching: tuple[Partner, ...]
    copy: Mapping[str, bytes]


def read_classified(entry: Entry) -> Classified:
    """Return the event; raises Unprocessable if the entry holds none."""
    try:
        return Classified(
            entry,
            Revision.model_validate_json(entry.fields[b"revision"]),
            Story.model_validate_json(entry.fields[b"story"]),
            Labels.model_validate_json(entry.fields[b"tags"]),
        )
    except (KeyError, ValidationError) as fault:
        raise Unprocessable(f"no StoryClassified: {fault}") from fault


def dispatch(classified: Classified, rules: Rules, now: datetime) -> Dispatch:
    """Decide whether the revision may leave now, and which partners take it."""
    verdict = release(classified.story, now)
    leaves = isinstance(verdict, Leave)
    matching = rules.router.matches(classified.story, classified.tags) if leaves else ()
    copy = formatted(classified, [profile_of(partner, classified.tags) for partner in matching])
    return Dispatch(classified, verdict, matching, copy)


def profile_of(partner: Partner | None, tags: Labels) -> Profile:
    return FORMER_PARTNER if partner is None else profile_for(partner, tags)


def copy_field(revision: Revision, profile: Profile) -> str:
    """Return where a formatted story is kept in the story's copy hash."""
    return f"{revision.version}:{profile.key}"


def formatted(classified: Classified, profiles: Iterable[Profile]) -> dict[str, bytes]:
    """Return each profile's formatted copy by its field, one for all partners that share it."""
    c = classified
    return {
        copy_field(c.revision, profile): render(c.story, c.revision, c.tags, profile).body
        for profile in {profile.key: profile for profile in profiles}.values()
    }


def log_entry(classified: Classified, profile: Profile) -> LogEntry:
    """Return the reference that goes into a partner's log."""
    revision, tags = classified.revision, classified.tags
    return LogEntry(
        story_id=revision.story_id,
        version=revision.version,
        status=revision.status,
        section=tags.section.name,
        topics=tuple(topic.name for topic in tags.topics),
        changed=revision.changed,
        expires=classified.story.expires if revision.status is Status.USABLE else None,
        body=copy_field(revision, profile),
    )
