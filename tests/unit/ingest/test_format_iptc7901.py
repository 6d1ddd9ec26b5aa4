import textwrap
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from services.ingest.formats.iptc7901 import read_header
from shared.story import Dateline, Status, Story, Subject

NOW = datetime(2024, 6, 3, 16, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=2))
SOH, STX, ETX, EOT, DEL, BEL = "\x01", "\x02", "\x03", "\x04", "\x7f", "\x07"
BODY = (
    "Hafenstadt (dpa) - Im Hafen von Hafenstadt ist am Montag ein großer\n"
    "Kran umgekippt. Nach Angaben der Polizei wurden dabei zwei Menschen\n"
    "leicht verletzt.\n"
    "\n"
    "Die Ursache war zunächst unklar. Der Hafen blieb bis zum Abend für\n"
    "Schiffe gesperrt, wie eine Sprecherin sagte.\n"
)
JOINED = (
    "Hafenstadt (dpa) - Im Hafen von Hafenstadt ist am Montag ein großer Kran umgekippt. "
    "Nach Angaben der Polizei wurden dabei zwei Menschen leicht verletzt.\n\n"
    "Die Ursache war zunächst unklar. Der Hafen blieb bis zum Abend für Schiffe gesperrt, "
    "wie eine Sprecherin sagte."
)


def test_a_message_is_read_part_by_part() -> None:
    text = f"Kran kippt im Hafen =\n\n{BODY}\ndpa mue yyno n1 udo\n"

    found = _read(_message("bdt0657 3 pl 339  dpa 0412", text, keywords="Unfälle/Häfen/"))

    assert found == ReadStory(
        "iptc7901",
        Story(
            story_id="urn:depesche:dpa:2024-06-03:bdt0657",
            version_created=datetime(2024, 6, 3, 14, 5, tzinfo=SUMMER),
            urgency=3,
            headline="Kran kippt im Hafen",
            dateline=Dateline(place="Hafenstadt", credit="dpa"),
            credit="dpa",
            body_text=JOINED,
            subjects=(Subject(code="dpacat:pl", name="pl"),),
            keywords=("Unfälle", "Häfen"),
            ed_note="dpa mue yyno n1 udo",
        ),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    "before", ["", f"{DEL}{DEL}", f"{BEL * 5}\r\n", "\x00\x16", "ZCZC abc\r\n"]
)
@pytest.mark.parametrize("framed", [True, False], ids=["framed", "bare"])
def test_a_message_reads_the_same_however_it_is_framed(
    end: str, before: str, *, framed: bool
) -> None:
    raw = _message("bdt0657 3 pl 339  dpa 0000", f"Kran kippt im Hafen =\n\n{BODY}")
    if not framed:
        raw = "".join(sign for sign in raw if sign not in (SOH, STX, ETX, EOT, DEL))

    found = _read(f"{before}{raw}".replace("\n", end)).story

    assert found.story_id == "urn:depesche:dpa:2024-06-03:bdt0657"
    assert (found.headline, found.body_text) == ("Kran kippt im Hafen", JOINED)
    assert found.version_created == datetime(2024, 6, 3, 14, 5, tzinfo=SUMMER)
    assert found.keywords == ("Unfälle",)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("bdt0657 3 pl 339  dpa 1234", ("bdt", "0657", 3, "pl", None)),
        ("bdt0657 3 pl 339  dpa 0412", ("bdt", "0657", 3, "pl", ("bdt", "0412"))),
        ("bdt0657 3 pl 339  dpa 1234 0999", ("bdt", "0657", 3, "pl", ("bdt", "0999"))),
        ("nsb0000 4 vm 71  lni 0000", ("nsb", "0000", 4, "vm", None)),
        ("bsf153 3 pol 92  Suisse-Grue", ("bsf", "153", 3, "pol", None)),
        ("APA0123 5 AI 0178 CA        Mo, 03.Jun 2024", ("apa", "0123", 5, "ai", None)),
        ("BEL042 U POL 120", ("bel", "042", 2, "pol", None)),
        ("eca0124 3 i  dpa 1888", ("eca", "0124", 3, "i", None)),
        ("otherwire0000 4 wi 783  dpa 0000", ("otherwire", "0000", 4, "wi", None)),
        ("bdt0657 2 pl 0  dpa bdt0412", ("bdt", "0657", 2, "pl", ("bdt", "0412"))),
    ],
)
def test_a_header_is_taken_apart(line: str, parts: tuple[object, ...]) -> None:
    found = read_header(line)

    assert found is not None
    assert (found.service, found.number, found.priority, found.category, found.refers_to) == parts


