from datetime import UTC, datetime

import pytest

from services.ingest.formats import read
from shared.story import Picture, Status, Story

NOW = datetime(2024, 6, 3, 22, 30, tzinfo=UTC)  # already the fourth in Berlin
BODY = "Hafenstadt (dpa/hfd) - Ein Kran ist gekippt.\n\nVerletzt wurde niemand."


def test_the_body_is_kept_as_written_with_its_dateline() -> None:
    story = _story(f"Kran kippt\r\n\r\n{BODY}\r\n\r\n\r\n")

    assert story.headline == "Kran kippt"
    assert story.body_text == BODY
    assert (story.dateline.place, story.dateline.credit) == ("Hafenstadt", "dpa/hfd")
    assert story.credit == "dpa"


def test_copy_without_a_date_takes_the_day_of_receipt_in_berlin_and_notes_it() -> None:
    story = _story(f"Kran kippt\n\n{BODY}")

    assert story.story_id.startswith("urn:depesche:dpa:2024-06-04:")
    assert story.repairs == ("no date: the day of receipt stands in",)


def test_the_same_copy_posted_twice_has_the_same_id() -> None:
    ids = {_story(copy).story_id for copy in (f"Kran kippt\n\n{BODY}", f"KRAN  KIPPT\n\n{BODY}\n")}

    assert len(ids) == 1


def test_the_day_in_the_dateline_dates_the_id() -> None:
    story = _story("Kran kippt\n\nHafenstadt, 31. Mai (SID) Ein Kran ist gekippt.")

    assert story.story_id.startswith("urn:depesche:sid:2024-05-31:")
    assert story.repairs == ()


def test_a_headline_in_two_lines_is_one() -> None:
    assert _story(f"Kran kippt\nin den Hafen\n\n{BODY}").headline == "Kran kippt in den Hafen"


def test_copy_without_dateline_begins_with_its_headline_if_that_is_no_sentence() -> None:
    story = _story("Kran kippt in den Hafen\n\nVerletzt wurde niemand.\n\nEin Absatz.")

    assert story.headline == "Kran kippt in den Hafen"
    assert story.body_text == "Verletzt wurde niemand.\n\nEin Absatz."


def test_a_first_sentence_stands_in_for_a_headline_without_its_dateline() -> None:
    story = _story(BODY)

    assert story.headline == "Ein Kran ist gekippt."
    assert story.body_text == BODY
    assert "no headline: the first sentence stands in" in story.repairs


def test_a_paragraph_between_headline_and_dateline_is_not_lost() -> None:
    lead = "Der Kran war neu. Erst im Mai hatte ihn die Bürgermeisterin eingeweiht."

    story = _story(f"Kran kippt in den Hafen\n\n{lead}\n\n{BODY}")

    assert story.body_text == f"{lead}\n\n{BODY}"


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("Sperrfrist 23. Juni 19.00 Uhr", datetime(2024, 6, 23, 17, tzinfo=UTC)),
        (
            "ACHTUNG SPERRFRIST: Sonntag, 23.06.2024, 19:30 Uhr",
            datetime(2024, 6, 23, 17, 30, tzinfo=UTC),
        ),
        ("Sperrfrist: heute 20 Uhr", datetime(2024, 6, 4, 18, tzinfo=UTC)),
        ("Sperrfrist 2. Januar 2025, 6.00 Uhr", datetime(2025, 1, 2, 5, tzinfo=UTC)),
    ],
)
def test_an_embargo_in_the_text_holds_in_berlins_time(line: str, until: datetime) -> None:
    story = _story(f"{line}\n\nKran kippt\n\n{BODY}")

    assert story.embargoed == until
    assert story.status is Status.USABLE
    assert (story.headline, story.body_text) == ("Kran kippt", BODY)


def test_an_embargo_before_the_dateline_holds_and_leaves_the_paragraph() -> None:
    story = _story(f"Kran kippt\n\nSperrfrist 23. Juni 19.00 Uhr - {BODY}")

    assert story.embargoed == datetime(2024, 6, 23, 17, tzinfo=UTC)
    assert story.body_text == BODY


