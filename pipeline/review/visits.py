"""A request in, who asks for what out: the session, the queue asked for, the form that was sent."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.review.access import Door
from pipeline.review.desk import Desk
from pipeline.review.keys import KEYS
from pipeline.review.leaves import Leaves
from pipeline.review.vocabulary import Vocabulary
from pipeline.review.wanted import Wanted, read_wanted
from pipeline.review.wording import FILTERS

COOKIE = "trialtrace_review"
HERE = Path(__file__).parent


class Room(NamedTuple):
    """What all requests share."""

    desk: Desk
    leaves: Leaves
    door: Door
    vocabulary: Vocabulary
    pages: Environment
    folder: Path


def make_pages() -> Environment:
    """The templates; everything put into them is escaped, and a name that is missing is an error."""
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(FILTERS)
    pages.globals["keys"] = KEYS
    return pages


class Refused(Exception):
    """What was asked cannot be done; `said` tells the reviewer why."""

    def __init__(self, said: str, *, status: int) -> None:
        super().__init__(said)
        self.said = said
        self.status = status


class SignedOut(Exception):
    """Nobody is signed in; `back` is where to go on afterwards."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


class Visit(NamedTuple):
    """One request of a reviewer who is signed in; `partial` where only the changed part of a page is wanted."""

    request: Request
    room: Room
    viewer: str
    token: str
    wanted: Wanted
    partial: bool

    @property
    def desk(self) -> Desk:
        """The dataset under review, up to date."""
        self.room.desk.look_around()
        return self.room.desk

    def page(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **said: Any
    ) -> HTMLResponse:
        """A template as an answer."""
        text = self.room.pages.get_template(template).render(visit=self, wanted=self.wanted, **said)
        return HTMLResponse(text, status, headers=dict(headers or {}))

    def go(self, address: str) -> Response:
        """Send the browser to another page."""
        if self.partial:
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    def record_address(self, record_id: str) -> str:
        """A record's page, with the queue kept."""
        query = self.wanted.query
        return f"/records/{record_id}{'?' if query else ''}{query}"


async def visit(request: Request) -> Visit:
    """The reviewer behind a request; raises SignedOut where nobody is signed in."""
    room: Room = request.app.state.room
    cookie = request.cookies.get(COOKIE)
    viewer = room.door.who(cookie)
    if viewer is None or cookie is None:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise SignedOut(path if request.method == "GET" else "/")
    headers = request.headers
    partial = headers.get("hx-request") == "true" and headers.get("hx-history-restore-request") != "true"
    return Visit(request, room, viewer, room.door.form_token(cookie), read_wanted(request.query_params), partial)


async def read_form(request: Request) -> dict[str, str]:
    """The texts of a form, the last where a name comes twice; files are left out."""
    async with request.form(max_files=0, max_fields=100) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


class Posted(NamedTuple):
    """A request that changes something, and its form."""

    visit: Visit
    form: dict[str, str]


async def posted(
    visit: Annotated[Visit, Depends(visit)], form: Annotated[dict[str, str], Depends(read_form)]
) -> Posted:
    """A form that a page of this session sent; raises Refused where it does not carry the session's token."""
    given = visit.request.headers.get("x-form-token") or form.get("token", "")
    cookie = visit.request.cookies[COOKIE]
    if given != visit.room.door.form_token(cookie):
        raise Refused("This form is out of date, nothing was changed. Load the page anew.", status=403)
    return Posted(visit, form)


Visiting = Annotated[Visit, Depends(visit)]
Posting = Annotated[Posted, Depends(posted)]


def sign_in_address(back: str) -> str:
    """Where to sign in, and to go on afterwards."""
    return f"/signin?back={quote(back, safe='')}"
