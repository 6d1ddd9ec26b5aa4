from pathlib import Path

import pytest

from services.classify.taxonomy import parse_taxonomy
from shared.config_file import BadConfig

ROOT = Path(__file__).parents[3]

HEAD = "fallback: Sport\nthreshold: 0.6\nreview_below: 0.5\n"
SPORT = "sections:\n- name: Sport\n  code: medtop:15000000\n"


def test_terms_may_be_written_with_commas_or_as_a_list() -> None:
    commas = parse_taxonomy(HEAD + SPORT + "  strong: >\n    Tor,\n    *pfiff,\n", "t.yaml")
    listed = parse_taxonomy(HEAD + SPORT + "  strong: [Tor, '*pfiff']\n", "t.yaml")

    assert commas.sections[0].strong == ("Tor", "*pfiff")
    assert commas == listed
    assert commas.version() == listed.version()


def test_another_content_has_another_version() -> None:
    one = parse_taxonomy(HEAD + SPORT, "t.yaml")
    other = parse_taxonomy(HEAD + SPORT + "  strong: Tor\n", "t.yaml")

    assert one.version() != other.version()


def test_a_topic_is_at_home_where_the_topics_above_it_are() -> None:
    text = HEAD + SPORT + "topics:\n- {name: A, section: Sport}\n- {name: B, broader: A}\n"

    taxonomy = parse_taxonomy(text, "t.yaml")

    assert taxonomy.section_of(taxonomy.topics[1]) == "Sport"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (HEAD.replace("Sport", "Kunst") + SPORT, 1, "no section is called `Kunst`"),
        (HEAD + SPORT + "- name: sport\n", 7, "the name `sport` is already taken"),
        (HEAD + SPORT + "- name: X\n  aliases: Sport\n", 7, "the name `sport` is already taken"),
        (HEAD + SPORT + "- {name: X, code: 'medtop:15000000'}\n", 7, "is already taken"),
        (HEAD + SPORT + "- {name: X, code: 'subj:15000000'}\n", 7, "String should match"),
        (HEAD + SPORT + "- {name: X, also: 'foo:1'}\n", 7, "String should match"),
        (HEAD + SPORT + "  strong: [Tor, '*']\n", 7, "has no letter or digit"),
        (HEAD + SPORT + "  strong: Tor,, Ball\n", 7, "has no letter or digit"),
        (HEAD + SPORT + "topics:\n- name: A\n", 8, "needs a section or a broader topic"),
        (HEAD + SPORT + "topics:\n- {name: A, section: Y}\n", 8, "no section is called `Y`"),
        (HEAD + SPORT + "topics:\n- {name: A, broader: Y}\n", 8, "no topic is called `Y`"),
        (HEAD + SPORT + "topics:\n- {name: A, broader: A}\n", 8, "ends up below itself"),
        (HEAD + SPORT + "  strnog: Tor\n", 7, "did you mean `strong`"),
    ],
)
def test_a_bad_taxonomy_is_refused_with_line_and_reason(text: str, line: int, why: str) -> None:
    with pytest.raises(BadConfig) as refused:
        parse_taxonomy(text, "t.yaml")

    (problem,) = refused.value.problems
    assert problem.line == line
    assert why in problem.why


def test_topics_in_a_ring_are_refused() -> None:
    ring = "topics:\n- {name: A, broader: B}\n- {name: B, broader: A}\n- {name: C, broader: A}\n"

    with pytest.raises(BadConfig, match="ends up below itself"):
        parse_taxonomy(HEAD + SPORT + ring, "t.yaml")


def test_the_shipped_taxonomy_has_the_codes_partners_know() -> None:
    text = (ROOT / "config/taxonomy.yaml").read_text("utf-8")

    taxonomy = parse_taxonomy(text, "taxonomy.yaml")

    codes = {each.name: each.code for each in (*taxonomy.sections, *taxonomy.topics)}
    assert codes["Medien"] == "medtop:20000304"
    assert codes["Fußball"] == "medtop:20001065"
    assert codes["Streaming"] == "medtop:20001293"