@pytest.mark.parametrize("line", ["Kran kippt", "Am 3. Juni 2024", "dpa 0412", "bdt0657", ""])
def test_other_lines_are_no_header(line: str) -> None:
    assert read_header(line) is None


def test_the_same_number_on_another_day_is_another_story_and_a_resend_is_the_same() -> None:
    first = _message("bdt0657 3 pl 9  dpa 0000", "Kran =\n\nText.", sent="031405 Jun 24")
    again = _message("bdt0657 2 pl 11  dpa 0000", "Anderer Kran =\n\nX.", sent="031509 Jun 24")
    later = _message("bdt0657 3 pl 9  dpa 0000", "Kran =\n\nText.", sent="041405 Jun 24")

    assert _read(first).story.story_id == _read(again).story.story_id
    assert _read(first).story.story_id != _read(later).story.story_id


@pytest.mark.parametrize(
    ("sent", "moment", "day"),
    [
        ("031405 Jun 24", datetime(2024, 6, 3, 14, 5, tzinfo=SUMMER), "2024-06-03"),
        ("032322 GMT Jun 24", datetime(2024, 6, 3, 23, 22, tzinfo=UTC), "2024-06-04"),
        ("031405 MESZ Jun 24", datetime(2024, 6, 3, 12, 5, tzinfo=UTC), "2024-06-03"),
        ("031405 Jun", datetime(2024, 6, 3, 14, 5, tzinfo=SUMMER), "2024-06-03"),
        ("311405 Dez", datetime(2023, 12, 31, 13, 5, tzinfo=UTC), "2023-12-31"),
        ("031405 juin 2024", datetime(2024, 6, 3, 14, 5, tzinfo=SUMMER), "2024-06-03"),
    ],
)
def test_the_trailer_tells_when(sent: str, moment: datetime, day: str) -> None:
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", "Kran =\n\nText.", sent=sent)).story

    assert story.version_created == moment
    assert story.story_id == f"urn:depesche:dpa:{day}:bdt0657"


@pytest.mark.parametrize("sent", ["", "311405 Jun 24", "991405 Jun 24", "Ende"])
def test_without_a_real_date_the_day_of_receipt_stands_in(sent: str) -> None:
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", "Kran =\n\nText.", sent=sent)).story

    assert story.version_created is None
    assert story.story_id == "urn:depesche:dpa:2024-06-03:bdt0657"
    assert "no date: the day of receipt stands in" in story.repairs


def test_copy_without_a_number_has_an_id_by_its_headline() -> None:
    one = _read(_message("bdt0000 3 pl 9  dpa 0000", "Kran =\n\nText.")).story
    two = _read(_message("bdt0000 3 pl 9  dpa 0000", "Boot =\n\nText.")).story

    assert one.story_id != two.story_id
    assert one.story_id.startswith("urn:depesche:dpa:2024-06-03:")
    assert "no number: the id is made from agency, day and headline" in one.repairs


@pytest.mark.parametrize(
    ("head", "signal", "note"),
    [
        ("(Berichtigung: Zahl im 2. Absatz\nberichtigt)\nKran", "sig:correction", "Berichtigung"),
        ("(Wiederholung)\nKran", "sig:repeat", "Wiederholung"),
        ("(2. Zusammenfassung 1700 - neu: Zitate)\nKran", "sig:update", "2. Zusammenfassung"),
        ("2ND LEAD\nKran", "sig:update", "2ND LEAD"),
        ("REFILE\n1ST LEAD\nKran", "sig:update", "REFILE\n1ST LEAD"),
        ("3RD NET\nKran", "sig:update", "3RD NET"),
        ("EXTRA\nKran", None, "EXTRA"),
        ("(Eil)\nKran", None, "Eil"),
        ("Kran\n(Foto Produktion)", None, "Foto Produktion"),
    ],
)
def test_leads_and_notes_above_the_headline_are_for_editors(
    head: str, signal: str | None, note: str
) -> None:
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{head} =\n\n{BODY}")).story

    assert story.headline == "Kran"
    assert story.signal == signal
    assert (story.ed_note or "").startswith(note)


