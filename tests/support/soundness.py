"""What holds for whatever was read, however hostile the copy: told once, for properties and fuzzing."""

import json
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.ingest.filing import Filed, prepared
from services.ingest.formats import ReadStory, Unreadable, parsed_view, read
from services.ingest.formats.reading import UnknownFormat
from shared.story import Story

RECEIVED_AT = datetime(2024, 6, 3, 12, tzinfo=UTC)
_FORMATS = frozenset(
    (
        *("ninjs-1.6", "ninjs-2.2", "ninjs-3.1", "newsml-g2", "newsml-1.2", "nitf", "atom", "rss"),
        *("digitalwires", "ap", "iptc7901", "anpa-1312", "text", "article"),
    )
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_PLACE = re.compile(r"line [1-9]\d*, column \d+|/.*", re.DOTALL)
_INT64 = 2**63
_BERLIN = ZoneInfo("Europe/Berlin")


def read_soundly(body: bytes, label: str | None = None) -> tuple[ReadStory, ...]:
    """Read a body; an assertion fails if what comes out is neither sound stories nor a clear refusal."""
    try:
        stories = read(body, content_type=label, received_at=RECEIVED_AT)
    except Unreadable as fault:
        assert_clear(fault)
        return ()
    assert isinstance(stories, tuple)
    assert stories
    for one in stories:
        assert_sound(one, body)
    return stories


def assert_clear(fault: Unreadable) -> None:
    assert fault.why.strip(), "no reason"
    assert str(fault).encode(), "a reason that cannot be sent"
    assert fault.where is None or _PLACE.fullmatch(fault.where), fault.where
    if fault.why.startswith(("not XML: ", "not JSON: ")) and not isinstance(fault, UnknownFormat):
        assert fault.where or "DOCTYPE" in fault.why, f"no place: {fault.why}"


def assert_sound(one: ReadStory, body: bytes) -> None:
    story = one.story
    assert one.format in _FORMATS
    assert story.story_id.strip()
    assert story.headline or not story.body_text, "no headline though there is text"
    assert story.headline == " ".join(story.headline.split())
    assert story.urgency is None or 1 <= story.urgency <= 9
    version = story.agency_version
    assert not isinstance(version, int) or -_INT64 <= version < _INT64
    for moment in (story.version_created, story.first_created, story.embargoed, story.expires):
        assert moment is None or moment.utcoffset() is not None
        assert moment is None or moment.astimezone(_BERLIN), "a time that no clock shows"
    view = parsed_view(one)
    line = json.dumps(view, ensure_ascii=False, allow_nan=False)
    assert json.loads(line.encode()) == view
    for text in _texts(view):
        assert not _CONTROLS.search(text), text
    assert Story.model_validate_json(story.model_dump_json()) == story
    assert one.delivery_id is None or one.delivery_id.encode()
    assert prepared(Filed(story, body, "desk", RECEIVED_AT, delivery_id=one.delivery_id), 1).digest


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for entry in value for text in _texts(entry)]
        case dict():
            return [text for entry in value.values() for text in _texts(entry)]
        case _:
            return []
