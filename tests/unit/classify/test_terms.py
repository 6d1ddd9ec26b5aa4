import pytest

from services.classify.tagging import compile_taxonomy, tag
from services.classify.taxonomy import parse_taxonomy
from services.classify.terms import lower, parse_term
from shared.story import Story

TAXONOMY = """
fallback: Rest
threshold: 0
review_below: 0.5
sections: [{{name: Rest}}]
topics: [{{name: Found, section: Rest, strong: ["{term}"]}}]
"""


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Doku", "Eine Doku läuft.", "Doku"),
        ("Doku", "Zwei DOKUS laufen.", "DOKUS"),
        ("Doku", "Die Amazon-Doku läuft", "Doku"),
        ("Doku", "„Doku“", "Doku"),
        ("Wahl", "nach den Wahlen", "Wahlen"),
        ("Trainer", "die Trainerinnen", "Trainerinnen"),
        ("Streamingdienst*", "des Streamingdienstleisters", "Streamingdienstleisters"),
        ("Streaming*", "der US-Streaming-Dienst", "Streaming"),
        ("*ligist", "einem Drittligisten", "Drittligisten"),
        ("*bundesligist*", "der Ex-Zweitbundesligistentrainer", "Zweitbundesligistentrainer"),
        ("Champions League", "im Champions-League-Finale", "Champions-League"),
        ("Champions-League", "die Champions League", "Champions League"),
        ("Champions League", "die Champions\nLeague", "Champions\nLeague"),
        ("=DAZN", "auf DAZN zu sehen", "DAZN"),
        ("=Union Berlin", "der 1. FC Union-Berlin", "Union-Berlin"),
        ("Fußball*", "der Fussballprofi", "Fussballprofi"),
        ("Disney+", "bei Disney+.", "Disney+"),
        ("St. Pauli", "Der FC St. Pauli", "St. Pauli"),
    ],
)
def test_a_term_finds_what_its_form_says(term: str, text: str, found: str) -> None:
    assert _found(term, text) == [found]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Doku", "Das Dokument fehlt."),
        ("Tor", "Der Motor und die Torte"),
        ("Streamingdienst*", "Videostreamingdienst"),
        ("*ligist", "Ligistenrat"),
        ("*ligist", "Drittligistentrainer"),
        ("Champions League", "die Champions. League heißt"),
        ("=DAZN", "auf dazn zu sehen"),
        ("=Union", "die union und die Unionsfraktion"),
    ],
)
def test_a_term_leaves_alone_what_its_form_does_not_say(term: str, text: str) -> None:
    assert _found(term, text) == []


@pytest.mark.parametrize("term", ["", "*", "=", "*a*", "ab*", "a*b*c", "..."])
def test_a_term_that_matches_nothing_or_anything_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="term `"):
        parse_term(term)


def test_a_term_does_not_reach_from_one_field_into_the_next() -> None:
    taxonomy = parse_taxonomy(TAXONOMY.format(term="Champions League"), "taxonomy.yaml")
    story = Story(story_id="s", headline="Die Champions", kicker="League und mehr")

    tagging = tag(story, compile_taxonomy(taxonomy))

    assert tagging.topics == ()


def test_lower_case_keeps_the_length_of_a_text() -> None:
    text = "İstanbul, Fußball, ÄÖÜ"

    lowered = lower(text)

    assert lowered == "İstanbul, fußball, äöü"


def test_an_offset_counts_in_the_text_as_written_behind_letters_that_would_grow() -> None:
    taxonomy = parse_taxonomy(TAXONOMY.format(term="Doku"), "taxonomy.yaml")
    text = "In İİİ läuft die Doku"
    story = Story(story_id="s", headline="x", body_text=text)

    (topic,) = tag(story, compile_taxonomy(taxonomy)).topics

    assert topic.reasons[0].at == text.index("Doku")


def _found(term: str, text: str) -> list[str]:
    taxonomy = parse_taxonomy(TAXONOMY.format(term=term), "taxonomy.yaml")
    story = Story(story_id="s", headline="", body_text=text)
    topics = tag(story, compile_taxonomy(taxonomy)).topics
    return [reason.term for topic in topics for reason in topic.reasons]
