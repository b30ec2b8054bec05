"""The frame round every page."""

from strategy import ui

ui.frame()
