"""Reads what headlines and notes to editors say about a version: correction, repeat, kill, hold.

One table for all formats (wire-rules 3.4, 3.6, 5.5, 5.6, 6.2, 6.5). It reads what a line begins with.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from services.ingest.formats.openings import may_open_with_sign
from shared.story import Status

CORRECTION: Final = "sig:correction"
REPEAT: Final = "sig:repeat"
UPDATE: Final = "sig:update"

# A sign ends at a mark, so that "Update für Windows" and "Korrekturen am Etat" stay stories.
_END: Final = (
    r"(?=\s{0,2}(?:[-–—:.!)\]=/(+]|$)|\s{1,2}\d{1,3}\s?[-–—:)\]]"
    r"|\s(?:et|en|und|and|&)\s(?:mise|bijw|aktuali|update|repeat|repet|répét))"
)
_LINE: Final = r"[^\w\n]{0,10}(?:(?:achtung|attention|eds?|editors?|note|urgent|eil|alert|refile|advisory)\W{1,5}){0,3}"


def _sign(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_LINE}(?:{words}){_END}", re.IGNORECASE)


# Correction first: it outranks all else that the same line says.
SIGNALS: Final = (
    (
        _sign(
            r"berichtigung(?:en)?|berichtigt|korrektur|korr(?!\.?-)|korrigiert|richtigstellung|corrected|corrects"
            r"|correction|corrective|correctif|rectificatif|rectification|rectificatie|correctie"
            r"|correcci[oó]n|versi[oó]n corregida|korekta|corregido|correzione|korrigering|rettelse|r[æä]ttelse|retting|rättning"
            r"|korjaus|oikaisu|korjattu|errata|erratum"
            r"|(?:(?:\d\w\w|update \d{1,3}) )?(?:ld|lead)\W{0,3}(?:writethru)?\W{0,3}correct(?:ed|ion|ive)"
        ),
        CORRECTION,
    ),
    (
        _sign(
            r"wiederholung|repeat(?:ing|ed)?|rpt(?: rpt)?|remettre|powtarzanie|repetition|répétition|répété|herhaling|gentagelse"
            r"|upprepning|gjentakelse|toisto|repetici[oó]n|ripetizione"
        ),
        REPEAT,
    ),
    (
        _sign(
            r"(?:aktualisierung|aktualisiert|updates?|updated|update \d{1,3}|mise (?:à|a) jour|mettre (?:à|a) jour|aktualizacja|actualisation"
            r"|actualizaci[oó]n|aggiornamento|opdatering|uppdatering|oppdatering|päivitys|bijwerking"
            r"|ergänzung|ergänzt|neufassung|(?:gesamt)?zusammenfassung(?: \d{3,4})?|überblick"
            r"|\d{1,2}\.\s?(?:(?:gesamt)?zusammenfassung|aktualisierung|fassung|neufassung|lead)(?: \d{3,4})?"
            r"|recasts|wrapup(?: \d{1,3})?|refile|write-?thru"
            r"|\d{1,2}(?:st|nd|rd|th)\s?(?:ld|lead|net|nl|writethru|update)(?:\W?write-?thru)?"
            r"|(?:\d{1,2}(?:er|e|ème|eme)\s)?(?:lead|synthèse)|ld\W?writethru)"
        ),
        UPDATE,
    ),
)
_BEFORE_HEADLINE: Final = re.compile(
    r"^\W{0,6}(?:berichtigung|berichtigt|korrektur|korrigiert|aktualisierung|aktualisiert|wiederholung|update(?: \d{1,2})?"
    r"|corrected|correction|refile|rpt)\W{0,3}\s?[:–—+-]\W{0,4}\s?"
    r"|^\W{0,6}(?:eilmeldung|eil|blitz|flash|urgent|alert)\s?[:+]\W{0,4}\s?",
    re.IGNORECASE,
)
# Agencies begin the note with the verb, or write it in capitals within (AFP's AdvisoryLine).
_CORRECTS: Final = (
    "corrects?|correcting|corrected|correction|corrige|corrigée?|rectifie|rectifica|corregid[oa]"
    "|berichtigt|berichtigung|korrigiert|korrektur"
)
_UPDATES: Final = (
    "updates?|updating|updated|recasts?|adds?|actualise|ajoute|ajouts?|actualiza|ampl[ií]a|añade"
    "|aktualisiert|ergänzt|neu"
)
_NOTE_SIGNALS: Final = tuple(
    (
        re.compile(rf"^\W{{0,5}}(?:{words})\b", re.MULTILINE | re.IGNORECASE),
        re.compile(rf"\b(?:{words.upper()})\b"),
        signal,
    )
    for words, signal in ((_CORRECTS, CORRECTION), (_UPDATES, UPDATE))
)
_CAPITALS: Final = re.compile(r"[A-ZÑ]{3}")  # what any of them in capitals begins with
# Whole words of the trade in capitals: "Kill Bill" is a film and "Hold" a verb.
KILL: Final = re.compile(
    r"[^\w\n]{0,10}(?:(?:BC|AM|PM|AP|EDS|EDITORS|URGENT|ACHTUNG|ATTENTION|ADVISORY)\W{1,5}){0,3}"
    r"(?:(?:MANDATORY |BULLETIN |STORY |PHOTO |PICTURE |NEWS )?KILL(?:ED)?\b"
    r"(?:\s{0,2}[-–:,./()=]|\s+KILL\b|\s*$|\s+[a-z]{2,4}\d{3,5}\b|\s+(?:NOTICE|ADVISORY)\b)"
    r"|ELIMINATION\b|MANDATORY (?:KILL|WITHDRAWAL)\b|WITHDRAWN\b|STORY WITHDRAWN\b|CANCELLED\b\s*[-:]"
    r"|ANNULATION\b|ANNUL[ÉE]E?\b\s*[-:.!]|(?:MELDUNG )?ZURÜCKGEZOGEN\b|ZURÜCKZIEHUNG\b|RÜCKRUF\b\s*[-:(]|STORNO\b|STORNIERUNG\b"
    r"|ELIMINAR\b\s*-\s*ELIMINAR\b|АННУЛИРОВАНИЕ\b"
    r"|INTREKKING\b|INGETROKKEN\b|ANNULERING\b|ANNULLERT?\b|ANNULLERET\b|ANNULLERAD\b)"
)
WITHHOLD: Final = re.compile(
    r"[^\w\n]{0,10}(?:(?:BC|AM|PM|AP|EDS|EDITORS|URGENT|ACHTUNG|ATTENTION|ADVISORY)\W{1,5}){0,3}"
    r"(?:(?:MANDATORY )?WITHHOLD\b|HOLD\s{1,3}HOLD\b|HOLD(?:\s{0,2}[-–:!/]|\s*$|\s+[a-z]{2,4}\d{3,5}\b)"
    r"|HOLD FOR RELEASE\b|HFR\b|DISREGARD\b|SPERRUNG\b|NICHT VERWENDEN\b|BITTE NICHT VERWENDEN\b)"
)
# In a note, where nothing else stands, these say it in any case of letters.
_KILL_NOTE: Final = re.compile(
    r"\W{0,10}(?:(?:achtung|attention|eds?|editors?|urgent)\W{1,5}){0,3}"
    r"(?:kill\s{0,2}(?:[:.,!-]|$|kill)|(?:mandatory |story )?kill\b\s{0,2}(?:the|this|story|item|notice)\b"
    r"|elimination\b|withdrawn\b|(?:the|this) (?:story|article|item)\b.{0,80}\b(?:is|has been) (?:withdrawn|killed)\b"
    r"|(?:die |diese )?meldung .{0,120}\b(?:zurückgezogen|storniert|gelöscht)\b|zurückziehung\b|annulation\b)",
    re.IGNORECASE,
)
_WITHHOLD_NOTE: Final = re.compile(
    r"\W{0,10}(?:(?:achtung|attention|eds?|editors?|urgent)\W{1,5}){0,3}"
    r"(?:withhold\b|hold\s{1,3}hold\b|hold for release\b|disregard\b|(?:bitte )?nicht verwenden\b)",
    re.IGNORECASE,
)
# Beyond IPTC's three words: British spelling, Reuters' withdrawn (wire-rules 6.3), AP's kill (6.2).
_STATUSES: Final = {
    "usable": Status.USABLE,
    "withheld": Status.WITHHELD,
    "canceled": Status.CANCELED,
    "cancelled": Status.CANCELED,
    "withdrawn": Status.CANCELED,
    "killed": Status.CANCELED,
    "kill": Status.CANCELED,
    "deleted": Status.CANCELED,
    "recalled": Status.CANCELED,
}
_GRAVEST_FIRST: Final = (Status.CANCELED, Status.WITHHELD, Status.USABLE)
_EMBARGOED: Final = "embargoed"
_LONGEST_NOTE: Final = 4000  # a note is searched throughout; one that long says it above
_WORDS: Final = frozenset(Status)


def signal_in(lines: Iterable[str]) -> str | None:
    """Read the kind of change that headlines and notes begin with; a correction outranks all."""
    texts = [line for line in lines if line and may_open_with_sign(line)]
    for pattern, signal in SIGNALS if texts else ():
        if any(pattern.match(text) for text in texts):
            return signal
    return None


def without_sign(headline: str) -> str:
    """Take off what an update, a correction or its haste puts before a headline: `EIL: `, `BERICHTIGUNG: `.

    All versions share what is left, so that an id can be made from it.
    """
    bare = _BEFORE_HEADLINE.sub("", headline, count=1)
    return bare if any(map(str.isalnum, bare)) else headline


def signal_in_notes(notes: Iterable[str]) -> str | None:
    """Read the kind of change from notes to editors: `CORRECTS para 4`, `RECASTS, ADDS quotes`."""
    texts = [note[:_LONGEST_NOTE] for note in notes if note]
    shouted = [text for text in texts if _CAPITALS.search(text)]
    for begins, stands_within, signal in _NOTE_SIGNALS if texts else ():
        if any(map(begins.search, texts)) or any(map(stands_within.search, shouted)):
            return signal
    return None


def status_in(headlines: Iterable[str], notes: Iterable[str] = ()) -> Status | None:
    """Read a kill or a hold from headlines (capitals only) and from notes to editors."""
    heads = [line for line in headlines if line and may_open_with_sign(line)]
    rest = [note for note in notes if note]
    if not heads and not rest:
        return None
    if any(map(KILL.match, heads)) or any(map(_KILL_NOTE.match, rest)):
        return Status.CANCELED
    if any(map(WITHHOLD.match, heads)) or any(map(_WITHHOLD_NOTE.match, rest)):
        return Status.WITHHELD
    return None


def chief_signal(signals: Sequence[str]) -> str | None:
    """Choose among several signals: a correction, else the first (wire-rules 5.4)."""
    return min(signals, key=lambda signal: signal != CORRECTION, default=None)


def status_of(
    word: str | None,
    *,
    where: str | Callable[[], str],
    notes: list[str],
    embargoed: datetime | None = None,
) -> Status:
    """Read a status word, usable if none is given (wire-rules 6.12).

    One that nobody knows withholds; what is not IPTC's own word is noted. `where` names the field.
    "Embargoed" is usable from `embargoed` on (wire-rules 7.3), and withholds without a time.
    """
    if word is None or not word.strip():
        return Status.USABLE
    if word in _WORDS:
        return _STATUSES[word]
    name = word.strip().lower().replace("/", ":").rpartition(":")[2]
    if name == _EMBARGOED and embargoed:
        return Status.USABLE
    status = _STATUSES.get(name, Status.WITHHELD)
    if name not in _WORDS:
        place = where if isinstance(where, str) else where()
        notes.append(f"{place}: unknown {word!r}, read as {status}")
    return status


def stricter(first: Status, second: Status | None) -> Status:
    """The graver of two statuses: canceled before withheld before usable."""
    return first if second is None else min(first, second, key=_GRAVEST_FIRST.index)
