import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.publish.signatures import key_of, message_id, sign

OLD = "whsec_" + base64.b64encode(b"an old secret of 24 byte").decode()
NEW = "whsec_" + base64.b64encode(b"and the new one, which is longer").decode()
NOW = int(datetime.now(UTC).timestamp())  # the official package refuses old timestamps


@given(body=st.text())
def test_the_official_package_accepts_our_signature(body: str) -> None:
    headers = sign([NEW], "msg_1", NOW, f'"{body.encode().hex()}"'.encode())

    assert Webhook(NEW).verify(f'"{body.encode().hex()}"', headers) == body.encode().hex()


def test_we_sign_as_the_official_package_does() -> None:
    at = datetime.fromtimestamp(NOW, UTC)

    headers = sign([OLD], "msg_2", NOW, b"{}")

    assert headers == {
        "webhook-id": "msg_2",
        "webhook-timestamp": str(NOW),
        "webhook-signature": Webhook(OLD).sign("msg_2", at, "{}"),
    }


def test_while_a_secret_changes_both_verify() -> None:
    headers = sign([OLD, NEW], "msg_3", NOW, b"{}")

    assert Webhook(OLD).verify("{}", headers) == {}
    assert Webhook(NEW).verify("{}", headers) == {}


def test_a_changed_body_is_found_out() -> None:
    headers = sign([NEW], "msg_4", NOW, b"{}")

    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify("[]", headers)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("geheim", "begins with whsec_"),
        ("whsec_g*heim", "is whsec_ and base64"),
        ("whsec_üü", "is whsec_ and base64"),
        ("whsec_" + base64.b64encode(b"short").decode(), "24 to 64 bytes"),
    ],
)
def test_a_bad_secret_is_refused_without_being_told(secret: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        key_of(secret)

    assert secret not in str(caught.value)


def test_a_message_id_is_stable_and_names_one_revision_at_one_partner() -> None:
    ids = {
        message_id(partner, story, version)
        for partner in ("hafenblatt", "abendpost")
        for story in ("urn:a", "urn:b")
        for version in (1, 2)
    }

    assert len(ids) == 8
    assert message_id("hafenblatt", "urn:a", 1) == "msg_ZNH9fERZXOyLGTcowEiQqy_9"
    assert all(len(name) == 28 for name in ids)
