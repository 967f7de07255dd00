"""Colours and sizes of all pictures: dark enough on white to be read, told apart by people who see few colours."""

INK = "#1c1f24"
SOFT = "#5a616b"
LINE = "#c9ccd1"
BAND = "#f4f5f7"
PAPER = "#ffffff"
MARK = "#0b5394"
COMPARED = "#0b5394"
ERROR = "#a3141e"
WARNING = "#9a5b00"
GOOD = "#1d6b3a"
SEVERITIES = {"error": ERROR, "warning": WARNING}
"""Findings that a picture marks, the gravest first."""

TITLE, HEADING, BODY, SMALL = 13.0, 10.0, 8.5, 7.5
"""Sizes of letters in points."""
