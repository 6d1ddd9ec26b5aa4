import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.classify.tagging import Tagger, compile_taxonomy, tag
from services.classify.taxonomy import parse_taxonomy
from shared.events import Tagging
from shared.story import Story, Subject

ROOT = Path(__file__).parents[3]


def test_the_published_page_keeps_its_section_and_topics() -> None:
    tagging = tag(_page(), _shipped())

    assert tagging.section.name == "Medien"
    assert tagging.section.source == "supplied"
    assert tagging.confidence == 1
    assert {"medtop:20001065", "medtop:20001293"} <= _codes(tagging)
    assert all(topic.reasons for topic in tagging.topics)


def test_the_published_page_is_found_without_its_breadcrumb_and_kicker() -> None:
    page = _page().model_copy(update={"breadcrumb": (), "kicker": None})

    tagging = tag(page, _shipped())

    assert tagging.section.name == "Medien"
    assert tagging.section.source == "rules"
    assert not tagging.needs_review
    assert {"medtop:20001065", "medtop:20001293"} <= _codes(tagging)
    assert all(topic.reasons for topic in tagging.topics)


def test_a_supplied_code_gives_its_topic_and_that_topics_section() -> None:
    story = _story(subjects=(Subject(code="medtop:20001085", name="Tennis"),))

    tagging = tag(story, _shipped())

    (topic,) = tagging.topics
    assert (topic.name, topic.source, topic.score) == ("Tennis", "supplied", 1)
    assert (topic.reasons[0].term, topic.reasons[0].field) == ("medtop:20001085", "subjects")
    assert tagging.section.name == "Sport"


def test_a_supplied_code_may_be_written_as_its_address() -> None:
    address = "http://cv.iptc.org/newscodes/mediatopic/20001085"

    tagging = tag(_story(subjects=(Subject(code=address),)), _shipped())

    assert [topic.name for topic in tagging.topics] == ["Tennis"]


def test_a_supplied_name_without_a_code_counts_as_supplied() -> None:
    tagging = tag(_story(subjects=(Subject(name="tennis"),)), _shipped())

    assert [topic.source for topic in tagging.topics] == ["supplied"]


def test_an_unknown_code_is_left_out() -> None:
    tagging = tag(_story(subjects=(Subject(code="medtop:99999999"),)), _shipped())

    assert tagging.topics == ()


def test_the_innermost_channel_of_a_page_is_its_section() -> None:
    tagging = tag(_story(breadcrumb=("Lifestyle", "Medien", "Ein Tag")), _shipped())

    assert tagging.section.name == "Medien"
    assert not tagging.needs_review


def test_a_channel_called_like_a_topic_places_the_story_in_its_section() -> None:
    alone = tag(_story(breadcrumb=("Tennis",)), _shipped())
    below = tag(_story(breadcrumb=("Lokales", "Tennis")), _shipped())

    assert (alone.section.name, alone.section.source) == ("Sport", "supplied")
    assert below.section.name == "Lokales"


def test_a_kicker_that_names_a_topic_supplies_it() -> None:
    tagging = tag(_story(kicker="Tennis"), _shipped())

    (topic,) = tagging.topics
    assert (topic.source, topic.reasons[0].field) == ("supplied", "kicker")


def test_a_story_no_rule_fits_goes_to_the_fallback_for_review() -> None:
    tagging = tag(_story(), _shipped())

    assert tagging.section.name == "Panorama"
    assert tagging.section.reasons == ()
    assert tagging.confidence == 0
    assert tagging.needs_review


def test_the_version_of_the_taxonomy_goes_with_the_tags() -> None:
    assert tag(_story(), _shipped()).taxonomy == _shipped().version


def test_a_tag_has_at_most_eight_reasons_the_strongest_first() -> None:
    names = ["Aal", "Bach", "Chor", "Dorf", "Esel", "Fass", "Gras", "Haus", "Igel", "Jagd"]
    tagger = _tagger(f"{{name: T, section: A, strong: '{', '.join(names)}'}}")
    story = _story(headline="Jagd", body_text=" ".join(names))

    (topic,) = tag(story, tagger).topics

    assert [reason.term for reason in topic.reasons] == ["Jagd", *names[:7]]
    assert [reason.field for reason in topic.reasons] == ["headline", *["body_text"] * 7]


def test_words_count_more_the_higher_up_they_stand() -> None:
    tagger = _tagger("{name: T, section: A, terms: Aal}")
    filler = "x" * 40 + "\n\n"
    scores = [
        tag(story, tagger).topics[0].score
        for story in (
            _story(headline="Aal"),
            _story(slug="Aal"),
            _story(body_text="Aal"),
            _story(body_text=filler + "Aal"),
            _story(body_text=filler * 30 + "Aal"),
        )
    ]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_a_word_said_again_counts_less_each_time() -> None:
    tagger = _tagger("{name: T, section: A, terms: Aal}")
    scores = [
        tag(_story(body_text=" ".join(["Aal"] * times)), tagger).topics[0].score
        for times in (1, 2, 3, 40)
    ]

    assert scores[1] - scores[0] > scores[2] - scores[1] > 0
    assert scores[3] < tag(_story(headline="Aal"), tagger).topics[0].score + 0.25


def test_words_close_together_below_the_lead_say_less() -> None:
    tagger = _tagger("{name: T, section: A, terms: 'Aal, Bach'}")
    far, near = (
        tag(_story(body_text=f"Ein Satz.\n\nAal {'x' * gap} Bach"), tagger).topics[0].score
        for gap in (60, 1)
    )

    assert near < far


