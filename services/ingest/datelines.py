"""Reads `Dortmund (SID).` at the head of a paragraph: place, credit, and the day if it names one."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = (
    ("januar", "jänner", "jan", "january", "janvier", "janv", "januari", "enero", "gennaio"),
    ("februar", "feb", "february", "février", "fév", "févr", "februari", "febrero", "febbraio"),
    ("märz", "mär", "mrz", "mar", "march", "mars", "maart", "marzo", "marts"),
    ("april", "apr", "avril", "abril", "aprile"),
    ("mai", "may", "mei", "maj", "mayo", "maggio"),
    ("juni", "jun", "june", "juin", "junio", "giugno"),
    ("juli", "jul", "july", "juillet", "juil", "julio", "luglio"),
    ("august", "aug", "août", "aout", "augustus", "augusti", "agosto"),
    ("september", "sep", "sept", "septembre", "septiembre", "settembre"),
    ("oktober", "okt", "october", "oct", "octobre", "octubre", "ottobre"),
    ("november", "nov", "novembre", "noviembre"),
    ("dezember", "dez", "december", "dec", "décembre", "déc", "diciembre", "dicembre"),
)
_MONTH_NUMBERS: Final = {name: n for n, names in enumerate(_MONTHS, 1) for name in names}
_MONTH: Final = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))

DAY_IN_WORDS: Final = (
    rf"(?:(?P<day>\d{{1,2}})\.\s{{0,2}}(?:(?P<month>{_MONTH})\b\.?|(?P<month_number>\d{{1,2}})\.)"
    rf"|(?P<day_bare>\d{{1,2}})(?:er|st|nd|rd|th)?\s(?:de\s)?(?P<month_bare>{_MONTH})\b\.?"
    rf"|(?P<month_first>{_MONTH})\b\.?\s(?P<day_second>\d{{1,2}}))"
    r"(?:,?\s{0,2}(?P<year>\d{4}))?"
)
# Acronyms, lower-case signatures, or an agency known by a name: `(Reuters)`, but not `(Berlin)`.
_AGENCY: Final = (
    r"(?:[A-Z]{2,6}|[a-z]{2,6}"
    r"|Reuters|Bloomberg|Xinhua|TASS|Interfax|Belga|Kyodo|Ritzau|Lusa|Keystone|Kathpress|Europa Press|PA Media"
    r"|BUSINESS WIRE|GLOBE NEWSWIRE|ACCESSWIRE)"
)
# News releases are signed so: `/PRNewswire/ --`, and TASS's copy: `/TASS/.`
_SLASHED: Final = r"ritzau|PRNewswire|PRNewsFoto|CNW|TASS|ITAR-TASS|ots|Interfax"
_CREDIT: Final = rf"{_AGENCY}(?:[-/][A-Za-z]{{1,12}}){{0,3}}"
_SIGNED: Final = (
    rf"[.\s]{{0,2}}(?:\((?P<credit>{_CREDIT})\)|/(?P<slashed>{_SLASHED})/)"
    r"(?P<mark>\s{0,2}(?:--|(?:\.\s?[-–]|[.:=]|-|[–—])(?=\s|$))\s*)?"
)
# Most name no day, and without a figure there is none to look for.
_PLAIN_DATELINE: Final = re.compile(rf"(?P<place>[^()\d\n]{{0,80}}?){_SIGNED}")
_DATELINE: Final = re.compile(
    rf"(?P<place>[^()\n]{{0,80}}?)(?:(?:,\s{{1,2}}|\A)(?i:{DAY_IN_WORDS}))?{_SIGNED}"
)
_SIGNATURE: Final = re.compile(rf"\({_CREDIT}\)|/(?:{_SLASHED})/")
_LONGEST_DATELINE: Final = 180  # characters; 115 up to the credit
# `SAITAMA, Japan, Dec. 9 Kyodo - `: without brackets, but never without the day.
_BARE_CREDITS: Final = ("Kyodo", "Xinhua", "TASS", "Reuters")
_BARE_DATELINE: Final = re.compile(
    rf"(?P<place>[^()\n]{{1,80}}?),\s{{1,2}}(?i:{DAY_IN_WORDS})\s"
    rf"(?P<credit>{'|'.join(_BARE_CREDITS)})(?P<mark>\s(?:-{{1,2}}|[–—])\s)"
)
# A day in a language that is not ours: `21 ene`, `23/07`, `1er juin 2024`.
_FOREIGN_DAY: Final = re.compile(
    r",?\s\d{1,2}(?:er)?[./\s]\s?(?:\d{1,2}|[a-zéûôç]{3,10})\.?(?:\s\d{4})?$", re.IGNORECASE
)
_LINE_CREDIT: Final = re.compile(r"\(([^()]{2,40})\)|/([A-Z][^/,]{1,30})/(?=\W*$)")
_FIGURES: Final = re.compile(r"\d.*", re.DOTALL)
_BETWEEN_WORDS: Final = re.compile(r"[\s/,]+")
_AROUND_PLACE: Final = " \t-–—.:="
_LINKING_WORDS_WORDS: Final = (
    "am an auf bei da de del dem den der des di do du e el im in la le les ob of sur the und "
    "upon van von vor y zu zur"
)
_LINKING_WORDS: Final = frozenset(_LINKING_WORDS_WORDS.split())
# These sign nothing but datelines, so theirs may lack its mark: `Köln (SID) Der Trainer ...`
_KNOWN: Final = frozenset(
    (
        *(
            "AFP",
            "AP",
            "APA",
            "ATS",
            "Belga",
            "KNA",
            "Kyodo",
            "Reuters",
            "SDA",
            "SID",
            "ats",
            "dapd",
        ),
        *("dpa", "epd", "sda", "sid"),
    )
)
_PARTIES: Final = frozenset(("CDU", "CSU", "SPD", "FDP", "BSW", "ÖVP", "SPÖ", "FPÖ", "SVP"))
_MOST_PLACE_WORDS: Final = 9


@dataclass(frozen=True, slots=True)
class CopyDay:
    """A day as copy names it, often without its year."""

    day: int
    month: int
    year: int | None = None

    def nearest_to(self, near: date) -> date | None:
        """Find the day meant by copy that came at `near`; None if there is no such day."""
        years = (self.year,) if self.year else (near.year - 1, near.year, near.year + 1)
        days = [found for year in years if (found := _date(year, self.month, self.day))]
        return min(days, key=lambda found: abs(found - near), default=None)


@dataclass(frozen=True, slots=True)
class CopyDateline:
    """The dateline of a paragraph; its text begins at offset `end`, in characters."""

    place: str | None
    credit: str
    day: CopyDay | None
    end: int


def read_dateline(paragraph: str) -> CopyDateline | None:
    """Read the dateline a paragraph begins with (wire-rules 11.1), or None.

    `Angela Beispiel (CDU)` is a person and a party: a dateline has a mark (`.` `-` `–` `:`)
    after its credit, or a day before it, or an agency nobody mistakes, and its place is made of
    names.
    """
    found = _dateline_in(paragraph)
    if found is None:
        return None
    day, place = None, found["place"].strip()
    if found.re is not _PLAIN_DATELINE:
        day, place = copy_day(found), _FOREIGN_DAY.sub("", place)
    place = place.rstrip(",-– ")
    if (place and not _is_place(place)) or not _is_signed(found, day):
        return None
    return CopyDateline(place or None, found["credit"] or found["slashed"], day, found.end())


def read_dateline_line(line: str) -> CopyDateline:
    """Read a dateline that stands in a field of its own, where the day may be in any language.

    `Paris, 21 jan 2019 (AFP) -`, `NEW YORK--(BUSINESS WIRE)--`, `(ANSA) - ROMA, 1 LUG -`, `Bern`.
    """
    signed = _LINE_CREDIT.search(line)
    place = (line[: signed.start()] + line[signed.end() :]) if signed else line
    parts = [part.strip(_AROUND_PLACE) for part in place.split(",")]
    names = [_without_day(part) for part in parts[:1]]
    names += [part for part in parts[1:] if part and not any(map(str.isdigit, part))]
    if names[0].lower().rstrip(".") in _MONTH_NUMBERS:
        names.clear()
    credit = " ".join(filter(None, signed.groups())) if signed else ""
    return CopyDateline(", ".join(filter(None, names)) or None, credit, None, len(line))


def _without_day(part: str) -> str:
    """`SYDNEY` of `SYDNEY March 22 AAP`."""
    name = _FIGURES.sub("", part).strip(_AROUND_PLACE)
    place, _, last = name.rpartition(" ")
    is_dated = place and name != part and month_number(last) is not None
    return place if is_dated else name


def month_number(name: str) -> int | None:
    """Number a month by its German or English name, short or whole."""
    return _MONTH_NUMBERS.get(name.lower().rstrip("."))


def agency_of(credit: str) -> str:
    """Name the agency in a credit: "dpa" in "dpa/bb"."""
    return credit.partition("/")[0]


def copy_day(found: re.Match[str]) -> CopyDay | None:
    """Take the day from a match of DAY_IN_WORDS, or None if it took no part in the match."""
    day = found["day"] or found["day_second"] or found["day_bare"]
    if day is None:
        return None
    month = found["month"] or found["month_first"] or found["month_bare"]
    number = _MONTH_NUMBERS[month.lower()] if month else int(found["month_number"])
    return CopyDay(int(day), number, int(found["year"]) if found["year"] else None)


def _dateline_in(paragraph: str) -> re.Match[str] | None:
    head = paragraph[:_LONGEST_DATELINE]
    found = None
    if ("(" in head or "/" in head) and _SIGNATURE.search(head):
        found = _PLAIN_DATELINE.match(paragraph) or _DATELINE.match(paragraph)
    if found is None and any(name in head for name in _BARE_CREDITS):
        found = _BARE_DATELINE.match(paragraph)
    return found


def _is_signed(found: re.Match[str], day: CopyDay | None) -> bool:
    credit = found["credit"]
    if credit in _PARTIES:
        return False
    if found["mark"]:
        return True
    end = found.end()
    is_known = credit and agency_of(credit) in _KNOWN and found.string[end : end + 1].isspace()
    return bool(credit and (day or is_known))


def _is_place(text: str) -> bool:
    if text.isalpha():
        return text[0].isupper() or text in _LINKING_WORDS
    words = _BETWEEN_WORDS.split(text)
    return len(words) <= _MOST_PLACE_WORDS and all(
        word[:1].isupper() or word[:1] in "'’" or word in _LINKING_WORDS for word in words if word
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
