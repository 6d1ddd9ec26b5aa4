"""What ingest reads from its environment besides what every service does."""

from pydantic import Field

from shared.settings import ServiceSettings


class IngestSettings(ServiceSettings):
    """`DEPESCHE_INGEST_PORT` and the limits on what a desk may post."""

    ingest_port: int = Field(default=8080, ge=0, le=65_535)
    max_story_bytes: int = Field(default=1_048_576, ge=1024)
    max_batch_bytes: int = Field(default=33_554_432, ge=1024)
    backlog_limit: int = Field(
        default=200_000, ge=1, description="routine copy waiting; beyond it desks get 429"
    )
