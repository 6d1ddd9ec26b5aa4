"""How a body is read: never more than allowed, and never so that the desk misses the answer."""

from collections.abc import Iterable

import pytest
from starlette.requests import Request

from services.ingest import bodies
from services.ingest.bodies import whole_body
from shared.problems import Refusal


class Sending:
    """A desk that sends these parts; `asked` counts how many the service took."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = list(parts)
        self.asked = 0

    async def __call__(self) -> dict[str, object]:
        part = self._parts[self.asked]
        self.asked += 1
        more = self.asked < len(self._parts)
        return {"type": "http.request", "body": part, "more_body": more}


def a_request(desk: Sending, **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": raw}, desk)


async def test_a_body_within_the_limit_comes_whole() -> None:
    desk = Sending([b"ab", b"cd"])

    assert await whole_body(a_request(desk), 4) == b"abcd"


@pytest.mark.parametrize("headers", [{}, {"content_length": "6"}])
async def test_a_body_over_the_limit_is_read_to_its_end_before_it_is_refused(
    headers: dict[str, str],
) -> None:
    desk = Sending([b"ab", b"cd", b"ef"])

    with pytest.raises(Refusal) as refused:
        await whole_body(a_request(desk, **headers), 3)

    assert refused.value.problem.status == 413
    assert desk.asked == 3


async def test_a_desk_that_waits_for_leave_to_send_is_refused_before_it_sends() -> None:
    desk = Sending([b"abcd"])

    with pytest.raises(Refusal):
        await whole_body(a_request(desk, content_length="4", expect="100-continue"), 3)

    assert desk.asked == 0


async def test_nobody_makes_the_service_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "DROPPED_AT_MOST", 5)
    desk = Sending([b"ab"] * 100)

    with pytest.raises(Refusal):
        await whole_body(a_request(desk), 3)

    assert desk.asked == 3
