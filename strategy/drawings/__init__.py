"""Still pictures as SVG: what a page shows before anybody asks, light as text and the same in every file.

A drawing only draws. Names, shares and days stand beside it as words of the page; only the years over the
strips are written in it. All of it is pure: values and a palette in, SVG out, and the same for a screen, a
wall and paper. What is explored, by hovering and zooming, is in `charts`.
"""

from strategy.drawings.days import month
from strategy.drawings.held import held
from strategy.drawings.lifeline import Life, life, lifeline, milestone
from strategy.drawings.measured import has_trend, trend
from strategy.drawings.milestones import bar, years
from strategy.drawings.moved import ladder, slip
from strategy.drawings.plan import months, plan
from strategy.drawings.story import Story, legend, stories, story
from strategy.drawings.strip import axis, strip
from strategy.drawings.svg import uri

__all__ = [
    "Life",
    "Story",
    "axis",
    "bar",
    "has_trend",
    "held",
    "ladder",
    "legend",
    "life",
    "lifeline",
    "milestone",
    "month",
    "months",
    "plan",
    "slip",
    "stories",
    "story",
    "strip",
    "trend",
    "uri",
    "years",
]
