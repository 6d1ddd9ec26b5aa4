"""The text of marked-up bodies: paragraphs, lists, tables; nothing that is not copy."""

import pytest
from lxml import etree

from services.ingest.formats.markup import body_paragraphs, text_paragraphs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Ein Kran.</p><p> Zwei\n   Kräne. </p><p/>", ["Ein Kran.", "Zwei Kräne."]),
        ("<p>a <em>b</em> <person>c</person>.</p>", ["a b c."]),
        ("<block><p>a</p><hl2>Titel</hl2><p>b</p></block>", ["a", "Titel", "b"]),
        ("<p>a<p>b</p>c</p>", ["a", "b", "c"]),
        ("<p><h3>Titel</h3></p><p>a</p>", ["Titel", "a"]),
        ("<p>a<br/>b</p>", ["a\nb"]),
        ("text <p>a</p> tail", ["text", "a", "tail"]),
        ("<ul><li>a</li><li> <p>b</p> c</li></ul>", ["- a\n- b c"]),
        ("<ol><li>a</li><li>b</li></ol>", ["1. a\n2. b"]),
        ("<ul><li>- a</li></ul>", ["- a"]),
        (
            "<table><tr><th>Verein</th><th/><th>Punkte</th></tr><tr><td>Nord</td><td>3</td></tr></table>",
            ["Verein | Punkte\nNord | 3"],
        ),
        ("<p>a</p><media><media-caption>x</media-caption></media><p>b</p>", ["a", "b"]),
        ("<p>a</p><figure><img/><figcaption>x</figcaption></figure>", ["a"]),
        ("<header><h1>x</h1></header><section class='main'><p>a</p></section>", ["a"]),
        ("<p>a</p><section class='np-nonpublic'><p>Telefon</p></section>", ["a"]),
        ("<p>a</p><block style='EXTERNAL-LINKS'><p>x</p></block>", ["a"]),
        ("<p>a</p><note><p>x</p></note>", ["a"]),
        ("<p>a <frac><frac-num>1</frac-num><frac-den>2</frac-den></frac></p>", ["a 1/2"]),
        ("<P>a</P><HL2>b</HL2>", ["a", "b"]),
        ("<BRODTEXT><CITAT>a</CITAT><P>b</P><MELLIS>c</MELLIS></BRODTEXT>", ["a", "b", "c"]),
        ("<p>Preis: 3 &lt; 5</p>", ["Preis: 3 < 5"]),
        ("<![CDATA[<p>a</p><p>b</p>]]>", ["a", "b"]),
        ("<div><section><![CDATA[<p>a</p><p>b</p>]]></section></div>", ["a", "b"]),
        ("<p>&lt;b&gt; macht fett</p>", ["<b> macht fett"]),
        ("<p>a</p><p>___</p><p>b</p>", ["a", "___", "b"]),
    ],
)
def test_a_body_becomes_its_paragraphs(body: str, expected: list[str]) -> None:
    notes: list[str] = []

    found = body_paragraphs(etree.fromstring(f"<body>{body}</body>"), notes)

    assert list(found) == expected
    assert notes == []


def test_the_namespace_makes_no_difference() -> None:
    body = etree.fromstring(
        '<h:body xmlns:h="http://www.w3.org/1999/xhtml"><h:p>a</h:p><h:p>b</h:p></h:body>'
    )

    assert body_paragraphs(body, []) == ("a", "b")


def test_copy_that_was_typed_into_one_paragraph_is_parted_where_it_is_indented() -> None:
    body = etree.fromstring(
        "<body><p>(Neu: Zitat)\n    * Kran kippt\n\n    Von Udo Muster\n"
        "    3. Juni (Reuters) - Ein Kran ist am\nMontag in Hafenstadt gekippt, sagte die\nPolizei.\n"
        "    Verletzt wurde niemand.\n\n (Bericht von Udo\nMuster)</p></body>"
    )

    assert body_paragraphs(body, []) == (
        "(Neu: Zitat)",
        "* Kran kippt",
        "Von Udo Muster",
        "3. Juni (Reuters) - Ein Kran ist am Montag in Hafenstadt gekippt, sagte die Polizei.",
        "Verletzt wurde niemand.",
        "(Bericht von Udo Muster)",
    )


@pytest.mark.parametrize("text", ["a\n   b\n   c\n  ", "a\nb\nc", "a\nb\n"])
def test_a_paragraph_that_a_machine_laid_out_stays_one(text: str) -> None:
    body = etree.fromstring(f"<body><p>{text}</p></body>")

    assert body_paragraphs(body, []) == (" ".join(text.split()),)


