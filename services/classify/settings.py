"""What classify reads from its environment besides what every service does."""

from pydantic import Field

from shared.settings import ServiceSettings


class ClassifySettings(ServiceSettings):
    """`DEPESCHE_CLASSIFY_PORT`: health, readiness and metrics; 0 takes any free port."""

    classify_port: int = Field(default=8082, ge=0, le=65_535)
