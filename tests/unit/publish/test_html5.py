import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import html

from services.publish.formats import Profile, render
from shared.events import Lane, Revision, Tag, Tagging
from shared.story import Dateline, Picture, Status, Story

RECEIVED = datetime(2024, 12, 1, 8, 0, tzinfo=UTC)
STORY = Story(
    story_id="urn:hafen:1",
    first_created=datetime(2024, 3, 30, 23, 30, tzinfo=UTC),
    version_created=datetime(2024, 3, 31, 1, 5, tzinfo=UTC),
    language="de-AT",
    headline="Der Kran ist da",
    kicker="Hafen",
    dateline=Dateline(place="Emden", credit="HFD"),
    credit="HFD",
    byline="Von Jo Beispiel",
    pictures=(
        Picture(caption="Der Kran am Kai.", credit="Möwe", href="https://bilder.example/1.jpg"),
    ),
    body_text="Seit Sonntag\nsteht er.\n\nEr ist rot.",
    keywords=("Kran", "Schifffahrt"),
    copyright_notice="© 2024 HFD",
    usage_terms="Nur online.",
    ed_note="Kontakt: Jo Beispiel",
)
TAGS = Tagging(
    section=Tag(name="Wirtschaft", score=1.0, source="rules"),
    topics=(Tag(name="Schifffahrt", score=0.9, source="rules"),),
    confidence=1.0,
    taxonomy="1",
)
PROFILE = Profile("html", ("Leben", "Am Wasser"), "Europe/Berlin")
EARLY = replace(PROFILE, early=True)
EVIL = '</script><!--<b title="\'&amp;">'
PAGE = """\
<!DOCTYPE html>
<html lang="de-AT">
<head>
<meta charset="utf-8">
<title>Der Kran ist da</title>
<meta name="description" content="Seit Sonntag steht er.">
<script type="application/ld+json">{}</script>
</head>
<body>
<article>
<nav aria-label="Breadcrumb"><ol><li>Leben</li><li>Am Wasser</li><li>Der Kran ist da</li></ol></nav>
<p class="kicker">Schifffahrt</p>
<h1>Der Kran ist da</h1>
<figure><img src="https://bilder.example/1.jpg" alt="Der Kran am Kai."><figcaption>Der Kran am Kai. | © Möwe</figcaption></figure>
<p class="times"><time datetime="2024-03-31T00:30:00+01:00">31.03.2024</time> | <time datetime="2024-03-31T03:05:00+02:00">31.03.2024, 03:05</time></p>
<p>Emden (HFD). Seit Sonntag<br>
steht er.</p>
<p>Er ist rot.</p>
</article>
</body>
</html>
"""


def written(
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


def page_of(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode())


def data_of(text: str) -> dict[str, Any]:
    [script] = page_of(text).findall(".//script")
    data: dict[str, Any] = json.loads(script.text or "")
    return data


def texts(text: str, path: str) -> list[str]:
    return [element.text_content() for element in page_of(text).findall(f".//{path}")]


def test_a_page_has_all_that_an_article_has() -> None:
    text = written()

    [script] = page_of(text).findall(".//script")
    assert text.replace(script.text or "", "{}") == PAGE


def test_machines_are_told_what_the_page_says() -> None:
    hfd = {"@type": "Organization", "name": "HFD"}

    assert data_of(written()) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": "urn:hafen:1",
        "version": "2",
        "headline": "Der Kran ist da",
        "description": "Seit Sonntag steht er.",
        "datePublished": "2024-03-31T00:30:00+01:00",
        "dateModified": "2024-03-31T03:05:00+02:00",
        "inLanguage": "de-AT",
        "articleSection": "Wirtschaft",
        "keywords": ["Schifffahrt", "Kran"],
        "dateline": "Emden (HFD)",
        "author": {"@type": "Person", "name": "Jo Beispiel"},
        "publisher": hfd,
        "sourceOrganization": hfd,
        "image": {
            "@type": "ImageObject",
            "url": "https://bilder.example/1.jpg",
            "caption": "Der Kran am Kai.",
            "creditText": "Möwe",
        },
        "copyrightNotice": "© 2024 HFD",
        "usageInfo": {"@type": "CreativeWork", "text": "Nur online."},
    }


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"byline": None}, {"author": {"@type": "Organization", "name": "HFD"}}),
        ({"byline": "By Jo Beispiel"}, {"author": {"@type": "Person", "name": "Jo Beispiel"}}),
        ({"byline": "Vona Beispiel"}, {"author": {"@type": "Person", "name": "Vona Beispiel"}}),
        ({"credit": None}, {"publisher": {"@type": "Organization", "name": "HFD"}}),
        (
            {"family_id": "urn:hafen:0"},
            {"isBasedOn": {"@type": "NewsArticle", "identifier": "urn:hafen:0"}},
        ),
        ({"expires": RECEIVED}, {"expires": "2024-12-01T08:00:00Z"}),
    ],
)
def test_machines_are_told_more_where_more_is_known(
    fields: dict[str, object], told: dict[str, Any]
) -> None:
    assert data_of(written(changed(**fields))).items() >= told.items()


