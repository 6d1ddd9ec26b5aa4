"""The few HTTP calls that commands make to a running Depesche."""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote

TIMEOUT_S = 30


def post_story(
    url: str, key: str, body: bytes, content_type: str | None, *, force: str | None = None
) -> tuple[int, dict[str, Any]]:
    """Post one story; return the status and the JSON of the answer, of a problem too."""
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": content_type or "application/octet-stream",
    }
    query = "" if force is None else f"?force={quote(force, safe='')}"
    where = f"{url}/v1/stories{query}"
    request = urllib.request.Request(where, body, headers)  # noqa: S310 - the operator's URL
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310 - as above
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read() or b"{}")
    except urllib.error.URLError as away:
        return 0, {"detail": f"{url} does not answer: {away.reason}"}


def answers(url: str) -> bool:
    """Whether the service at `url` is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=1) as response:  # noqa: S310 - as above
            return bool(response.status == 200)  # noqa: PLR2004 - OK
    except OSError:
        return False
