"""Laws of every format that partners get, over stories made by STORIES, TAGGINGS and revision_of."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services.ingest.formats import read
from services.publish.formats import Profile, render
from shared.events import Lane, Revision, Tag, Tagging
from shared.story import Dateline, Picture, Status, Story, Subject

PROFILES = (
    Profile("article", ("Leben", "Medien"), "Europe/Berlin"),
    Profile("html", ("Leben", "Medien"), "Europe/Berlin"),
    *map(Profile, ("ninjs-3.1", "ninjs-2.2", "ninjs-1.6", "newsml-g2", "nitf", "iptc7901")),
)
EARLY = Profile("article", ("Leben", "Medien"), "Europe/Berlin", early=True)
WITHOUT_PICTURES = ("iptc7901",)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

LINES = st.text("abcdeÄöüßXYZ", min_size=1, max_size=8).flatmap(
    lambda word: st.sampled_from([word, f"{word} am Kai", f"Neues: {word} – „ja“"])
)
BODIES = st.lists(LINES, min_size=1, max_size=3).map("\n\n".join)
ZONES = st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001 - hypothesis adds the zone
CODES = st.sampled_from(
    ["medtop:20001065", "subj:15000000", "hfd:kran", "https://hafen.example/1", "Kran am Kai"]
)
STORIES = st.builds(
    Story,
    story_id=st.sampled_from(["urn:hafen:1", "https://hafen.example/2", "tag:hafen,2024:3"]),
    version_created=st.none() | MOMENTS,
    first_created=st.none() | MOMENTS,
    status=st.sampled_from(Status),
    signal=st.none() | st.sampled_from(["sig:update", "sig:correction", "repeat"]),
    urgency=st.none() | st.integers(1, 9),
    embargoed=st.none() | MOMENTS,
    expires=st.none() | MOMENTS,
    language=st.none() | st.sampled_from(["de", "de-AT", "en"]),
    headline=LINES,
    kicker=st.none() | LINES,
    slug=st.none() | LINES,
    dateline=st.builds(Dateline, place=st.none() | LINES),
    credit=st.none() | LINES,
    byline=st.none() | LINES,
    pictures=st.lists(
        st.builds(
            Picture,
            caption=st.none() | LINES,
            credit=st.none() | LINES,
            href=st.none() | st.just("https://bilder.example/kran?b=1"),
        ),
        max_size=2,
    ).map(tuple),
    body_text=st.just("") | BODIES,
    subjects=st.lists(
        st.builds(Subject, code=CODES, name=st.none() | LINES), max_size=3, unique=True
    ).map(tuple),
    copyright_notice=st.none() | LINES,
    usage_terms=st.none() | LINES,
    ed_note=st.none() | LINES,
    correction_note=st.none() | LINES,
)
TAGS = st.builds(
    Tag,
    name=LINES,
    code=st.none() | st.just("medtop:20001065"),
    score=st.floats(0, 1),
    source=st.sampled_from(["supplied", "rules"]),
)
TAGGINGS = st.builds(
    Tagging,
    section=TAGS,
    topics=st.lists(TAGS, max_size=3).map(tuple),
    confidence=st.floats(0, 1),
    taxonomy=st.just("1"),
)


def revision_of(story: Story, version: int = 3) -> Revision:
    return Revision(
        story_id=story.story_id,
        version=version,
        status=story.status,
        lane=Lane.ROUTINE,
        desk="hafen",
        received_at=NOON,
    )


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.format)
@given(story=STORIES, tags=TAGGINGS)
def test_a_note_to_editors_is_in_no_output(profile: Profile, story: Story, tags: Tagging) -> None:
    noted = story.model_copy(update={"ed_note": "Rückfragen: 0491 5550123"})

    written = render(noted, revision_of(noted), tags, profile).body.decode()

    assert "5550123" not in written
    assert written == render(story, revision_of(story), tags, profile).body.decode()


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.format)
@given(story=STORIES, tags=TAGGINGS)
def test_only_a_usable_story_shows_body_and_picture(
    profile: Profile, story: Story, tags: Tagging
) -> None:
    picture = Picture(caption="Bild 4711", credit="Foto 4711", href="https://bilder.example/4711")
    marked = story.model_copy(update={"body_text": "Text 0815", "pictures": (picture,)})

    written = render(marked, revision_of(marked), tags, profile).body.decode()

    shown = story.status is Status.USABLE
    seen = shown and profile.format not in WITHOUT_PICTURES
    assert ("0815" in written, "4711" in written) == (shown, seen)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.format)
@given(story=STORIES, tags=TAGGINGS)
def test_the_same_story_is_written_in_the_same_bytes(
    profile: Profile, story: Story, tags: Tagging
) -> None:
    again = Story.model_validate_json(story.model_dump_json())

    first = render(story, revision_of(story), tags, profile)

    assert render(again, revision_of(again), tags, profile) == first


@pytest.mark.parametrize("name", ["ninjs-3.1", "ninjs-2.2", "ninjs-1.6"])
@given(story=STORIES, tags=TAGGINGS, version=st.integers(1, 10**17))
def test_what_ninjs_says_of_a_story_is_read_back(
    name: str, story: Story, tags: Tagging, version: int
) -> None:
    # A paragraph that says the headline again is taken for the page's head, and left out.
    assume(story.headline not in story.body_text.split("\n\n")[:2])
    written = render(story, revision_of(story, version), tags, Profile(name))

    (found,) = read(written.body, content_type=written.content_type, received_at=NOON)

    assert found.format == name
    assert found.story.repairs == ()
    assert set(story.subjects) <= set(found.story.subjects)
    assert found.story.model_dump(exclude=OWN_TO_ONE_SIDE) == _expected(story, version).model_dump(
        exclude=OWN_TO_ONE_SIDE
    )


@given(story=STORIES, tags=TAGGINGS, hour=st.integers(1, 2000))
def test_what_an_early_article_says_of_a_story_is_read_back(
    story: Story, tags: Tagging, hour: int
) -> None:
    until = NOON + timedelta(hours=hour)
    dateline = Dateline(place="Emden", credit="HFD")
    told = {"body_text": "Er kam.\n\nSo.", "embargoed": until, "dateline": dateline}
    early = story.model_copy(update=told | {"status": Status.USABLE, "headline": "Kran am Kai"})

    written = render(early, revision_of(early), tags, EARLY)
    (found,) = read(written.body, content_type=written.content_type, received_at=NOON)

    is_correction = story.correction_note or story.signal == "sig:correction"
    assert found.format == "article"
    assert (found.story.headline, found.story.embargoed) == ("Kran am Kai", until)
    assert found.story.body_text == "Emden (HFD). Er kam.\n\nSo."
    assert found.story.dateline == dateline
    assert found.story.status is Status.USABLE
    assert found.story.signal == ("sig:correction" if is_correction else None)


OWN_TO_ONE_SIDE = {"signal", "kicker", "subjects", "ed_note", "publishable", "repairs"}
"""What ninjs has no field for, what we add to or keep back, and what only a reader knows."""


def _expected(story: Story, version: int) -> Story:
    """What a partner is told: the version is ours, and a recalled story is bare."""
    told: dict[str, object] = {
        "agency_version": version,
        "version_created": story.version_created or NOON,
    }
    if story.status is not Status.USABLE:
        told |= {"body_text": "", "pictures": (), "correction_note": None}
    return story.model_copy(update=told)


@settings(max_examples=200)
@given(story=STORIES, tags=TAGGINGS)
def test_what_a_text_wire_can_hold_of_a_story_is_read_back(story: Story, tags: Tagging) -> None:
    sent = story.model_copy(
        update={
            "headline": f"Kran {story.headline}",
            "byline": story.byline and "Von Jo Beispiel",
            "dateline": Dateline(place="Emden", credit="dpa"),
            "credit": "dpa",
            "body_text": f"Emden (dpa) - {story.body_text or 'So.'}",
            "status": Status.USABLE,
            "version_created": NOON,
            "embargoed": story.embargoed and _in_reach(story.embargoed),
        }
    )

    written = render(sent, revision_of(sent), tags, Profile("iptc7901"))
    (found,) = read(written.body, content_type=written.content_type, received_at=NOON)

    told = ("status", "headline", "byline", "dateline", "credit", "body_text", "version_created")
    for name in (*told, "embargoed"):
        assert getattr(found.story, name) == getattr(sent, name), name
    assert found.story.urgency == min(sent.urgency or 3, 4)


def _in_reach(moment: datetime) -> datetime:
    """An embargo that a line can name: a whole minute, and not of the hour that comes twice."""
    whole = moment.replace(second=0, microsecond=0)
    return whole + timedelta(hours=2) if whole.astimezone(BERLIN).fold else whole


@settings(max_examples=200)
@given(story=STORIES, tags=TAGGINGS, version=st.integers(1, 10**17))
def test_what_nitf_says_of_a_story_is_read_back(story: Story, tags: Tagging, version: int) -> None:
    sent = _in_order(story)

    written = render(sent, revision_of(sent, version), tags, Profile("nitf"))
    (found,) = read(written.body, content_type=written.content_type, received_at=NOON)

    expected = _expected(sent, version)
    told = ("story_id", "agency_version", "status", "headline", "body_text", "language", "byline")
    for name in (*told, "expires", "slug", "dateline", "credit", "version_created"):
        assert getattr(found.story, name) == getattr(expected, name), name
    assert found.story.pictures == _told_pictures(expected)
    assert found.story.urgency == (min(sent.urgency, 8) if sent.urgency else None)
    created = sent.version_created or NOON
    is_ahead = sent.embargoed is not None and sent.embargoed > created
    assert found.story.embargoed == (sent.embargoed if is_ahead else None)
    numbers = {_number(subject.code) for subject in found.story.subjects}
    assert {_number(subject.code) for subject in sent.subjects if _is_word(subject)} <= numbers
    assert found.story.repairs == ()


@settings(max_examples=200)
@given(story=STORIES, tags=TAGGINGS, version=st.integers(1, 10**17))
def test_what_newsml_g2_says_of_a_story_is_read_back(
    story: Story, tags: Tagging, version: int
) -> None:
    sent = _in_order(story)

    written = render(sent, revision_of(sent, version), tags, Profile("newsml-g2"))
    (found,) = read(written.body, content_type=written.content_type, received_at=NOON)

    # A picture is a link: what is read as one is an item of its own.
    elsewhere = {"signal", "kicker", "subjects", "pictures", "ed_note"}
    assert found.story.model_dump(exclude=elsewhere) == _expected(sent, version).model_dump(
        exclude=elsewhere
    )
    # A note of what was corrected makes a correction (wire-rules 5.5).
    kind = "correction" if found.story.correction_note else (sent.signal or "").rpartition(":")[2]
    assert (found.story.signal or "").rpartition(":")[2] == kind
    codes = {(subject.code, subject.name) for subject in found.story.subjects}
    named = {(subject.code, subject.name) for subject in sent.subjects}
    assert {(code, name) for code, name in named if ":" in (code or "")} <= codes


def _in_order(story: Story) -> Story:
    """A story that was not changed before it was made, and whose text does not repeat its headline."""
    created = story.version_created or NOON
    first = story.first_created and min(story.first_created, created)
    return story.model_copy(
        update={
            "first_created": first,
            "headline": f"Kran {story.headline}",
            "byline": story.byline and "Jo Beispiel",  # initials are nobody's name
            "credit": "HFD",
        }
    )


def _told_pictures(story: Story) -> tuple[Picture, ...]:
    """Those of which anything is known, each once."""
    return tuple(picture for picture in dict.fromkeys(story.pictures) if picture != Picture())


def _number(code: str | None) -> str:
    """NITF has one number for what is a Media Topic or an older subject code."""
    return (code or "").rpartition(":")[2]


def _is_word(subject: Subject) -> bool:
    return (subject.code or "").startswith(("medtop:", "subj:", "hfd:"))
