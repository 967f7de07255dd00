"""Python's collector of cycles in, the same with less to do out."""

import gc

AT_ONCE = 50_000
"""New objects until the collector looks at them; a document is more than Python's own 700, and hardly any cycles."""


def collect_seldom() -> None:
    """Have the collector leave alone what is loaded now, which stays to the end, and look at the rest more seldom."""
    gc.freeze()
    gc.set_threshold(AT_ONCE)
