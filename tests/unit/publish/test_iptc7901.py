import os
import re
import textwrap
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.formats import read
from services.publish.formats import Profile, render
from services.publish.formats.iptc7901 import layout
from shared.events import Label, Labels, Lane, Revision
from shared.story import Dateline, Picture, Status, Story, Subject

CREATED = datetime(2024, 5, 1, 10, 5, 30, tzinfo=UTC)
RECEIVED = datetime(2024, 12, 1, 8, 0, tzinfo=UTC)
BELL = "\a"
PAIRS = {"dw-1": "dw-1", "nsb_n1": "nsb-n1", "tvo_pol": "tvo-pol", "lesestuecke": "lesestuecke"}
STORY = Story(
    story_id="urn:hafen:1",
    version_created=CREATED,
    urgency=3,
    headline="Der Kran ist da",
    dateline=Dateline(place="Emden", credit="HFD"),
    credit="HFD",
    byline="Von Jo Beispiel",
    pictures=(Picture(caption="Der Kran am Kai.", credit="Möwe"),),
    body_text="Emden (HFD) - Seit Sonntag steht er.\n\nEr ist rot.",
    subjects=(
        Subject(code="hfdsubject:1", name="Schiff/Kran"),
        Subject(code="hfdcat:wi", name="wi"),
    ),
    keywords=("Hafen",),
    ed_note="Kontakt: Jo Beispiel, 0491 5550123",
)
TAGS = Labels(
    section=Label(name="Wirtschaft", code="medtop:04000000", score=1.0),
    topics=(Label(name="Schifffahrt", score=0.9),),
)
MESSAGE = """\
\x01hfd6318 3 wi 10  HFD 0000

Schiff-Kran/Hafen/Schifffahrt/
\x02Der Kran ist da
Von Jo Beispiel =

Emden (HFD) - Seit Sonntag steht er.

Er ist rot.

\x03011205 Mai 24
\x7f
\x7f\x04"""


def message(story: Story = STORY, *, tags: Labels = TAGS, status: Status = Status.USABLE) -> str:
    revision = Revision(
        story_id=story.story_id,
        version=2,
        status=status,
        lane=Lane.ROUTINE,
        desk="hafen",
        received_at=RECEIVED,
    )
    return render(story, revision, tags, Profile("iptc7901")).body.decode()


def changed(**fields: object) -> Story:
    return STORY.model_copy(update=fields)


def text(written: str) -> str:
    """What stands between STX and ETX."""
    return written.partition("\x02")[2].partition("\x03")[0]


def header(written: str) -> str:
    return written[1:].partition("\n")[0]


def test_a_message_has_header_keywords_headline_byline_text_and_time() -> None:
    assert message() == MESSAGE


@pytest.mark.parametrize("name", PAIRS)
def test_the_text_is_laid_out_as_dpas_own_renderer_lays_it_out(name: str) -> None:
    story = _pair_story(name)
    theirs = _pair_text(name)
    ours = text(message(story))

    assert ours[_start(ours, story) :] == theirs[_start(theirs, story) :]


@pytest.mark.parametrize("name", PAIRS)
def test_words_and_keywords_are_counted_and_listed_as_dpa_does(name: str) -> None:
    theirs = (_wires() / "iptc7901" / f"{PAIRS[name]}.iptc").read_text("utf-8")
    untagged = TAGS.model_copy(update={"topics": ()})

    ours = message(_pair_story(name), tags=untagged)

    assert header(ours).split()[3] == header(theirs).split()[3]
    assert ours.split("\n")[2] == theirs.split("\n")[2]


def _wires() -> Path:
    root = Path(__file__).parents[3]
    folder = Path(os.environ.get("DEPESCHE_REFERENCE") or root.parent / "shared") / "wires"
    assert folder.is_dir(), f"no wires in {folder}: set DEPESCHE_REFERENCE"
    return folder


def _pair_story(name: str) -> Story:
    entry = (_wires() / "digitalwires" / f"{name}.json").read_bytes()
    (found,) = read(entry, content_type=None, received_at=RECEIVED)
    return found.story


def _pair_text(name: str) -> str:
    """dpa's text without the notes to editors below it; a story has no empty paragraphs."""
    theirs = text((_wires() / "iptc7901" / f"{PAIRS[name]}.iptc").read_text("utf-8"))
    copy, mark, _ = theirs.partition("\n# Notizblock\n")
    if not mark:
        copy = copy.rstrip("\n").rpartition("\n")[0] + "\n"  # who wrote, who edited
    return re.sub(r"\n{3,}", "\n\n", copy.rstrip("\n")) + "\n\n"


def _start(copy: str, story: Story) -> int:
    return copy.index(story.headline[:40])


