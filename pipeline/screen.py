"""Values in, lines on the terminal out: results on standard output, everything else on standard error."""

import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def out() -> "Console":
    """Where results go."""
    from rich.console import Console

    return Console(highlight=False, width=_width(sys.stdout.isatty()))


def err() -> "Console":
    """Where progress and complaints go."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, width=_width(sys.stderr.isatty()))


def _width(terminal: bool) -> int | None:
    """Wide enough for a table where nobody's terminal says how wide it is."""
    return None if terminal or "COLUMNS" in os.environ else 140


def say_json(content: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def say_error(text: str) -> None:
    """A complaint, as it is, without any markup."""
    err().print(f"trialtrace: {text}", style="red" if sys.stderr.isatty() else None, markup=False, soft_wrap=True)
