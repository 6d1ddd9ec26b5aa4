"""All terms of a taxonomy in one Aho-Corasick automaton, and which of them stand in a copy text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, cast

import ahocorasick

from services.classify.copytext import CopyText
from services.classify.scoring import WEIGHTS, Spot, Strength, Votes, points_for
from services.classify.taxonomy import Heading, Taxonomy, Topic
from services.classify.terms import Term, ends_word, parse_term, spellings


class Form(NamedTuple):
    """One way a needle may stand in a text, and what it says there (see Spot)."""

    size: int
    prefix: bool
    exact: str | None
    term: int
    votes: Votes
    against: tuple[int, ...]


class Automaton(Protocol):
    """What pyahocorasick, which has no types, offers: needles in, then the places they end."""

    def add_word(self, needle: str, forms: tuple[Form, ...], /) -> bool: ...

    def make_automaton(self) -> None: ...

    def iter(self, text: str, /) -> Iterator[tuple[int, tuple[Form, ...]]]: ...


@dataclass(frozen=True, slots=True)
class Tagger:
    """A taxonomy made ready to tag with. Headings are numbered, the `sections` first.

    By number: the points a topic must have at `least`, its section (`homes`), the share it
    `lends` there, what a section is multiplied by (`emphasis`), and the topic above (`broader`).
    `codes` and `names` (lower case) find a heading by what a supplier calls it.
    """

    version: str
    headings: tuple[Heading, ...]
    sections: int
    fallback: int
    review_below: float
    least: dict[int, int]
    homes: dict[int, int]
    lends: dict[int, float]
    emphasis: dict[int, float]
    broader: dict[int, int]
    codes: dict[str, int]
    names: dict[str, int]
    automaton: Automaton


def compile_taxonomy(taxonomy: Taxonomy) -> Tagger:
    """Make a taxonomy ready; once, since it takes some milliseconds."""
    headings: tuple[Heading, ...] = (*taxonomy.sections, *taxonomy.topics)
    number = {heading.name: at for at, heading in enumerate(headings)}
    topics = list(enumerate(taxonomy.topics, len(taxonomy.sections)))
    least = {
        at: taxonomy.threshold if topic.threshold is None else topic.threshold
        for at, topic in topics
    }
    return Tagger(
        version=taxonomy.version(),
        headings=headings,
        sections=len(taxonomy.sections),
        fallback=number[taxonomy.fallback],
        review_below=taxonomy.review_below,
        least={at: points_for(share) for at, share in least.items()},
        homes={at: number[taxonomy.section_of(topic)] for at, topic in topics},
        lends={at: topic.lends for at, topic in topics},
        emphasis={at: section.emphasis for at, section in enumerate(taxonomy.sections)},
        broader={at: number[topic.broader] for at, topic in topics if topic.broader},
        codes={code: at for at, each in enumerate(headings) for code in _codes(each)},
        names={name.lower(): at for at, each in enumerate(headings) for name in _names(each)},
        automaton=_automaton(_forms(headings, taxonomy)),
    )


def find(copy: CopyText, automaton: Automaton) -> list[Spot]:
    """Find every term that stands in the text as it is meant to, in the order of their ends."""
    spots: list[Spot] = []
    text, spaced = copy.lower, copy.spaced
    places = iter(zip(WEIGHTS, copy.bounds, strict=True))
    weights, bound = next(places)
    for last, forms in automaton.iter(text):
        end = last + 1
        while end > bound:
            weights, bound = next(places)
        for size, prefix, exact, term, votes, against in forms:
            if not prefix and text[end].isalnum() and (exact or not ends_word(text, end)):
                continue
            start = end - size
            if exact and spaced[start:end] != exact:
                continue
            spots.append((start, end, term, weights, votes, against))
    return spots


def _codes(heading: Heading) -> Iterator[str]:
    yield from heading.also
    if heading.code:
        yield heading.code


def _names(heading: Heading) -> tuple[str, ...]:
    return (heading.name, *heading.aliases)


def _automaton(forms: dict[str, list[Form]]) -> Automaton:
    automaton = cast("Automaton", cast("Any", ahocorasick).Automaton())
    for needle, each in forms.items():
        automaton.add_word(needle, tuple(each))
    automaton.make_automaton()
    return automaton


def _forms(headings: Iterable[Heading], taxonomy: Taxonomy) -> dict[str, list[Form]]:
    votes: dict[Term, dict[int, Strength]] = {}
    against: dict[Term, set[int]] = {}
    for at, heading in enumerate(headings):
        for strength, written in _rules(heading):
            for term in spellings(parse_term(written)):
                votes.setdefault(term, {}).setdefault(at, strength)
        for written in _unless(heading, taxonomy):
            for term in spellings(parse_term(written)):
                against.setdefault(term, set()).add(at)
    forms: dict[str, list[Form]] = {}
    for number, term in enumerate(dict.fromkeys((*votes, *against))):
        # Plain numbers: an enum's member is slow to index with.
        said = tuple((at, int(strength)) for at, strength in votes.get(term, {}).items())
        barred = tuple(sorted(against.get(term, ())))
        form = Form(len(term.needle), term.prefix, term.exact, number, said, barred)
        # A blank before it lets the automaton itself see to it that a word begins here.
        needle = term.needle if term.inside else f" {term.needle}"
        forms.setdefault(needle, []).append(form)
    return forms


def _rules(heading: Heading) -> Iterator[tuple[Strength, str]]:
    yield from ((Strength.STRONG, term) for term in heading.strong)
    yield from ((Strength.TERM, term) for term in heading.terms)
    yield from ((Strength.WEAK, term) for term in heading.weak)


def _unless(heading: Heading, taxonomy: Taxonomy) -> Iterator[str]:
    yield from heading.unless
    if isinstance(heading, Topic):
        yield from (term for above in taxonomy.above(heading) for term in above.unless)
