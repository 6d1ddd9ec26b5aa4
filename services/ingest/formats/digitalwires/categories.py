"""Sorts what digitalwires files a story under: subjects, desks, genres, keywords, signals."""

from dataclasses import dataclass
from typing import Final

from services.ingest.formats.json_fields import Fields
from shared.story import Subject

# What else is in the list says who made it, when and by which wire, not what it is about.
_SUBJECTS: Final = frozenset(
    (
        *("dpasubject", "subject", "mediatopic", "geosubject", "desk", "genre", "rubric", "scope"),
        *("person", "organisation", "organization", "event", "product"),
    )
)


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of one entry, in their order."""

    subjects: tuple[Subject, ...]
    keywords: tuple[str, ...]
    desks: tuple[str, ...]
    genres: tuple[str, ...]
    signals: tuple[str, ...]
    located: str | None
    provider: str | None


def read_categories(item: Fields) -> Categories:
    """Read the categories; the lists of names stand in where an entry has only these."""
    by_type: dict[str, list[Subject]] = {}
    subjects: dict[Subject, None] = {}
    for entry in item.objects("categories"):
        name = (entry.line("type") or "").rpartition(":")[2].lower()
        subject = Subject(code=entry.line("qcode"), name=entry.line("name"))
        by_type.setdefault(name, []).append(subject)
        if name in _SUBJECTS and (subject.code or subject.name):
            subjects[subject] = None
    keywords = _names(by_type, "keyword") or item.texts("keyword_names")
    return Categories(
        subjects=tuple(subjects),
        keywords=tuple(dict.fromkeys(keywords)),
        desks=_codes(by_type, "desk") or tuple(f"dpacat:{n}" for n in item.texts("desk_names")),
        genres=(*_names(by_type, "genre"), *item.texts("genre_names")),
        signals=_codes(by_type, "signal"),
        located=next(iter(_names(by_type, "located")), None),
        provider=next(iter(_names(by_type, "provider")), None),
    )


def _names(by_type: dict[str, list[Subject]], name: str) -> tuple[str, ...]:
    return tuple(subject.name for subject in by_type.get(name, ()) if subject.name)


def _codes(by_type: dict[str, list[Subject]], name: str) -> tuple[str, ...]:
    return tuple(subject.code for subject in by_type.get(name, ()) if subject.code)