def test_machines_are_told_nothing_of_what_is_unknown() -> None:
    story = Story(story_id="urn:hafen:1", headline="Der Kran ist da")

    assert sorted(data_of(written(story))) == [
        *("@context", "@type", "articleSection", "dateModified", "datePublished"),
        *("headline", "identifier", "keywords", "version"),
    ]


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        (Status.CANCELED, "zurückgezogen und darf nicht verwendet werden."),
        (Status.WITHHELD, "zurückgehalten und darf bis auf Weiteres nicht verwendet werden."),
    ],
)
def test_a_recalled_story_keeps_its_headline_and_says_that_it_was_recalled(
    status: Status, notice: str
) -> None:
    text = written(changed(correction_note="Es waren zwei."), status=status)

    data = data_of(text)
    assert texts(text, "h1") == ["Der Kran ist da"]
    assert texts(text, "article/p")[2:] == texts(text, "p[@class='recall']")
    assert texts(text, "p[@class='recall']")[0].endswith(notice)
    assert "Sonntag" not in text
    assert "zwei" not in text
    assert "bilder.example" not in text
    assert (data["creativeWorkStatus"], data["version"]) == (status.value, "2")
    assert data["description"].endswith(notice)


@pytest.mark.parametrize(
    ("fields", "line", "told"),
    [
        ({"correction_note": "Es waren\nzwei."}, "Berichtigung: Es waren zwei.", "Es waren zwei."),
        ({"correction_note": "Berichtigung: Zwei."}, "Berichtigung: Zwei.", "Zwei."),
        ({"signal": "sig:correction"}, "Berichtigung:", None),
    ],
)
def test_a_correction_says_so_above_the_body(
    fields: dict[str, object], line: str, told: str | None
) -> None:
    text = written(changed(**fields))

    assert texts(text, "article/p")[2:4] == [line, "Emden (HFD). Seit Sonntag\nsteht er."]
    comment = {"@type": "CorrectionComment", "text": told} if told else None
    assert data_of(text).get("correction") == comment


def test_early_copy_says_until_when_it_is_embargoed() -> None:
    text = written(changed(embargoed=RECEIVED + timedelta(hours=10)), profile=EARLY)

    [until] = page_of(text).findall(".//p[@class='embargo']/time")
    assert texts(text, "article/p")[2] == "Sperrfrist: 01.12.2024, 19:00 Uhr"
    assert until.get("datetime") == "2024-12-01T19:00:00+01:00"
    assert data_of(text)["conditionsOfAccess"] == "Sperrfrist: 01.12.2024, 19:00 Uhr"


def test_copy_on_time_does_not_tell_of_its_embargo() -> None:
    assert "Sperrfrist" not in written(changed(embargoed=RECEIVED + timedelta(hours=10)))


