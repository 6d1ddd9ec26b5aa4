from hypothesis import given
from hypothesis import strategies as st

from services.publish.partners import Format, Partner, Selection, WebhookRules, book_of
from services.publish.routing import Router, entitled
from shared.events import Tag, Tagging
from shared.story import Dateline, Story

SECTIONS = st.sampled_from(["Hafen", "Kultur", "Sport"])
TOPICS = st.sampled_from(["Kräne", "Museen", "Rudern"])
CODES = st.sampled_from(["medtop:1", "medtop:2", "medtop:3"])
CREDITS = st.sampled_from(["HFD", "hfd", "Lok", "Straße", "STRASSE"])
BROADER = st.dictionaries(CODES, st.lists(CODES, max_size=2).map(tuple), max_size=3)

SELECTIONS = st.builds(
    Selection,
    sections=st.none() | st.lists(SECTIONS, min_size=1, max_size=2).map(tuple),
    topics=st.none() | st.lists(TOPICS | CODES, min_size=1, max_size=3).map(tuple),
    credits=st.none() | st.lists(CREDITS, min_size=1, max_size=2).map(tuple),
    urgency_at_most=st.integers(1, 9),
) | st.builds(Selection, topics=st.lists(TOPICS | CODES, min_size=1, max_size=3).map(tuple))
PARTNERS = st.lists(st.lists(SELECTIONS, max_size=3).map(tuple), max_size=8).map(
    lambda all_takes: tuple(
        Partner(id=f"p{at}", name="P", takes=takes, format=Format.ARTICLE)
        for at, takes in enumerate(all_takes)
    )
)
STORIES = st.builds(
    Story,
    story_id=st.just("urn:hafen:1"),
    headline=st.just("Der Kran ist da"),
    credit=st.none() | CREDITS,
    dateline=st.builds(Dateline, credit=st.none() | CREDITS),
    urgency=st.none() | st.integers(-1, 11),
    publishable=st.sampled_from([True, True, True, False]),
)
TAGGINGS = st.builds(
    Tagging,
    section=st.builds(Tag, name=SECTIONS, score=st.just(1.0), source=st.just("rules")),
    topics=st.lists(
        st.builds(
            Tag, name=TOPICS, code=st.none() | CODES, score=st.just(1.0), source=st.just("rules")
        ),
        max_size=3,
    ).map(tuple),
    confidence=st.just(1.0),
    taxonomy=st.just("1"),
)


@given(partners=PARTNERS, story=STORIES, tags=TAGGINGS, broader=BROADER)
def test_the_index_finds_exactly_who_is_entitled(
    partners: tuple[Partner, ...],
    story: Story,
    tags: Tagging,
    broader: dict[str, tuple[str, ...]],
) -> None:
    router = Router(book_of(WebhookRules(), partners), broader)

    found = router.matches(story, tags)

    assert list(found) == [
        partner for partner in partners if entitled(partner, story, tags, broader).yes
    ]


@given(partners=PARTNERS, story=STORIES, tags=TAGGINGS)
def test_every_verdict_has_a_reason_in_words(
    partners: tuple[Partner, ...], story: Story, tags: Tagging
) -> None:
    verdicts = [entitled(partner, story, tags) for partner in partners]

    assert all(verdict.why.isprintable() and verdict.why for verdict in verdicts)
    assert all(verdict.why.startswith("takes") == verdict.yes for verdict in verdicts)
