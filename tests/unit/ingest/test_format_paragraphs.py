import time

import pytest

from services.ingest.formats.paragraphs import first_sentence, paragraphs
from services.ingest.formats.xhtml import plain_line, plain_paragraphs


def test_blank_lines_part_paragraphs_and_line_ends_do_not_matter() -> None:
    text = "\n Erster.  \r\n\r\n\r\nZweiter,\rweiter.\n \nDritter."

    assert paragraphs(text) == ("Erster.", "Zweiter,\nweiter.", "Dritter.")


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert paragraphs("Erster.\nZweiter.\nDritter.") == ("Erster.", "Zweiter.", "Dritter.")


def test_hard_wrapped_copy_is_joined() -> None:
    text = (
        "Der Hafen von Hafenstadt bekommt im nächsten Jahr drei neue\n"
        "Kräne. Das beschloss der Rat am Dienstagabend nach langer\n"
        "Sitzung.\n\n"
        "Mehr als zweihundert Bürgerinnen und Bürger waren zu Gast und\n"
        "stimmten mit."
    )

    first = (
        "Der Hafen von Hafenstadt bekommt im nächsten Jahr drei neue Kräne. "
        "Das beschloss der Rat am Dienstagabend nach langer Sitzung."
    )
    assert paragraphs(text) == (
        first,
        "Mehr als zweihundert Bürgerinnen und Bürger waren zu Gast und stimmten mit.",
    )


def test_lines_that_break_by_choice_stay_apart() -> None:
    table = "Tabelle der Rasenschachliga nach dem zwölften Spieltag:\n1. Hafenstadt\n2. Aue\n3. Enz"

    assert paragraphs(f"Vorspann.\n\n{table}") == ("Vorspann.", table)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Am 9. August kommt Dr. Kran. Dann geht er.", "Am 9. August kommt Dr. Kran."),
        ("„Das ist gut.“ So sprach sie.", "„Das ist gut.“"),
        ("Wer kommt? Niemand.", "Wer kommt?"),
        ("Ohne Ende", "Ohne Ende"),
        ("Wort " * 80, f"{'Wort ' * 39}…"),
        ("x" * 300, "x" * 200),
    ],
)
def test_the_first_sentence_ends_where_a_reader_would_end_it(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_markup_becomes_plain_paragraphs() -> None:
    markup = (
        "<html><head><title>nein</title></head><body><h2>Kran</h2><p>Erster\n  <b>fetter</b> &amp; "
        "zweiter<br/>Zeile</p><!-- <p>nein</p> --><script>nein()</script>"
        "<figure><figcaption>nein</figcaption></figure><ul><li>a</li><li>3 &lt; 4</li></ul></body>"
    )

    assert plain_paragraphs(markup) == ("Kran", "Erster fetter & zweiter\nZeile", "a", "3 < 4")


def test_text_without_tags_is_one_paragraph() -> None:
    assert plain_paragraphs("Nur 3 < 4 Wörter") == ("Nur 3 < 4 Wörter",)
    assert plain_line("Kran &amp; <i>Möwe</i>") == "Kran & Möwe"


def test_a_character_number_too_large_to_count_is_left_as_written() -> None:
    markup = f"<p>&#{'9' * 5000};</p>"

    assert plain_paragraphs(markup) == (f"&#{'9' * 5000};",)


@pytest.mark.parametrize(
    "part", ["<", "<a ", "<!--", "<![", "&#", "&#9", "</", "<p", "<script>", "'\"<"]
)
def test_hostile_markup_takes_no_longer_than_its_length(part: str) -> None:
    markup = part * (300_000 // len(part))

    started = time.process_time()
    plain_paragraphs(markup)

    assert time.process_time() - started < 2
