"""Regular expressions that look before they run, and signs made alike before anything looks."""

from extractors.patterns.gated import Gated, folded
from extractors.patterns.needles import needles_of, ways_of
from extractors.patterns.signs import SAME_SIGNS, same_signs

__all__ = ["SAME_SIGNS", "Gated", "folded", "needles_of", "same_signs", "ways_of"]
