"""A dataset's store in, the review page as an application out."""

from collections.abc import Collection
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from pipeline.review import adding, browsing, deciding, documents, progress, signing, teamwork
from pipeline.review.access import Door
from pipeline.review.desk import Desk
from pipeline.review.guard import Guard
from pipeline.review.leaves import Leaves
from pipeline.review.visits import HERE, Refused, Room, SignedOut, make_pages, sign_in_address
from pipeline.review.vocabulary import Vocabulary
from pipeline.store import Store
from schemas.lexicon import Lexicon

HEADINGS = {
    403: "That is not yours to do",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "Something changed",
    422: "That was not understood",
}


def build_app(store: Store, *, folder: Path, door: Door, hosts: Collection[str], lexicon: Lexicon) -> FastAPI:
    """The application.

    `folder` is where the dataset's files are, `hosts` are the names it is served under; endpoints of `lexicon` are
    suggested to who corrects one.
    """
    app = FastAPI(title="trialtrace review", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(store)
    app.state.room = Room(
        desk=desk,
        leaves=Leaves(desk),
        door=door,
        vocabulary=Vocabulary(lexicon),
        pages=make_pages(),
        folder=folder,
    )
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for part in (signing, browsing, deciding, documents, adding, teamwork, progress):
        app.include_router(part.routes)
    app.add_exception_handler(SignedOut, _sign_in)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_middleware(Guard, hosts=hosts)
    return app


async def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignedOut)
    address = sign_in_address(error.back)
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _say(request, error.said, status=error.status)


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = "This page does not exist." if error.status_code == 404 else str(error.detail)
    return _say(request, said, status=error.status_code)


async def _not_understood(request: Request, _error: Exception) -> Response:
    return _say(request, "The address or the form holds something that does not belong there.", status=422)


def _say(request: Request, said: str, *, status: int) -> Response:
    """A refusal, as a page or as a line above the page that asked."""
    pages = request.app.state.room.pages
    if request.headers.get("hx-request") == "true":
        text = pages.from_string("<p>{{ said }}</p>").render(said=said)
        return HTMLResponse(text, status, headers={"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    heading = HEADINGS.get(status, "That did not work")
    return HTMLResponse(pages.get_template("error.html").render(visit=None, heading=heading, said=said), status)
