"""What publish reads from its environment besides what every service does."""

from pydantic import Field

from shared.settings import ServiceSettings


class PublishSettings(ServiceSettings):
    """`DEPESCHE_PUBLISH_PORT`, and how pushing shares its connections and partners."""

    publish_port: int = Field(default=8081, ge=0, le=65_535)
    lease_seconds: float = Field(
        default=3.0, gt=0.2, description="a push worker that died is replaced after so long"
    )
    pushes_per_partner: int = Field(default=8, ge=1, description="routine pushes at once")
    urgent_pushes_per_partner: int = Field(default=4, ge=1, description="kept free for urgent work")
    feed_wait_limit: float = Field(default=60.0, ge=0, description="longest long poll, seconds")
