"""What decides the bytes of a formatted story besides the story itself, and their names."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from services.publish.partners import Format, Partner
from shared.events import Labels


@dataclass(frozen=True, slots=True)
class Profile:
    """A format with what it needs to know of a partner; `channel` leads to the section there.

    `early`: the partner has embargoed stories before their time, so that a text format says
    `Sperrfrist` above them (wire-rules 7.4, 7.5). Formats with a field for the embargo need it not.
    """

    format: str
    channel: tuple[str, ...] = ()
    timezone: str = ""
    early: bool = False

    @property
    def key(self) -> str:
        """A short name: one body is kept for each revision and key."""
        return _key(self)


@lru_cache(maxsize=4096)
def _key(profile: Profile) -> str:
    name = f"{profile.format}.early" if profile.early else profile.format
    if not profile.channel and not profile.timezone:
        return name
    told = "\n".join((profile.timezone, *profile.channel))
    return f"{name}.{sha256(told.encode()).hexdigest()[:10]}"


PAGES = frozenset({Format.ARTICLE, Format.HTML})
SAME_FOR_ALL = {written: Profile(written) for written in Format if written not in PAGES}


def profile_for(partner: Partner, tags: Labels) -> Profile:
    """Return the profile in which a partner gets a story that is tagged so.

    Only what the format shows is part of it, so that partners share bodies where they can.
    """
    match partner.format:
        case Format.ARTICLE | Format.HTML:
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
