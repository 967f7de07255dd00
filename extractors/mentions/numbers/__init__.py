"""Text in, its printed numbers out: values, intervals, p-values, counts, timepoints, and the others with a reason."""

from extractors.mentions.numbers.found import NumberMentions
from extractors.mentions.numbers.moving import moved
from extractors.mentions.numbers.recognise import recognise_numbers
from extractors.mentions.numbers.unitwords import UnitWords

__all__ = ["NumberMentions", "UnitWords", "moved", "recognise_numbers"]