def test_a_headline_over_two_lines_is_one_and_a_byline_is_none_of_it() -> None:
    head = (
        "Kran kippt im Hafen von Hafenstadt um und verletzt zwei Menschen -\n"
        "Polizei ermittelt\nVon Eva Muster und Udo Beispiel, dpa"
    )

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{head} =\n\n{BODY}")).story

    assert story.headline == (
        "Kran kippt im Hafen von Hafenstadt um und verletzt zwei Menschen - Polizei ermittelt"
    )
    assert story.byline == "Von Eva Muster und Udo Beispiel, dpa"


def test_an_alert_without_a_headline_is_headed_by_its_first_sentence() -> None:
    text = "Hafenstadt (dpa) - Kran im Hafen umgekippt. Mehr folgt."

    story = _read(_message("bdt0657 1 pl 9  dpa 0000", text)).story

    assert (story.headline, story.body_text) == ("Kran im Hafen umgekippt.", text)
    assert story.urgency == 1
    assert "no headline: the first sentence stands in" in story.repairs


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ("KILL KILL KILL\nBitte die Meldung bdt0657 nicht verwenden", Status.CANCELED),
        ("KILL bdt0657", Status.CANCELED),
        ("HOLD HOLD HOLD\nzu bdt0657: bitte nicht verwenden", Status.WITHHELD),
        ("HOLD\nzu bdt 0657", Status.WITHHELD),
        ("KILL KILL KILL\nMeldung 0657: falsche Quelle", Status.CANCELED),
    ],
)
def test_a_kill_or_hold_is_told_of_the_item_that_it_names(order: str, status: Status) -> None:
    text = f"{order} =\n\nDie Quelle war falsch.\n"

    story = _read(_message("bdt0700 1 pl 20  dpa 0000", text)).story

    assert story.story_id == "urn:depesche:dpa:2024-06-03:bdt0657"
    assert (story.status, story.body_text, story.publishable) == (status, "", True)
    assert story.version_created == datetime(2024, 6, 3, 14, 5, tzinfo=SUMMER)
    assert "Die Quelle war falsch." in (story.ed_note or "")


@pytest.mark.parametrize(
    ("header", "text", "story_id"),
    [
        ("bdt0700 1 pl 20  dpa 0657", "KILL KILL KILL =\n\nFalsch.", "2024-06-03:bdt0657"),
        (
            "bdt0012 1 pl 20  dpa 0031 0657",
            "KILL KILL KILL =\n\nFalsch.",
            "2024-06-02:bdt0657",
        ),
        (
            "bdt0700 1 pl 20  dpa 0000",
            "KILL KILL KILL =\n\nMeldung bdt0657 vom 31. Mai.",
            "2024-05-31:bdt0657",
        ),
        (
            "bdt0700 1 pl 20  dpa 0000",
            "KILL KILL KILL =\n\nMeldung bid0657 von heute.",
            "2024-06-03:bid0657",
        ),
    ],
)
def test_the_killed_item_is_found_by_the_header_too_and_by_the_day_named(
    header: str, text: str, story_id: str
) -> None:
    assert _read(_message(header, text)).story.story_id == f"urn:depesche:dpa:{story_id}"


def test_a_kill_that_names_no_item_is_for_editors_only() -> None:
    story = _read(_message("bdt0700 1 pl 20  dpa 0000", "KILL KILL KILL =\n\nFalsch.")).story

    assert story.story_id == "urn:depesche:dpa:2024-06-03:bdt0700"
    assert (story.status, story.publishable) == (Status.CANCELED, False)
    assert "a kill or hold that names no item" in story.repairs


def test_a_year_in_a_note_is_no_number_of_an_item() -> None:
    head = "(Berichtigung: Vergehen war bis 1992 straflos)\nKran"

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{head} =\n\n{BODY}")).story

    assert story.family_id is None


def test_a_note_names_the_story_that_this_one_takes_up() -> None:
    head = "(Zusammenfassung zu bdt0412)\nKran"

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{head} =\n\n{BODY}")).story

    assert story.family_id == "urn:depesche:dpa:2024-06-03:bdt0412"


