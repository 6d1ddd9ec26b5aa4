"""HTTP for partners: the feed, and one story."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from services.publish.dispatches import Rules
from services.publish.feed import BEGINNING, FeedPage, Feeds
from services.publish.formats import content_type_of
from services.publish.partners import Partner
from services.publish.settings import PublishSettings
from shared.problems import Refusal, bearer, documented, no_key
from shared.story import Status
from shared.watched_file import Watched

CURSOR = r"^\d{1,20}(-\d{1,20})?$"


def partner_routes(settings: PublishSettings, rules: Watched[Rules], feeds: Feeds) -> APIRouter:
    """Return the routes under `/v1`."""
    router = APIRouter(prefix="/v1", tags=["partners"])

    def partner_of(request: Request) -> Partner:
        token = bearer(request)
        partner = rules.current.book.by_token(token) if token else None
        if partner is None:
            raise no_key("the partner's token")
        return partner

    @router.get(
        "/feed", summary="What this partner was sent, in order", responses=documented(401, 422, 503)
    )
    async def get_feed(
        partner: Annotated[Partner, Depends(partner_of)],
        after: Annotated[str, Query(pattern=CURSOR)] = BEGINNING,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        wait: Annotated[float, Query(ge=0, description="seconds to wait for news")] = 0,
    ) -> FeedPage:
        """Stories after the cursor; no gaps and no repeats, whatever the times in the stories."""
        wait_s = min(wait, settings.feed_wait_limit)
        return await feeds.page(partner.id, after, limit, wait_s)

    @router.get(
        "/stories/{story_id:path}",
        summary="The latest revision of a story, in this partner's format",
        responses=documented(401, 404, 410, 503),
        response_class=Response,
    )
    async def get_story(
        partner: Annotated[Partner, Depends(partner_of)], story_id: str
    ) -> Response:
        found = await feeds.story(partner.id, story_id)
        if found is None:
            raise Refusal(404, "Unknown story", f"{partner.id} was not sent {story_id!r}")
        entry, body = found
        if entry.status is not Status.USABLE:
            raise Refusal(410, "Called back", f"this story is {entry.status}; take it down")
        if body is None:
            raise Refusal(404, "Copy gone", "called back or expired")
        headers = {"depesche-version": str(entry.version), "depesche-status": entry.status.value}
        return Response(body, media_type=content_type_of(entry.body), headers=headers)

    return router
