import pytest

from services.publish.partners import (
    Format,
    Partner,
    PartnerBook,
    Selection,
    WebhookRules,
    book_of,
)
from services.publish.routing import Router, entitled
from shared.events import Tag, Tagging
from shared.story import Dateline, Story

STORY = Story(story_id="urn:hafen:1", headline="Der Kran ist da", credit="HFD", urgency=4)
TAGS = Tagging(
    section=Tag(name="Wirtschaft", score=1.0, source="rules"),
    topics=(
        Tag(name="Schifffahrt", code="medtop:20000001", score=0.9, source="rules"),
        Tag(name="Kräne", score=0.5, source="rules"),
    ),
    confidence=1.0,
    taxonomy="1",
)
UNTAGGED = TAGS.model_copy(update={"topics": ()})


def taker(*takes: Selection, partner_id: str = "hafenblatt") -> Partner:
    return Partner(id=partner_id, name="Hafenblatt", takes=takes, format=Format.ARTICLE)


def book(*partners: Partner) -> PartnerBook:
    return book_of(WebhookRules(), partners)


@pytest.mark.parametrize(
    ("selection", "why"),
    [
        (Selection(sections=("Sport", "Wirtschaft")), "takes[0]: sections [Sport, Wirtschaft]"),
        (Selection(topics=("Kräne",)), "takes[0]: topics [Kräne]"),
        (Selection(topics=("medtop:20000001",)), "takes[0]: topics [medtop:20000001]"),
        (Selection(credits=("hfd",)), "takes[0]: credits [hfd]"),
        (
            Selection(credits=("HFD",), urgency_at_most=4),
            "takes[0]: credits [HFD], urgency at most 4",
        ),
    ],
)
def test_a_rule_that_matches_is_named(selection: Selection, why: str) -> None:
    verdict = entitled(taker(selection), STORY, TAGS)

    assert (verdict.yes, verdict.why) == (True, why)


@pytest.mark.parametrize(
    ("selection", "miss"),
    [
        (Selection(sections=("Sport",)), "sections [Sport], the story is in Wirtschaft"),
        (
            Selection(topics=("Fußball",)),
            "topics [Fußball], the story has [Schifffahrt, Kräne]",
        ),
        (Selection(credits=("SID",)), "credits [SID], the story has HFD"),
        (Selection(urgency_at_most=3), "urgency at most 3, the story has 4"),
        (
            Selection(sections=("Wirtschaft",), topics=("Häfen",), credits=("SID",)),
            "topics [Häfen], the story has [Schifffahrt, Kräne] and credits [SID], the story has HFD",
        ),
    ],
)
def test_a_rule_that_misses_says_what(selection: Selection, miss: str) -> None:
    verdict = entitled(taker(selection), STORY, TAGS)

    assert (verdict.yes, verdict.why) == (False, f"no rule of takes matches: takes[0] wants {miss}")


def test_one_rule_of_several_is_enough_and_all_misses_are_told() -> None:
    sport, politics = Selection(sections=("Sport",)), Selection(sections=("Politik",))
    economy = Selection(sections=("Wirtschaft",))

    assert entitled(taker(sport, economy), STORY, TAGS).why == "takes[1]: sections [Wirtschaft]"
    assert entitled(taker(sport, politics), STORY, TAGS).why == (
        "no rule of takes matches: takes[0] wants sections [Sport], the story is in Wirtschaft; "
        "takes[1] wants sections [Politik], the story is in Wirtschaft"
    )


def test_no_rules_at_all_take_everything() -> None:
    assert entitled(taker(), STORY, UNTAGGED).why == "takes everything"


def test_what_is_not_for_publication_goes_to_nobody() -> None:
    test_copy = STORY.model_copy(update={"publishable": False})

    verdict = entitled(taker(), test_copy, TAGS)

    assert (verdict.yes, verdict.why) == (False, "not for publication (wire-rules 10.2)")
    assert Router(book(taker())).matches(test_copy, TAGS) == ()


@pytest.mark.parametrize(("urgency", "yes"), [(None, True), (3, True), (4, False), (0, True)])
def test_a_missing_urgency_counts_as_three(urgency: int | None, *, yes: bool) -> None:
    story = STORY.model_copy(update={"urgency": urgency})

    assert entitled(taker(Selection(urgency_at_most=3)), story, TAGS).yes is yes


def test_an_odd_urgency_does_not_cost_the_other_wishes() -> None:
    story = STORY.model_copy(update={"urgency": 12})

    assert entitled(taker(Selection(credits=("HFD",))), story, TAGS).yes


def test_the_credit_may_stand_in_the_dateline_alone() -> None:
    story = STORY.model_copy(update={"credit": None, "dateline": Dateline(credit="Hfd")})

    assert entitled(taker(Selection(credits=("HFD",))), story, TAGS).yes


def test_a_media_topic_includes_what_is_below_it() -> None:
    partner = taker(Selection(topics=("medtop:04000000",)))
    tree = {"medtop:20000001": ("medtop:20000002", "medtop:04000000")}

    assert not entitled(partner, STORY, TAGS).yes
    assert entitled(partner, STORY, TAGS, broader=tree).yes
    assert Router(book(partner), broader=tree).matches(STORY, TAGS) == (partner,)


def test_matches_keep_the_order_of_the_file_and_name_each_partner_once() -> None:
    both = Selection(sections=("Wirtschaft",)), Selection(topics=("Kräne",))
    partners = (
        taker(*both, partner_id="zwei"),
        taker(Selection(sections=("Sport",)), partner_id="keins"),
        taker(partner_id="alles"),
        taker(Selection(credits=("hfd",)), partner_id="agentur"),
    )

    found = Router(book(*partners)).matches(STORY, TAGS)

    assert [partner.id for partner in found] == ["zwei", "alles", "agentur"]
