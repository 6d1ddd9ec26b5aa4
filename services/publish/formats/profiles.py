"""What decides the bytes of a formatted story besides the story itself, and their names."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from services.publish.partners import Format, Partner
from shared.events import Labels


@dataclass(frozen=True, slots=True)
class Profile:
    """A format with what it needs to know of a partner; `channel` leads to the section there."""

    format: str
    channel: tuple[str, ...] = ()
    timezone: str = ""

    @property
    def key(self) -> str:
        """A short name: one body is kept for each revision and key."""
        return _key(self)


@lru_cache(maxsize=4096)
def _key(profile: Profile) -> str:
    if not profile.channel and not profile.timezone:
        return profile.format
    told = "\n".join((profile.timezone, *profile.channel))
    return f"{profile.format}.{sha256(told.encode()).hexdigest()[:10]}"


SAME_FOR_ALL = {written: Profile(written) for written in Format if written != Format.ARTICLE}


def profile_for(partner: Partner, tags: Labels) -> Profile:
    """Return the profile in which a partner gets a story that is tagged so.

    Only what the format shows is part of it, so that partners share bodies where they can.
    """
    match partner.format:
        case Format.ARTICLE:
            section = tags.section.name
            channel = partner.channels.get(section, (section,))
            return Profile(partner.format, channel, partner.timezone)
        case _:
            return SAME_FOR_ALL[partner.format]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A formatted story, ready to be sent."""

    body: bytes
    content_type: str