@pytest.mark.parametrize(
    "line",
    ["Sperrfrist bis Ende der Rede", "Sperrfrist: 31. Februar, 9 Uhr", "Sperrfrist 25.70 Uhr"],
)
def test_an_embargo_nobody_understands_withholds_the_story(line: str) -> None:
    story = _story(f"{line}\n\nKran kippt\n\n{BODY}")

    assert (story.status, story.embargoed) == (Status.WITHHELD, None)


def test_a_lifted_embargo_holds_nothing() -> None:
    story = _story(f"Sperrfrist aufgehoben!\n\nKran kippt\n\n{BODY}")

    assert (story.status, story.embargoed) == (Status.USABLE, None)


def test_notes_to_editors_are_no_part_of_the_body() -> None:
    story = _story(
        f"(Foto folgt)\nKran kippt\n\n{BODY}\n\n# Notizblock\n\n- Redaktion: +49 000 0000"
    )

    assert story.ed_note == "Foto folgt"
    assert story.body_text == BODY


@pytest.mark.parametrize(
    ("first", "signal"),
    [
        ("(Berichtigung: Zahl geändert)", "sig:correction"),
        ("BERICHTIGUNG - Kran kippt", "sig:correction"),
        ("(Wiederholung)", "sig:repeat"),
        ("(Aktualisierung: neu)", "sig:update"),
        ("(Foto folgt)", None),
    ],
)
def test_the_kind_of_change_is_read_from_the_first_lines(first: str, signal: str | None) -> None:
    assert _story(f"{first}\n\n{BODY}").signal == signal


def test_a_page_without_dates_is_an_article_all_the_same() -> None:
    story = _story(
        "1. Lokales\n  2. Kran kippt\n\nKran kippt\n\nKran. | © Aue\n\nVerletzt wurde niemand."
    )

    assert story.breadcrumb == ("Lokales",)
    assert story.pictures == (Picture(caption="Kran.", credit="Aue"),)
    assert story.body_text == "Verletzt wurde niemand."


def test_a_page_with_an_impossible_date_is_read_and_noted() -> None:
    story = _story(
        f"1. Lokales\n2. Kran kippt\n\nKran kippt\n\n31.02.2024 | 31.02.2024, 10:00\n\n{BODY}"
    )

    assert (story.first_created, story.version_created) == (None, None)
    assert "no such date: 31.02.2024 | 31.02.2024, 10:00" in story.repairs
    assert story.body_text == BODY


def test_a_recalled_page_keeps_its_notice_as_its_text() -> None:
    story = _story(
        "1. Lokales\n  2. Kran kippt\n\nKran\n\nKran kippt\n\n03.06.2024 | 03.06.2024, 10:00\n\nNicht verwenden."
    )

    assert (story.kicker, story.headline) == ("Kran", "Kran kippt")
    assert story.body_text == "Nicht verwenden."


def test_an_embargo_above_the_text_of_a_page_holds_it() -> None:
    page = f"1. Leben\n\nKran kippt\n\n04.06.2024 | 04.06.2024, 10:00\n\n{{}}\n\n{BODY}"
    until = datetime(2024, 6, 4, 17, tzinfo=UTC)

    held = _story(page.format("Sperrfrist: 04.06.2024, 19:00 Uhr\n\nBerichtigung: Rot."))
    unclear = _story(page.format("Sperrfrist bis Ende der Rede"))
    below = _story(page.format("Eins.\n\nZwei.\n\nDrei.\n\nSperrfrist 9 Uhr."))

    assert (held.embargoed, held.status, held.signal) == (until, "usable", "sig:correction")
    assert held.body_text == unclear.body_text == BODY
    assert (unclear.embargoed, unclear.status) == (None, "withheld")
    assert (below.embargoed, below.status) == (None, "usable")


def test_a_list_of_results_is_no_page() -> None:
    [read_story] = read(
        b"1. Hafenstadt\n2. Unterwalden\n3. Niederaubach\n\nDas ist die Tabelle.",
        content_type="text/plain",
        received_at=NOW,
    )

    assert read_story.format == "text"


