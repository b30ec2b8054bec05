"""The figures one explores: each says its finding in words, and has the same numbers as a table.

Drawn with `plotly.graph_objects` alone: `plotly.express` takes some 20 ms more for each figure. Text and
accent take their colour from the page's theme, status marks stand on both grounds: one figure serves light
and dark. So show them with the theme of `st.plotly_chart` on, never `theme=None`.
"""

from strategy.charts.confidence import confidence
from strategy.charts.figure import CONFIG, Chart
from strategy.charts.trend import indicator_trend

__all__ = [
    "CONFIG",
    "Chart",
    "confidence",
    "indicator_trend",
]
