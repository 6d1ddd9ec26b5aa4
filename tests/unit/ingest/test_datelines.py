from datetime import date

import pytest

from services.ingest.datelines import (
    CopyDay,
    agency_of,
    month_number,
    read_dateline,
    read_dateline_line,
)


@pytest.mark.parametrize(
    ("paragraph", "place", "credit"),
    [
        ("Dortmund (SID). Der Ball war rund.", "Dortmund", "SID"),
        ("Berlin (dpa) - Der Regen kam.", "Berlin", "dpa"),
        ("Hamburg/Köln (SID) - Zwei Städte.", "Hamburg/Köln", "SID"),
        ("Berlin (dpa/bb) - Im Umland.", "Berlin", "dpa/bb"),
        ("New York (dpa) – Mit langem Strich.", "New York", "dpa"),
        ("Frankfurt am Main (dpa-AFX) - Kurse.", "Frankfurt am Main", "dpa-AFX"),
        ("PORT ELDER, Maine (AP) -- A goat.", "PORT ELDER, Maine", "AP"),
        ("Den Haag (AFP): Ein Doppelpunkt.", "Den Haag", "AFP"),
        ("Köln (SID) Ohne Strich.", "Köln", "SID"),
        ("(epd) - Ohne Ort.", None, "epd"),
        ("Nueva Delhi, 21 ene (EFE).- Una grúa.", "Nueva Delhi", "EFE"),
        ("BRUXELLES 23/07 (BELGA) = Une grue.", "BRUXELLES", "BELGA"),
        ("HAFENSTADT--(BUSINESS WIRE)--Ein Kran.", "HAFENSTADT", "BUSINESS WIRE"),
        ("Rio de Janeiro (dpa/AFP) - Zwei.", "Rio de Janeiro", "dpa/AFP"),
    ],
)
def test_place_and_credit_are_read(paragraph: str, place: str | None, credit: str) -> None:
    found = read_dateline(paragraph)

    assert found is not None
    assert (found.place, found.credit, found.day) == (place, credit, None)


@pytest.mark.parametrize(
    ("paragraph", "place", "credit"),
    [
        ("Paris, 1er juin 2024 (AFP) - Une grue.", "Paris", "AFP"),
        ("Den Haag, 1 juni 2024 (ANP) - Een kraan.", "Den Haag", "ANP"),
        ("SAITAMA, Japan, June 1, 2024 Kyodo - A crane.", "SAITAMA, Japan", "Kyodo"),
    ],
)
def test_a_day_is_read_in_the_agencies_own_tongues(paragraph: str, place: str, credit: str) -> None:
    found = read_dateline(paragraph)

    assert found is not None
    assert (found.place, found.credit) == (place, credit)
    assert found.day is not None
    assert (found.day.day, found.day.month, found.day.year) == (1, 6, 2024)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Anna Beispiel (CDU). So hieß die Siegerin.",
        "Gewonnen hat Anna Beispiel (AB) - wie immer.",
        "Anna Beispiel (42). So alt war sie.",
        "Anna Beispiel (verletzt am Knie) - sie fehlt.",
        "Anna Beispiel (Hafenstadt) - sie siegte.",
        "Der Verein (TSV) hat gewonnen.",
        "Kein Klammerpaar weit und breit.",
        "",
    ],
)
def test_what_is_no_dateline_is_left_alone(paragraph: str) -> None:
    assert read_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("paragraph", "day"),
    [
        ("Dortmund, 21. Mai (SID) Der Ball", CopyDay(21, 5)),
        ("Dortmund, 3. März 2024 (SID) - Der Ball", CopyDay(3, 3, 2024)),
        ("Dortmund, 03.11.2024 (SID) - Der Ball", CopyDay(3, 11, 2024)),
        ("Dortmund, 3. Okt. (SID) - Der Ball", CopyDay(3, 10)),
        ("PORT ELDER, June 3 (Reuters) - A goat", CopyDay(3, 6)),
        ("PORT ELDER, June 3, 2024 /PRNewswire/ -- A goat", CopyDay(3, 6, 2024)),
        ("PORT ELDER, June 3. /TASS/. A goat", CopyDay(3, 6)),
    ],
)
def test_the_day_in_a_dateline_is_read_and_is_not_part_of_the_place(
    paragraph: str, day: CopyDay
) -> None:
    found = read_dateline(paragraph)

    assert found is not None
    assert found.day == day
    assert found.place in {"Dortmund", "PORT ELDER"}