@pytest.mark.parametrize(
    "line",
    ["Sperrfrist 4. Juni 10.00 Uhr - ", "Sperrfrist: Dienstag, 4. Juni, 10.00 Uhr\n\n"],
)
def test_an_embargo_is_taken_out_of_the_text(line: str) -> None:
    text = f"Kran =\n\n{line}Hafenstadt (dpa) - Ein Kran kippte."

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story

    assert story.embargoed == datetime(2024, 6, 4, 10, tzinfo=SUMMER)
    assert story.body_text == "Hafenstadt (dpa) - Ein Kran kippte."


def test_an_embargo_above_the_headline_holds_too_and_an_unclear_one_withholds() -> None:
    clear = "(Sperrfrist 4. Juni 10.00 Uhr)\nKran =\n\nHafenstadt (dpa) - Text."
    unclear = "(Sperrfrist bis zum Ende der Rede)\nKran =\n\nHafenstadt (dpa) - Text."

    held = _read(_message("bdt0657 3 pl 9  dpa 0000", clear)).story
    withheld = _read(_message("bdt0657 3 pl 9  dpa 0000", unclear)).story

    assert held.embargoed == datetime(2024, 6, 4, 10, tzinfo=SUMMER)
    assert held.headline == withheld.headline == "Kran"
    assert (held.status, withheld.status) == (Status.USABLE, Status.WITHHELD)


def test_notes_and_contacts_below_the_text_are_cut_into_the_note() -> None:
    text = (
        f"Kran =\n\n{BODY}\n# Notizblock\n\n## Orte\n- Kai 3\n\n* * * *\nDie folgenden "
        "Informationen sind nicht zur Veröffentlichung bestimmt\n\n- Redaktion: +49 000\n\ndpa x y\n"
    )

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story

    assert story.body_text == JOINED
    assert "Redaktion: +49 000" in (story.ed_note or "")
    assert "notes to editors cut from the end" in story.repairs


def test_a_teaser_above_the_dateline_is_left_out() -> None:
    text = f"Kran =\n\nEin Kran ist umgekippt. Was geschah?\n\n{BODY}"

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story

    assert story.body_text == JOINED
    assert "paragraphs above the dateline left out: 1" in story.repairs


def test_several_messages_in_one_body_are_several_stories() -> None:
    one = _message("bdt0657 3 pl 9  dpa 0000", "Kran =\n\nText.")
    two = _message("bdt0658 3 pl 9  dpa 0000", "Boot =\n\nText.")

    framed = read((one + two).encode(), content_type=None, received_at=NOW)
    by_end = read((one + two).replace(SOH, "").encode(), content_type=None, received_at=NOW)

    assert [found.story.headline for found in framed] == ["Kran", "Boot"]
    assert [found.story.story_id for found in by_end] == [found.story.story_id for found in framed]


def test_swiss_copy_is_read_by_its_indents() -> None:
    raw = (
        f"{SOH}bsf153 3 pol 92  Suisse-Grue \r\n{STX}Une grue bascule à Port-Ville\r\n\r\n"
        "   Berne (ats) Une grue a basculé lundi matin dans le port, selon la\r\n"
        "police. Deux personnes ont été blessées et emmenées par les secours.\r\n"
        "   Le port reste fermé jusqu'à nouvel avis, ont dit les autorités du\r\n"
        f"canton.\r\n(ats)\r\n{ETX}031530 Jun 24{EOT}"
    )

    [found] = read(raw.encode("cp1252"), content_type=None, received_at=NOW)

    story = found.story
    assert story.story_id == "urn:depesche:ats:2024-06-03:bsf153"
    assert story.headline == "Une grue bascule à Port-Ville"
    assert story.slug == "Suisse-Grue"
    assert story.dateline == Dateline(place="Berne", credit="ats")
    assert story.body_text.startswith(
        "Berne (ats) Une grue a basculé lundi matin dans le port, selon"
    )
    assert story.body_text.endswith(
        "\n\nLe port reste fermé jusqu'à nouvel avis, ont dit les autorités du canton."
    )


