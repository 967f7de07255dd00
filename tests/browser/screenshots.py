"""The sample reviews in, the README's pictures of the review page out: `python -m tests.browser.screenshots`.

Reads corpus/, decides a few records as two reviewers would, and writes corpus/pictures/review.*.png.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from pipeline.review import build_app
from pipeline.review.access import Door
from pipeline.store import open_store
from tests.browser.opening import opened
from tests.pipeline.review.filling import fill, lexicon, served

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpus" / "pictures"
COLOURS = 128
"""Enough for print and a few tints; it makes a picture a third as large."""


def take(browser: Browser, address: str) -> dict[str, bytes]:
    """File name -> PNG."""
    page = _sign_in(browser, address, width=1360, height=850, scheme="light")
    page.goto(f"{address}/?document=myeloma_relapse&check=interval_vs_p")
    page.get_by_role("link", name="Begin").click()
    found = {"review.record.png": _shot(page)}
    page.goto(f"{address}/documents/hiv_prophylaxis#left")
    page.keyboard.press("n")
    found["review.document.png"] = _shot(page)
    page.goto(address)
    for key in ("a", "a", "r"):
        page.get_by_role("link", name="Begin").click()
        page.locator("#leaf image").wait_for()
        page.keyboard.press(key)
        page.locator("#status:not(:empty)").wait_for()
        page.goto(address)
    found["review.queue.png"] = _shot(page)
    phone = _sign_in(browser, address, width=390, height=780, scheme="dark")
    phone.get_by_role("link", name="Begin").click()
    found["review.phone.png"] = _shot(phone)
    return found


def _sign_in(browser: Browser, address: str, *, width: int, height: int, scheme: str) -> Page:
    dark = scheme == "dark"
    page = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    ).new_page()
    page.goto(address)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Begin").click()
    return page


def _shot(page: Page) -> bytes:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    return page.screenshot(animations="disabled")


def main() -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "in").mkdir()
        for file in sorted((ROOT / "corpus").glob("*.pdf")):
            shutil.copy(file, work / "in")
        with open_store(work / "trialtrace.db", create=True) as store:
            fill(store, [work / "in"])
            app = build_app(store, folder=work, door=Door(), hosts={"127.0.0.1"}, lexicon=lexicon())
            with served(app) as address, opened() as browser:
                pictures = take(browser, address)
    FOLDER.mkdir(exist_ok=True)
    for name, png in pictures.items():
        Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(FOLDER / name, optimize=True)
        sys.stdout.write(f"{(FOLDER / name).relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
