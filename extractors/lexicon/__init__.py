"""Vocabulary as data: `load` gives the Lexicon in force, `check` tries every entry on its own example sentences."""

from extractors.lexicon.label import label_of
from extractors.lexicon.loading import load
from extractors.lexicon.proof import Problem, Proof, Recognise, check, proofs

__all__ = ["Problem", "Proof", "Recognise", "check", "label_of", "load", "proofs"]
