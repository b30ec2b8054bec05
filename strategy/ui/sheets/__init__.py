"""Many things in one editable grid: what is typed (`sheet`), what it comes to and the save (`weighed`).

`measures`, `milestones`, `values`, `roles`, `held`, `indicators` and `meetings` say what a row of each is.
"""

from strategy.ui.sheets.keeping import Cells
from strategy.ui.sheets.preview import finish
from strategy.ui.sheets.sheet import Rows, Sheet, opened

__all__ = ["Cells", "Rows", "Sheet", "finish", "opened"]
