import pytest

from services.ingest.source_table import SOURCES
from services.ingest.sources import Identity, identify, source_of, zone_of

UUID = "17b7b4c3-6e05-4690-b7cb-37b5c99c9a86"


@pytest.mark.parametrize(
    ("raw_id", "provider", "story_id", "version"),
    [
        ("ANPX-101218-041-v2", "ANP", "ANPX-101218-041", 2),
        ("ANPX-101218-041-v2", None, "ANPX-101218-041", 2),
        (
            "urn:newsml:anp.nl:20181210:ANPX-101218-041-v3:3",
            None,
            "urn:newsml:anp.nl:20181210:ANPX-101218-041",
            3,
        ),
        ("20160512:RTZ:8883:0", None, "20160512:RTZ:8883", 0),
        ("urn:newsml:tt.se:20171220:TT:585167:0", None, "urn:newsml:tt.se:20171220:TT:585167", 0),
        ("20210526:TT:a0f2d045:4", "TT", "20210526:TT:a0f2d045", 4),
        (f"{UUID}HHH-13-1", "PA", f"{UUID}HHH", 13),
        (f"{UUID}HHH-13-1", None, f"{UUID}HHH", 13),
        (f"{UUID}HHH-2-3", None, f"{UUID}HHH-3", 2),
        (
            f"urn:pa:item/{UUID}/2026-02-09T15:02:05",
            None,
            f"urn:pa:item/{UUID}",
            "2026-02-09T15:02:05",
        ),
        (f"http://PA_API/{UUID}/2026-02-09T15:02:05.000Z/1", None, f"http://PA_API/{UUID}", 1),
        (f"urn:pa:item/{UUID}/0", "PA Media", f"urn:pa:item/{UUID}", 0),
        (f"NTB{UUID}_00", None, f"NTB{UUID}", 0),
        (f"NTB{UUID}_47", "NTB", f"NTB{UUID}", 47),
        (f"partner-{UUID}_47", "NTB", f"partner-{UUID}", 47),
        ("RED_20240603_RTZ_8883_0", "NTB", "RED_20240603_RTZ_8883", 0),
        (
            "https://www.bbc.com/news/articles/c0example00o#3",
            "BBC News",
            "https://www.bbc.com/news/articles/c0example00o",
            3,
        ),
        (
            "https://www.bbc.co.uk/sport/articles/c0example00o#0",
            None,
            "https://www.bbc.co.uk/sport/articles/c0example00o",
            0,
        ),
        (
            "urn:newsml:afp.com:20210516T080625Z:TX-PAR-WGF71:1",
            "AFP",
            "urn:newsml:afp.com:20210516T080625Z:TX-PAR-WGF71",
            1,
        ),
        (
            "urn:newsml:www.sda-ats.ch:20190603:bsf153:2N",
            "ATS",
            "urn:newsml:www.sda-ats.ch:20190603:bsf153",
            2,
        ),
        (
            "http://PA_API/HSX0410.6657/2026-03-10T11:00:15.000Z/0",
            None,
            "http://PA_API/HSX0410.6657",
            0,
        ),
        (
            "tag:reuters.com,2018:newsml_L4N1FL0N0:1542761538",
            None,
            "tag:reuters.com,2018:newsml_L4N1FL0N0",
            1542761538,
        ),
    ],
)
def test_a_version_within_an_id_is_cut_from_it(
    raw_id: str, provider: str | None, story_id: str, version: int | str
) -> None:
    assert identify(raw_id, provider) == Identity(story_id, version)


@pytest.mark.parametrize(
    ("raw_id", "provider"),
    [
        ("urn:newsml:dpa.com:20090101:240923-930-240378", "dpa"),
        ("urn:newsml:dpa.com:20090101:99-240924-240924082808397", None),
        ("urn:newsml:dpa.com:20090101:dsv:text:1007", "dpa"),
        ("tag:reuters.com,2018:newsml_MTZXEE13ZXCZES", "Reuters"),
        ("http://www.businesswire.com/news/home/20130731006140/en", "BusinessWire"),
        ("https://example.org/2024/06/03/12", None),
        ("https://example.org/kran#3", None),
        ("RED240603_111408_al", "NTB"),
        ("urn:newsml:afp.com:20210508T124951Z:doc-99j8na", "AFP"),
        ("urn:newsml:localhost:2019-02-13T18:26:58.5:8d9c-4f00", None),
        (f"urn:{UUID}", "NTB"),
        ("", None),
    ],
)
def test_an_id_without_a_version_stays_whole(raw_id: str, provider: str | None) -> None:
    assert identify(raw_id, provider) == Identity(raw_id, None)


@pytest.mark.parametrize(
    ("told", "version"),
    [(None, 2), (1, 2), ("1", 2), (7, 7), ("7", 7), ("b", "b"), (" ", 2), (0, 2), ("²", "²")],
)
def test_of_two_versions_the_greater_number_counts_else_the_documents_own(
    told: int | str | None, version: int | str
) -> None:
    assert identify("ANPX-101218-041-v2", "ANP", told).version == version


def test_a_version_of_zero_and_one_too_long_for_a_number_are_versions() -> None:
    assert identify("urn:example:1", None, 0).version == 0
    assert identify("urn:example:1", None, "0").version == 0
    assert identify("urn:example:1", None, "9" * 19).version == "9" * 19


@pytest.mark.parametrize(
    ("provider", "raw_id", "name"),
    [
        ("SID", None, "SID"),
        ("dpa/lni", None, "dpa"),
        ("The Associated Press", None, "AP"),
        (None, "urn:newsml:apa.at:20160609:APA0250", "APA"),
        (None, "http://tt.se/media/text/210526-militarovning", "TT"),
        ("unbekannt", "urn:newsml:dpa.com:20090101:1", "dpa"),
    ],
)
def test_a_source_is_known_by_its_name_or_by_its_ids(
    provider: str | None, raw_id: str | None, name: str
) -> None:
    found = source_of(provider, raw_id)

    assert found is not None
    assert found.name == name


def test_a_stranger_has_no_row_and_no_clock() -> None:
    assert source_of("Hafenbote") is None
    assert zone_of("Hafenbote") is None
    assert zone_of(None) is None


def test_every_row_has_a_clock_and_no_name_stands_in_two_rows() -> None:
    names = [name for source in SOURCES for name in source.names]

    assert len(names) == len(set(names))
    for source in SOURCES:
        zone = zone_of(source.names[0])
        assert zone is not None
        assert zone.key == source.zone


def test_a_very_long_id_is_answered_at_once() -> None:
    raw_id = "urn:newsml:a:20200101:" + ":1" * 200_000

    assert identify(raw_id, "PA") == Identity(raw_id)
