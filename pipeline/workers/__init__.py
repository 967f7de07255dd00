"""Paths in, what the core made of each out: extraction in processes of their own, each document within limits."""

from pipeline.workers.pool import Workers
from pipeline.workers.replies import CORE, Failure, Limits, Order, Reply, StoppedError, Success, bug_reason

__all__ = ["CORE", "Failure", "Limits", "Order", "Reply", "StoppedError", "Success", "Workers", "bug_reason"]
