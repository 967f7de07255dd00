"""Marks and words placed in inches in; one picture as SVG, PNG or PDF out, the same bytes for the same marks."""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text

from pipeline.plots.ink import BODY, INK, PAPER
from pipeline.plots.lettering import FONT, cleaned
from pipeline.plots.tooltips import Tip, annotate

Format = Literal["svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf")
DOTS = 150
MOST_DOTS = 60_000
"""Dots in one direction: what the drawing library can hold, with a margin."""
Side = Literal["left", "center", "right"]


class _Group(Artist):
    """Artists that stand in one group of the SVG, named by its gid."""

    def __init__(self, gid: str) -> None:
        super().__init__()
        self.set_gid(gid)
        self.members: list[Artist] = []

    def draw(self, renderer: RendererBase) -> None:
        """Draw the members in their order."""
        renderer.open_group("mark", gid=self.get_gid())
        for member in self.members:
            member.draw(renderer)
        renderer.close_group("mark")


class Point(NamedTuple):
    """A place on the sheet in inches from its top left."""

    x: float
    y: float


class Sheet:
    """A white sheet of so many inches; places are in inches from its top left, letters in points."""

    def __init__(self, width: float, height: float, *, title: str, description: str) -> None:
        self.width, self.height = width, height
        self.title, self.description = cleaned(title), cleaned(description)
        self.tips: dict[str, Tip] = {}
        self._figure = Figure(figsize=(width, height), facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1), frameon=False)
        self._axes.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
        self._group: _Group | None = None

    @contextmanager
    def group(self, key: str, *, tip: str, link: str | None = None) -> Iterator[None]:
        """What is drawn inside is one element of the SVG, with an id, a tooltip and, if given, a link."""
        gid = f"{key}-{len(self.tips)}" if key in self.tips else key
        self.tips[gid] = Tip(tip, link)
        self._group = _Group(gid)
        try:
            yield
        finally:
            group, self._group = self._group, None
            group.set_zorder(2)
            self._axes.add_artist(group)

    def line(self, *points: tuple[float, float], colour: str = INK, weight: float = 0.8, dashed: bool = False) -> None:
        """Straight lines from point to point."""
        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=colour, linewidth=weight, linestyle=(0, (3, 2)) if dashed else "-"), behind=True)

    def spot(self, x: float, y: float, *, shape: str = "s", size: float = 6, colour: str = INK, hollow: bool) -> None:
        """A mark of `size` points around a place."""
        face = PAPER if hollow else colour
        self._add(
            Line2D(
                [x], [y], marker=shape, markersize=size, markerfacecolor=face, markeredgecolor=colour,
                markeredgewidth=1.2, linestyle="none",
            )
        )  # fmt: skip

    def box(self, x: float, y: float, width: float, height: float, *, fill: str, edge: str | None = None) -> None:
        """A filled rectangle from its top left."""
        self._add(
            Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge or "none", linewidth=0.6), behind=True
        )

    def area(self, points: Sequence[tuple[float, float]], *, fill: str) -> None:
        """A filled polygon."""
        self._add(Polygon(points, closed=True, facecolor=fill, edgecolor="none"))

    def write(
        self, x: float, y: float, text: str, *, size: float = BODY, colour: str = INK, bold: bool = False,
        side: Side = "left", turned: float = 0,
    ) -> None:  # fmt: skip
        """One line of letters; `y` is the middle of its small letters, `side` where it is held, `turned` in degrees."""
        self._add(
            Text(
                x, y, cleaned(text), fontsize=size, color=colour, fontweight="bold" if bold else "normal",
                horizontalalignment=side, verticalalignment="center_baseline" if not turned else "baseline",
                rotation=turned, rotation_mode="anchor", parse_math=False,
            )
        )  # fmt: skip

    def _add(self, artist: Artist, *, behind: bool = False) -> None:
        artist.set_clip_on(False)  # nothing is drawn beyond the sheet
        if self._group is None:
            artist.set_zorder(1 if behind else 3)
            self._axes.add_artist(artist)
            artist.set_clip_path(None)
            return
        artist.set_figure(self._figure)
        artist.axes = self._axes
        if not artist.is_transform_set():
            artist.set_transform(self._axes.transData)
        self._group.members.append(artist)

    def render(self, form: Format, *, prefix: str = "") -> bytes:
        """The picture's bytes; no time, no name of a program, the same for the same marks.

        `prefix` begins every id of an SVG, so that several can stand in one page.
        """
        drawn = io.BytesIO()
        with plain_settings(), warnings.catch_warnings():
            # a letter the font lacks is drawn as a box; an SVG keeps the letter
            warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
            self._figure.savefig(drawn, format=form, dpi=self._dots(), metadata=METADATA[form])
        content = drawn.getvalue()
        if form != "svg":
            return content
        return annotate(content, self.tips, title=self.title, description=self.description, prefix=prefix)

    def _dots(self) -> float:
        return min(DOTS, MOST_DOTS / self.height, MOST_DOTS / self.width)


METADATA: dict[Format, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None, "Type": None, "Format": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}
"""What would tell when and by which program a picture was made is left out."""


@contextmanager
def plain_settings() -> Iterator[None]:
    """The library's own settings and ours, whatever a user set for pictures of their own; also a decorator.

    What draws on a sheet does so within it: the library looks settings up when a mark is made.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rc("font", **{"family": "sans-serif", "sans-serif": [FONT]})
        mpl.rc("svg", fonttype="none", hashsalt="trialtrace")  # letters stay letters: searchable, read aloud, small
        mpl.rc("pdf", fonttype=42)
        mpl.rc("text", parse_math=False)  # a dollar sign in a name is a dollar sign
        yield
