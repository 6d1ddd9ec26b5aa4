import pytest

from services.publish.formats import (
    CONTENT_TYPES,
    RENDERERS,
    Profile,
    content_type_of,
    profile_for,
    render,
)
from services.publish.partners import Format, Partner
from shared.events import Tag, Tagging
from shared.story import Story
from tests.properties.test_formats_out import revision_of

TAGS = Tagging(section=Tag(name="Medien", score=1.0, source="rules"), confidence=1.0, taxonomy="1")


def a_partner(
    written: Format, *channel: str, timezone: str = "Europe/Berlin", partner_id: str = "eins"
) -> Partner:
    channels = {"Medien": channel} if channel else {}
    return Partner(id=partner_id, name="Eins", format=written, channels=channels, timezone=timezone)


def test_every_format_that_is_offered_can_be_written() -> None:
    assert set(RENDERERS) == set(CONTENT_TYPES) == set(Format)


@pytest.mark.parametrize("page", [Format.ARTICLE, Format.HTML])
def test_a_page_depends_on_the_channel_and_the_local_time(page: Format) -> None:
    profiles = [
        profile_for(a_partner(page), TAGS),
        profile_for(a_partner(page, "Leben", "Medien"), TAGS),
        profile_for(a_partner(page, "Leben Medien"), TAGS),
        profile_for(a_partner(page, timezone="UTC"), TAGS),
    ]

    assert [profile.channel for profile in profiles[:2]] == [("Medien",), ("Leben", "Medien")]
    assert len({profile.key for profile in profiles}) == len(profiles)


def test_early_copy_is_kept_apart_from_copy_on_time() -> None:
    profiles = [Profile("article", ("Leben",), "UTC", early=early) for early in (False, True)]

    assert len({profile.key for profile in (*profiles, Profile("article", early=True))}) == 3
    assert {content_type_of(f"7:{profile.key}") for profile in profiles} == {
        "text/plain; charset=utf-8"
    }


def test_partners_that_see_the_same_share_a_body() -> None:
    one = a_partner(Format.ARTICLE, "Leben", partner_id="eins")
    two = a_partner(Format.ARTICLE, "Leben", partner_id="zwei")

    assert profile_for(one, TAGS).key == profile_for(two, TAGS).key


@pytest.mark.parametrize(
    "written", [each for each in Format if each not in {Format.ARTICLE, Format.HTML}]
)
def test_what_follows_a_standard_is_the_same_for_all(written: Format) -> None:
    one = a_partner(written, "Leben", timezone="UTC")

    assert profile_for(one, TAGS) == Profile(written)
    assert profile_for(one, TAGS).key == written


def test_a_key_is_short_and_stays_the_same() -> None:
    profile = Profile("article", ("Leben", "Medien"), "Europe/Berlin")

    assert profile.key == "article.df4537c25e"


@pytest.mark.parametrize("written", Format)
def test_a_copys_field_tells_the_content_type_it_was_rendered_in(written: Format) -> None:
    profile = profile_for(a_partner(written), TAGS)
    story = Story(story_id="urn:hafen:1", headline="Der Kran ist da")

    rendered = render(story, revision_of(story), TAGS, profile)

    assert content_type_of(f"7:{profile.key}") == rendered.content_type


def test_a_field_of_no_format_that_is_known_has_a_neutral_content_type() -> None:
    assert content_type_of("7:papyrus") == "application/octet-stream"