def test_swiss_copy_has_its_theme_above_a_headline_of_two_lines_and_soft_line_ends() -> None:
    raw = (
        "\nbsf037 4 su 174 gef 1388\n\nGrue GE\n\nGrue GE: \nUne grue bascule dans le port = \n\n"
        "Genève (ats) Une grue a basculé \ndans le port de Genève lundi matin, a indiqué une \n"
        "porte-parole de la police. \n\n(SDA\\/mf ba) \n\n211005 jan 19"
    )

    story = _read(raw).story

    assert story.story_id == "urn:depesche:ats:2019-01-21:bsf037"
    assert story.headline == "Grue GE: Une grue bascule dans le port"
    assert story.keywords == ("Grue GE",)
    assert story.body_text.startswith(
        "Genève (ats) Une grue a basculé dans le port de Genève lundi"
    )
    assert story.family_id is None
    assert story.ed_note == "(SDA\\/mf ba)"


def test_a_table_keeps_its_rows() -> None:
    text = (
        "Tabelle =\n\n6. Spieltag:\n\n| Samstag: |\n| FC Aue          | - | Enz   | 2:1 (1:0) |\n"
        "| Hafenstadt      | - | Kaierde  | 2:2 (1:1) |\n\n"
    )

    story = _read(_message("spe0001 3 sp 331  dpa-spe 0000", text)).story

    assert story.body_text == (
        "6. Spieltag:\n\nSamstag:\nFC Aue | - | Enz | 2:1 (1:0)\nHafenstadt | - | Kaierde | 2:2 (1:1)"
    )


def test_austrian_copy_is_read_with_its_subheading_as_a_note() -> None:
    raw = (
        "APA0123 5 AI 0178 CA        Mo, 03.Jun 2024\n\nUnfälle/Häfen/Wien\n\nKran kippte um =\n\n"
        "Utl.: Zwei Verletzte =\n\n   Wien (APA) - Ein Kran ist am Montag im Hafen Wien umgekippt, "
        "\nsagte die Polizei.\n\n(Schluss) abc/def\n\nAPA0123 2024-06-03/12:34\n\n031234 Jun 24\n"
    )

    story = _read(raw).story

    assert story.story_id == "urn:depesche:apa:2024-06-03:apa0123"
    assert story.headline == "Kran kippte um"
    assert story.keywords == ("Unfälle", "Häfen", "Wien")
    assert "Zwei Verletzte" in (story.ed_note or "")
    assert story.body_text.startswith("Wien (APA) - ")
    assert "Schluss" not in story.body_text


@pytest.mark.parametrize(
    "head",
    [
        "(Achtung - Planungshinweis)\nFolgende Texte folgen",
        "(Achtung)\nImpressum",
        "dpa-Tagesvorschau für Montag",
        "Folgende Lesestücke sind aktuell",
    ],
)
def test_advisories_diaries_and_imprints_are_not_for_partners(head: str) -> None:
    assert not _read(_message("bdt0657 4 pl 9  dpa 0000", f"{head} =\n\nText.")).story.publishable


def test_the_desks_of_dpas_own_notices_are_not_for_partners() -> None:
    assert not _read(_message("bdt0657 4 rs 9  dpa 0000", f"Kran =\n\n{BODY}")).story.publishable


def test_seven_bit_german_gets_its_umlauts_back_only_where_that_is_sure() -> None:
    german = "Kr{ne =\n\nHafenstadt (dpa) - F}r die Stra~e und die M|we am gro~en Fl}gel."
    english = "Cranes =\n\nBerlin (dpa) - Use {braces} and [brackets] for code."

    mended = _read(_message("bdt0657 3 pl 9  dpa 0000", german, keywords="Hafen/")).story
    kept = _read(_message("bdt0657 3 pl 9  dpa 0000", english, keywords="Hafen/")).story

    assert mended.headline == "Kräne"
    assert mended.body_text.endswith("Für die Straße und die Möwe am großen Flügel.")
    assert "7-bit German (ISO 646-DE): umlauts restored" in mended.repairs
    assert "{braces} and [brackets]" in kept.body_text


