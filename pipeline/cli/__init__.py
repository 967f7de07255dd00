"""The command line: one module a family of commands, each registered on the app when it is imported here.

What a command needs is imported when it is called, so that `trialtrace --help` answers at once.
"""

# the order of these imports is the order of the commands in `trialtrace --help`
from pipeline.cli import running  # isort: skip
from pipeline.cli import feeding  # isort: skip
from pipeline.cli import looking  # isort: skip
from pipeline.cli import judging  # isort: skip
from pipeline.cli import history  # isort: skip
from pipeline.cli import reviewing  # isort: skip
from pipeline.cli import exporting  # isort: skip
from pipeline.cli import picturing  # isort: skip
from pipeline.cli.app import app

__all__ = ["app", "exporting", "feeding", "history", "judging", "looking", "main", "picturing", "reviewing", "running"]


def main() -> None:
    """The `trialtrace` command."""
    app()
