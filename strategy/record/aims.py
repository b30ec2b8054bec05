"""What an indicator should be on a day."""

from datetime import date
from decimal import Decimal

from strategy.record.wanted import Wanted
from strategy.snapshot import Indicator


def aim(indicator: Indicator, value: Decimal, due: date) -> Wanted:
    """The edit that makes a number what the indicator should be on a day."""
    standing = next((each for each in indicator.targets if each.due == due), None)
    fields = {"value": value, "example": False}
    return Wanted("target", f"{indicator.key}@{due}", standing.version if standing else 0, fields)