def test_umlauts_of_dos_are_read_where_they_stand_within_words() -> None:
    raw = _message(
        "bdt0657 3 pl 9  dpa 0000", "Kräne =\n\nBonn (dpa) - Für die Möwe und die Brücke."
    )

    [found] = read(raw.encode("cp437"), content_type=None, received_at=NOW)

    assert found.story.headline == "Kräne"
    assert found.story.body_text == "Bonn (dpa) - Für die Möwe und die Brücke."
    assert "not UTF-8: read as cp850, for its umlauts" in found.story.repairs


def test_a_megabyte_of_garbage_is_answered_within_a_second() -> None:
    started = datetime.now(UTC)
    for piece in (
        "(",
        "=\n",
        "   x\n",
        "bdt0657 3 pl 9\n",
        f"{SOH}bdt0657 3 pl 9\n",
        "a/",
        "1 Jun ",
    ):
        body = _message("bdt0657 3 pl 9  dpa 0000", piece * (200_000 // len(piece)))
        with suppress(Unreadable):
            read(body.encode(), content_type=None, received_at=NOW)

    assert datetime.now(UTC) - started < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("above", "headline", "byline"),
    [
        ("Kran kippt\nVon dpa", "Kran kippt", "Von dpa"),
        ("Kran kippt\nInterview: Eva Muster, dpa", "Kran kippt", "Interview: Eva Muster, dpa"),
        (
            "Kran kippt\nVon Eva Muster und Udo Beispiel-Mustermann, dpa, und vielen\nanderen Autoren",
            "Kran kippt",
            "Von Eva Muster und Udo Beispiel-Mustermann, dpa, und vielen anderen Autoren",
        ),
        ("Kran\u00a0kippt\nBy dpa correspondents", "Kran kippt", "By dpa correspondents"),
    ],
)
def test_a_byline_stands_below_the_headline(above: str, headline: str, byline: str) -> None:
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{above}\n(Foto) =\n\n{BODY}")).story

    assert (story.headline, story.byline) == (headline, byline)


@pytest.mark.parametrize(
    ("above", "priority", "headline", "signal"),
    [
        ("Update\nRoundup\nCrane tips", 3, "Crane tips", "sig:update"),
        ("FullStory\n Crane tips", 3, "Crane tips", None),
        (f"URGENT: {BEL * 5} Crane tips", 2, "Crane tips", None),
        ("FLASH Cae una grúa", 1, "Cae una grúa", None),
        ("URGENT: Crane tips", 3, "URGENT: Crane tips", None),
        ("VERSIÓN CORREGIDA\nCae una grúa", 3, "Cae una grúa", "sig:correction"),
        ("(KORR-Bericht)\nKran kippt", 3, "Kran kippt", None),
    ],
)
def test_words_of_the_trade_above_it_are_no_part_of_the_headline(
    above: str, priority: int, headline: str, signal: str | None
) -> None:
    story = _read(_message(f"eca0657 {priority} pl 9  dpa 0000", f"{above} =\n\n{BODY}")).story

    assert (story.headline, story.signal) == (headline, signal)


def test_of_an_embargo_in_a_note_and_one_in_the_block_for_editors_the_later_counts() -> None:
    note = (
        "(Zusammenfassung Sperrfrist 4. Juni 6.00 Uhr - Bitte beachten Sie\ndie Sperrfrist"
        " der Meldung bis zum Morgen.)"
    )
    block = "# Notizblock\n\n## Redaktionelle Hinweise\n- Sperrfrist 5. Juni 19.00 Uhr - Bitte beachten.\n"

    text = f"{note}\nKran kippt =\n\n{BODY}"
    alone = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story
    both = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{text}\n{block}")).story

    assert alone.embargoed == datetime(2024, 6, 4, 6, tzinfo=SUMMER)
    assert both.embargoed == datetime(2024, 6, 5, 19, tzinfo=SUMMER)
    assert "embargo in a note: read" in alone.repairs
    assert (alone.headline, alone.body_text) == ("Kran kippt", JOINED)


@pytest.mark.parametrize(
    "opening", ["Hafenstadt (dpa) -\n\n", "Hafenstadt (dpa) - Hafenstadt (dpa) - "]
)
def test_a_dateline_that_stands_alone_or_twice_is_joined_to_its_text(opening: str) -> None:
    first, rest = JOINED.removeprefix("Hafenstadt (dpa) - ").split("\n\n")

    paragraphs = [*f"{opening}{first}".split("\n\n"), rest]
    body = "\n\n".join(textwrap.fill(text, 69) for text in paragraphs)
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"Kran kippt =\n\n{body}\n")).story

    assert story.body_text == JOINED
    assert story.dateline == Dateline(place="Hafenstadt", credit="dpa")


