"""Parts a body into its messages, and a message into its two header lines and its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.ingest.formats.controls import without_controls
from services.ingest.formats.urgency import urgency_of_letter

_SOH, _STX, _ETX, _EOT = "\x01", "\x02", "\x03", "\x04"
# Some systems spell the control characters that frame a message: only whole marks count, as
# `^By` and `^AP Photo` begin with a caret too.
_SPELLED: Final = re.compile(r"\A\s{0,9}(?:\^V){1,9}\^A|^\^([ABCD])[ \t]*\r?$", re.MULTILINE)
_SPELLED_AS: Final = {"A": _SOH, "B": _STX, "C": _ETX, "D": _EOT}
_SERVICE: Final = re.compile(
    r"(?P<service>[A-Za-z]{1,3})(?P<number>\d{3,4})(?P<selector>[a-z-]{0,8})[^\n]{0,24}"
)
_FILED: Final = re.compile(
    r"(?P<priority>[fburdshFBURDSH])[ ](?P<category>[A-Za-z]{1,3}|-)[ ]{1,4}(?P<slug>\S[^\n]{0,90}?)"
    r"(?:[ ]{1,12}(?P<month>\d\d)-(?P<day>\d\d))?(?:[ ]{1,6}(?P<words>\d{3,5}))?[ <]{0,9}"
)
_FRAME: Final = frozenset((_SOH, _STX, _ETX, _EOT, "\n", "\t"))


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `month` and `day` are those of its second line, when it was filed."""

    service: str
    number: str
    urgency: int
    category: str
    slug: str
    month: int | None
    day: int | None
    text: str


def messages_in(raw: str) -> Iterator[Message]:
    """Find the messages in a body, in their order; none if the first thing is no header."""
    framed = _SPELLED.sub(lambda found: _SPELLED_AS[found[1] or "A"], raw)
    for at, part in enumerate(_parts(framed)):
        message = _message(part)
        if message is None and at == 0:
            return
        if message is not None:
            yield message


def _parts(raw: str) -> list[str]:
    mark = _SOH if raw.count(_SOH) > 1 else _EOT
    if raw.count(mark) > 1:
        return [part for part in raw.split(mark) if without_controls(part).strip()]
    return [raw.partition(_SOH)[2] if _SOH in raw[:200] else raw]


def _message(part: str) -> Message | None:
    text = part.replace("\r\n", "\n").replace("\r", "\n").partition(_EOT)[0]
    lines = text.lstrip("\n \t\x00\x07\x16\x7f").split("\n", 2)
    if len(lines) < 3:  # noqa: PLR2004 - two header lines, then the text
        return None
    service = _SERVICE.fullmatch(without_controls(lines[0]).strip())
    # In this line, control characters (shifts, record separators) stand where blanks would.
    filed = _FILED.fullmatch(_blanks_for_controls(lines[1].partition(_STX)[0]).strip())
    if service is None or filed is None:
        return None
    behind = lines[1].partition(_STX)[2]
    body = f"{behind}\n{lines[2]}" if behind else lines[2]
    return Message(
        service=service["service"],
        number=service["number"],
        urgency=urgency_of_letter(filed["priority"]) or 4,
        category=filed["category"].lower(),
        slug=" ".join(filed["slug"].split()),
        month=int(filed["month"]) if filed["month"] else None,
        day=int(filed["day"]) if filed["day"] else None,
        text=_text(body),
    )


def _text(body: str) -> str:
    """Take the text between its marks, with what stands behind them: the time may be there."""
    _, mark, behind = body.partition(_STX)
    return without_controls((behind if mark else body).replace(_ETX, "\n"))


def _blanks_for_controls(line: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f^]{1,4}", " ", line).replace("  ", " ")
