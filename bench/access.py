"""Every page in both themes, at three widths, closed and with all that opens opened: what axe-core finds.

    python -m bench.access [ADDRESS …] [--data example real]

And a walk through every page by Tab, at the widest and the narrowest. Prints a count per combination; the
exit code is 1 where anything was found.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser

from bench.pages import DATA, SCHEMES, Scheme, walk
from tests import axe, focus
from tests.servers import Tab

WIDTHS = (1280, 768, 320)
ENDS = (WIDTHS[0], WIDTHS[-1])
STATES = ("closed", "opened")
TAB = "by Tab"
Found = Counter[tuple[str, str, int, str, str, str]]
"""How often a rule is broken, by data, theme, width, state, address and rule."""


def main() -> None:
    """Walk what was asked for, print the table, and end with 1 where it is not all 0."""
    given = _arguments()
    found: Found = Counter()
    for browser, server, data, address in walk(given.data, given.addresses, given.port):
        found += _walked(browser, server.url, data, address)
    print(_table(found, given.data))
    print(f"\n{found.total()} in all")
    sys.exit(1 if found.total() else 0)


def _walked(browser: Browser, url: str, data: str, address: str) -> Found:
    """What is found on one address: it is opened once, and theme and width change under it."""
    found: Found = Counter()
    with browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, locale="nb-NO") as context:
        tab = Tab(context.new_page(), [])
        tab.open(url + address)
        for state in STATES:
            if state == "opened":
                axe.open_all(tab)
            for scheme, width in _looks(tab):
                for each in axe.violations(tab.page):
                    found[data, scheme, width, state, address, each.rule] += 1
                    print(f"  {scheme} {width} {state} {each.rule}: {each.html}", file=sys.stderr)
        for width, fault in _by_tab(tab, url + address):
            found[data, SCHEMES[-1], width, TAB, address, TAB] += 1
            print(f"  {width} {TAB}: {fault}", file=sys.stderr)
    return found


def _by_tab(tab: Tab, address: str) -> Iterator[tuple[int, str]]:
    """What is wrong at a stop of the page, at the widest and the narrowest."""
    for width in ENDS:
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.open(address)
        yield from ((width, fault) for fault in focus.faults(tab))


def _looks(tab: Tab) -> Iterator[tuple[Scheme, int]]:
    """Each theme at each width, drawn."""
    for scheme in SCHEMES:
        tab.page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            tab.page.set_viewport_size({"width": width, "height": 900})
            tab.page.wait_for_timeout(200)  # the page is drawn anew from its own script
            tab.settled()
            yield scheme, width


def _table(found: Found, data: Sequence[str]) -> str:
    """A count per combination, and the rules with the addresses below it."""
    lines = ["data     theme  width  closed  opened"]
    walked = ["", "data     width  by Tab"]
    for name in data:
        for scheme in SCHEMES:
            for width in WIDTHS:
                counts = [_sum(found, (name, scheme, width, state)) for state in STATES]
                lines.append(f"{name:8} {scheme:6} {width:5}  {counts[0]:6}  {counts[1]:6}")
        for width in ENDS:
            walked.append(f"{name:8} {width:5}  {_sum(found, (name, SCHEMES[-1], width, TAB)):6}")
    lines += [*walked, ""]
    for rule in sorted({key[-1] for key in found}):
        where = sorted({f"{key[0]} {key[4]}" for key in found if key[-1] == rule})
        count = sum(times for key, times in found.items() if key[-1] == rule)
        lines.append(f"{rule}: {count} on {len(where)} addresses, first {where[0]}")
    return "\n".join(lines)


def _sum(found: Found, head: tuple[str, str, int, str]) -> int:
    return sum(count for key, count in found.items() if key[:4] == head)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.access", description=__doc__)
    parser.add_argument("addresses", nargs="*", help="only these, as /tiltak; all of them otherwise")
    parser.add_argument("--data", nargs="+", choices=DATA, default=DATA)
    parser.add_argument("--port", type=int, default=8790, help="the first of two free ports")
    return parser.parse_args()


if __name__ == "__main__":
    main()