def test_what_dpa_calls_attention_to_behind_the_bracket_is_taken_back() -> None:
    head = "(Achtung) Bitte verwenden Sie die Meldung nicht.\nKran kippt"

    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"{head} =\n\n{BODY}")).story

    assert (story.status, story.headline) == (Status.CANCELED, "Kran kippt")
    assert (story.body_text, story.publishable) == ("", False)


@pytest.mark.parametrize("note", ["Achtung", "Vorschau", "Achtung - Planungshinweis"])
def test_a_genre_for_editors_is_not_published(note: str) -> None:
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", f"({note})\nKran kippt =\n\n{BODY}")).story

    assert (story.status, story.publishable) == (Status.USABLE, False)


def test_a_number_alone_behind_the_agency_is_its_own_unless_it_is_an_earlier_one() -> None:
    order = "KILL KILL KILL =\n\nDer Mann wurde zu 5000 Euro Strafe verurteilt."

    own = _read(_message("bdt0700 1 pl 20  dpa 1888", order)).story
    other = _read(_message("bdt0700 1 pl 20  dpa 0657", order)).story

    assert (own.story_id, own.publishable) == ("urn:depesche:dpa:2024-06-03:bdt0700", False)
    assert (other.story_id, other.publishable) == ("urn:depesche:dpa:2024-06-03:bdt0657", True)
    assert other.repairs == ("no item named: bdt0657, the header's last number, is taken for it",)


def test_what_only_draws_tables_and_quotations_is_left_out() -> None:
    table = "| Stadt  | Grad |\n|--------|------|\n| Musterstadt | 21 |\n\n>\n"

    text = f"Kran kippt =\n\n{BODY}\n{table}"
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story

    assert story.body_text == f"{JOINED}\n\nStadt | Grad\nMusterstadt | 21"


def test_an_address_that_fits_no_line_is_whole_again() -> None:
    address = f"https://hafen.example/{'sehr/lange/adresse/' * 4}liste.html"
    told = f"Die Liste der Kräne in allen Häfen des Landes steht jetzt auf {address} im Netz."
    body = textwrap.fill(told, 69, break_on_hyphens=False)

    text = f"Kran kippt =\n\n{BODY}\n{body}"
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story

    assert story.body_text == f"{JOINED}\n\n{told}"


def test_a_note_in_brackets_of_a_diary_stays_a_line() -> None:
    entry = (
        "Treffen der Bürgermeisterin mit Gästen aus den Städten am anderen Ufer\n"
        "(Rathaus, Saal 4 - 12345, Hafenstraße 1)\n"
    )

    text = f"Kran kippt =\n\n{BODY}\n{entry}"
    story = _read(_message("bdt0657 3 pl 9  dpa 0000", text)).story

    assert story.body_text == f"{JOINED}\n\n{entry.strip()}"


def test_the_id_of_the_agencys_own_system_is_the_storys_and_bears_its_version() -> None:
    text = f"Kran kippt im Hafen=\n{BODY.replace('dpa', 'KNA')}\nKNA/emu/uti"
    header = "bkn014 4 pl 171 vvvvb KNA 240603-89-00065"

    first = _read(_message(header, text)).story
    second = _read(_message(f"{header.replace('014', '031')}#2", text)).story

    assert first.story_id == second.story_id == "urn:depesche:kna:2024-06-03:240603-89-00065"
    assert (first.agency_version, second.agency_version) == (None, 2)
    assert (second.headline, second.credit, second.body_text) == (
        "Kran kippt im Hafen",
        "KNA",
        JOINED.replace("dpa", "KNA"),
    )


def _message(
    header: str, text: str, *, keywords: str = "Unfälle/", sent: str = "031405 Jun 24"
) -> str:
    return f"{SOH}{header}\n\n{keywords}\n{STX}{text}\n{ETX}{sent}\n{DEL}\n{DEL}{EOT}"


def _read(raw: str) -> ReadStory:
    [found] = read(raw.encode(), content_type=None, received_at=NOW)
    return found
