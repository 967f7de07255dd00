"""Pictures of a dataset: its records and findings come in, a forest plot, an evidence map or a timeline goes out."""

from pipeline.plots.evidence_map import draw_map
from pipeline.plots.forest import Legend, draw_forest
from pipeline.plots.growth import Stage, grow
from pipeline.plots.panels import Order, Panel, panels_of
from pipeline.plots.results import Result, results_of
from pipeline.plots.sheet import FORMATS, Format, Sheet
from pipeline.plots.timeline import draw_timeline

__all__ = [
    "FORMATS",
    "Format",
    "Legend",
    "Order",
    "Panel",
    "Result",
    "Sheet",
    "Stage",
    "draw_forest",
    "draw_map",
    "draw_timeline",
    "grow",
    "panels_of",
    "results_of",
]
