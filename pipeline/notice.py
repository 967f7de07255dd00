"""A summary in, a command or a web address told of it; what goes wrong in telling is said and harms nothing."""

import shlex
import subprocess
from urllib.parse import urlsplit

import httpx

from pipeline.summary import Summary

SECONDS = 60.0
"""How long a hook may take."""


def notify(target: str, summary: Summary) -> str:
    """Give a command the summary as JSON on its standard input, or post it; returns what went wrong, empty if nothing.

    A target that begins with http:// or https:// is an address, everything else a command with its arguments, without
    a shell. What is returned names no more of an address than its host: the rest is often a secret.
    """
    told = summary.model_dump_json()
    try:
        if urlsplit(target).scheme in ("http", "https"):
            return _post(target, told)
        done = subprocess.run(
            shlex.split(target), input=told, text=True, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired, httpx.InvalidURL) as error:
        return f"the notification did not go out ({type(error).__name__})"
    said = done.stderr.strip().rpartition("\n")[2]
    return f"the notification command ended with status {done.returncode}: {said}" if done.returncode != 0 else ""


def _post(address: str, told: str) -> str:
    host = urlsplit(address).hostname
    try:
        answer = httpx.post(address, content=told, headers={"Content-Type": "application/json"}, timeout=SECONDS)
    except httpx.HTTPError as error:
        return f"the notification did not reach {host} ({type(error).__name__})"
    return "" if answer.is_success else f"the notification was refused by {host} with status {answer.status_code}"
