"""The odd habits of agencies, as data: who puts a version into an id, whose clock dates copy."""

import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

_INT64_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Source:
    """One row: an agency as its credit or its ids name it, its clock, its language.

    `split` cuts the version from an id (wire-rules 1.3): groups `story` and `version`, and
    `part` where the agency numbers the parts of a series, which are stories of their own.
    """

    name: str
    names: tuple[str, ...]  # in lower case, as providers and credits spell it
    zone: str
    language: str
    raw_id: str | None = None  # a pattern, of any case, without groups
    split: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """The id that all versions of a story share, and which version this is."""

    story_id: str
    version: int | str | None = None


def _ids(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

SOURCES: Final = (
    Source("AAP", ("aap", "australian associated press", "aap.com.au"), "Australia/Sydney", "en"),
    Source("AFP", ("afp", "agence france-presse", "afp.com"), "Europe/Paris", "fr"),
    Source("ANA", ("ana", "ana-mpa", "amna", "amna.gr"), "Europe/Athens", "el"),
    Source("ANSA", ("ansa", "ansa.it"), "Europe/Rome", "it"),
    Source(
        "ANP",
        ("anp", "algemeen nederlands persbureau", "anp.nl"),
        "Europe/Amsterdam",
        "nl",
        r"\bANP[A-Z]?-?\d{6}-",
        _ids(r"(?P<story>.*\bANP[A-Z]?-?\d{6}-\d{1,6})-v(?P<version>\d{1,6})"),
    ),
    Source(
        "AP", ("ap", "associated press", "the associated press", "ap.org"), "America/New_York", "en"
    ),
    Source("APA", ("apa", "austria presse agentur", "apa.at"), "Europe/Vienna", "de"),
    Source(
        "ATS",
        (
            "ats",
            "sda",
            "sda-ats",
            "keystone-sda",
            "keystone-ats",
            "sda-ats.ch",
            "awp",
            "bsf",
            "bsd",
            "bsi",
        ),
        "Europe/Zurich",
        "de",
        r"\b(?:sda-ats|keystone-sda|sda)\.ch\b",
    ),
    Source("Belga", ("belga", "belga.be", "agence belga"), "Europe/Brussels", "fr"),
    Source(
        "BusinessWire",
        ("businesswire", "business wire", "businesswire.com"),
        "America/New_York",
        "en",
    ),
    Source("CP", ("cp", "the canadian press", "canadian press", "pc"), "America/Toronto", "en"),
    Source(
        "dpa",
        (
            *(
                "dpa-spe",
                "spe",
                "dpa",
                "dpa.com",
                "dpa-afx",
                "dpa-infocom",
                "dpa-tns",
                "dpa-shz",
                "dpa-regioline",
            ),
            *("deutsche presse-agentur", "gms", "dpa-tmn", "tmn"),
            # the services of its regions, by which their headers and datelines go
            *("lbg", "lbn", "lby", "lbw", "lhe", "lmv", "lni", "lno", "lnw", "lrs", "lsc", "lsw"),
            *("lah", "lth", "bdt", "bid", "eca", "ecp", "nsb", "hfk"),
        ),
        "Europe/Berlin",
        "de",
    ),
    Source(
        "EFE",
        ("efe", "efe.com", "agencia efe", "efeservicios.com", "texto.efeservicios.com"),
        "Europe/Madrid",
        "es",
    ),
    Source("epd", ("epd", "evangelischer pressedienst", "epd.de"), "Europe/Berlin", "de"),
    Source(
        "Europa Press", ("europa press", "europapress", "europapress.es"), "Europe/Madrid", "es"
    ),
    Source("KNA", ("kna", "katholische nachrichten-agentur", "kna.de"), "Europe/Berlin", "de"),
    Source(
        "Kyodo", ("kyodo", "kyodo news", "kyodonews", "kyodonews.jp", "kws"), "Asia/Tokyo", "en"
    ),
    Source("Lusa", ("lusa", "lusa.pt"), "Europe/Lisbon", "pt"),
    Source(
        "NTB",
        ("ntb", "norsk telegrambyrå", "ntb.no"),
        "Europe/Oslo",
        "nb",
        rf"NTB(?:{_UUID}|\w{{6,40}}?)_\d",
        _ids(r"(?P<story>(?:.*:)?NTB[\w-]{6,60}?)_(?P<version>\d{1,4})"),
    ),
    Source("NZPA", ("nzpa", "new zealand press association", "nzn"), "Pacific/Auckland", "en"),
    Source(
        "PA",
        ("pa", "press association", "pa media", "pressassociation.com", "pa.press.net", "pa_api"),
        "Europe/London",
        "en",
        rf"(?:{_UUID}[A-Z]{{3}}-\d|.*\b(?:pa\.media|pa_api|pa\.press\.net|pressassociation)\b)",
        _ids(
            rf"(?P<story>(?:.*[:/])?{_UUID}[A-Z]{{3}})-(?P<version>\d{{1,6}})-(?:1|(?P<part>\d{{1,4}}))"
            rf"|(?P<story_1>.*{_UUID})(?:/\d{{4}}-\d\d-\d\dT[\d:.]{{5,15}}(?:Z|[+-]\d\d:?\d\d)?)?/(?P<version_1>\d{{1,6}})"
        ),
    ),
    Source(
        "Reuters",
        ("reuters", "reuters.com", "thomson reuters"),
        "UTC",
        "en",
        r"tag:reuters\.com,",
        _ids(r"(?P<story>tag:reuters\.com,\d{4}:newsml_\w+):(?P<version>\d{1,18})"),
    ),
    Source(
        "Ritzau",
        ("ritzau", "rtz", "rb", "ritzau.dk", "ritzaus bureau"),
        "Europe/Copenhagen",
        "da",
        r".*\d{8}:RTZ:",
    ),
    Source("SID", ("sid", "sport-informations-dienst", "sid.de"), "Europe/Berlin", "de"),
    Source("STT", ("stt", "stt-lehtikuva", "stt.fi", "fnb"), "Europe/Helsinki", "fi"),
    Source("TASS", ("tass", "itar-tass", "tass.ru", "itar-tass.com"), "Europe/Moscow", "ru"),
    Source(
        "TT",
        ("tt", "tt nyhetsbyrån", "tt.se", "tidningarnas telegrambyrå"),
        "Europe/Stockholm",
        "sv",
    ),
    Source("Xinhua", ("xinhua", "xinhua news agency"), "Asia/Shanghai", "en"),
)

# Whoever sends them: RFC 3085 (urn:newsml:provider:date:item:revision), IIM's unique name of an
# object (date:provider:item:variant), and a moment as the last step of a path.
_COMMON: Final = (
    _ids(
        r"(?P<story>urn:newsml:(?!dpa\.com:)[^:]{1,80}:\d{8}[^:]{0,12}:.{1,200}):(?P<version>\d{1,18})[NUA]?"
    ),
    _ids(r"(?P<story>\d{8}:[A-Z]{2,10}:[^:]{1,80}):(?P<version>\d{1,18})"),
    _ids(
        r"(?P<story>.+)/(?P<version>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)"
    ),
)
_BY_NAME: Final = {name: source for source in SOURCES for name in source.names}
_BY_ID: Final = tuple(source for source in SOURCES if source.raw_id)
# One pattern for all rows: its groups are theirs, in their order.
_TELLING_ID: Final = _ids("|".join(f"({each.raw_id})" for each in _BY_ID))
_NAME_IN_ID: Final = re.compile(
    r"(?:urn:newsml:(?:www\.)?|urn:publicid:|tag:(?:www\.)?|https?://(?:www\.)?|\d{8}:)([\w.-]{2,60})",
    re.IGNORECASE,
)
_LONGEST_ID: Final = 400


def identify(
    raw_id: str, provider: str | None = None, version: int | str | None = None
) -> Identity:
    """Part an id into the story's own and the version in it (wire-rules 1.2, 1.3).

    A version that the document gives beside it counts, unless the one in the id is a greater
    number: some agencies raise only their ids and leave the other at 1 for ever.
    """
    return identify_by(source_of(provider, raw_id), raw_id, version)


def identify_by(source: Source | None, raw_id: str, version: int | str | None = None) -> Identity:
    """Part an id of an agency whose row is at hand."""
    story_id, found = raw_id, None
    rules = (*_COMMON, source.split) if source and source.split else _COMMON
    for rule in rules if len(raw_id) <= _LONGEST_ID else ():
        if match := rule.fullmatch(story_id):
            parts = {n.removesuffix("_1"): t for n, t in match.groupdict().items() if t}
            story_id = parts["story"] + (f"-{parts['part']}" if "part" in parts else "")
            found = parts["version"]
    return Identity(story_id, _greater(_number(version), _number(found)))


def source_of(provider: str | None, raw_id: str | None = None) -> Source | None:
    """Find the row of an agency: by an id that only it makes, by its name, by the name in the id."""
    if raw_id and (telling := _TELLING_ID.match(raw_id)):
        return _BY_ID[(telling.lastindex or 1) - 1]
    return _named(provider) or _named_in(raw_id)


def zone_of(provider: str | None, raw_id: str | None = None) -> ZoneInfo | None:
    """Tell whose clock dates copy that gives no offset; None for an agency without a row."""
    source = source_of(provider, raw_id)
    return ZoneInfo(source.zone) if source else None


def _named(provider: str | None) -> Source | None:
    if not provider:
        return None
    name = " ".join(provider.lower().split()).removeprefix("www.")
    return _BY_NAME.get(name) or _BY_NAME.get(name.partition("/")[0].strip())


def _named_in(raw_id: str | None) -> Source | None:
    found = _NAME_IN_ID.match(raw_id) if raw_id else None
    return _BY_NAME.get(found[1].lower()) if found else None


def _number(version: int | str | None) -> int | str | None:
    if isinstance(version, str):
        text = version.strip()
        is_number = text.isascii() and text.isdigit() and len(text) <= _INT64_DIGITS
        return int(text) if is_number else text or None
    return version


def _greater(told: int | str | None, found: int | str | None) -> int | str | None:
    if isinstance(told, int) and isinstance(found, int):
        return max(told, found)
    return found if told is None else told