def test_a_correction_says_first_what_was_corrected() -> None:
    story = changed(
        signal="sig:correction", urgency=2, correction_note="Berichtigung: Der Kran ist\nrot."
    )

    first = text(message(story)).split("\n")[0]

    assert first == "(Berichtigung: Der Kran ist rot.)"


@pytest.mark.parametrize(
    ("signal", "line"),
    [
        ("sig:correction", "(Berichtigung)"),
        ("repeat", "(Wiederholung)"),
        ("sig:update", "(Aktualisierung)"),
        ("apsig:newscontent", "Der Kran ist da"),
        (None, "Der Kran ist da"),
    ],
)
def test_the_kind_of_version_stands_above_the_headline(signal: str | None, line: str) -> None:
    assert text(message(changed(signal=signal))).split("\n")[0] == line


@pytest.mark.parametrize(
    ("urgency", "priority", "line"),
    [
        (1, "1", f"(Blitz {BELL * 10})"),
        (2, "2", f"(Eil {BELL * 5})"),
        (3, "3", "Der Kran ist da"),
        (8, "4", "Der Kran ist da"),
        (None, "3", "Der Kran ist da"),
    ],
)
def test_urgency_is_a_priority_of_four_and_rings_bells(
    urgency: int | None, priority: str, line: str
) -> None:
    written = message(changed(urgency=urgency))

    assert header(written).split()[1] == priority
    assert text(written).split("\n")[0] == line


@pytest.mark.parametrize(
    ("embargoed", "line"),
    [
        (datetime(2024, 5, 3, 17, 0, tzinfo=UTC), "(Sperrfrist 3. Mai 19.00 Uhr)"),
        (datetime(2024, 5, 3, 17, 0, 1, tzinfo=UTC), "(Sperrfrist 3. Mai 19.01 Uhr)"),
        (datetime(2025, 5, 3, 17, 0, tzinfo=UTC), "(Sperrfrist 3. Mai 2025 19.00 Uhr)"),
        (datetime(2024, 10, 27, 0, 30, tzinfo=UTC), "(Sperrfrist 27. Oktober 02.30 Uhr)"),
        (datetime(2024, 10, 27, 1, 30, tzinfo=UTC), "(Sperrfrist 27. Oktober 03.00 Uhr)"),
    ],
)
def test_an_embargo_is_told_by_berlins_clocks_and_never_early(
    embargoed: datetime, line: str
) -> None:
    written = message(changed(embargoed=embargoed))

    (found,) = read(written.encode(), content_type=None, received_at=RECEIVED)

    assert text(written).split("\n")[0] == line
    assert found.story.embargoed is not None
    assert timedelta() <= found.story.embargoed - embargoed <= timedelta(minutes=30)


def test_without_a_time_of_its_own_a_version_was_sent_when_it_came() -> None:
    assert message(changed(version_created=None)).partition("\x03")[2].startswith("010900 Dez 24\n")


def test_times_are_by_berlins_clocks_whatever_their_offset() -> None:
    tokyo = CREATED.astimezone(timezone(timedelta(hours=9)))

    assert message(changed(version_created=tokyo)) == MESSAGE


@pytest.mark.parametrize(
    ("status", "order", "reason"),
    [
        (
            Status.CANCELED,
            "KILL KILL KILL",
            "Die Meldung hfd6318 ist von der Agentur zurückgezogen und darf nicht\nverwendet werden.",
        ),
        (
            Status.WITHHELD,
            "HOLD HOLD HOLD",
            "Die Meldung hfd6318 wird von der Agentur zurückgehalten und darf bis\nauf Weiteres nicht verwendet werden.",
        ),
    ],
)
def test_a_recalled_story_is_an_order_that_names_it_and_tells_nothing_else(
    status: Status, order: str, reason: str
) -> None:
    story = changed(teaser="Rot ist er.", picture_note="Foto Archiv", correction_note="Rot.")

    written = message(story, status=status)

    assert header(written) == "hfd6318 1 wi 0  HFD 0000  6318"
    assert text(written) == (
        f"{order} {BELL * 5}\nDer Kran ist da =\n\n{reason}\nKennung: urn:hafen:1\n\n"
    )


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_an_order_reaches_the_story_that_was_sent_under_the_same_name(status: Status) -> None:
    sent = message(changed(credit="dpa"))
    order = message(changed(credit="dpa", body_text="", version_created=CREATED), status=status)

    (first,), (second,) = (
        read(each.encode(), content_type=None, received_at=RECEIVED) for each in (sent, order)
    )

    assert second.story.story_id == first.story.story_id
    assert (first.story.status, second.story.status) == (Status.USABLE, status)


