"""Writes a story as IPTC 7901, laid out as dpa's own renderer does: text wire in UTF-8.

Notes above the headline are in German, whatever the story's language, as partners' desks are.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from services.publish.formats.datelines import has_dateline
from services.publish.formats.iptc7901 import layout
from services.publish.formats.iptc7901.header import BERLIN, header, item, keywords, sent
from services.publish.formats.iptc7901.layout import head_line, one_line
from services.publish.formats.profiles import Profile, Rendered
from shared.events import Labels, Revision
from shared.story import Status, Story

CONTENT_TYPE: Final = "text/plain; charset=utf-8"
_SOH, _STX, _ETX, _EOT, _BELL, _DEL = "\x01", "\x02", "\x03", "\x04", "\a", "\x7f"
_ORDERS: Final = {Status.CANCELED: "KILL KILL KILL", Status.WITHHELD: "HOLD HOLD HOLD"}
_RECALLS: Final = {
    Status.CANCELED: "ist von der Agentur zurückgezogen und darf nicht verwendet werden.",
    Status.WITHHELD: (
        "wird von der Agentur zurückgehalten und darf bis auf Weiteres nicht verwendet werden."
    ),
}
_CORRECTION: Final = "Berichtigung"
_SIGNALS: Final = {
    "correction": _CORRECTION,
    "repeat": "Wiederholung",
    "update": "Aktualisierung",
}
_ALERTS: Final = {1: f"(Blitz {_BELL * 10})", 2: f"(Eil {_BELL * 5})"}
_MONTHS_WORDS: Final = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
_MONTHS: Final = _MONTHS_WORDS.split()
_HALF_A_YEAR: Final = timedelta(days=180)
_MINUTE: Final = timedelta(minutes=1)


def render(story: Story, revision: Revision, tags: Labels, profile: Profile) -> Rendered:  # noqa: ARG001 - the same for all partners
    """Write the message. A recalled story is an order to kill or hold it, with the headline alone.

    Notes to editors are never part of it (wire-rules 5.2, 6.10, 10.1).
    """
    created = story.version_created or revision.received_at
    if revision.status is Status.USABLE:
        text = _body(story)
        words = len(text.split())
        teaser = head_line(one_line(story.teaser or ""))
        head = _head(_notes_and_headline(story, created))
        copy = "\n\n".join(filter(None, (head, teaser, text)))
    else:
        words = 0
        copy = _order(story, revision.status)
    message = (
        f"{_SOH}{header(story, revision.status, tags, words)}\n\n"
        f"{keywords(story, tags)}\n"
        f"{_STX}{copy.rstrip()}\n\n"
        f"{_ETX}{sent(created)}\n{_DEL}\n{_DEL}{_EOT}"
    )
    return Rendered(message.encode(), CONTENT_TYPE)


def _head(lines: Iterator[str]) -> str:
    *above, last = filter(None, lines)
    return "\n".join(head_line(line) for line in (*above, f"{last} ="))


def _notes_and_headline(story: Story, created: datetime) -> Iterator[str]:
    yield _kind(story)
    yield _ALERTS.get(story.urgency or 0, "")
    if story.embargoed:
        yield f"(Sperrfrist {_until(story.embargoed, created)})"
    yield _headline(story)
    yield one_line(story.byline or "")
    if story.picture_note:
        yield f"({one_line(story.picture_note)})"


def _headline(story: Story) -> str:
    return one_line(story.headline).removesuffix("=").rstrip()


def _kind(story: Story) -> str:
    """Say what kind of version it is, and what was corrected as far as readers may know (5.2)."""
    note = one_line(story.correction_note or "").removeprefix(f"{_CORRECTION}:").strip()
    if note:
        return f"({_CORRECTION}: {note})"
    word = _SIGNALS.get((story.signal or "").rpartition(":")[2].casefold())
    return f"({word})" if word else ""


def _until(embargoed: datetime, created: datetime) -> str:
    """Write the end of an embargo by the clocks of Berlin, never earlier than it is.

    The year is told where the day alone could be another year's.
    """
    local = _whole_minute(embargoed).astimezone(BERLIN)
    if local.fold:  # this hour comes twice that night: the first time would be early
        local = local.replace(hour=local.hour + 1, minute=0, fold=0)
    year = "" if abs(embargoed - created) < _HALF_A_YEAR else f" {local.year:04}"
    return f"{local.day}. {_MONTHS[local.month - 1]}{year} {local.hour:02}.{local.minute:02} Uhr"


def _whole_minute(moment: datetime) -> datetime:
    begun = moment.replace(second=0, microsecond=0)
    return begun if begun == moment else begun + _MINUTE


def _body(story: Story) -> str:
    text = story.body_text
    if text and not has_dateline(text, story.dateline):
        place, credit = story.dateline.place, story.dateline.credit or story.credit
        if place or story.dateline.credit:
            opening = " ".join(filter(None, (place, credit and f"({credit})")))
            text = f"{one_line(opening)} - {text}"
    return layout.body(text)


def _order(story: Story, status: Status) -> str:
    """Write the order with the item it is about, by its name on this wire and by its id."""
    lines = iter((f"{_ORDERS[status]} {_BELL * 5}", _headline(story)))
    told = layout.body(f"Die Meldung {item(story)} {_RECALLS[status]}")
    return f"{_head(lines)}\n\n{told}\nKennung: {one_line(story.story_id)}"
