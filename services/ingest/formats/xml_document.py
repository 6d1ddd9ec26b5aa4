"""Opens XML as it comes from the wire, which nobody trusts: no DTD, no entities, no network."""

import re
from typing import Final, TypeAlias

from lxml import etree

from services.ingest.formats.reading import Unreadable
from services.ingest.formats.xml_mending import FIRST_TAG, SourceMender, in_place

# lxml has no other name for the type.
Element: TypeAlias = etree._Element  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

_MOST_TAGS: Final = 200_000
_JUNK_WITHIN: Final = 500
_ROOTS_WORDS: Final = (
    "nitf newsml newsitem newsmessage packageitem knowledgeitem conceptitem planningitem "
    "catalogitem rss feed entry rdf"
)
_ROOTS: Final = frozenset(_ROOTS_WORDS.split())
_PROLOG: Final = re.compile(r"(?:\s++|<!--.*?(?:-->|\Z))*+", re.DOTALL)
_ROOT: Final = re.compile(r"<(?:!doctype\s++)?(?:[\w.-]{1,40}:)?([\w.-]{1,40})", re.IGNORECASE)
_UNDECLARED_PREFIX: Final = int(etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE)
_EXTRA_CONTENT: Final = int(etree.ErrorTypes.ERR_DOCUMENT_END)
_PLACE: Final = re.compile(r", line \d+, column \d+\Z")


def _parser(*, recover: bool = False) -> etree.XMLParser:
    # The text is encoded anew, so that what a declaration says of its charset no longer counts.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=recover,
    )


_PARSER: Final = _parser()


def looks_like_xml(text: str) -> bool:
    """Tell whether text is XML: it declares so, or its first tag is the root of a wire format."""
    first = FIRST_TAG.search(text, 0, _JUNK_WITHIN)
    if first and text.startswith("<?xml", first.start()):
        return True
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root is not None and root[1].lower() in _ROOTS


def open_xml(text: str) -> tuple[Element, tuple[str, ...]]:
    """Parse a document; returns its root and what was mended. Raises Unreadable with the place.

    Depth is bounded by libxml2 (256 elements within another), the number of tags here. A
    DOCTYPE is passed over, whatever it declares.
    """
    if text.count("<") > _MOST_TAGS:
        raise Unreadable(f"not XML that a story needs: more than {_MOST_TAGS} tags")
    source = SourceMender(text)
    source.cut_junk()
    source.cut_doctype()
    as_sent = source.text
    source.mend_references()
    try:
        root = _parse(source)
    except etree.XMLSyntaxError as error:
        if error.code == _EXTRA_CONTENT:
            source.cut_tail()
        source.mend_stray_signs()
        root = _parse_or_refuse(source, as_sent)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("not XML: its DOCTYPE cannot be read")
    return root, tuple(source.notes)


def _parse(source: SourceMender) -> Element:
    return etree.fromstring(source.text.encode(errors="replace"), _PARSER)


def _parse_or_refuse(source: SourceMender, as_sent: str) -> Element:
    try:
        return _parse(source)
    except etree.XMLSyntaxError as error:
        root = _with_undeclared_prefixes(source) if error.code == _UNDECLARED_PREFIX else None
        if root is not None:
            return root
        line, column = _place_in(as_sent) or error.position
        why = _PLACE.sub("", error.msg or "no element found")
        raise Unreadable(f"not XML: {why}", f"line {line}, column {column}") from None


def _place_in(as_sent: str) -> tuple[int, int] | None:
    """Find the place in the copy as it was sent: mends before it have moved what follows them."""
    try:
        etree.fromstring(in_place(as_sent).encode(errors="replace"), _PARSER)
    except etree.XMLSyntaxError as error:
        return error.position
    return None


def _with_undeclared_prefixes(source: SourceMender) -> Element | None:
    """Parse in spite of prefixes that nobody declared (`xsi:`), if nothing else is wrong."""
    parser = _parser(recover=True)
    root = etree.fromstring(source.text.encode(errors="replace"), parser)
    if any(error.type != _UNDECLARED_PREFIX for error in parser.error_log):
        return None
    source.notes.append("undeclared namespace prefixes passed over")
    return root