def test_of_words_within_words_only_the_heaviest_counts() -> None:
    tagger = _tagger("{name: T, section: A, strong: Aalsuppe*, terms: Aal*}")

    (topic,) = tag(_story(headline="Aalsuppe"), tagger).topics

    assert topic.score == tag(_story(headline="Aalsuppe"), _only_strong()).topics[0].score
    assert [reason.term for reason in topic.reasons] == ["Aalsuppe"]


def test_weak_words_alone_are_no_topic() -> None:
    tagger = _tagger("{name: T, section: A, threshold: 0.1, weak: 'Aal, Bach, Chor'}")

    tagging = tag(_story(headline="Aal Bach Chor"), tagger)

    assert tagging.topics == ()


def test_words_against_a_topic_leave_only_its_strong_ones() -> None:
    tagger = _tagger("{name: T, section: A, threshold: 0.1, terms: Aal, unless: Bach}")

    without, with_it = (tag(_story(headline=text), tagger) for text in ("Aal", "Aal Bach"))

    assert [topic.name for topic in without.topics] == ["T"]
    assert with_it.topics == ()


def test_a_topic_brings_the_topic_above_it() -> None:
    tagger = _tagger("{name: T, section: A}, {name: U, broader: T, strong: Aal}")

    tagging = tag(_story(headline="Aal"), tagger)

    assert [topic.name for topic in tagging.topics] == ["T", "U"]
    assert tagging.topics[0].reasons == tagging.topics[1].reasons


def test_words_against_a_topic_also_speak_against_those_below_it() -> None:
    tagger = _tagger(
        "{name: T, section: A, unless: Bach}, {name: U, broader: T, terms: Aal, threshold: 0.1}"
    )

    tagging = tag(_story(headline="Aal Bach"), tagger)

    assert tagging.topics == ()


def test_a_topic_of_another_section_needs_more() -> None:
    topics = "{name: T, section: A, strong: Aal, lends: 0}, {name: U, section: B, strong: Aal}"
    tagger = _tagger(topics, threshold=0.64)

    tagging = tag(_story(body_text="Aal"), tagger)

    assert tagging.section.name == "B"
    assert [topic.name for topic in tagging.topics] == ["U"]


def test_topics_are_sorted_by_falling_score_and_then_by_name() -> None:
    topics = ", ".join(
        f"{{name: {name}, section: A, strong: Aal, terms: {more}}}"
        for name, more in (("Z", "Bach"), ("Y", "Bach"), ("X", "Dorf"))
    )

    tagging = tag(_story(headline="Aal Bach"), _tagger(topics))

    assert [topic.name for topic in tagging.topics] == ["Y", "Z", "X"]


def test_a_close_decision_is_marked_for_review() -> None:
    tagger = _tagger("{name: T, section: A, strong: Aal}, {name: U, section: B, strong: Bach}")

    clear, close = (tag(_story(headline=text), tagger) for text in ("Aal", "Aal Bach"))

    assert clear.confidence > close.confidence
    assert close.needs_review
    assert not clear.needs_review


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("kicker", "Der Aal", 4),
        ("slug", "see/aal", 4),
        ("breadcrumb", ("Tiere", "Der Aal"), 11),
        ("keywords", ("Bach", "Aal"), 6),
        ("subjects", (Subject(code="x:1", name="Bach"), Subject(name="Aal")), 10),
    ],
)
def test_an_offset_in_a_field_of_parts_counts_them_joined_by_commas(
    field: str, value: object, at: int
) -> None:
    tagger = _tagger("{name: T, section: A, strong: Aal}")

    (topic,) = tag(_story(**{field: value}), tagger).topics

    assert [(reason.field, reason.at) for reason in topic.reasons] == [(field, at)]


def _only_strong() -> Tagger:
    return _tagger("{name: T, section: A, strong: Aalsuppe*}")


def _tagger(topics: str, threshold: float = 0.2) -> Tagger:
    text = f"""
fallback: A
threshold: {threshold}
review_below: 0.5
sections: [{{name: A}}, {{name: B}}]
topics: [{topics}]
"""
    return compile_taxonomy(parse_taxonomy(text, "taxonomy.yaml"))


@cache
def _shipped() -> Tagger:
    text = (ROOT / "config/taxonomy.yaml").read_text("utf-8")
    return compile_taxonomy(parse_taxonomy(text, "taxonomy.yaml"))


def _story(**fields: Any) -> Story:
    return Story.model_validate({"story_id": "s", "headline": "", **fields})


def _codes(tagging: Tagging) -> set[str | None]:
    return {topic.code for topic in tagging.topics}


def _page() -> Story:
    """Take the seed's page apart, roughly: what is right of the parser is tested with it."""
    folder = Path(os.environ.get("DEPESCHE_REFERENCE", str(ROOT.parent / "shared"))) / "seed"
    pages = sorted(folder.glob("*.txt"))
    assert pages, f"no seed document in {folder}: set DEPESCHE_REFERENCE"
    trail, kicker, headline, *rest = pages[0].read_text("utf-8").split("\n\n")
    body = rest[next(at for at, text in enumerate(rest) if "(SID)." in text) :]
    return Story(
        story_id="seed",
        headline=headline.strip() if kicker.strip() else "",
        kicker=kicker.strip(),
        breadcrumb=tuple(line.partition(". ")[2] for line in trail.splitlines()),
        body_text="\n\n".join(body).strip(),
    )
