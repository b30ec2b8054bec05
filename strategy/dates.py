"""Days, years, quarters and numbers as Norwegians write and read them."""

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from strategy.errors import BadInput
from strategy.i18n import _

OSLO = ZoneInfo("Europe/Oslo")
HARD_SPACE = "\u00a0"
MINUS = "\u2212"

_PERIOD = re.compile(r"[0-9]{4}(-(H[12]|Q[1-4]|[0-9]{2}|[0-9]{2}-[0-9]{2}))?")
_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_LONG_DAY = re.compile(r"([0-9]{1,2})\. ?([^\W\d_]{3,})\.? ([0-9]{4})")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_SMALL = ["null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"]
_LARGE = {
    13: "tretten",
    14: "fjorten",
    15: "femten",
    16: "seksten",
    17: "sytten",
    18: "atten",
    19: "nitten",
    20: "tjue",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open range of days, [start, until)."""

    start: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.until

    def elapsed(self, day: date) -> float:
        """The share of the period that has passed when `day` is over, from 0 to 1."""
        passed = (day - self.start).days + 1
        return min(1.0, max(0.0, passed / (self.until - self.start).days))

    def share(self, day: date) -> float:
        """The share of the period that has passed when `day` begins, from 0 to 1."""
        return min(1.0, max(0.0, (day - self.start).days / (self.until - self.start).days))


def year(number: int) -> Period:
    """The calendar year as a period."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def years_on(day: date, years: int) -> date:
    """The same day so many years later, or earlier; 28 February for a leap day where there is none."""
    year = day.year + years
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap and not calendar.isleap(year) else day.day)


