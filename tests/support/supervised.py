"""A program under a Supervisor, for tests: `supervised.py FOLDER STOP_PATIENCE NAME=SHELL…`.

It logs JSON lines to its standard output; with a FOLDER it runs an embedded Redis there.
"""

import os
import sys
from pathlib import Path

import structlog

from depesche.embedded_redis import EmbeddedRedis
from depesche.supervisor import Child, Supervisor


def main(folder: str, stop_patience: str, *services: str) -> int:
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
    )
    children = [
        Child(name, ("sh", "-c", script), dict(os.environ))
        for name, _, script in (service.partition("=") for service in services)
    ]
    redis = EmbeddedRedis(Path(folder)) if folder else None
    return Supervisor(children, redis, stop_patience=float(stop_patience)).run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
