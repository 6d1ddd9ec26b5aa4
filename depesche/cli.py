"""The program `depesche`: its commands, each in a room of its own."""

import sys

import typer

from depesche.commands import audit, copy, dead, demo, desks, partners, services, trace, up
from depesche.data_folder import DataFolderTaken
from depesche.embedded_redis import RedisFailed
from depesche.redis_binary import NoRedisServer
from shared.config_file import BadConfig

app = typer.Typer(
    help="Takes wire stories from desks, tags them, and delivers them to partners.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
app.command("up")(up.up)
app.command("ingest")(services.ingest)
app.command("classify")(services.classify)
app.command("publish")(services.publish)
app.command("demo")(demo.demo)
app.command("post")(copy.post)
app.command("parse")(copy.parse)
app.command("tag")(copy.tag)
app.command("trace")(trace.trace)
app.command("audit")(audit.audit)
app.add_typer(partners.app, name="partners")
app.add_typer(desks.app, name="desks")
app.add_typer(dead.app, name="dead")


def main() -> None:
    """Run the command; what an operator can mend is said plainly, without a traceback."""
    try:
        app()
    except (BadConfig, DataFolderTaken, FileNotFoundError, NoRedisServer, RedisFailed) as fault:
        sys.stderr.write(f"depesche: {fault}\n")
        sys.exit(2)