def test_all_text_is_escaped() -> None:
    story = Story(
        story_id=f"urn:{EVIL}",
        language=EVIL,
        headline=EVIL,
        kicker=EVIL,
        dateline=Dateline(place=EVIL, credit=EVIL),
        byline=EVIL,
        pictures=(Picture(caption=EVIL, credit=EVIL, href=f"https://a.example/{EVIL}"),),
        body_text=EVIL,
        keywords=(EVIL,),
        correction_note=EVIL,
        copyright_notice=EVIL,
        usage_terms=EVIL,
        family_id=EVIL,
    )
    tags = TAGS.model_copy(
        update={"topics": (), "section": Tag(name=EVIL, score=1, source="rules")}
    )

    text = written(story, tags=tags, profile=Profile("html", (EVIL,), "Europe/Berlin"))

    [image] = page_of(text).findall(".//img")
    assert not page_of(text).findall(".//b")
    assert texts(text, "h1") == texts(text, "title") == [EVIL]
    assert texts(text, "nav//li") == [EVIL, EVIL]
    assert texts(text, "figcaption") == [f"{EVIL} | © {EVIL}"]
    assert texts(text, "article/p")[2:] == [f"Berichtigung: {EVIL}", f"{EVIL} ({EVIL}). {EVIL}"]
    assert (page_of(text).get("lang"), image.get("alt")) == (EVIL, EVIL)
    assert data_of(text)["headline"] == data_of(text)["copyrightNotice"] == EVIL


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:image/png;base64,AA", "/kran.jpg"])
def test_a_picture_leads_nowhere_but_to_the_web(href: str) -> None:
    text = written(changed(pictures=(Picture(caption="Am Kai.", href=href),)))

    assert not page_of(text).findall(".//img")
    assert texts(text, "figure") == ["Am Kai."]
    assert data_of(text)["image"] == {"@type": "ImageObject", "caption": "Am Kai."}


def test_a_picture_without_a_caption_is_shown() -> None:
    text = written(changed(pictures=(Picture(href="https://bilder.example/1.jpg"),)))

    assert [image.get("alt") for image in page_of(text).findall(".//img")] == [""]
    assert not page_of(text).findall(".//figcaption")


@pytest.mark.parametrize("pictures", [(), (Picture(href="/kran.jpg"),)])
def test_without_a_picture_that_can_be_shown_there_is_no_figure(
    pictures: tuple[Picture, ...],
) -> None:
    text = written(changed(pictures=pictures))

    assert "<figure>" not in text
    assert "image" not in data_of(text)


def test_a_page_of_no_language_is_german_and_machines_are_told_none() -> None:
    text = written(changed(language=None))

    assert page_of(text).get("lang") == "de"
    assert "inLanguage" not in data_of(text)


def test_a_recall_without_a_headline_is_titled_by_its_id() -> None:
    text = written(changed(headline=""), status=Status.CANCELED)

    assert texts(text, "title") == ["urn:hafen:1"]
    assert not page_of(text).findall(".//h1")
    assert texts(text, "nav//li") == ["Leben", "Am Wasser"]


def test_control_characters_that_html_cannot_hold_are_replaced() -> None:
    text = written(changed(headline="Der\x00 Kran", body_text="Ro\x08t\x9b."))

    assert texts(text, "h1") == ["Der\ufffd Kran"]
    assert texts(text, "article/p")[-1] == "Emden (HFD). Ro\ufffdt\ufffd."


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ("Emden (HFD). Er steht (noch).", "Er steht (noch)."),
        ("EMDEN (HFD/lok) - Er steht.", "Er steht."),
        ("Er steht in Emden (HFD).", "Er steht in Emden (HFD)."),
        ("Er steht.\n\nEr ist rot.", "Er steht."),
        ("Wort " * 40, " ".join(["Wort"] * 32) + " …"),
        ("W" * 200, "W" * 160 + " …"),
    ],
)
def test_the_description_is_the_first_paragraph_without_its_dateline(
    body: str, description: str
) -> None:
    text = written(changed(body_text=body))

    [meta] = page_of(text).findall(".//meta[@name='description']")
    assert meta.get("content") == data_of(text)["description"] == description
