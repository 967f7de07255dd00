"""Every request in, those that may not pass answered at once: wrong host, other sites, too large; headers put on all.

A page of another site that the reviewer's browser has open can send requests here, and a name that it makes point to
this machine (DNS rebinding) lets it read the answers: hosts are checked by name, writing requests by their origin.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024
"""A form with every field at its longest takes a tenth of this."""
LONGEST_URL = 4096
READING = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


TOO_LARGE = PlainTextResponse("That is more than a form holds.", 413)


class TooMuch(Exception):
    """A body that does not say how long it is has grown beyond what a form holds."""


class Guard:
    """Stands before the application; `hosts` are the names it may be called by."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        try:
            await self._app(scope, _limited(receive), _with_headers(send))
        except TooMuch:
            await TOO_LARGE(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in self._hosts:
            return PlainTextResponse(
                "This page is not served under that name; whoever starts it can add it: --name NAME.", 421
            )
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST_URL:
            return PlainTextResponse("The address is too long.", 414)
        if not headers.get("content-length", "0").isdigit() or int(headers.get("content-length", "0")) > MOST_BYTES:
            return TOO_LARGE
        if scope["method"] not in READING and not _same_origin(headers, host):
            return PlainTextResponse("A page of another site sent this; nothing was changed.", 403)
        return None


def _name(host: str) -> str:
    """The name in a Host header, its port left out."""
    if host.startswith("["):
        return host.partition("]")[0].strip("[]").casefold()
    return host.rpartition(":")[0].casefold() if ":" in host else host.casefold()


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a writing request comes from a page of ours; a program without a browser says neither."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or urlsplit(origin).netloc.casefold() == host.casefold()


def _limited(receive: Receive) -> Receive:
    """The same request; raises TooMuch where its body grows beyond what a form holds."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            raise TooMuch
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
