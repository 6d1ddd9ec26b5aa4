"""Who receives, what they are entitled to and how it reaches them; decides on no story."""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    IPvAnyNetwork,
    SecretStr,
    StringConstraints,
    model_validator,
)

from services.publish.destinations import Forbidden, check_url
from services.publish.signatures import key_of
from shared.config_file import Place, Written, read_config

HOUR = 3600.0


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _secret(secret: SecretStr) -> SecretStr:
    key_of(secret.get_secret_value())
    return secret


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no timezone is called `{name}`") from None
    return name


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Digest = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]


class Format(StrEnum):
    """The formats that can be written today."""

    ARTICLE = "article"
    HTML = "html"
    NINJS_3_1 = "ninjs-3.1"
    NINJS_2_2 = "ninjs-2.2"
    NINJS_1_6 = "ninjs-1.6"
    NEWSML_G2 = "newsml-g2"
    NITF = "nitf"
    IPTC7901 = "iptc7901"


class WebhookRules(Written):
    """What holds for all webhooks. `retries` are the seconds before each further attempt."""

    allow_http: bool = False
    allow_networks: tuple[IPvAnyNetwork, ...] = ()
    retries: Annotated[tuple[Seconds, ...], Field(min_length=1)] = (
        *(5.0, 30.0, 120.0, 600.0, 1800.0),
        *(HOUR, 2 * HOUR, 4 * HOUR, 10 * HOUR, 10 * HOUR),
    )
    timeout: Seconds = 10.0


class Webhook(Written):
    """Where one partner is pushed to. Several secrets are valid while one is being changed."""

    url: Text
    secret: Annotated[tuple[Secret, ...], BeforeValidator(_as_list)] = ()
    secret_env: Text | None = None

    @model_validator(mode="after")
    def _one_source_of_secrets(self) -> "Webhook":
        if bool(self.secret) == bool(self.secret_env):
            raise ValueError("a webhook has either `secret` or `secret_env`")
        return self


class Selection(Written):
    """One alternative of `takes`: a story must meet all that is set here."""

    sections: Texts | None = None
    topics: Texts | None = None
    credits: Texts | None = None
    urgency_at_most: Annotated[int, Field(ge=1, le=9)] | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Selection":
        if not any(value is not None for _, value in self):
            raise ValueError("an alternative of `takes` that asks for nothing; leave it out")
        return self


class Partner(Written):
    """An outlet. An empty `takes` means everything; `channels` say where a section sits there."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    name: Text
    takes: tuple[Selection, ...] = ()
    format: Format
    webhook: Webhook | None = None
    token_sha256: Annotated[tuple[Digest, ...], BeforeValidator(_as_list)] = ()
    log: Literal["reference", "full"] = "reference"
    channels: dict[Text, Texts] = Field(default_factory=dict)
    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/Berlin"


class PartnersFile(Written):
    """All that `partners.yaml` says."""

    webhooks: WebhookRules = WebhookRules()
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class PartnerBook:
    """The partners in the order of the file. `digest` changes when routing may change."""

    webhooks: WebhookRules
    partners: tuple[Partner, ...]
    digest: str
    _by_id: Mapping[str, Partner]
    _by_token: Mapping[str, Partner]

    def by_id(self, partner_id: str) -> Partner | None:
        """Return the partner of this id, if any."""
        return self._by_id.get(partner_id)

    def by_token(self, bearer: str) -> Partner | None:
        """Return the partner this token belongs to, if any."""
        presented = token_digest(bearer)
        partner = self._by_token.get(presented)
        if partner is None:
            return None
        known = any(hmac.compare_digest(presented, digest) for digest in partner.token_sha256)
        return partner if known else None


def parse_partners(text: str, file: str, environ: Mapping[str, str]) -> PartnerBook:
    """Read `partners.yaml`; raises BadConfig with lines.

    Refused as well: an id or a token used twice, a URL that webhooks may not reach, and a
    `secret_env` that `environ` lacks. That variable may hold several secrets, parted by blanks.
    """

    def check(written: PartnersFile) -> Iterator[tuple[Place, str]]:
        yield from _used_twice(written.partners)
        for at, partner in enumerate(written.partners):
            for key, why in _webhook_problems(partner.webhook, written.webhooks, environ):
                yield ("partners", at, "webhook", key), why

    written = read_config(text, PartnersFile, file, check=check)
    partners = tuple(_with_secrets(partner, environ) for partner in written.partners)
    return book_of(written.webhooks, partners)


def _used_twice(partners: tuple[Partner, ...]) -> Iterator[tuple[Place, str]]:
    ids: set[str] = set()
    holders: dict[str, str] = {}
    for at, partner in enumerate(partners):
        if partner.id in ids:
            yield ("partners", at, "id"), f"another partner has the id `{partner.id}`"
        ids.add(partner.id)
        for nth, digest in enumerate(partner.token_sha256):
            if digest in holders:
                place = ("partners", at, "token_sha256", nth)
                yield place, f"partner `{holders[digest]}` has this token"
            holders.setdefault(digest, partner.id)


def _webhook_problems(
    webhook: Webhook | None, rules: WebhookRules, environ: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if webhook is None:
        return
    try:
        check_url(webhook.url, rules)
    except Forbidden as error:
        yield "url", error.why
    if webhook.secret_env is None:
        return
    secrets = environ.get(webhook.secret_env, "").split()
    if not secrets:
        yield "secret_env", f"the environment has no {webhook.secret_env}"
    try:
        for secret in secrets:
            key_of(secret)
    except ValueError as error:
        yield "secret_env", f"{webhook.secret_env}: {error}"


def _with_secrets(partner: Partner, environ: Mapping[str, str]) -> Partner:
    webhook = partner.webhook
    if webhook is None or webhook.secret_env is None:
        return partner
    secrets = tuple(map(SecretStr, environ[webhook.secret_env].split()))
    resolved = webhook.model_copy(update={"secret": secrets})
    return partner.model_copy(update={"webhook": resolved})


def book_of(webhooks: WebhookRules, partners: tuple[Partner, ...]) -> PartnerBook:
    """Put partners in a book; ids and tokens are taken to be unique."""
    return PartnerBook(
        webhooks=webhooks,
        partners=partners,
        digest=_routing_digest(partners),
        _by_id={partner.id: partner for partner in partners},
        _by_token={digest: partner for partner in partners for digest in partner.token_sha256},
    )


def _routing_digest(partners: tuple[Partner, ...]) -> str:
    takes = [[partner.id, *(each.model_dump() for each in partner.takes)] for partner in partners]
    return sha256(json.dumps(takes).encode()).hexdigest()[:12]


def token_digest(token: str) -> str:
    """Return the SHA-256 of a token, as `token_sha256` holds it."""
    return sha256(token.encode()).hexdigest()
