"""The committed contracts are what the program says today; `make asyncapi` writes them anew."""

from pathlib import Path

import pytest

from depesche.contracts import contracts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["asyncapi.yaml", "openapi-ingest.yaml", "openapi-publish.yaml"])
def test_a_committed_contract_is_what_the_program_says(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NW_WEBHOOK_SECRET", "whsec_" + "QUJD" * 8)

    said = contracts(ROOT / "config")[name]

    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == said


def test_the_asyncapi_document_names_every_stream_and_who_reads_it() -> None:
    text = contracts(ROOT / "config")["asyncapi.yaml"]

    for said in (
        "depesche:{p0}:received:urgent",
        "depesche:{p0}:classified:routine",
        "depesche:{partner:ID}:log",
        "classify reads depesche:{p0}:received:urgent",
        "publish reads depesche:{p0}:classified:routine",
        "ingest appends to depesche:{p0}:received:routine",
    ):
        assert said in text
