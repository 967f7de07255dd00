"""A name, and where it is wanted a token, in; a session out."""

import getpass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.access import DAYS, read_name
from pipeline.review.visits import COOKIE, Posting, Room, read_form

routes = APIRouter()


@routes.get("/signin")
def ask_name(request: Request, back: str = "/") -> HTMLResponse:
    """The form."""
    return _form(request, back=back, name=_usual_name(request.app.state.room))


@routes.post("/signin")
def sign_in(request: Request, form: Annotated[dict[str, str], Depends(read_form)]) -> Response:
    """Open a session and go where the reviewer wanted to; a wrong token is told as such, whoever's it was to be."""
    room: Room = request.app.state.room
    back = _safe(form.get("back", "/"))
    try:
        name = read_name(form.get("name", ""))
    except ValueError as error:
        return _form(request, back=back, name=form.get("name", "")[:100], error=str(error), status=422)
    if not room.door.admits(name, form.get("token", "")):
        return _form(request, back=back, name=name, error="That name and token do not belong together.", status=403)
    answer = RedirectResponse(back, 303)
    answer.set_cookie(
        COOKIE,
        room.door.open_session(name),
        max_age=DAYS * 86_400,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@routes.post("/signout")
def sign_out(_posted: Posting) -> Response:
    """Forget the session."""
    answer = RedirectResponse("/signin", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _form(request: Request, *, back: str, name: str, error: str = "", status: int = 200) -> HTMLResponse:
    room: Room = request.app.state.room
    said = {"back": _safe(back), "name": name, "error": error, "wants_token": room.door.wants_token}
    return HTMLResponse(room.pages.get_template("signin.html").render(visit=None, **said), status)


def _safe(back: str) -> str:
    """An address of this server alone: one that names another would lead there."""
    plain = back.startswith("/") and not back.startswith("//") and "\\" not in back and back.isprintable()
    return back if plain else "/"


def _usual_name(room: Room) -> str:
    """Who is at this machine; nobody in particular where others may be."""
    if room.door.wants_token:
        return ""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
