"""What taxonomy.yaml says: sections, topics, their codes and rules. It reads no file itself."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from services.classify.terms import parse_term
from shared.config_file import Written, read_config

Wrong = tuple[tuple[str | int, ...], str]

# The codes agencies send: IPTC Media Topics, IPTC subject codes, dpa's categories and subjects.
_OTHER_CODE = r"^(medtop:\d{8}|subj:\d{8}|dpacat:[a-z]{2}|dpasubject:\d+)$"


def _listed(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.replace("\n", " ").strip().rstrip(",").split(",")]


def _written_well(term: str) -> str:
    parse_term(term)
    return term


MediaTopic = Annotated[str, StringConstraints(pattern=r"^medtop:\d{8}$")]
OtherCode = Annotated[str, StringConstraints(pattern=_OTHER_CODE)]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Share = Annotated[float, Field(ge=0, le=1)]
TermText = Annotated[str, BeforeValidator(_written_well)]
Terms = Annotated[tuple[TermText, ...], BeforeValidator(_listed)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_listed)]


class Heading(Written):
    """What sections and topics share: a name, the codes that mean it, the words that speak for it.

    `strong` words nearly say it, `terms` speak for it, `weak` ones count only beside others.
    Where `unless` outweighs `strong`, the strong ones alone count.
    """

    name: Name
    code: MediaTopic | None = None
    also: Annotated[tuple[OtherCode, ...], BeforeValidator(_listed)] = ()
    aliases: Names = ()
    strong: Terms = ()
    terms: Terms = ()
    weak: Terms = ()
    unless: Terms = ()


class Section(Heading):
    """A part of the paper; each story belongs in exactly one.

    `emphasis` multiplies its points: a story about a programme also has all the words of what
    the programme shows.
    """

    emphasis: Annotated[float, Field(gt=0, le=3)] = 1.0


class Topic(Heading):
    """What a story may be about.

    `broader` is the topic above, `section` where it is at home (by default that of `broader`);
    `lends` is the share of its points, 0 to 1, that speaks for that section.
    """

    section: Name | None = None
    broader: Name | None = None
    threshold: Share | None = None
    lends: Share = 0.5


class Taxonomy(Written):
    """The whole file. `fallback` takes stories no rule fits; scores and confidence are 0 to 1."""

    fallback: Name
    threshold: Share
    review_below: Share
    sections: tuple[Section, ...]
    topics: tuple[Topic, ...] = ()

    def version(self) -> str:
        """Give a short digest of the content; the same content always has the same."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def above(self, topic: Topic) -> tuple[Topic, ...]:
        """Give the topics above a topic, the nearest first."""
        by_name = {each.name: each for each in self.topics}
        line: list[Topic] = []
        while topic.broader is not None:
            topic = by_name[topic.broader]
            line.append(topic)
        return tuple(line)

    def section_of(self, topic: Topic) -> str:
        """Give the section a topic is at home in, its own or the nearest above it."""
        line = (topic, *self.above(topic))
        return next((each.section for each in line if each.section), self.fallback)


def parse_taxonomy(text: str, file: str) -> Taxonomy:
    """Read taxonomy.yaml; raises shared.config_file.BadConfig with the line of each problem."""
    return read_config(text, Taxonomy, file, check=_cross_references)


def _cross_references(taxonomy: Taxonomy) -> Iterator[Wrong]:
    if taxonomy.fallback not in {section.name for section in taxonomy.sections}:
        yield ("fallback",), f"no section is called `{taxonomy.fallback}`"
    yield from _repeats(taxonomy)
    for at, topic in enumerate(taxonomy.topics):
        yield from _homeless(taxonomy, topic, ("topics", at))


def _headings(taxonomy: Taxonomy) -> Iterator[tuple[tuple[str | int, ...], Heading]]:
    yield from ((("sections", at), each) for at, each in enumerate(taxonomy.sections))
    yield from ((("topics", at), each) for at, each in enumerate(taxonomy.topics))


def _repeats(taxonomy: Taxonomy) -> Iterator[Wrong]:
    names: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for place, heading in _headings(taxonomy):
        for name in {each.casefold() for each in (heading.name, *heading.aliases)}:
            names[name] += 1
            if names[name] > 1:
                yield (*place, "name"), f"the name `{name}` is already taken"
        for code in (*([heading.code] if heading.code else []), *heading.also):
            codes[code] += 1
            if codes[code] > 1:
                yield (*place, "code"), f"the code `{code}` is already taken"


def _homeless(taxonomy: Taxonomy, topic: Topic, place: tuple[str | int, ...]) -> Iterator[Wrong]:
    if topic.section is None and topic.broader is None:
        yield place, f"topic `{topic.name}` needs a section or a broader topic"
    if topic.section and topic.section not in {each.name for each in taxonomy.sections}:
        yield (*place, "section"), f"no section is called `{topic.section}`"
    by_name = {each.name: each for each in taxonomy.topics}
    above, seen = topic.broader, {topic.name}
    while above is not None:
        if above not in by_name:
            if above == topic.broader:
                yield (*place, "broader"), f"no topic is called `{above}`"
            return
        if above in seen:
            yield (*place, "broader"), f"`{topic.name}` ends up below itself"
            return
        seen.add(above)
        above = by_name[above].broader
