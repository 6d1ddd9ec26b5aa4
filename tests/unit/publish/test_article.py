import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.ingest.formats import read
from services.publish.formats import Profile, render
from shared.events import Lane, Revision, Tag, Tagging
from shared.story import Dateline, Picture, Status, Story

CREATED = datetime(2024, 3, 30, 23, 30, tzinfo=UTC)
CHANGED = datetime(2024, 3, 31, 1, 5, tzinfo=UTC)
RECEIVED = datetime(2024, 12, 1, 8, 0, tzinfo=UTC)
STORY = Story(
    story_id="urn:hafen:1",
    first_created=CREATED,
    version_created=CHANGED,
    headline="Der Kran ist da",
    kicker="Hafen",
    dateline=Dateline(place="Emden", credit="HFD"),
    pictures=(Picture(caption="Der Kran am Kai.", credit="Möwe"),),
    body_text="Seit Sonntag steht er.\n\nEr ist rot.",
    ed_note="Kontakt: Jo Beispiel",
)
TAGS = Tagging(
    section=Tag(name="Wirtschaft", score=1.0, source="rules"),
    topics=(Tag(name="Schifffahrt", score=0.9, source="rules"),),
    confidence=1.0,
    taxonomy="1",
)
PROFILE = Profile("article", ("Leben", "Am Wasser"), "Europe/Berlin")
EARLY = replace(PROFILE, early=True)
PAGE = """\
1. Leben
  2. Am Wasser
  3. Der Kran ist da

Schifffahrt

Der Kran ist da

Der Kran am Kai. | © Möwe

31.03.2024 | 31.03.2024, 03:05

Emden (HFD). Seit Sonntag steht er.

Er ist rot."""


def page(
    story: Story = STORY,
    *,
    tags: Tagging = TAGS,
    profile: Profile = PROFILE,
    status: Status = Status.USABLE,
) -> str:
    revision = Revision(
        story_id=story.story_id,
        version=2,
        status=status,
        lane=Lane.ROUTINE,
        desk="hafen",
        received_at=RECEIVED,
    )
    return render(story, revision, tags, profile).body.decode()


def changed(**fields: object) -> Story:
    return STORY.model_copy(update=fields)


def test_a_page_has_breadcrumb_kicker_headline_picture_times_and_body() -> None:
    assert page() == PAGE


def test_the_seed_page_comes_out_as_it_went_in_but_for_its_furniture() -> None:
    root = Path(__file__).parents[3]
    folder = Path(os.environ.get("DEPESCHE_REFERENCE") or root.parent / "shared") / "seed"
    pages = sorted(folder.glob("*.txt"))
    assert pages, f"no seed document in {folder}: set DEPESCHE_REFERENCE"
    text = pages[0].read_text("utf-8")
    (found,) = read(text.encode(), content_type=None, received_at=RECEIVED)
    topic = TAGS.topics[0].model_copy(update={"name": found.story.kicker})
    profile = Profile("article", found.story.breadcrumb, "Europe/Berlin")

    written = page(found.story, tags=TAGS.model_copy(update={"topics": (topic,)}), profile=profile)

    doubled = text.split("Kommentare\n")[1].split("\n")[0]
    assert written == text.replace(f"Kommentare\n{doubled}\n\n", "")


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        (
            Status.CANCELED,
            "ACHTUNG: Diese Meldung wurde von der Agentur zurückgezogen und darf nicht verwendet werden.",
        ),
        (
            Status.WITHHELD,
            "ACHTUNG: Diese Meldung wird von der Agentur zurückgehalten und darf bis auf Weiteres nicht verwendet werden.",
        ),
    ],
)
def test_a_recalled_story_keeps_its_headline_and_loses_picture_and_body(
    status: Status, notice: str
) -> None:
    head = PAGE.replace("Der Kran am Kai. | © Möwe\n\n", "").split("\n\nEmden")[0]

    assert page(status=status) == f"{head}\n\n{notice}"


@pytest.mark.parametrize("signal", ["sig:correction", "correction", "Correction"])
def test_a_correction_says_so_above_the_body(signal: str) -> None:
    assert page(changed(signal=signal)) == PAGE.replace("Emden", "Berichtigung:\n\nEmden")


@pytest.mark.parametrize("signal", ["sig:update", "correctionshort", None])
def test_other_versions_are_no_correction(signal: str | None) -> None:
    assert page(changed(signal=signal)) == PAGE


@pytest.mark.parametrize(
    ("dateline", "body", "opening"),
    [
        (Dateline(place="Emden", credit="HFD"), "Emden (HFD). So.", "Emden (HFD). So."),
        (Dateline(place="Emden", credit="HFD"), "EMDEN (HFD/lok) - So.", "EMDEN (HFD/lok) - So."),
        (Dateline(place="Emden", credit="HFD"), "Emden feiert.", "Emden (HFD). Emden feiert."),
        (Dateline(place="Emden"), "Emden. So.", "Emden. So."),
        (Dateline(place="Emden"), "Emden-Ost lebt.", "Emden. Emden-Ost lebt."),
        (Dateline(credit="HFD"), "So.", "(HFD). So."),
        (Dateline(credit="HFD"), "(HFD) - So.", "(HFD) - So."),
        (Dateline(), "So.", "So."),
    ],
)
def test_the_dateline_opens_the_body_once(dateline: Dateline, body: str, opening: str) -> None:
    written = page(changed(dateline=dateline, body_text=body))

    assert written.split("\n\n")[-1] == opening


