"""The benchmark's stories: invented German copy of about 2 KB, the same at every run."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

CREDIT = "NWD"
FIRST_CREATED = datetime(2026, 2, 2, 6, 0, tzinfo=UTC)
WARM_UP_FROM = 10_000_000  # numbers of the warm-up's stories, clear of the measured ones


class Beat(NamedTuple):
    """What one half of the stories is about, and the sentences it is told in."""

    code: str
    name: str
    headline: str
    sentences: tuple[str, ...]


SPORT = Beat(
    "medtop:20001065",
    "Fußball",
    "{club} gewinnt Spitzenspiel in {place}",
    (
        "Der {club} hat am Abend das Spitzenspiel der Fußball-Oberliga mit {goals}:1 gewonnen.",
        "Vor {crowd} Zuschauern traf {name} schon in der {minute}. Minute zur Führung.",
        "Trainerin {other} lobte nach dem Abpfiff vor allem die Abwehr ihrer Mannschaft.",
        "Die Gäste glichen kurz nach der Pause aus, ließen danach aber zwei Konter zu.",
        "In der Tabelle rückt der {club} auf den zweiten Platz vor, drei Punkte hinter {place}.",
        "Der Torwart parierte in der Schlussphase einen Elfmeter und hielt den Sieg fest.",
        "Am kommenden Sonntag geht es für die Elf zum Tabellenletzten an die Küste.",
        "{name} wird dann wegen seiner fünften Gelben Karte fehlen, sagte die Trainerin.",
    ),
)
TRADE = Beat(
    "medtop:04000000",
    "Wirtschaft",
    "Werkzeugbauer in {place} stellt {crowd} Maschinen vor",
    (
        "Der Werkzeugbauer {other} & Söhne will in {place} seinen Umsatz deutlich steigern.",
        "Das Unternehmen rechnet für das laufende Jahr mit einem Gewinn von {goals} Millionen Euro.",
        "Geschäftsführer {name} nannte am Morgen die gute Auftragslage als wichtigsten Grund.",
        "In den vergangenen Monaten seien {crowd} Bestellungen aus dem Ausland eingegangen.",
        "Die Belegschaft soll bis zum Herbst um {minute} Beschäftigte in der Montage wachsen.",
        "Eine neue Halle am Stadtrand sei bereits geplant, die Bank habe den Kredit zugesagt.",
        "Die Gewerkschaft begrüßte die Pläne, forderte aber einen Tarifvertrag für alle Schichten.",
        "Sorgen bereiten der Firma nach eigenen Angaben weiter die Preise für Strom und Stahl.",
    ),
)
CLUBS = ("FC Kieselbrück", "SV Ostermoor", "TuS Hahnenklee-Süd", "SpVgg Wiesenau", "VfB Altgraben")
PLACES = ("Kieselbrück", "Ostermoor", "Wiesenau", "Altgraben", "Lindtal", "Mühlbeck", "Sandhude")
NAMES = ("Jonte Brahms", "Mirko Dellwig", "Arne Sielaff", "Bela Quandt", "Timo Uhlhorn", "Kai Veen")
OTHERS = ("Rieke Ahlers", "Svea Tornow", "Hanna Lüdtke", "Maja Kerkhoff", "Insa Brodersen")


def story_id(number: int) -> str:
    return f"urn:bench:story:{number:08d}"


def beat(number: int) -> Beat:
    """Every other story is about football."""
    return SPORT if number % 2 == 0 else TRADE


def body(number: int, length: int = 1300) -> str:
    """Paragraphs of the beat's sentences, begun at another one each time, up to `length` letters."""
    words = {
        "club": CLUBS[number % len(CLUBS)],
        "place": PLACES[number % len(PLACES)],
        "name": NAMES[number % len(NAMES)],
        "other": OTHERS[number // 3 % len(OTHERS)],
        "goals": 2 + number % 4,
        "minute": 3 + number % 80,
        "crowd": 1200 + number % 7000,
    }
    sentences = beat(number).sentences
    told = [f"{words['place']} ({CREDIT}). {sentences[0].format(**words)}"]
    while sum(map(len, told)) < length:
        told.append(sentences[(number + len(told)) % len(sentences)].format(**words))
    return "\n\n".join(" ".join(told[at : at + 3]) for at in range(0, len(told), 3))


def story(number: int) -> dict[str, object]:
    """One story as ninjs 3.1; the number decides all of it."""
    about = beat(number)
    created = (FIRST_CREATED + timedelta(seconds=number % 3600)).isoformat()
    headline = about.headline.format(
        club=CLUBS[number % len(CLUBS)],
        place=PLACES[number % len(PLACES)],
        crowd=3 + number % 40,
    )
    return {
        "uri": story_id(number),
        "standard": {"name": "ninjs", "version": "3.1"},
        "type": "text",
        "version": "1",
        "firstCreated": created,
        "versionCreated": created,
        "pubStatus": "usable",
        "urgency": 5,
        "language": "de",
        "copyrightHolder": CREDIT,
        "copyrightNotice": "Nur zum Messen, alles erfunden.",
        "creditLine": CREDIT,
        "by": NAMES[(number + 1) % len(NAMES)],
        "slugline": f"messung-{number}",
        "headlines": [{"role": "main", "value": headline}],
        "subjects": [{"uri": about.code, "name": about.name}],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": body(number)}],
    }


def lines(first: int, count: int) -> Iterator[bytes]:
    """`count` stories from number `first` on, each one line of JSON in UTF-8."""
    for number in range(first, first + count):
        yield json.dumps(story(number), ensure_ascii=False).encode()
