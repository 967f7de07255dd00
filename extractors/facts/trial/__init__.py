"""The sentences of a report on one trial in, the arms it defines and their mentions in every sentence out."""

from extractors.facts.trial.bare import count_beside
from extractors.facts.trial.trial import Trial, learn_trial

__all__ = ["Trial", "count_beside", "learn_trial"]
