from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from shared.story import Dateline, Status, Story, Subject

NOW = datetime(2013, 11, 14, 12, tzinfo=UTC)
SYN, SOH, STX, ETX, EOT = "\x16", "\x01", "\x02", "\x03", "\x04"
HEADS = (
    "^BC-US--Harbor-Crane Tips,466<\n^A crane tips in Port City<\n^AP Photo XNP101<\n"
    "^Eds: With AP Photos.<\n^By EVA MUSTER=\n^Associated Press=\n"
)
BODY = (
    "\t   PORT CITY, Maine (AP) _ A crane tipped over on Monday. \n \n"
    "\t   ``It was loud,'' a neighbor said. \n \n\t   ___\n \n\t   A reporter helped.\n \n\n"
)


def test_a_message_is_read_line_by_line() -> None:
    found = _read(_message(f"{HEADS}{BODY}"))

    assert found == ReadStory(
        "anpa-1312",
        Story(
            story_id="urn:depesche:ap:2013-11-13:w2870",
            version_created=datetime(2013, 11, 13, 15, 9, tzinfo=UTC),
            urgency=4,
            headline="A crane tips in Port City",
            slug="BC-US--Harbor-Crane Tips",
            dateline=Dateline(place="PORT CITY, Maine", credit="AP"),
            credit="AP",
            byline="By EVA MUSTER",
            body_text=(
                "PORT CITY, Maine (AP) — A crane tipped over on Monday.\n\n"
                "“It was loud,” a neighbor said.\n\nA reporter helped."
            ),
            subjects=(Subject(code="anpacat:a", name="a"),),
            ed_note="AP Photo XNP101\nEds: With AP Photos.",
            repairs=("quotes and dashes of the teleprinter set as characters",),
        ),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("frame", ["bare", "framed", "spelled", "no carets"])
def test_a_message_reads_the_same_however_it_is_framed(end: str, frame: str) -> None:
    raw = _message(f"{HEADS}{BODY}")
    head, _, text = raw.partition("^BC")
    if frame == "framed":
        raw = f"{SYN}{SYN}{SOH}{head.rstrip()}\n{STX}^BC{text}{ETX}{EOT}"
    if frame == "spelled":
        raw = f"^V^V^A{head}^B\n^BC{text}^C\n^D\n"
    if frame == "no carets":
        raw = raw.replace("^", "")

    story = _read(raw.replace("\n", end)).story

    assert story.story_id == "urn:depesche:ap:2013-11-13:w2870"
    assert story.headline == "A crane tips in Port City"
    assert story.byline == "By EVA MUSTER"
    assert story.body_text.count("\n\n") == 2
    assert story.body_text.startswith("PORT CITY, Maine (AP) — A crane")
    assert story.body_text.endswith("A reporter helped.")


@pytest.mark.parametrize(
    ("letter", "urgency"), [("f", 1), ("b", 2), ("u", 2), ("r", 4), ("d", 5), ("R", 4)]
)
def test_the_priority_letter_tells_the_urgency(letter: str, urgency: int) -> None:
    assert _read(_message(f"{HEADS}{BODY}", priority=letter)).story.urgency == urgency


@pytest.mark.parametrize(
    ("slug", "signal", "family"),
    [
        ("BC-US--Crane, 1st Ld-Writethru,416", "sig:update", None),
        ("BC-US--Crane, 2nd Ld-Writethru, a0512,300", "sig:update", "2013-11-13:a0512"),
        ("BC-US--Crane, Correction,90", "sig:correction", None),
        ("BC-US--Crane, 1st Add, w2870,90", None, "2013-11-13:w2870"),
        ("BC-US--Crane,416", None, ""),
    ],
)
def test_the_slug_tells_what_kind_of_version_this_is_and_of_which_story(
    slug: str, signal: str | None, family: str | None
) -> None:
    story = _read(_message(f"^{slug}<\n^A crane tips<\n{BODY}")).story

    assert story.signal == signal
    if family == "":
        assert story.family_id is None
    elif family:
        assert story.family_id == f"urn:depesche:ap:{family}"
    else:
        assert (story.family_id or "").startswith("urn:depesche:ap:2013-11-13:")


def test_leads_of_one_slug_and_day_are_one_family_and_stories_of_their_own() -> None:
    first = _read(_message(f"^BC-US--Crane, 1st Ld-Writethru,9<\n^A<\n{BODY}")).story
    second = _read(
        _message(f"^BC-US--Crane, 2nd Ld-Writethru,9<\n^B<\n{BODY}", number="2999")
    ).story

    assert first.family_id == second.family_id
    assert first.story_id != second.story_id


def test_a_note_to_editors_tells_a_correction() -> None:
    text = f"^BC-US--Crane,9<\n^A crane tips<\n^Eds: CORRECTS: three, not four.<\n{BODY}"

    assert _read(_message(text)).story.signal == "sig:correction"


def test_an_alert_without_a_headline_is_headed_by_its_first_sentence() -> None:
    text = "^BC-US--APNewsAlert,17<\n\t   PORT CITY (AP) _ A crane tipped over. More soon.\n\n"

    story = _read(_message(text, priority="b")).story

    assert story.headline == "A crane tipped over."
    assert story.body_text == "PORT CITY (AP) — A crane tipped over. More soon."


def test_a_list_of_heads_alone_is_its_body() -> None:
    text = "^*9006< ^AP-Top-News,0176<\n^AP Top News<\n^Crane tips\n^Boat sinks\n\n"

    story = _read(_message(text)).story

    assert (story.slug, story.headline) == ("AP-Top-News", "AP Top News")
    assert story.body_text == "Crane tips\n\nBoat sinks"


def test_a_table_keeps_its_lines() -> None:
    text = "^BC-Table,9<\n^Standings=\n^East=\n^;W;L\nPort City;2;1\nSouth Bay;1;2\n\n"

    story = _read(_message(text)).story

    assert story.body_text == "East\n\n;W;L\n\nPort City;2;1\nSouth Bay;1;2"
    assert story.headline == "Standings"


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = (
        "BC-Japan-Crane\nCrane tips in Tokyo\n    TOKYO, Nov. 13 (Kyodo) -- A crane tipped over in\n"
        "Tokyo, police said.\n    Nobody was hurt, they\nadded.\n"
    )

    story = _read(_message(text, trailer="KYODO-TK-11-13-13 2109JST<")).story

    assert story.body_text == (
        "TOKYO, Nov. 13 (Kyodo) -- A crane tipped over in Tokyo, police said.\n\n"
        "Nobody was hurt, they added."
    )
    assert story.credit == "Kyodo"
    assert story.story_id == "urn:depesche:kyodo:2013-11-13:w2870"
    assert story.version_created == datetime(2013, 11, 13, 12, 9, tzinfo=UTC)


def test_kyodos_own_shape_is_read() -> None:
    raw = (
        "a0105KYODOkoko-\nu s BC-Rowing-Cup   09-12 0344\nBC-Rowing-Cup\n"
        "Rowing: Port City claims 7th cup+\n     PORT CITY, Japan, Dec. 9 Kyodo - Port City claimed \n"
        "its seventh cup on Sunday.\n==Kyodo\nKWS-21:37-09-12-18\n"
    )

    story = _read(raw).story

    assert story.story_id == "urn:depesche:kyodo:2018-12-09:a0105"
    assert story.headline == "Rowing: Port City claims 7th cup"
    assert story.dateline == Dateline(place="PORT CITY, Japan", credit="Kyodo")
    assert story.version_created == datetime(2018, 12, 9, 12, 37, tzinfo=UTC)
    assert story.body_text == (
        "PORT CITY, Japan, Dec. 9 Kyodo - Port City claimed its seventh cup on Sunday."
    )


@pytest.mark.parametrize(
    ("trailer", "moment"),
    [
        ("AP-NY-11-13-13 1009EST<", datetime(2013, 11, 13, 15, 9, tzinfo=UTC)),
        ("AP-WF-11-13-13 1509GMT<", datetime(2013, 11, 13, 15, 9, tzinfo=UTC)),
        ("AP-NY-11-13-13 1009", datetime(2013, 11, 13, 15, 9, tzinfo=UTC)),
        ("Reut15:09 11-13-13", datetime(2013, 11, 13, 15, 9, tzinfo=UTC)),
        ("AP-NY-13-45-13 1009EST", None),
        ("", None),
    ],
)
def test_the_trailer_tells_when(trailer: str, moment: datetime | None) -> None:
    story = _read(_message(f"{HEADS}{BODY}", trailer=trailer)).story

    assert story.version_created == moment
    assert ("AP-" in story.body_text) is (trailer == "AP-NY-13-45-13 1009EST")


@pytest.mark.parametrize(
    ("slug", "text", "status"),
    [
        (
            "BC-US--Crane, KILL,20",
            "^EDITORS: Kill a0512, Crane. Facts are wrong.<",
            Status.CANCELED,
        ),
        ("BC-US--Crane, Withhold,20", "^EDITORS: Withhold a0512.<", Status.WITHHELD),
        ("BC-US--Crane,20", "^MANDATORY KILL<\n^EDITORS: Kill story a0512.<", Status.CANCELED),
    ],
)
def test_a_kill_or_hold_is_told_of_the_item_that_it_names(
    slug: str, text: str, status: Status
) -> None:
    story = _read(_message(f"^{slug}<\n{text}\n")).story

    assert story.story_id == "urn:depesche:ap:2013-11-13:a0512"
    assert (story.status, story.body_text, story.publishable) == (status, "", True)
    assert "a0512" in (story.ed_note or "")


def test_a_kill_that_names_no_item_is_for_editors_only() -> None:
    story = _read(_message("^BC-US--Crane, KILL<\n^EDITORS: Kill Crane.<\n")).story

    assert story.story_id == "urn:depesche:ap:2013-11-13:w2870"
    assert (story.status, story.publishable) == (Status.CANCELED, False)


@pytest.mark.parametrize("slug", ["BC-AP Daybook", "BC-Advisory-Crane", "BC-News Digest"])
def test_diaries_and_advisories_are_not_for_partners(slug: str) -> None:
    assert not _read(_message(f"^{slug},9<\n^Plans<\n{BODY}")).story.publishable


def test_several_messages_in_one_body_are_several_stories() -> None:
    one = f"{SYN}{SOH}{_message(HEADS + BODY)}{EOT}"
    two = f"{SYN}{SOH}{_message(HEADS + BODY, number='2871')}{EOT}"

    stories = read((one + two).encode(), content_type=None, received_at=NOW)

    assert [found.story.story_id[-5:] for found in stories] == ["w2870", "w2871"]


def test_a_megabyte_of_garbage_is_answered_within_seconds() -> None:
    started = datetime.now(UTC)
    for piece in ("^", "<\n", "\t", ";", "a0512 ", "AP-NY-", "^BC-a,1<\n", "   x\n"):
        body = _message(piece * (200_000 // len(piece))).encode()
        with suppress(Unreadable):
            read(body, content_type=None, received_at=NOW)

    assert datetime.now(UTC) - started < timedelta(seconds=5)


def test_rows_of_a_table_below_the_heads_are_text() -> None:
    rows = "Port City 73  52  .584   _\nHarbor 73  51  .589   _\n"
    heads = "^BC-XYZ--Glance<\n^Wild Glance=\n^All Times EDT=\n^ W   L   Pct   GB\n"

    story = _read(_message(f"{heads}{rows}\t   ___=\n")).story

    assert story.headline == "Wild Glance"
    assert story.body_text == f"All Times EDT\n\nW   L   Pct   GB\n\n{rows.strip()}"
    assert story.ed_note is None


def test_the_first_line_without_a_caret_is_text() -> None:
    story = _read(_message("^BC-XYZ--Crane<\n^Crane tips<\nIt tipped over.\n")).story

    assert (story.headline, story.body_text) == ("Crane tips", "It tipped over.")


def _message(
    text: str,
    *,
    priority: str = "r",
    number: str = "2870",
    trailer: str = "AP-WF-11-13-13 1509GMT<",
) -> str:
    header = f"W{number}asian\n{priority} a BC-US--Harbor-Cran     11-13 0466\n"
    return f"{header}{text}\t   {trailer}\n\n\n"


def _read(raw: str) -> ReadStory:
    [found] = read(raw.encode(), content_type=None, received_at=NOW)
    return found
