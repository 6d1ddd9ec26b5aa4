import unicodedata
from datetime import date

import pytest

from services.ingest.identity import derived_story_id

DAY = date(2024, 6, 3)
HEADLINE = '"Übermut": Möwe stiehlt Fischbrötchen - schon wieder'


def test_an_id_names_agency_and_day_and_hashes_the_headline() -> None:
    story_id = derived_story_id("SID", DAY, HEADLINE)

    urn, name, credit, day, digest = story_id.split(":")
    assert (urn, name, credit, day) == ("urn", "depesche", "sid", "2024-06-03")
    assert len(digest) == 16
    assert int(digest, 16) >= 0


@pytest.mark.parametrize(
    "variant",
    [
        HEADLINE.upper(),
        unicodedata.normalize("NFD", HEADLINE),
        HEADLINE.replace('"', "„", 1).replace('"', "“"),
        HEADLINE.replace('"', "«", 1).replace('"', " »"),
        HEADLINE.replace(" ", "\u00a0 ") + "\n",
        HEADLINE.replace(" - ", " – "),
        HEADLINE.replace("Fisch", "Fisch\u00ad"),
    ],
)
def test_case_spaces_quotes_and_unicode_form_make_no_difference(variant: str) -> None:
    assert derived_story_id("SID", DAY, variant) == derived_story_id("SID", DAY, HEADLINE)


def test_signs_that_only_look_different_make_no_difference() -> None:
    assert derived_story_id("SID", DAY, "Bei 30 ℃") == derived_story_id("SID", DAY, "Bei 30 °c")


def test_another_agency_day_or_headline_is_another_story() -> None:
    ids = {
        derived_story_id("SID", DAY, HEADLINE),
        derived_story_id("dpa", DAY, HEADLINE),
        derived_story_id("SID", date(2024, 6, 4), HEADLINE),
        derived_story_id("SID", DAY, f"{HEADLINE}!"),
    }

    assert len(ids) == 4


def test_copy_without_a_credit_has_an_id_all_the_same() -> None:
    assert derived_story_id(None, DAY, HEADLINE).startswith("urn:depesche:uncredited:2024-06-03:")


def test_a_credit_with_a_blank_makes_no_blank_in_the_id() -> None:
    assert derived_story_id("Aue Dienst", DAY, HEADLINE).startswith("urn:depesche:aue-dienst:")
