"""Addresses in, what a server answers out: one request a second at most, tried again where that may help, cached.

What may be kept, and for how long, is what the server says (RFC 9111); a kept answer costs no request and no waiting.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import stamina
from hishel import SqliteStorage
from hishel.httpx import CacheTransport

from pipeline.version import release_of
from schemas.errors import TrialtraceError

PAUSE = 1.0
"""Seconds between two requests, whatever a user sets elsewhere: the service is free and shared."""

LARGEST = 100_000_000
"""Bytes of an answer at most."""

LONGEST_WAIT = 900.0
"""Seconds that a server may ask us to wait; what asks for more is for another night."""

CACHED = 200_000_000
"""Bytes of answers that are kept."""

BUSY = {429, 500, 502, 503, 504}
"""Statuses that may be gone with the next try."""


class FeedError(TrialtraceError):
    """The service did not give what was asked for; the text says what it did."""


class MissingError(FeedError):
    """There is no such thing at the service (404)."""


class BusyError(FeedError):
    """The service asks to come back later; `wait` is how many seconds it asks for, if it says so."""

    def __init__(self, text: str, wait: float | None) -> None:
        super().__init__(text)
        self.wait = wait


class Pace(NamedTuple):
    """Seconds between requests, before the second try and before the last, and how many tries there are."""

    pause: float = PAUSE
    first: float = 2.0
    longest: float = 120.0
    tries: int = 6


class Paced(httpx.BaseTransport):
    """Requests as they come, but never two within `pause` seconds."""

    def __init__(self, inner: httpx.BaseTransport, *, pause: float) -> None:
        self._inner = inner
        self._pause = pause
        self._next = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, once the pause is over."""
        time.sleep(max(0.0, self._next - time.monotonic()))
        try:
            return self._inner.handle_request(request)
        finally:
            self._next = time.monotonic() + self._pause

    def close(self) -> None:
        """Let go of the connections."""
        self._inner.close()


class Web:
    """A polite reader of one service."""

    def __init__(self, client: httpx.Client, *, pace: Pace, tell: Callable[[str], None]) -> None:
        self._client = client
        self._pace = pace
        self._tell = tell
        self._last = False

    def get(self, address: str, *, asked: Mapping[str, str] | None = None) -> bytes:
        """The whole body; raises MissingError where there is none, FeedError where there is none to be had."""
        for attempt in stamina.retry_context(
            self._worth_another_try,
            attempts=self._pace.tries,
            timeout=None,
            wait_initial=self._pace.first,
            wait_max=self._pace.longest,
            wait_jitter=self._pace.first,
        ):
            self._last = attempt.num == self._pace.tries
            with attempt:
                return self._get(address, asked)
        raise AssertionError("the last try raises")

    def _get(self, address: str, asked: Mapping[str, str] | None) -> bytes:
        try:
            with self._client.stream("GET", address, params=asked) as answer:
                _refuse(answer)
                body = bytearray()
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > LARGEST:
                        raise FeedError(f"{answer.url}: the answer is larger than {LARGEST // 1_000_000} MB")
                return bytes(body)
        except httpx.TooManyRedirects as error:
            raise FeedError(f"{address}: the server redirects for ever") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise FeedError(f"{address}: not an address that can be asked ({error})") from error
        except httpx.ConnectError as error:
            raise BusyError(f"{address}: the service cannot be reached ({error})", None) from error
        except httpx.HTTPError as error:
            said = str(error) or type(error).__name__
            raise BusyError(f"{address}: the answer did not arrive whole ({said})", None) from error

    def _worth_another_try(self, error: Exception) -> bool | float:
        if not isinstance(error, BusyError):
            return False
        if error.wait is not None and error.wait > LONGEST_WAIT:
            return False
        if not self._last:
            self._tell(f"{error}; trying again")
        return error.wait if error.wait is not None else True


def _refuse(answer: httpx.Response) -> None:
    if answer.status_code in BUSY:
        wait = seconds_to_wait(answer.headers.get("retry-after"))
        until = f", to come back in {wait:.0f} s" if wait is not None else ""
        raise BusyError(f"{answer.url}: the service is busy (status {answer.status_code}{until})", wait)
    if answer.status_code in (404, 410):
        raise MissingError(f"{answer.url}: not there (status {answer.status_code})")
    if answer.status_code != 200:
        raise FeedError(f"{answer.url}: refused with status {answer.status_code}")


def seconds_to_wait(header: str | None) -> float | None:
    """What a Retry-After header asks for, in seconds or as a date (RFC 9110, 10.2.3); None where it says nothing."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())


@contextlib.contextmanager
def opened_web(cache: Path, *, pace: Pace = Pace(), tell: Callable[[str], None] = lambda _: None) -> Iterator[Web]:  # noqa: B008  (a value)
    """A reader whose answers are kept in a folder, which may be deleted at any time."""
    stamina.instrumentation.set_on_retry_hooks([])  # what there is to say is told by `tell`
    cache.mkdir(parents=True, exist_ok=True)
    storage = SqliteStorage(database_path=cache / "http.db", max_size=CACHED)
    transport = CacheTransport(Paced(httpx.HTTPTransport(), pause=pace.pause), storage=storage, rfc=True)
    headers = {"User-Agent": f"trialtrace/{release_of('trialtrace')}"}
    with httpx.Client(
        transport=transport, headers=headers, follow_redirects=True, max_redirects=5, timeout=60.0
    ) as client:
        yield Web(client, pace=pace, tell=tell)