@pytest.mark.parametrize(
    ("above", "signal", "urgency", "note"),
    [
        ("Berichtigung", "sig:correction", None, "Berichtigung"),
        ("+++ EILMELDUNG +++", None, 2, "EILMELDUNG"),
        ("Blitz", None, 1, "Blitz"),
        ("2. Zusammenfassung 1630", "sig:update", None, "2. Zusammenfassung 1630"),
    ],
)
def test_words_of_the_trade_above_the_headline_are_no_part_of_it(
    above: str, signal: str | None, urgency: int | None, note: str
) -> None:
    story = _story(f"{above}\nKran kippt im Hafen\n\nHafenstadt (SID) - Er kippte.\n")

    assert (story.headline, story.kicker) == ("Kran kippt im Hafen", None)
    assert (story.signal, story.urgency, story.ed_note) == (signal, urgency, note)


@pytest.mark.parametrize(
    "sign", ["EIL: ", "BERICHTIGUNG: ", "+++ EIL +++ ", "CORRECTED-", "Update 2: "]
)
def test_what_a_version_puts_before_its_headline_changes_no_id(sign: str) -> None:
    text = "Kran kippt im Hafen\n\nHafenstadt (SID) - Er kippte.\n"

    assert _story(f"{sign}{text}").story_id == _story(text).story_id
    assert _story(f"{sign}{text}").headline == f"{sign}Kran kippt im Hafen"


def test_a_line_below_a_whole_headline_is_for_editors() -> None:
    text = "Kran kippt im Hafen\nSchiffe warten auf Reede\n\nHafenstadt (SID) - Er kippte.\n"

    story = _story(text)

    assert (story.headline, story.ed_note) == ("Kran kippt im Hafen", "Schiffe warten auf Reede")


@pytest.mark.parametrize(
    ("tail", "note", "rights"),
    [
        ("sid em ut", "sid em ut", None),
        ("SID em ut", "SID em ut", None),
        ("abc/def", "abc/def", None),
        ("© dpa-infocom, dpa:240603-99-123456/1", None, "© dpa-infocom, dpa:240603-99-123456/1"),
        ("Pressekontakt:\nEva Muster\nTel. 000", None, None),
        ("epd-Service:\n\nInternet:\nhttps://hafen.example", None, None),
    ],
)
def test_signatures_rights_and_contacts_are_no_text(
    tail: str, note: str | None, rights: str | None
) -> None:
    story = _story(f"Kran kippt\n\nHafenstadt (SID) - Er kippte.\n\n{tail}\n")

    assert story.body_text == "Hafenstadt (SID) - Er kippte."
    assert (story.ed_note, story.copyright_notice) == (note, rights)


@pytest.mark.parametrize(
    ("above", "until"),
    [
        ("(Sperrfrist 4. Juni 19.00 Uhr - Bitte beachten)\nKran kippt", True),
        ("Sperrfrist: 4. Juni, 19.00 Uhr - Bitte beachten\nKran kippt", True),
        ("Sperrfrist: 4. Juni, 19.00 Uhr\n\nKran kippt", True),
        ("Kran kippt", False),
    ],
)
def test_what_explains_an_embargo_goes_with_it(above: str, *, until: bool) -> None:
    story = _story(f"{above}\n\nHafenstadt (SID) - Er kippte.\n")

    assert (story.embargoed is not None) is until
    assert (story.headline, story.body_text) == ("Kran kippt", "Hafenstadt (SID) - Er kippte.")


def test_a_kill_in_plain_copy_is_one_though_it_names_no_item() -> None:
    story = _story('KILL KILL KILL\n\nBitte "Kran kippt" nicht verwenden.\n')

    assert (story.status, story.publishable, story.body_text) == (Status.CANCELED, False, "")
    assert story.headline == "KILL KILL KILL"
    assert 'Bitte "Kran kippt" nicht verwenden.' in (story.ed_note or "")
    assert "a kill or hold that names no item" in story.repairs


def test_paragraphs_that_are_only_indented_are_parted() -> None:
    text = (
        "Kran kippt\n\n   Hafenstadt (SID) - Er kippte.\n   Dann lag er da.\n   Niemand sah ihn.\n"
    )

    assert _story(text).body_text.count("\n\n") == 2


def _story(text: str) -> Story:
    [read_story] = read(text.encode(), content_type="text/plain", received_at=NOW)
    return read_story.story