def month_of(day: date) -> Period:
    """The calendar month a day is in, as a period."""
    return Period(day.replace(day=1), date(day.year + day.month // 12, day.month % 12 + 1, 1))


def quarters(period: Period) -> Iterator[Period]:
    """The calendar quarters that touch `period`, in order."""
    start = date(period.start.year, 3 * ((period.start.month - 1) // 3) + 1, 1)
    while start < period.until:
        until = date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)
        yield Period(start, until)
        start = until


def quarter_label(quarter: Period) -> str:
    """«4. kv. 2026»."""
    return _("{n}. kv. {year}").format(n=(quarter.start.month + 2) // 3, year=quarter.start.year)


@lru_cache(4096)
def holds(since: date | None, until: date | None, day: date) -> bool:
    """Whether `day` is in [since, until), where either end may be open."""
    return (since is None or since <= day) and (until is None or day < until)


def period_end(name: str) -> date:
    """The last day of a period written `2026`, `2026-H1`, `2026-Q3`, `2026-06` or `2026-06-19`.

    Raises `BadInput` on anything else.
    """
    try:
        if not _PERIOD.fullmatch(name):
            raise ValueError
        head, tail = int(name[:4]), name[5:]
        if not tail:
            return _month_end(head, 12)
        if tail[0] in "HQ":
            return _month_end(head, int(tail[1]) * (6 if tail[0] == "H" else 3))
        return _month_end(head, int(tail)) if len(tail) == 2 else _sane(date.fromisoformat(name))
    except ValueError:
        raise BadInput(
            _(
                "«{name}» er ikke en periode. Skriv for eksempel 2026, 2026-H1, 2026-Q3 eller 2026-06-19."
            ).format(name=name),
            _("Periode"),
        ) from None


def period_label(name: str) -> str:
    """`2026-H1` as «1. halvår 2026», `2026-Q3` as «3. kvartal 2026», a date as `19.06.2026`."""
    head, _dash, tail = name.partition("-")
    if not tail:
        return head
    if tail[0] == "H":
        return _("{n}. halvår {year}").format(n=tail[1:], year=head)
    if tail[0] == "Q":
        return _("{n}. kvartal {year}").format(n=tail[1:], year=head)
    return day(period_end(name)) if len(tail) > 2 else f"{_MONTHS[int(tail) - 1]} {head}"


class Span(StrEnum):
    """How long a period is, told by how it is written."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"

    @property
    def months(self) -> int:
        """How many months it is, 0 for a day."""
        return {"year": 12, "half_year": 6, "quarter": 3, "month": 1}.get(self, 0)

    def named(self, year: int) -> list[str]:
        """The periods of the kind in a year, as they are kept; a day stands for all the days."""
        parts = {"year": [""], "half_year": ["-H1", "-H2"], "quarter": [f"-Q{n}" for n in range(1, 5)]}
        months = [f"-{n:02}" for n in range(1, 13)]
        return [f"{year}{part}" for part in parts.get(self, ["-12-31"] if self is Span.DAY else months)]


def span(name: str) -> Span:
    """What kind of period `name` is, as `period_end` takes it."""
    tail = name[5:]
    if not tail:
        return Span.YEAR
    if tail[0] in "HQ":
        return Span.HALF_YEAR if tail[0] == "H" else Span.QUARTER
    return Span.MONTH if len(tail) == 2 else Span.DAY


def period_start(name: str) -> date:
    """The first day of a period. Raises `BadInput` as `period_end`."""
    last = period_end(name)
    months = span(name).months
    return date(last.year, last.month - months + 1, 1) if months else last


def parse_period(text: str, field: str = "") -> str:
    """Read a period as it is kept or as it is said: «2. kvartal 2024», «Q2 2024», «hele året 2026», a day.

    Raises `BadInput`.
    """
    said = _spaced(text)
    if found := next((name for name in _periods_of(said) if said.casefold() in _said_as(name)), None):
        return found
    with suppress(BadInput):
        return parse_day(said).isoformat()
    with suppress(BadInput):
        period_end(said)
        return said
    message = _(
        "«{text}» er ikke en periode. Skriv for eksempel 2026, 1. halvår 2026, 3. kvartal 2026 eller "
        "23.11.2026."
    )
    raise BadInput(message.format(text=text.strip()[:80]), field or _("Periode"))


def oslo_day(moment: datetime) -> date:
    """The day in Norway at an aware moment."""
    return moment.astimezone(OSLO).date()


def end_of_day(value: date) -> datetime:
    """The first moment after `value` in Norway, as aware UTC; right across both clock changes."""
    following = value + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=OSLO).astimezone(UTC)


def day(value: date) -> str:
    """`23.11.2026`."""
    return f"{value:%d.%m.%Y}"


def long_day(value: date) -> str:
    """`23. november 2026`."""
    return f"{value.day}. {_(_MONTHS[value.month - 1])} {value.year}"


def day_and_month(value: date) -> str:
    """«4. november», where the year is known."""
    return long_day(value).rpartition(" ")[0]


def month(number: int) -> str:
    """The name of month 1 to 12."""
    return _(_MONTHS[number - 1])


def clock(moment: datetime) -> str:
    """`23.11.2026 kl. 13.05`, in Norway."""
    local = moment.astimezone(OSLO)
    return f"{day(local.date())} {_('kl.')} {local:%H.%M}"


def o_clock(time: str) -> str:
    """`kl. 10.00` with a hard space, of a time as it is stored; nothing stays nothing."""
    return f"{_('kl.')}{HARD_SPACE}{time}" if time else ""


def number(value: Decimal | int | float) -> str:
    """`1 234,5` with a hard space and a true minus; as many decimals as the value has."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    whole, _dot, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    text = whole.replace(",", HARD_SPACE) + ("," + decimals if decimals else "")
    return text.replace("-", MINUS)


def file_size(count: int) -> str:
    """`1,2 MB` of a number of bytes; what is less than a kilobyte is one."""
    if count < 10**6:
        return f"{max(1, count // 1000)}{HARD_SPACE}kB"
    return f"{number(_rounded(Decimal(count) * 10 / 10**6) / 10)}{HARD_SPACE}MB"


def percent(share: float | Decimal) -> str:
    """`45 %` from 0.45, rounded half up to a whole number."""
    return f"{number(int(_rounded(Decimal(str(share)) * 100)))}{HARD_SPACE}%"


def in_words(count: int, *, capital: bool = False) -> str:
    """Numbers to twenty in letters, as prose wants them; figures above."""
    word = _(_SMALL[count]) if 0 <= count <= 12 else _(_LARGE[count]) if count in _LARGE else number(count)
    return word[:1].upper() + word[1:] if capital else word


def parse_amount(text: str, unit: str, field: str = "") -> Decimal:
    """A number as `parse_number`, which may be followed by its own unit: «45 %», «1 200 kr».

    Raises `BadInput` also for a per cent sign after what is not measured in per cent.
    """
    said = _spaced(text)
    if is_per_cent(unit):
        return parse_number(re.sub(r" ?(%|prosent)$", "", said), field)
    if said.endswith("%"):
        form = _("«{text}» er i prosent, men det måles i «{unit}». Skriv bare tallet.")
        raise BadInput(form.format(text=text.strip()[:40], unit=unit), field)
    name = _spaced(unit).partition(" (")[0]
    return parse_number(said.removesuffix(name) if name else said, field)


def is_per_cent(unit: str) -> bool:
    """Whether a unit is per cent."""
    return unit.strip().casefold() in ("%", "prosent")


def is_count(unit: str) -> bool:
    """Whether a unit is of whole things."""
    return unit.strip().casefold().startswith("antall")


def parse_number(text: str, field: str = "") -> Decimal:
    """Read `1 234,5`, `1234.5` or `−3`; hard and thin spaces and both minus signs are understood.

    A single `.` is a decimal point, but before just three digits it could part thousands as well: `1.234` and
    `1.234,5` are refused rather than guessed. Raises `BadInput`.
    """
    plain = re.sub(r"\s", "", text).replace(MINUS, "-")
    if _THOUSANDS.fullmatch(plain):
        whole, parted = plain.replace(".", ""), plain.replace(".", ",")
        said = _("«{text}» kan leses på to måter. Skriv {whole} eller {parted}.")
        raise BadInput(said.format(text=text.strip(), whole=whole, parted=parted), field)
    try:
        if plain.count(",") + plain.count(".") > 1 or len(plain) > 18 or "e" in plain.lower() or "_" in plain:
            raise InvalidOperation
        value = Decimal(plain.replace(",", "."))
        if not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise BadInput(
            _("«{text}» er ikke et tall. Skriv for eksempel 1234,5.").format(text=text), field
        ) from None
    return value


def parse_day(text: str, field: str = "") -> date:
    """Read `23.11.2026`, `5.6.26`, `1. desember 2026` or `2026-11-23`; slashes raise `BadInput`.

    A year of two digits is one of this century.
    """
    plain = _spaced(text)
    try:
        if written := _DAY.fullmatch(plain):
            days, months, years = (int(part) for part in written.groups())
            return _sane(date(years if len(written[3]) > 2 else 2000 + years, months, days))
        if written := _LONG_DAY.fullmatch(plain):
            return _sane(date(int(written[3]), _month_named(written[2]), int(written[1])))
        if not _ISO_DAY.fullmatch(plain):
            raise ValueError
        return _sane(date.fromisoformat(plain))
    except ValueError:
        raise BadInput(
            _("«{text}» er ikke en dato. Skriv dag.måned.år, som 23.11.2026.").format(text=text), field
        ) from None


def _spaced(text: str) -> str:
    """The text with plain spaces where it has hard, thin or many."""
    return " ".join(text.split())


def _month_named(word: str) -> int:
    """The number of a month from its name or the first letters of it. Raises `ValueError`."""
    said = word.casefold()
    for number in range(1, 13):
        if any(name.casefold().startswith(said) for name in (_MONTHS[number - 1], month(number))):
            return number
    raise ValueError


def _periods_of(text: str) -> Iterator[str]:
    """Every period longer than a day of the one year that is named."""
    named = _YEAR.findall(text)
    if len(named) == 1:
        year = int(named[0])
        yield from (
            name for each in Span if each.months and 1900 <= year <= 2200 for name in each.named(year)
        )


def _said_as(name: str) -> set[str]:
    """What a period longer than a day may be called, in lower case."""
    head, _dash, tail = name.partition("-")
    said = {name, period_label(name)}
    if not tail:
        said |= {f"hele året {head}", f"hele {head}", f"året {head}"}
    elif tail[0] in "HQ":
        word = "halvår" if tail[0] == "H" else "kvartal"
        said |= {f"{tail[1]}. {word} {head}", f"{tail[1]}.{word} {head}", f"{tail} {head}", f"{head} {tail}"}
    else:
        said |= {f"{_MONTHS[int(tail) - 1]} {head}", f"{month(int(tail))} {head}"}
    return {each.casefold() for each in said}


def _sane(value: date) -> date:
    if not 1900 <= value.year <= 2200:
        raise ValueError
    return value


def _month_end(years: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError
    return _sane(date(years + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding="ROUND_HALF_UP")
