"""Laws of tagging: it depends on the story alone, and points at what stands there."""

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from services.classify.copytext import FIELDS, field_texts
from services.classify.tagging import Tagger, compile_taxonomy, tag
from services.classify.taxonomy import parse_taxonomy
from shared.events import Tag, Tagging
from shared.story import Story, Subject

ROOT = Path(__file__).parents[2]
VOCABULARY = """
Fußball Fussballer Amazon-Doku Netflix Streaming-Dienst Champions League Bundesliga Handball Tor
Spiel Trainer DAZN dazn „Doku“ Disney+ Landtagswahl Dax Gewitter Stadtrat İstanbul ǅ ß - – / … ( )
Studie 3:1 E-Paper RTL+ x_y
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\u00ad", "", "\n", "\x1f"])
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=80))
NAMED = st.sampled_from(["Fußball", "Medien", "Sport", "Streaming", "Angeln"])
CODES = st.sampled_from([None, "medtop:20001065", "medtop:15000000", "medtop:1", ""])
STORIES = st.builds(
    Story,
    story_id=st.just("s"),
    headline=TEXTS,
    kicker=st.none() | NAMED | TEXTS,
    breadcrumb=st.lists(NAMED | TEXTS, max_size=3).map(tuple),
    slug=st.none() | TEXTS,
    keywords=st.lists(TEXTS, max_size=4).map(tuple),
    subjects=st.lists(
        st.builds(Subject, code=CODES | TEXTS, name=st.none() | NAMED | TEXTS), max_size=4
    ).map(tuple),
    body_text=st.lists(TEXTS, max_size=6).map("\n\n".join),
)


@given(STORIES)
def test_every_reason_stands_where_it_says(story: Story) -> None:
    texts = dict(zip(FIELDS, field_texts(story), strict=True))

    tagging = tag(story, _tagger())

    for reason in (reason for each in _tags(tagging) for reason in each.reasons):
        assert reason.term
        assert texts[reason.field][reason.at :].startswith(reason.term)


@given(STORIES)
def test_every_number_lies_between_nought_and_one(story: Story) -> None:
    tagging = tag(story, _tagger())

    assert 0 <= tagging.confidence <= 1
    assert all(0 <= each.score <= 1 for each in _tags(tagging))
    assert all(len(each.reasons) <= 8 for each in _tags(tagging))


@given(STORIES)
def test_topics_are_sorted_and_named_once(story: Story) -> None:
    topics = tag(story, _tagger()).topics

    assert list(topics) == sorted(topics, key=lambda each: (-each.score, each.name))
    assert len({topic.name for topic in topics}) == len(topics)


@given(STORIES)
def test_the_same_story_always_gets_the_same_tags(story: Story) -> None:
    assert tag(story, _tagger()) == tag(story.model_copy(), _other_tagger())


@given(STORIES)
def test_what_was_tagged_before_changes_nothing(story: Story) -> None:
    alone = tag(story, _tagger())
    tag(Story(story_id="other", headline="Handballer gewinnen Pokal"), _tagger())

    assert tag(story, _tagger()) == alone


@given(STORIES.filter(lambda story: len(story.subjects) > 1))
@settings(max_examples=50)
def test_the_order_of_subjects_does_not_matter(story: Story) -> None:
    turned = story.model_copy(update={"subjects": story.subjects[::-1]})

    assert _judged(tag(story, _tagger())) == _judged(tag(turned, _tagger()))


@given(STORIES.filter(lambda story: len(story.keywords) > 1))
@settings(max_examples=50)
def test_the_order_of_keywords_does_not_matter(story: Story) -> None:
    turned = story.model_copy(update={"keywords": story.keywords[::-1]})

    assert _judged(tag(story, _tagger())) == _judged(tag(turned, _tagger()))


def _judged(tagging: Tagging) -> tuple[object, ...]:
    return (
        [(each.name, each.score, each.source) for each in _tags(tagging)],
        tagging.confidence,
        tagging.needs_review,
    )


def _tags(tagging: Tagging) -> list[Tag]:
    return [tagging.section, *tagging.topics]


@cache
def _tagger() -> Tagger:
    return _fresh_tagger()


@cache
def _other_tagger() -> Tagger:
    return _fresh_tagger()


def _fresh_tagger() -> Tagger:
    text = (ROOT / "config/taxonomy.yaml").read_text("utf-8")
    return compile_taxonomy(parse_taxonomy(text, "taxonomy.yaml"))
