import base64

import pytest
from pydantic import SecretStr

from services.publish.partners import Format, PartnerBook, parse_partners, token_digest
from shared.config_file import BadConfig

SECRET = "whsec_" + base64.b64encode(b"known to the harbour paper only").decode()
OTHER = "whsec_" + base64.b64encode(b"known to the evening post only!").decode()
TOKEN, NEXT_TOKEN = "tok_heute", "tok_morgen"

PARTNERS = f"""\
webhooks:
  allow_networks: [192.168.7.0/24]
partners:
  - id: hafenblatt
    name: Hafenblatt
    takes:
      - sections: [Medien]
      - topics: [Fußball, "medtop:20001293"]
        urgency_at_most: 4
        credits: [HFD]
    format: article
    webhook:
      url: https://cms.example/wire
      secret_env: HAFEN_SECRET
    token_sha256: [{token_digest(TOKEN)}, {token_digest(NEXT_TOKEN)}]
    channels: {{Medien: [Leben, Medien]}}
  - id: abendpost
    name: Abendpost
    format: ninjs-3.1
    log: full
    webhook: {{url: "https://192.168.7.9/", secret: {OTHER}}}
"""


def parse(text: str = PARTNERS, **environ: str) -> PartnerBook:
    return parse_partners(text, "partners.yaml", {"HAFEN_SECRET": SECRET} | environ)


def test_a_good_file_becomes_a_book_in_its_order() -> None:
    book = parse()
    first, second = book.partners

    assert (first.id, second.id) == ("hafenblatt", "abendpost")
    assert (first.format, second.format) == (Format.ARTICLE, Format.NINJS_3_1)
    assert [each.sections for each in first.takes] == [("Medien",), None]
    assert first.takes[1].topics == ("Fußball", "medtop:20001293")
    assert first.channels == {"Medien": ("Leben", "Medien")}
    assert (second.takes, second.log, second.timezone) == ((), "full", "Europe/Berlin")
    assert book.by_id("abendpost") is second
    assert book.by_id("keine") is None


def test_webhooks_are_retried_for_about_28_hours_unless_told_otherwise() -> None:
    default = parse().webhooks
    told = parse(PARTNERS.replace("webhooks:", "webhooks:\n  retries: [1, 2.5]")).webhooks

    assert (default.retries[0], default.timeout) == (5.0, 10.0)
    assert 27.5 * 3600 < sum(default.retries) < 28.5 * 3600
    assert told.retries == (1.0, 2.5)


@pytest.mark.parametrize(
    ("token", "partner"),
    [(TOKEN, "hafenblatt"), (NEXT_TOKEN, "hafenblatt"), (token_digest(TOKEN), None), ("", None)],
)
def test_a_token_names_its_partner(token: str, partner: str | None) -> None:
    found = parse().by_token(token)

    assert (found and found.id) == partner


def test_secrets_come_from_the_file_or_the_environment_and_show_in_no_repr() -> None:
    book = parse(HAFEN_SECRET=f"{SECRET} {OTHER}")
    held = [partner.webhook.secret for partner in book.partners if partner.webhook]

    assert held == [(SecretStr(SECRET), SecretStr(OTHER)), (SecretStr(OTHER),)]
    assert SECRET not in repr(book)
    assert OTHER not in repr(book)


def test_the_digest_follows_what_decides_routing_and_nothing_else() -> None:
    digest = parse().digest
    other_desk = parse(PARTNERS.replace("[HFD]", "[SID]")).digest
    other_name = parse(PARTNERS.replace("name: Hafenblatt", "name: Das Hafenblatt")).digest

    assert other_desk != digest
    assert other_name == digest
    assert len(digest) == 12


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: abendpost", "id: hafenblatt", ":17: partners[1].id: another partner has the id"),
        ("log: full", f"token_sha256: {token_digest(TOKEN)}", ":20: partners[1].token_sha256[0]"),
        ("sections: [Medien]", "{}", ":7: partners[0].takes[0]: an alternative of `takes` that"),
        ("sections: [Medien]", "sections:", "asks for nothing"),
        ("sections: [Medien]", "sections: []", ":7: partners[0].takes[0].sections: Tuple should"),
        ("urgency_at_most: 4", "urgency_at_most: 0", ":9: partners[0].takes[1].urgency_at_most"),
        ("takes:", "tkaes:", ":6: partners[0].tkaes: unknown key `tkaes`, did you mean `takes`?"),
        ("topics:", "topic:", "did you mean `topics`?"),
        ("format: article", "format: papyrus", "should be 'article', "),
        ("https://cms", "http://cms", ":13: partners[0].webhook.url: http is not https"),
        ("192.168.7.9", "192.168.8.9", ":21: partners[1].webhook.url: 192.168.8.9 is private"),
        ("7.0/24", "7.1/24", ":2: webhooks.allow_networks[0]: value is not a valid IPv4 or IPv6"),
        (
            "HAFEN_SECRET",
            "HAVEN",
            ":14: partners[0].webhook.secret_env: the environment has no HAVEN",
        ),
        (", secret:", ", secret_env: X, secret:", "either `secret` or `secret_env`"),
        (f", secret: {OTHER}", "", ":21: partners[1].webhook: a webhook has either"),
        (OTHER, "whsec_geheim", ":21: partners[1].webhook.secret[0]: a secret is whsec_ and"),
        ("log: full", "log: both", "Input should be 'reference' or 'full'"),
        ("log: full", "timezone: Europa/Berlin", "no timezone is called `Europa/Berlin`"),
        ("log: full", "timezone: ../../etc", "no timezone is called"),
        ("id: abendpost", "id: Abendpost", "String should match pattern"),
        ("[Leben, Medien]", "[]", "channels.Medien: Tuple should have at least 1 item"),
    ],
)
def test_a_bad_partner_is_refused_with_its_line(old: str, new: str, complaint: str) -> None:
    assert old in PARTNERS

    with pytest.raises(BadConfig) as caught:
        parse(PARTNERS.replace(old, new))

    assert complaint in str(caught.value)


def test_a_bad_secret_of_the_environment_is_refused_without_being_told() -> None:
    with pytest.raises(BadConfig) as caught:
        parse(HAFEN_SECRET="whsec_zu-kurz")  # noqa: S106 - invented, and refused

    assert "partners.yaml:14: partners[0].webhook.secret_env: HAFEN_SECRET: a secret" in str(
        caught.value
    )
    assert "zu-kurz" not in str(caught.value)
