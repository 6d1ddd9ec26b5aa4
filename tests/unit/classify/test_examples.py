"""What the shipped taxonomy makes of whole stories."""

from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from services.classify.tagging import Tagger, compile_taxonomy, tag
from services.classify.taxonomy import parse_taxonomy
from shared.story import Story

ROOT = Path(__file__).parents[3]
EXAMPLES = cast(
    "list[dict[str, Any]]",
    yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text("utf-8")),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["headline"]))
def test_a_story_gets_its_section_and_topics(example: dict[str, Any]) -> None:
    story = Story(story_id="s", headline=example["headline"], body_text=example["body"].strip())
    sections = example["section"]

    tagging = tag(story, _tagger())

    topics = {topic.name for topic in tagging.topics}
    assert tagging.section.name in ([sections] if isinstance(sections, str) else sections)
    assert topics >= set(example.get("topics", ()))
    assert not topics & set(example.get("not", ()))


def test_the_examples_name_only_what_the_taxonomy_has() -> None:
    known = {heading.name for heading in _tagger().headings}

    named = {name for each in EXAMPLES for name in (*each.get("topics", ()), *each.get("not", ()))}

    assert named <= known


@cache
def _tagger() -> Tagger:
    text = (ROOT / "config/taxonomy.yaml").read_text("utf-8")
    return compile_taxonomy(parse_taxonomy(text, "taxonomy.yaml"))
