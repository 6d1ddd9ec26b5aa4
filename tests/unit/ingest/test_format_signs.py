from datetime import UTC, datetime

import pytest

from services.ingest.formats.signs import (
    chief_signal,
    signal_in,
    signal_in_notes,
    status_in,
    status_of,
    stricter,
)
from shared.story import Status


@pytest.mark.parametrize(
    ("line", "signal"),
    [
        ("CORRECTED-Harbour crane tips over", "sig:correction"),
        ("CORRECTED-UPDATE 2-Harbour crane tips over", "sig:correction"),
        ("CORRECTION ET MISE À JOUR: une grue bascule", "sig:correction"),
        ("CORRECTION - Une grue bascule", "sig:correction"),
        ("BERICHTIGUNG: Kran kippt", "sig:correction"),
        ("(Berichtigung: Zahl im zweiten Absatz)", "sig:correction"),
        ("Berichtigung", "sig:correction"),
        ("Korrektur: Kran kippt", "sig:correction"),
        ("RECTIFICATIF: une grue", "sig:correction"),
        ("Rättning: kran", "sig:correction"),
        ("ACHTUNG Berichtigung - Kran", "sig:correction"),
        ("(Wiederholung)", "sig:repeat"),
        ("Wiederholung: Kran kippt", "sig:repeat"),
        ("RPT-Harbour crane tips over", "sig:repeat"),
        ("REFILE-Harbour crane tips over", "sig:update"),
        ("REFILE-CORRECTED-Harbour crane", "sig:correction"),
        ("UPDATE 2-Harbour crane tips over", "sig:update"),
        ("(Aktualisierung: neu)", "sig:update"),
        ("(2. Zusammenfassung)", "sig:update"),
        ("2ND LEAD", "sig:update"),
        ("2ND LEAD -- Crane", "sig:update"),
        ("3RD NET", "sig:update"),
        ("1st Ld-Writethru", "sig:update"),
        ("WRAPUP 1-Cranes", "sig:update"),
        ("Update für die Hafenkräne", None),
        ("Update 2024 bringt neue Kräne", None),
        ("Korrekturen am Haushalt", None),
        ("Lead Hamburgs Kräne", None),
        ("Hafenkran kippt", None),
        ("", None),
    ],
)
def test_a_line_tells_what_kind_of_version_this_is(line: str, signal: str | None) -> None:
    assert signal_in([line]) == signal


def test_a_correction_in_any_line_outranks_other_signs() -> None:
    assert signal_in(["UPDATE 2-Crane", "Berichtigung: Zahl"]) == "sig:correction"
    assert signal_in([]) is None
    assert chief_signal(["sig:update", "sig:correction"]) == "sig:correction"
    assert chief_signal(["sig:update", "sig:repeat"]) == "sig:update"
    assert chief_signal([]) is None


@pytest.mark.parametrize(
    ("headline", "status"),
    [
        ("KILL KILL KILL", Status.CANCELED),
        ("KILL", Status.CANCELED),
        ("KILL bdt0657", Status.CANCELED),
        ("STORY KILL: Harbour crane", Status.CANCELED),
        ("EDITORS: MANDATORY KILL - Crane", Status.CANCELED),
        ("ANNULATION", Status.CANCELED),
        ("HOLD HOLD HOLD", Status.WITHHELD),
        ("HOLD - bdt0657", Status.WITHHELD),
        ("WITHHOLD", Status.WITHHELD),
        ("DISREGARD", Status.WITHHELD),
        ("Kill Bill wird zwanzig", None),
        ("KILL Bill im Kino", None),
        ("Kill: ein Film", None),
        ("Hold the line", None),
        ("Hold", None),
        ("Zurückgezogen lebender Kranführer", None),
    ],
)
def test_a_headline_kills_or_holds_in_capitals_only(headline: str, status: Status | None) -> None:
    assert status_in([headline]) is status


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Kill: source error", Status.CANCELED),
        ("Eds: Kill this story", Status.CANCELED),
        ("EDITORS: The story has been withdrawn", Status.CANCELED),
        ("Withhold until further notice", Status.WITHHELD),
        ("Disregard previous", Status.WITHHELD),
        ("Killed: 3, wounded: 4", None),
        ("Adds details", None),
    ],
)
def test_a_note_kills_or_holds_in_any_case(note: str, status: Status | None) -> None:
    assert status_in([], [note]) is status


def test_no_line_says_no_status() -> None:
    assert status_in([""], [""]) is None


def test_the_graver_status_counts() -> None:
    assert stricter(Status.USABLE, Status.CANCELED) is Status.CANCELED
    assert stricter(Status.CANCELED, Status.WITHHELD) is Status.CANCELED
    assert stricter(Status.WITHHELD, None) is Status.WITHHELD


@pytest.mark.parametrize(
    ("word", "embargoed", "status", "noted"),
    [
        (None, None, Status.USABLE, False),
        (" ", None, Status.USABLE, False),
        ("USABLE", None, Status.USABLE, False),
        ("stat:canceled", None, Status.CANCELED, False),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", None, Status.WITHHELD, False),
        ("stat:withdrawn", None, Status.CANCELED, True),
        ("Embargoed", datetime(2024, 6, 3, tzinfo=UTC), Status.USABLE, False),
        ("Embargoed", None, Status.WITHHELD, True),
        ("useable", None, Status.WITHHELD, True),
    ],
)
def test_a_status_word_is_read_in_any_case_and_an_unknown_one_withholds(
    word: str | None, embargoed: datetime | None, status: Status, *, noted: bool
) -> None:
    notes: list[str] = []

    found = status_of(word, where="/pubstatus", notes=notes, embargoed=embargoed)

    assert found is status
    assert bool(notes) is noted


@pytest.mark.parametrize(
    ("note", "signal"),
    [
        ("CORRECTS para 4 and 9 to say Thursday, not Friday", "sig:correction"),
        ("ADDS quotes, CORRECTS spelling of name", "sig:correction"),
        ("Corrects spelling in paragraph 4", "sig:correction"),
        ("CORRIGE le prénom au 3e paragraphe", "sig:correction"),
        ("BERICHTIGT im dritten Absatz die Höhe", "sig:correction"),
        ("RECASTS with attack, UPDATES throughout", "sig:update"),
        ("ACTUALISE avec nouvelles déclarations", "sig:update"),
        ("AMPLÍA con declaraciones", "sig:update"),
        ("Neu: Zitate", "sig:update"),
        ("(Picture+Video+Graphic)", None),
        ("Please do not use after the update of June", None),
        ("Bilder folgen", None),
    ],
)
def test_a_note_to_editors_says_with_a_verb_what_changed(note: str, signal: str | None) -> None:
    assert signal_in_notes(["", note]) == signal
