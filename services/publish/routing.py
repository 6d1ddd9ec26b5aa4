"""Who is entitled to a story, and why or why not. Pure: it knows no earlier recipients."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.publish.partners import Partner, PartnerBook, Selection
from shared.events import Labels
from shared.story import Story

Broader = Mapping[str, tuple[str, ...]]
"""For a Media Topic code all the codes above it, near or far."""

NO_TREE: Broader = MappingProxyType({})
USUAL_URGENCY = 3  # wire-rules 8.3
MOST_URGENT, LEAST_URGENT = 1, 9  # wire-rules 8.1
NOT_FOR_PUBLICATION = "not for publication (wire-rules 10.2)"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Whether a partner may have a story, and the rule that says so in plain words."""

    yes: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Traits:
    """What routing looks at; the credit is casefolded, the urgency within 1 to 9."""

    section: str
    topics: frozenset[str]
    credit: str
    urgency: int


@dataclass(frozen=True, slots=True)
class _Wish:
    """A Selection made ready to compare; None where it does not care."""

    sections: frozenset[str] | None
    topics: frozenset[str] | None
    credits: frozenset[str] | None
    urgency_at_most: int

    def met_by(self, traits: _Traits) -> bool:
        return (
            traits.urgency <= self.urgency_at_most
            and (self.sections is None or traits.section in self.sections)
            and (self.topics is None or not self.topics.isdisjoint(traits.topics))
            and (self.credits is None or traits.credit in self.credits)
        )


def entitled(
    partner: Partner, story: Story, tags: Labels, broader: Broader = NO_TREE
) -> Entitlement:
    """Say whether and why a partner is entitled to a story; any one rule of `takes` is enough.

    The reason reads `takes[0]: sections [Medien]`, or names what each rule misses.
    """
    if not story.publishable:
        return Entitlement(yes=False, why=NOT_FOR_PUBLICATION)
    if not partner.takes:
        return Entitlement(yes=True, why="takes everything")
    traits = _traits(story, tags, broader)
    misses: list[str] = []
    for at, selection in enumerate(partner.takes):
        missed = list(_missed(selection, story, tags, traits))
        if not missed:
            return Entitlement(yes=True, why=f"takes[{at}]: {', '.join(_wishes(selection))}")
        misses.append(f"takes[{at}] wants {' and '.join(missed)}")
    return Entitlement(yes=False, why=f"no rule of takes matches: {'; '.join(misses)}")


def _wishes(selection: Selection) -> Iterator[str]:
    for kind in ("sections", "topics", "credits"):
        wanted: tuple[str, ...] | None = getattr(selection, kind)
        if wanted is not None:
            yield f"{kind} {_listed(wanted)}"
    if selection.urgency_at_most is not None:
        yield f"urgency at most {selection.urgency_at_most}"


def _missed(selection: Selection, story: Story, tags: Labels, traits: _Traits) -> Iterator[str]:
    wish = _wish(selection)
    if wish.sections is not None and traits.section not in wish.sections:
        yield f"sections {_listed(selection.sections)}, the story is in {tags.section.name}"
    if wish.topics is not None and wish.topics.isdisjoint(traits.topics):
        has = _listed(tag.name for tag in tags.topics)
        yield f"topics {_listed(selection.topics)}, the story has {has}"
    if wish.credits is not None and traits.credit not in wish.credits:
        has = _credit(story) or "none"
        yield f"credits {_listed(selection.credits)}, the story has {has}"
    if traits.urgency > wish.urgency_at_most:
        yield f"urgency at most {wish.urgency_at_most}, the story has {traits.urgency}"


def _listed(names: Iterable[str] | None) -> str:
    return f"[{', '.join(names or ())}]"


def _traits(story: Story, tags: Labels, broader: Broader) -> _Traits:
    urgency = USUAL_URGENCY if story.urgency is None else story.urgency
    topics = {tag.name for tag in tags.topics}
    for tag in tags.topics:
        if tag.code is not None:
            topics.add(tag.code)
            topics.update(broader.get(tag.code, ()))
    return _Traits(
        section=tags.section.name,
        topics=frozenset(topics),
        credit=_credit(story).casefold(),
        urgency=min(max(urgency, MOST_URGENT), LEAST_URGENT),
    )


def _credit(story: Story) -> str:
    return story.credit or story.dateline.credit or ""


def _wish(selection: Selection) -> _Wish:
    def ready(wanted: tuple[str, ...] | None) -> frozenset[str] | None:
        return None if wanted is None else frozenset(wanted)

    credits_ = selection.credits and tuple(map(str.casefold, selection.credits))
    most = selection.urgency_at_most
    return _Wish(
        sections=ready(selection.sections),
        topics=ready(selection.topics),
        credits=ready(credits_),
        urgency_at_most=LEAST_URGENT if most is None else most,
    )


class Router:
    """All partners' rules in an index, so that the cost follows the matches, not the partners."""

    def __init__(self, book: PartnerBook, broader: Broader = NO_TREE) -> None:
        self._partners = book.partners
        self._broader = broader
        self._everything: list[int] = []
        self._index: defaultdict[tuple[str, str | int], list[tuple[int, _Wish]]] = defaultdict(list)
        for place, partner in enumerate(book.partners):
            if not partner.takes:
                self._everything.append(place)
            for selection in partner.takes:
                wish = _wish(selection)
                for key in _keys(wish):
                    self._index[key].append((place, wish))

    def matches(self, story: Story, tags: Labels) -> tuple[Partner, ...]:
        """Return the partners entitled to a story, in the order of the file."""
        if not story.publishable:
            return ()
        traits = _traits(story, tags, self._broader)
        places = set(self._everything)
        for key in _looked_up(traits):
            for place, wish in self._index.get(key, ()):
                if wish.met_by(traits):
                    places.add(place)
        return tuple(self._partners[place] for place in sorted(places))


def _keys(wish: _Wish) -> Iterator[tuple[str, str | int]]:
    """Index a wish by the one thing that fewest stories have: topic, section, credit, urgency."""
    for kind in ("topics", "sections", "credits"):
        wanted: frozenset[str] | None = getattr(wish, kind)
        if wanted is not None:
            yield from ((kind, each) for each in wanted)
            return
    yield from (("urgency", urgency) for urgency in range(MOST_URGENT, wish.urgency_at_most + 1))


def _looked_up(traits: _Traits) -> Iterator[tuple[str, str | int]]:
    yield from (("topics", topic) for topic in traits.topics)
    yield "sections", traits.section
    yield "credits", traits.credit
    yield "urgency", traits.urgency
