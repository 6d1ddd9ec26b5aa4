"""What every service reads from its environment: `DEPESCHE_…`."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Settings that all services share; a service adds its own."""

    model_config = SettingsConfigDict(env_prefix="DEPESCHE_", frozen=True, extra="ignore")

    redis_url: str = "redis://127.0.0.1:6379/0"
    config: Path = Path("config")
    host: str = "127.0.0.1"
    partitions: int = Field(default=1, ge=1, le=1024)
    log_format: str = Field(default="auto", pattern="^(auto|json|console)$")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")

    batch: int = Field(default=128, ge=1, description="entries a hop takes at once")
    reclaim_after_ms: int = Field(
        default=3000, ge=50, description="an entry idle for so long is taken from its consumer"
    )
    fault_ceiling: int = Field(
        default=5, ge=1, description="an entry that raised so often is a dead letter"
    )
    crash_ceiling: int = Field(
        default=25, ge=2, description="an entry taken so often and never finished is a dead letter"
    )
    copy_days: float = Field(default=30, gt=0, description="raw and formatted copy is kept so long")

    @property
    def copy_seconds(self) -> int:
        return int(self.copy_days * 86_400)
