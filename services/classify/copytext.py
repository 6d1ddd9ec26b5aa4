"""The words of a story laid end to end, and where in the story each place of them is."""

from dataclasses import dataclass

from services.classify.terms import lower, ready
from shared.story import Story, Subject

FIELDS: tuple[str, ...] = (
    "headline",
    "kicker",
    "breadcrumb",
    "slug",
    "keywords",
    "subjects",
    "body_text",
)

# No term reaches over it from one field into the next; its blank lets a word begin behind it.
_WALL = "\x1f "
_LONGEST_LEAD = 300
_TAIL_AFTER = 1000


@dataclass(frozen=True, slots=True)
class CopyText:
    """All fields of a story in one text, in three shapes of the same length.

    `plain` is as written, `spaced` has blanks between all words, `lower` is to search in.
    `starts` are the fields' first characters, in the order of FIELDS; `bounds` are the ends
    of the places of scoring.Place.
    """

    plain: str
    spaced: str
    lower: str
    starts: tuple[int, ...]
    bounds: tuple[int, int, int, int, int]

    @property
    def lead_end(self) -> int:
        """The end of the first paragraph, or of its first 300 characters."""
        return self.bounds[2]

    def field_at(self, at: int) -> int:
        """Give the number of the field that a character belongs to."""
        field = len(self.starts) - 1
        while at < self.starts[field]:
            field -= 1
        return field


def subject_text(subject: Subject) -> str:
    """Give a subject in one line: `medtop:20001065 Fußball`."""
    return " ".join(part for part in (subject.code, subject.name) if part)


def field_texts(story: Story) -> tuple[str, ...]:
    """Give the texts of FIELDS, in which reasons count; parts of a field are joined by `, `."""
    return (
        story.headline,
        story.kicker or "",
        ", ".join(story.breadcrumb),
        story.slug or "",
        ", ".join(story.keywords),
        ", ".join(map(subject_text, story.subjects)),
        story.body_text,
    )


def lay_out(story: Story) -> CopyText:
    """Lay the fields of a story end to end, a wall before, between and after them."""
    texts = field_texts(story)
    starts: list[int] = []
    at = len(_WALL)
    for text in texts:
        starts.append(at)
        at += len(text) + len(_WALL)
    plain = _WALL + _WALL.join(texts) + _WALL
    body = starts[-1]
    lead_end = body + _lead(texts[-1])
    bounds = (starts[1], body, lead_end, max(lead_end, body + _TAIL_AFTER), len(plain))
    spaced = ready(plain)
    return CopyText(plain, spaced, lower(spaced), tuple(starts), bounds)


def _lead(body: str) -> int:
    end = body.find("\n\n")
    return min(len(body) if end < 0 else end, _LONGEST_LEAD)