def test_the_text_begins_where_the_dateline_ends() -> None:
    paragraph = "Dortmund (SID). Der Ball war rund."

    found = read_dateline(paragraph)

    assert found is not None
    assert paragraph[found.end :] == "Der Ball war rund."


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    new_year = date(2024, 1, 1)

    assert CopyDay(31, 12).nearest_to(new_year) == date(2023, 12, 31)
    assert CopyDay(2, 1).nearest_to(date(2023, 12, 31)) == date(2024, 1, 2)
    assert CopyDay(2, 1, 2019).nearest_to(new_year) == date(2019, 1, 2)


def test_a_day_that_does_not_exist_is_none() -> None:
    assert CopyDay(31, 2).nearest_to(date(2024, 1, 1)) is None


def test_the_agency_stands_before_the_slash() -> None:
    assert [agency_of(credit) for credit in ("dpa/bb", "SID")] == ["dpa", "SID"]


@pytest.mark.parametrize(
    ("paragraph", "place", "credit", "rest"),
    [
        ("Villaejemplo, 2 jun (EFE).- Una grúa cayó.", "Villaejemplo", "EFE", "Una grúa cayó."),
        ("Strasbourg, 10 juil 2024 (AFP) - Une grue.", "Strasbourg", "AFP", "Une grue."),
        ("Eksempelby /ritzau/: En kran væltede.", "Eksempelby", "ritzau", "En kran væltede."),
        ("Jan 30 (Reuters) - Gold rose.", None, "Reuters", "Gold rose."),
        ("(ANSA) - Rome, June 3 - A crane fell.", None, "ANSA", "Rome, June 3 - A crane fell."),
        ("EXAMPLETOWN (AP) — A crane fell.", "EXAMPLETOWN", "AP", "A crane fell."),
    ],
)
def test_datelines_of_other_languages_are_read(
    paragraph: str, place: str | None, credit: str, rest: str
) -> None:
    found = read_dateline(paragraph)

    assert found
    assert (found.place, found.credit, paragraph[found.end :]) == (place, credit, rest)


@pytest.mark.parametrize(
    "paragraph", ["Frauen und /oder/ Männer", "Berlin, 25 Jahre (SPD) - sagte er"]
)
def test_slashes_and_numbers_make_no_dateline(paragraph: str) -> None:
    assert read_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("line", "place", "credit"),
    [
        (
            "Gaza City, Palestinian Territories, May 16, 2021 (AFP) -",
            "Gaza City, Palestinian Territories",
            "AFP",
        ),
        ("Paris, 21 jan 2019 (AFP) -", "Paris", "AFP"),
        ("Hafenstadt, 3. Juni 2024 (AFP) -", "Hafenstadt", "AFP"),
        ("HAFENSTADT--(BUSINESS WIRE)--", "HAFENSTADT", "BUSINESS WIRE"),
        ("NEW YORK, June 3, 2024 /PRNewswire/ --", "NEW YORK", "PRNewswire"),
        ("(ANSA) - ROMA, 1 LUG -", "ROMA", "ANSA"),
        ("BEIJING, July 23", "BEIJING", ""),
        ("Landquart GR", "Landquart GR", ""),
        ("NEW HARBOUR June 3 NZN -", "NEW HARBOUR", ""),
        ("Port Mai", "Port Mai", ""),
        ("Genf/Bern", "Genf/Bern", ""),
        ("January 21", None, ""),
        ("4/4/2018", None, ""),
        ("", None, ""),
    ],
)
def test_a_dateline_in_a_field_of_its_own_gives_place_and_credit(
    line: str, place: str | None, credit: str
) -> None:
    found = read_dateline_line(line)

    assert (found.place, found.credit) == (place, credit)


def test_months_have_german_and_english_names() -> None:
    assert [month_number(name) for name in ("Mär", "mai", "Dez.", "June", "Foo")] == [
        3,
        5,
        12,
        6,
        None,
    ]
