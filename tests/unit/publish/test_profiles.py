from datetime import UTC, datetime

import pytest

from services.publish.formats import RENDERERS, Profile, content_type_of, profile_for, render
from services.publish.partners import Format, Partner
from shared.events import Lane, Revision, Tag, Tagging
from shared.story import Story

TAGS = Tagging(section=Tag(name="Medien", score=1.0, source="rules"), confidence=1.0, taxonomy="1")


def a_partner(
    written: Format, *channel: str, timezone: str = "Europe/Berlin", partner_id: str = "eins"
) -> Partner:
    channels = {"Medien": channel} if channel else {}
    return Partner(id=partner_id, name="Eins", format=written, channels=channels, timezone=timezone)


def test_every_format_that_is_offered_can_be_written() -> None:
    assert set(RENDERERS) == set(Format)


def test_an_article_depends_on_the_channel_and_the_local_time() -> None:
    profiles = [
        profile_for(a_partner(Format.ARTICLE), TAGS),
        profile_for(a_partner(Format.ARTICLE, "Leben", "Medien"), TAGS),
        profile_for(a_partner(Format.ARTICLE, "Leben Medien"), TAGS),
        profile_for(a_partner(Format.ARTICLE, timezone="UTC"), TAGS),
    ]

    assert [profile.channel for profile in profiles[:2]] == [("Medien",), ("Leben", "Medien")]
    assert len({profile.key for profile in profiles}) == len(profiles)


def test_partners_that_see_the_same_share_a_body() -> None:
    one = a_partner(Format.ARTICLE, "Leben", partner_id="eins")
    two = a_partner(Format.ARTICLE, "Leben", partner_id="zwei")

    assert profile_for(one, TAGS).key == profile_for(two, TAGS).key


@pytest.mark.parametrize("written", [each for each in Format if each is not Format.ARTICLE])
def test_what_follows_a_standard_is_the_same_for_all(written: Format) -> None:
    one = a_partner(written, "Leben", timezone="UTC")

    assert profile_for(one, TAGS) == Profile(written)
    assert profile_for(one, TAGS).key == written


def test_a_key_is_short_and_stays_the_same() -> None:
    profile = Profile("article", ("Leben", "Medien"), "Europe/Berlin")

    assert profile.key == "article.df4537c25e"


def test_a_copys_field_tells_its_content_type() -> None:
    article = profile_for(a_partner(Format.ARTICLE), TAGS)

    assert content_type_of(f"7:{article.key}") == "text/plain; charset=utf-8"
    assert content_type_of("7:ninjs-3.1") == "application/json"


@pytest.mark.parametrize("written", Format)
def test_the_content_type_told_by_the_field_is_the_one_rendered_with(written: Format) -> None:
    profile = profile_for(a_partner(written), TAGS)
    story = Story(story_id="urn:hafen:1", headline="Der Kran ist da")
    revision = Revision(
        story_id=story.story_id,
        version=7,
        status=story.status,
        lane=Lane.ROUTINE,
        desk="hafen",
        received_at=datetime(2024, 5, 1, tzinfo=UTC),
    )

    rendered = render(story, revision, TAGS, profile)

    assert content_type_of(f"7:{profile.key}") == rendered.content_type
