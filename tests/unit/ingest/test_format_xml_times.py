"""Times in XML: whatever the spelling, with the offset of the agency's clocks where none is given."""

import pytest

from services.ingest.formats.xml_times import xml_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20190603T101500Z", "2019-06-03T10:15:00+00:00"),
        ("20190603T101500+0200", "2019-06-03T10:15:00+02:00"),
        ("2019-06-03T10:15:00+02:00", "2019-06-03T10:15:00+02:00"),
        ("2019-06-03T10:15:00.000Z", "2019-06-03T10:15:00+00:00"),
        ("2019-06-03T10:15:00+0100", "2019-06-03T10:15:00+01:00"),
        ("2019-06-03t10:15:00z", "2019-06-03T10:15:00+00:00"),
        (" 2019-06-03T10:15:00 +02:00\n", "2019-06-03T10:15:00+02:00"),
        ("20190603T101500-0400", "2019-06-03T10:15:00-04:00"),
    ],
)
def test_a_time_with_its_offset_is_read_without_a_note(text: str, moment: str) -> None:
    notes: list[str] = []

    found = xml_moment(text, where="date.issue", notes=notes)

    assert found
    assert found.isoformat() == moment
    assert notes == []


@pytest.mark.parametrize(
    ("text", "provider", "moment"),
    [
        ("2021-05-16T09:00:04", "NTB", "2021-05-16T09:00:04+02:00"),
        ("2021.05.16 09:00:04", "NTB", "2021-05-16T09:00:04+02:00"),
        ("20210116T090004", "PA", "2021-01-16T09:00:04+00:00"),
        ("2016-01-12 12:35:40", None, "2016-01-12T12:35:40+01:00"),
        ("20160112123540", None, "2016-01-12T12:35:40+01:00"),
        ("20190603", None, "2019-06-03T00:00:00+02:00"),
        ("2019-06-03", "STT", "2019-06-03T00:00:00+03:00"),
        ("20190603T1015", "dpa", "2019-06-03T10:15:00+02:00"),
    ],
)
def test_a_time_without_an_offset_is_by_the_clocks_of_its_agency(
    text: str, provider: str | None, moment: str
) -> None:
    notes: list[str] = []

    found = xml_moment(text, where="date.issue", notes=notes, provider=provider)

    assert found
    assert found.isoformat() == moment
    assert notes[0].startswith("date.issue: no offset, read as ")


@pytest.mark.parametrize(
    "text", ["gestern", "20190231T101500Z", "99999999", "2019-06-03T25:00:00", "²"]
)
def test_what_is_no_time_is_left_out_and_noted(text: str) -> None:
    notes: list[str] = []

    assert xml_moment(text, where="date.issue", notes=notes) is None
    assert notes == [f"date.issue: not a time, left out: {text}"]


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_no_time_is_none(text: str | None) -> None:
    notes: list[str] = []

    assert xml_moment(text, where="date.issue", notes=notes) is None
    assert notes == []


@pytest.mark.parametrize("text", ["20240605T190000+020020240603", "1799-01-01T00:00:00"])
def test_an_offset_with_seconds_is_no_clocks(text: str) -> None:
    notes: list[str] = []

    assert xml_moment(text, where="updated", notes=notes) is None
    assert notes == [f"updated: not a time, left out: {text}"]