def test_a_table_in_a_cell_is_read_once_as_the_text_of_its_cell() -> None:
    inner = "<table><tbody><tr><td>b</td><td>c</td></tr></tbody></table>"
    body = etree.fromstring(f"<body><table><tr><td>a</td><td>{inner}</td></tr></table></body>")

    assert body_paragraphs(body, []) == ("a | b | c",)


def test_running_text_in_a_body_is_parted_at_its_blank_lines() -> None:
    body = etree.fromstring("<body>Erste\n     Zeile\n\n\n     Zweiter Absatz\n  </body>")

    assert body_paragraphs(body, []) == ("Erste Zeile", "Zweiter Absatz")


def test_two_breaks_part_paragraphs() -> None:
    body = etree.fromstring("<body><p>a<br/>\n<br/>\nb<br/>c</p></body>")

    assert body_paragraphs(body, []) == ("a", "b\nc")


def test_a_first_line_that_was_indented_is_joined_with_the_wrapped_rest() -> None:
    body = etree.fromstring(
        "<body><p>   1A) Der Kran am alten Hafenbecken ist in der Nacht zum <br/>"
        "Montag aus bisher ungeklärter Ursache umgestürzt und hat zwei <br/>"
        "parkende Autos unter sich begraben, wie die Polizei am Morgen <br/>"
        "dazu auch mitteilte, bevor sie abgezogen ist und den Kran dort <br/>"
        "liegen ließ.</p></body>"
    )

    assert "\n" not in body_paragraphs(body, [])[0]


def test_lines_that_were_broken_by_width_are_joined() -> None:
    body = etree.fromstring(
        "<body><p>Der Kran am alten Hafenbecken ist in der Nacht zum Montag aus <br/>"
        "bisher ungeklärter Ursache umgestürzt und hat zwei parkende <br/>"
        "Autos unter sich begraben, wie die Polizei am Morgen dazu auch <br/>"
        "mitteilte.</p><p>Verletzt wurde niemand.</p></body>"
    )

    first, second = body_paragraphs(body, [])

    assert "\n" not in first
    assert second == "Verletzt wurde niemand."


@pytest.mark.parametrize("mark", ["ends", "END", "###", "(end)", "----------"])
def test_the_mark_of_the_end_is_left_out_and_noted(mark: str) -> None:
    notes: list[str] = []

    found = body_paragraphs(etree.fromstring(f"<body><p>a</p><p>{mark}</p></body>"), notes)

    assert found == ("a",)
    assert notes == ["mark of the end left out"]


def test_text_that_was_escaped_twice_is_read_and_noted() -> None:
    notes: list[str] = []
    body = etree.fromstring(
        "<body><p>4 o&amp;#39;clock, &amp;quot;ja&amp;quot;</p><p>R&amp;D &amp;#228;</p></body>"
    )

    found = body_paragraphs(body, notes)

    assert found == ('4 o\'clock, "ja"', "R&D ä")
    assert notes == ["text escaped twice read as text"]


def test_a_dateline_that_sticks_to_its_text_is_parted_from_it() -> None:
    body = etree.fromstring(
        '<body><p><span class="dateline">HAFENSTADT <span class="credit">(AP)</span></span>Ein Kran.</p></body>'
    )

    assert body_paragraphs(body, []) == ("HAFENSTADT (AP) - Ein Kran.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a</p><p>b<br>c</p>", ("a", "b\nc")),
        ("<p>a &nbsp; b</p>\n<p>c</p>", ("a b", "c")),
        (
            "\n<p>\n   (ANSA) - Rom, 3. Juni - Ein Kran\nist gekippt.\n   Ein Zweiter\nauch.\n </p>",
            ("(ANSA) - Rom, 3. Juni - Ein Kran ist gekippt.", "Ein Zweiter auch."),
        ),
        ("a\n\nb", ("a", "b")),
        ("3 < 5 und 5 > 3", ("3 < 5 und 5 > 3",)),
    ],
)
def test_text_with_escaped_markup_becomes_its_paragraphs(
    text: str, expected: tuple[str, ...]
) -> None:
    assert text_paragraphs(text, []) == expected


def test_a_list_preformatted_is_read_line_by_line() -> None:
    body = etree.fromstring("<body><pre>Kran kippt\n\nEin Kran ist gekippt.</pre></body>")

    assert body_paragraphs(body, []) == ("Kran kippt", "Ein Kran ist gekippt.")
