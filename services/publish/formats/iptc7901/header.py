"""Writes what stands around the text: the header line, the keywords, the time of sending."""

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from services.publish.formats.iptc7901.layout import WIDTH, one_line
from shared.events import Labels
from shared.story import Status, Story, Subject

BERLIN: Final = ZoneInfo("Europe/Berlin")
NO_AGENCY: Final = "dep"
USUAL_PRIORITY, LEAST_PRIORITY = 3, 4  # wire-rules 8.1, 8.3
_MONTHS_WORDS: Final = "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"
_MONTHS: Final = _MONTHS_WORDS.split()
_NO_LETTER: Final = re.compile(r"[^a-z]")
_BLANK: Final = re.compile(r"\s+")
_SHORTEST_SERVICE: Final = 2
# dpa's sections of the paper by the top of IPTC's Media Topics; all else is `vm`, as there.
_DESKS: Final = {
    "medtop:01000000": "ku",
    "medtop:04000000": "wi",
    "medtop:11000000": "pl",
    "medtop:15000000": "sp",
}
_DESKS_BY_NAME: Final = {
    "Ausland": "pl",
    "Inland": "pl",
    "Kultur": "ku",
    "Medien": "ku",
    "Politik": "pl",
    "Sport": "sp",
    "Wirtschaft": "wi",
}
_MIXED: Final = "vm"
# How an agency files a story is no keyword of it.
_FILING: Final = re.compile(r"[\w-]*(?:cat|genre|scope|rubric|desk):")


def item(story: Story) -> str:
    """Name a story as text wires do, `hfd4711`: the same name for all versions of one id.

    The letters are the agency's, the number is made from the id, so two stories may share it.
    """
    return f"{_service(_credit(story))}{_number(story.story_id)}"


def header(story: Story, status: Status, tags: Labels, words: int) -> str:
    """Write the header; a recall is of the highest priority and names the item (wire-rules 6.5)."""
    agency = _BLANK.sub("-", _credit(story)) or NO_AGENCY
    start = f"{item(story)} {_priority(story, status)} {_desk(tags)} {words}  {agency} 0000"
    return start if status is Status.USABLE else f"{start}  {_number(story.story_id)}"


def keywords(story: Story, tags: Labels) -> str:
    """List what it is about, the agency's words before ours, as far as they fit on a line."""
    names = [subject.name for subject in story.subjects if not _is_filing(subject)]
    names += [*story.keywords, *(topic.name for topic in tags.topics)]
    words = dict.fromkeys(one_line(name.replace("/", "-")) for name in names if name)
    line = ""
    for word in filter(None, words or [one_line(tags.section.name)]):
        if len(line) + len(word) < WIDTH:
            line += f"{word}/"
    return line


def sent(moment: datetime) -> str:
    """Write the time of sending by the clocks of Berlin: `241205 Sep 24`."""
    local = moment.astimezone(BERLIN)
    clock = f"{local.day:02}{local.hour:02}{local.minute:02}"
    return f"{clock} {_MONTHS[local.month - 1]} {local.year % 100:02}"


def _credit(story: Story) -> str:
    return one_line(story.credit or story.dateline.credit or "")


@lru_cache(maxsize=1024)
def _service(credit: str) -> str:
    letters = _NO_LETTER.sub("", unicodedata.normalize("NFKD", credit).lower())
    return letters[:3] if len(letters) >= _SHORTEST_SERVICE else NO_AGENCY


def _number(story_id: str) -> str:
    """Make four digits of an id; 0000 is what copy without a number bears."""
    return f"{int.from_bytes(sha256(story_id.encode()).digest()[:8]) % 9999 + 1:04}"


def _priority(story: Story, status: Status) -> int:
    if status is not Status.USABLE:
        return 1
    return min(max(story.urgency or USUAL_PRIORITY, 1), LEAST_PRIORITY)


def _desk(tags: Labels) -> str:
    section = tags.section
    return _DESKS.get(section.code or "") or _DESKS_BY_NAME.get(section.name, _MIXED)


def _is_filing(subject: Subject) -> bool:
    return subject.code is not None and _FILING.match(subject.code) is not None
