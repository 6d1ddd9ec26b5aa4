"""The odd habits of agencies, as data: their names, clocks and languages, and versions within ids."""

import re
from dataclasses import dataclass
from typing import Final


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


def ids(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MOMENT: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?"

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
        ids(r"(?P<story>.*\bANP[A-Z]?-?\d{6}-\d{1,6})-v(?P<version>\d{1,6})"),
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
    Source(
        "BBC",
        ("bbc", "bbc news", "bbc sport", "bbc.com", "bbc.co.uk"),
        "Europe/London",
        "en",
        r"https?://(?:www\.)?bbc\.(?:com|co\.uk)/",
        ids(r"(?P<story>[^#]+)#(?P<version>\d{1,6})"),  # its feeds count revisions so
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
        ids(r"(?P<story>.{6,100})_(?P<version>\d{1,4})"),  # copy of others that it passes on, too
    ),
    Source("NZPA", ("nzpa", "new zealand press association", "nzn"), "Pacific/Auckland", "en"),
    Source(
        "PA",
        ("pa", "press association", "pa media", "pressassociation.com", "pa.press.net", "pa_api"),
        "Europe/London",
        "en",
        rf"(?:{_UUID}[A-Z]{{3}}-\d|.*\b(?:pa\.media|pa_api|pa\.press\.net|pressassociation)\b)",
        ids(
            rf"(?P<story>(?:.*[:/])?{_UUID}[A-Z]{{3}})-(?P<version>\d{{1,6}})-(?:1|(?P<part>\d{{1,4}}))"
            rf"|(?P<story_1>.*{_UUID})(?:/\d{{4}}-\d\d-\d\dT[\d:.]{{5,15}}(?:Z|[+-]\d\d:?\d\d)?)?/(?P<version_1>\d{{1,6}})"
        ),
    ),
    Source("PAP", ("pap", "polska agencja prasowa", "pap.pl"), "Europe/Warsaw", "pl"),
    Source(
        "Reuters",
        ("reuters", "reuters.com", "thomson reuters"),
        "UTC",
        "en",
        r"tag:reuters\.com,",
        ids(r"(?P<story>tag:reuters\.com,\d{4}:newsml_\w+):(?P<version>\d{1,18})"),
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
# object (date:provider:item:variant), Fingerpost's (feed, id, moment, version), a moment in a path.
COMMON: Final = (
    ids(
        r"(?P<story>urn:newsml:(?!dpa\.com:)[^:]{1,80}:\d{8}[^:]{0,12}:.{1,200}):(?P<version>\d{1,18})[NUA]?"
    ),
    ids(r"(?P<story>\d{8}:[A-Z]{2,10}:[^:]{1,80}):(?P<version>\d{1,18})"),
    ids(rf"(?P<story>https?://[A-Z][A-Z0-9_]{{1,30}}/.+)/{_MOMENT}/(?P<version>\d{{1,18}})"),
    ids(rf"(?P<story>.+)/(?P<version>{_MOMENT})"),
)