def test_all_versions_of_a_story_bear_one_name_and_other_stories_another() -> None:
    later = changed(headline="Der Kran fällt", version_created=RECEIVED)
    other = changed(story_id="urn:hafen:2")

    names = [header(message(story)).split()[0] for story in (STORY, later, other)]

    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize(
    ("credit", "start"),
    [
        ("SID", "sid"),
        ("dpa", "dpa"),
        ("Business Wire", "bus"),
        ("Ökodienst", "oko"),
        ("7", "dep"),
        (None, "dep"),
    ],
)
def test_the_letters_of_a_name_are_the_agencys(credit: str | None, start: str) -> None:
    story = changed(credit=credit, dateline=Dateline())

    assert header(message(story)).startswith(start)


@pytest.mark.parametrize(
    ("section", "desk"),
    [
        (Label(name="Geld", code="medtop:04000000", score=1.0), "wi"),
        (Label(name="Sport", score=1.0), "sp"),
        (Label(name="Lokales", score=1.0), "vm"),
    ],
)
def test_the_desk_follows_the_section(section: Label, desk: str) -> None:
    assert header(message(tags=Labels(section=section))).split()[2] == desk


def test_keywords_fill_one_line_and_no_more() -> None:
    story = changed(subjects=(), keywords=("k" * 30, "l" * 30, "m" * 30, "Kai"))

    line = message(story).split("\n")[2]

    assert line == f"{'k' * 30}/{'l' * 30}/Kai/"


def test_without_keywords_the_section_is_one() -> None:
    story = changed(subjects=(), keywords=())

    assert message(story, tags=Labels(section=TAGS.section)).split("\n")[2] == "Wirtschaft/"


@pytest.mark.parametrize(
    ("fields", "opening"),
    [
        ({"body_text": "So."}, "Emden (HFD) - So."),
        ({"body_text": "EMDEN (HFD/lok). So."}, "EMDEN (HFD/lok). So."),
        ({"body_text": "So.", "dateline": Dateline(place="Emden")}, "Emden (HFD) - So."),
        ({"body_text": "So.", "dateline": Dateline()}, "So."),
    ],
)
def test_the_dateline_opens_the_text_once(fields: dict[str, object], opening: str) -> None:
    assert text(message(changed(**fields))).split("\n\n")[1] == opening


def test_teaser_and_note_of_pictures_stand_where_dpa_has_them() -> None:
    story = changed(teaser="Rot ist er.", picture_note="Foto Archiv")

    assert text(message(story)).startswith(
        "Der Kran ist da\nVon Jo Beispiel\n(Foto Archiv) =\n\nRot ist er.\n\nEmden (HFD) - "
    )


def test_no_character_of_a_text_ends_the_message() -> None:
    story = changed(
        headline="Kran\x02 da",
        body_text="Eins\x03zwei\x04\x7f\r\nDrei",
        byline="Von\x01 Jo",
        keywords=("a\x02b",),
        dateline=Dateline(),
        story_id="urn:\x03:1",
    )

    for status in Status:
        written = message(story, status=status)
        assert [written.count(mark) for mark in "\x01\x02\x03\x04\x7f"] == [1, 1, 1, 1, 2]
    assert "Eins zwei\nDrei" in message(story)


def test_lines_are_of_69_characters_and_entries_of_a_list_set_in() -> None:
    words = " ".join(["Kran"] * 20)
    story = changed(body_text=f"{words}\n* {words}\n\n{'x' * 80}", dateline=Dateline())

    lines = text(message(story)).split("\n")[3:]

    line = " ".join(["Kran"] * 14)
    rest = " ".join(["Kran"] * 6)
    assert len(line) == 69
    assert lines == [
        *(line, rest, f"  * {' '.join(['Kran'] * 13)}", f"    {' '.join(['Kran'] * 7)}"),
        *("", "x" * 69, "x" * 11, "", ""),
    ]


def test_a_headline_breaks_at_hyphens_and_ends_in_one_mark() -> None:
    story = changed(headline=f"{'Kran ' * 12}am Nord-Ostsee-Kanal =", byline=None)

    head = text(message(story)).split("\n\n")[0]

    assert head == f"{'Kran ' * 12}am Nord-\nOstsee-Kanal ="


def test_an_empty_body_leaves_the_headline() -> None:
    assert text(message(changed(body_text=""))) == "Der Kran ist da\nVon Jo Beispiel =\n\n"


@given(st.lists(st.text("aü-", min_size=1, max_size=75), min_size=1).map(" ".join))
def test_a_paragraph_is_wrapped_as_a_text_wrapper_does_it(paragraph: str) -> None:
    written = layout.body(paragraph)

    assert written == textwrap.fill(paragraph, 69, break_on_hyphens=False)
