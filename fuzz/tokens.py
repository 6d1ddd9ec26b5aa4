"""What copy of each kind is made of: words for the dictionary, and how a body comes apart."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

_PIECES = re.compile(rb"<[^<>]{0,400}>|&#?\w{1,8};|\n|[^<&\n]{1,80}|.", re.DOTALL)
_JSON_PIECES = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|\s+|[^"{}\[\],:\s]{1,80}|.', re.DOTALL)
_XML = (
    "<?xml version='1.0' encoding='iso-8859-1'?>|<![CDATA[|]]>|<!--|-->|<?|?>|<!DOCTYPE nitf [|]>"
    "|<!ENTITY a 'aaaa'>|<!ENTITY x SYSTEM 'file:///etc/passwd'>|&a;|&nbsp;|&#150;|&#0;|&#xD800;|&lt;p&gt;"
    "|<p>|</p>|<br/>|<table><tr><td>|</td></tr></table>|<ul><li>|</li></ul>|<pre>|</pre>|<media>|<figure>"
    "|<img src='a'/>| xml:lang='de'| xmlns='http://iptc.org/std/nar/2006-10-01/'| xmlns:x='y'| x:y='z'"
)
_JSON = (
    '"uri"|"version"|"headline"|"body_text"|"body_html"|"body_xhtml"|"bodies"|"headlines"|"subject"'
    '|"associations"|"renditions"|"pubstatus"|"embargoed"|"urgency"|"versioncreated"|"type"|"text"'
    '|"ednotes"|"notepad"|"categories"|"urn"|"entry_id"|"altids"|"itemid"|"data"|"items"|"item"'
    '|null|true|1e308|-0|NaN|[]|{}|[{|}]|"\\u0000"|"\\ud800"|"\\u0085"|"&#9999999;"|"<p>"'
)
_WIRE = (
    "\x01|\x02|\x03|\x04|\x16|\x7f|\r\n|\n\n|    | =\n|(dpa) - |KILL KILL KILL|HOLD HOLD HOLD|zu bdt0657 vom 31. Juni"
    "|Sperrfrist 31. Juni 25.70 Uhr|Berichtigung: |# Notizblock\n|242200 GMT Jun 17|bdt0657 3 pl 339  dpa 1234\n"
    "|f l BC-XX--Crane 11-13 1049\n|AP-NY-13-45-13 2599EST<\n|1. Lokales\n| | © |03.06.2024 | 31.06.2024, 10:00"
    "|NNNN|ZCZC|^A|<|Von Udo Muster\n|* |1. | | | |---"
)
_MOMENTS = (
    "0001-01-01T00:00:00+14:00|9999-12-31T23:59:59-14:00|20240231T000000Z|2024-06-03T12:00:00"
    "|Mon, 31 Jun 2024 25:61:00 +9999|03.06.2024, 24:00 Uhr|999999999999999999999999|²|\ufeff|\u2028|ſ|İ|\ufffe"
)
_XML_FORMATS = frozenset(("newsml-1.2", "newsml-g2", "nitf", "atom", "rss"))
_JSON_FORMATS = frozenset(("ninjs", "digitalwires", "ap"))
_KINDS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(_XML_FORMATS, _XML) | dict.fromkeys(_JSON_FORMATS, f"{_JSON}|{_XML}")
)


def pieces_of(body: bytes) -> list[bytes]:
    """Take a body apart: tags, JSON's texts and marks, line ends, and what lies between."""
    is_json = body.lstrip()[:1] in {b"{", b"["}
    return (_JSON_PIECES if is_json else _PIECES).findall(body)


def words_of(form: str, seeds: list[Path]) -> list[bytes]:
    """Return the words of a format: its marks, odd times, and every tag and key of its seeds."""
    told = f"{_XML}|{_JSON}|{_WIRE}" if form == "all" else _KINDS.get(form, _WIRE)
    spelled = [word.encode() for word in f"{told}|{_MOMENTS}".split("|") if word]
    found = (piece for seed in seeds for piece in pieces_of(seed.read_bytes()))
    return list(dict.fromkeys([*spelled, *(piece for piece in found if len(piece) > 1)]))


def dictionary(words: list[bytes]) -> str:
    """Write words as libFuzzer's dictionary; long ones are left to the pieces."""
    return "\n".join(_lines(words)) + "\n"


def _lines(words: list[bytes]) -> Iterator[str]:
    for word in words:
        if len(word) <= 64:
            spelled = "".join(f"\\x{octet:02x}" for octet in word)
            yield f'"{spelled}"'
