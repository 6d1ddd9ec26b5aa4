"""What a webhook call says: headers and body for one log entry. Pure."""

from collections.abc import Sequence
from urllib.parse import quote

from services.publish.signatures import message_id, sign
from shared.events import LogEntry

PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "%")


def headers_for(
    partner_id: str,
    entry: LogEntry,
    *,
    content_type: str,
    body: bytes,
    secrets: Sequence[str],
    timestamp: int,
) -> dict[str, str]:
    """Return the headers of design's Webhooks paragraph; `timestamp` in seconds.

    Topics are UTF-8; a story id is percent-encoded wherever a header could not hold it.
    """
    changed = {} if entry.changed is None else {"depesche-changed": ", ".join(entry.changed)}
    return {
        **sign(secrets, message_id(partner_id, entry.story_id, entry.version), timestamp, body),
        "content-type": content_type,
        "depesche-story-id": quote(entry.story_id, safe=PRINTABLE),
        "depesche-version": str(entry.version),
        "depesche-status": entry.status.value,
        "depesche-section": _one_line(entry.section),
        "depesche-topics": ", ".join(map(_one_line, entry.topics)),
        **changed,
    }


def _one_line(name: str) -> str:
    return " ".join(name.split())
