
from pipeline.plots.forest import draw_forest
from pipeline.plots.sheet import Sheet