def test_an_empty_body_gets_no_dateline() -> None:
    assert page(changed(body_text="")).endswith("31.03.2024, 03:05")


@pytest.mark.parametrize(
    ("pictures", "line"),
    [
        ((Picture(caption="Am Kai."),), "Am Kai."),
        ((Picture(credit="Möwe"),), "© Möwe"),
        ((Picture(href="https://bilder.example/1"), Picture(caption="Zwei")), "Zwei"),
    ],
)
def test_one_picture_is_shown_by_what_is_known_of_it(
    pictures: tuple[Picture, ...], line: str
) -> None:
    assert page(changed(pictures=pictures)) == PAGE.replace("Der Kran am Kai. | © Möwe", line)


def test_without_a_picture_there_is_no_caption() -> None:
    assert page(changed(pictures=())) == PAGE.replace("Der Kran am Kai. | © Möwe\n\n", "")


@pytest.mark.parametrize(
    ("first", "version", "line"),
    [
        (CREATED, None, "31.03.2024 | 01.12.2024, 09:00"),
        (None, CHANGED, "31.03.2024 | 31.03.2024, 03:05"),
        (None, None, "01.12.2024 | 01.12.2024, 09:00"),
    ],
)
def test_times_the_agency_left_out_fall_back_to_the_next_that_is_known(
    first: datetime | None, version: datetime | None, line: str
) -> None:
    written = page(changed(first_created=first, version_created=version))

    assert line in written.split("\n\n")


def test_times_are_local_to_the_partner() -> None:
    written = page(profile=Profile("article", ("Leben",), "America/New_York"))

    assert "30.03.2024 | 30.03.2024, 21:05" in written


def test_the_kicker_is_the_first_topic_else_the_storys_own_else_the_section() -> None:
    untagged = TAGS.model_copy(update={"topics": ()})
    kickers = [
        written.split("\n\n")[1]
        for written in (page(), page(tags=untagged), page(changed(kicker=None), tags=untagged))
    ]

    assert kickers == ["Schifffahrt", "Hafen", "Wirtschaft"]


def test_a_partner_without_a_channel_sees_the_section() -> None:
    written = page(profile=Profile("article", (), "Europe/Berlin"))

    assert written.startswith("1. Wirtschaft\n  2. Der Kran ist da\n\n")


@pytest.mark.parametrize(
    ("until", "line"),
    [
        ("2024-12-01T18:00:00+00:00", "Sperrfrist: 01.12.2024, 19:00 Uhr"),
        ("2024-12-01T17:59:00.5+00:00", "Sperrfrist: 01.12.2024, 19:00 Uhr"),
        ("2025-01-23T19:00:00+01:00", "Sperrfrist: 23.01.2025, 19:00 Uhr"),
        ("9999-12-31T23:59:59+00:00", "Sperrfrist: 31.12.9999, 23:59 Uhr"),
    ],
)
def test_early_copy_says_until_when_it_is_embargoed(until: str, line: str) -> None:
    written = page(
        changed(embargoed=datetime.fromisoformat(until), signal="correction"), profile=EARLY
    )

    assert written == PAGE.replace("Emden", f"{line}\n\nBerichtigung:\n\nEmden")


@pytest.mark.parametrize("until", [RECEIVED, CHANGED, None])
def test_an_embargo_that_was_over_on_receipt_is_not_told(until: datetime | None) -> None:
    assert page(changed(embargoed=until), profile=EARLY) == PAGE


def test_copy_on_time_does_not_tell_of_its_embargo() -> None:
    assert page(changed(embargoed=RECEIVED + timedelta(days=1))) == PAGE


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_a_recalled_story_has_no_embargo(status: Status) -> None:
    story = changed(embargoed=RECEIVED + timedelta(days=1))

    assert "Sperrfrist" not in page(story, profile=EARLY, status=status)


@pytest.mark.parametrize(
    ("moment", "zone", "line"),
    [
        (datetime.min.replace(tzinfo=UTC), "America/New_York", "01.01.0001 | 01.01.0001, 00:00"),
        (datetime.max.replace(tzinfo=UTC), "Europe/Berlin", "31.12.9999 | 31.12.9999, 23:59"),
    ],
)
def test_a_time_that_no_zone_can_tell_stays_as_it_is(
    moment: datetime, zone: str, line: str
) -> None:
    story = changed(first_created=moment, version_created=moment)

    written = page(story, profile=Profile("article", (), zone))

    assert line in written.split("\n\n")


def test_a_headline_stays_on_one_line() -> None:
    assert page(changed(headline=" Der Kran\n ist\tda ")) == PAGE
