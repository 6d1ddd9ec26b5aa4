"""Laws of the article page in HTML: whatever a story says, it is the page's text and no markup."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from services.publish.formats import Profile, render
from shared.events import Tag, Tagging
from shared.story import Picture, Status, Story
from tests.properties.test_formats_out import STORIES, TAGGINGS, revision_of

PAGE = Profile("html", ("Leben", "Medien"), "Europe/Berlin")
MARKUP = st.sampled_from(["</script>", "<!--", "<b>", "&amp;", '"', "'", "]]>", "</p>", "\x00"])
WILD = st.lists(st.text(max_size=4) | MARKUP, min_size=1, max_size=6).map("".join)
TAGS = Tagging(section=Tag(name="Hafen", score=1, source="rules"), confidence=1, taxonomy="1")
OURS = {
    *("html", "head", "meta", "title", "script", "body", "article", "nav", "ol", "li"),
    *("p", "time", "h1", "figure", "img", "figcaption", "br"),
}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def parsed(story: Story, tags: Tagging = TAGS) -> html.HtmlElement:
    body = render(story, revision_of(story), tags, PAGE).body
    return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))


@settings(deadline=None)
@given(story=STORIES, tags=TAGGINGS)
def test_every_story_is_a_page_that_says_the_same_to_machines(story: Story, tags: Tagging) -> None:
    page = parsed(story, tags)

    [script] = page.findall(".//script[@type='application/ld+json']")
    data = json.loads(script.text or "")
    shown = story.status is Status.USABLE
    headline = " ".join(story.headline.split())
    assert page.findtext(".//h1") == page.findtext(".//title") == data["headline"] == headline
    assert data["identifier"] == story.story_id
    assert data.get("creativeWorkStatus", "usable") == story.status.value
    assert page.get("lang") == data.get("inLanguage", "de") == (story.language or "de")
    assert [time.get("datetime") for time in page.findall(".//p[@class='times']/time")] == [
        data["datePublished"],
        data["dateModified"],
    ]
    assert bool(page.findall(".//p[@class='correction']")) == (
        shown and bool(story.correction_note or story.signal == "sig:correction")
    )
    if shown and story.body_text:
        [*_, last] = page.findall(".//p")
        assert last.text_content().endswith(story.body_text.split("\n\n")[-1])


@settings(deadline=None)
@given(text=WILD, body=WILD, name=WILD)
def test_no_odd_text_breaks_out_of_its_element(text: str, body: str, name: str) -> None:
    picture = Picture(caption=text, credit=name, href=f"https://bilder.example/{text}")
    story = Story(
        story_id=f"urn:{text}",
        headline=f"Der {text}",
        body_text=f"Emden {body}",
        byline=name,
        language=name,
        pictures=(picture,),
        correction_note=f"Rot {text}",
    )

    page = parsed(story)

    [script] = page.findall(".//script")
    assert {str(element.tag) for element in page.iter()} <= OURS
    assert json.loads(script.text or "")["identifier"] == f"urn:{text}"
    assert page.findtext(".//h1") == CONTROLS.sub("\ufffd", " ".join(f"Der {text}".split()))
