"""Selected records in, what a meta-analysis takes out: effects with standard errors, counts of arms, pairs of arms."""

from pipeline.exports.synthesis.evidence import Evidence, gather

__all__ = ["Evidence", "gather"]
