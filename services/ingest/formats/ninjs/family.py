"""Tells which family of ninjs a document is written in: by its spelling first, then by its word."""

from typing import Final, cast

from services.ingest.formats.json_fields import Fields

_NAMES: Final = {"1": "ninjs-1.6", "2": "ninjs-2.2", "3": "ninjs-3.1"}
_CAMEL_WORDS: Final = (
    "altIds contentCreated copyrightHolder copyrightNotice digitalSourceType edNote embargoedUntil "
    "eventDetails firstCreated infoSources plannedCoverage pubStatus representationType rightsInfo "
    "trustIndicators usageTerms versionCreated contentType"
)
_CAMEL: Final = frozenset(_CAMEL_WORDS.split())
_LOWER_WORDS: Final = (
    "altids contentcreated contenttype copyrightholder copyrightnotice ednote embargoed firstcreated "
    "pubstatus representationtype rightsinfo usageterms versioncreated"
)
_LOWER: Final = frozenset(_LOWER_WORDS.split())
_PLURAL_WORDS: Final = (
    "bodies by descriptions events genres headlines infosources objects organisations people places "
    "standard subjects"
)
_PLURAL: Final = frozenset(_PLURAL_WORDS.split())
_SINGULAR_WORDS: Final = (
    "$standard byline event genre headline infosource object organisation person place subject"
)
_SINGULAR: Final = frozenset(_SINGULAR_WORDS.split())


def family_of(item: Fields, document: dict[str, object]) -> str:
    """Name the family: camelCase is 3.x, plurals are 2.x, singulars 1.x; spelling outranks claims.

    What both spellings allow is decided by `$standard` (1.x) or `standard`; a false claim is noted.
    """
    claimed = _claimed(document)
    family = _spelled(document, claimed)
    if claimed and claimed != family:
        item.notes.append(f"claims to be ninjs {claimed}.x, is spelled as {_NAMES[family]}")
    return _NAMES[family]


def _spelled(document: dict[str, object], claimed: str | None) -> str:
    if not _CAMEL.isdisjoint(document):
        return "3"
    names = document.keys()
    if names & _PLURAL:
        parts = _names_in_parts(document)
        if parts & _CAMEL:
            return "3"
        return "3" if claimed == "3" and not (names | parts) & _LOWER else "2"
    if names & _SINGULAR or any(name.startswith(("body_", "description_")) for name in names):
        return "1"
    return claimed or ("1" if names & _LOWER else "3")


def _names_in_parts(document: dict[str, object]) -> set[str]:
    """Collect the names in the arrays of texts, where 2.x and 3.x differ if all else is alike."""
    names: set[str] = set()
    for part in ("bodies", "headlines", "descriptions"):
        entries = document.get(part)
        for entry in cast("list[object]", entries) if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                names.update(cast("dict[str, object]", entry))
    return names


def _claimed(document: dict[str, object]) -> str | None:
    standard = document.get("$standard") or document.get("standard")
    if not isinstance(standard, dict):
        return None
    version = str(cast("dict[str, object]", standard).get("version"))[:1]
    return version if version in _NAMES else None
