"""The shipped configuration works as it is, and .env.example names every setting there is."""

import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from services.ingest.desks import parse_desks
from services.publish.partners import parse_partners
from shared.settings import ServiceSettings

ROOT = Path(__file__).parents[2]
SERVICES = ("ingest", "classify", "publish")


def test_the_sample_keys_open_the_sample_desks() -> None:
    desks = parse_desks(_text("config/desks.yaml"), "desks.yaml")

    opened = [desks.by_key(key) for key in ("demo-sid-key", "demo-dpa-key")]

    assert [desk and desk.id for desk in opened] == ["sid", "dpa"]


def test_the_sample_tokens_open_the_sample_partners() -> None:
    partners = parse_partners(_text("config/partners.yaml"), "partners.yaml", {})

    opened = [partners.by_token(token) for token in ("demo-nw-token", "demo-archiv-token")]

    assert [partner and partner.id for partner in opened] == ["nw", "archiv"]


def test_env_example_names_every_setting_and_nothing_else() -> None:
    of_services = {
        f"DEPESCHE_{field.upper()}"
        for service in SERVICES
        for field in _settings(service).model_fields
    }
    of_compose = set(re.findall(r"\$\{(\w+)", _text("docker-compose.yml")))

    assert set(_example()) == of_services | of_compose


@pytest.mark.parametrize("service", SERVICES)
def test_docker_compose_hands_every_setting_on(service: str) -> None:
    composed = yaml.safe_load(_text("docker-compose.yml"))["services"][service]
    here = {f"DEPESCHE_{each.upper()}_PORT" for each in SERVICES}

    settings = {f"DEPESCHE_{field.upper()}" for field in _settings(service).model_fields}

    assert settings - here <= set(composed["environment"])


@pytest.mark.parametrize("service", SERVICES)
def test_env_example_gives_the_defaults(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(service)
    for name in _example():
        monkeypatch.delenv(name, raising=False)
    defaults = settings()

    for name, value in _example().items():
        monkeypatch.setenv(name, value)

    assert settings() == defaults


def _settings(service: str) -> type[ServiceSettings]:
    module = import_module(f"services.{service}.settings")
    found: type[ServiceSettings] = getattr(module, f"{service.capitalize()}Settings")
    return found


def _example() -> dict[str, str]:
    lines = re.findall(r"^(\w+)=(.*)$", _text(".env.example"), re.MULTILINE)
    return dict(lines)


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")
