"""axe-core 4.14.1, the one file of its npm package, run in a page as it stands: WCAG 2.0 to 2.2, A and AA."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.servers import Tab

SOURCE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']})).violations
    .flatMap(rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 200)]))"""
_OPEN = """() => {
    const shut = document.querySelectorAll(
        'details:not([open]) > summary, [data-testid=stPopoverButton][aria-expanded=false]');
    for (const each of shut) each.click();
    return shut.length;
}"""


@dataclass(frozen=True, slots=True)
class Violation:
    """One element that breaks one of axe's rules."""

    rule: str
    html: str


def violations(page: Page) -> list[Violation]:
    """Everything axe finds in the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)  # not a script tag, which the app's policy refuses
    return [Violation(rule, html) for rule, html in page.evaluate(_RUN, TAGS)]


def open_all(tab: Tab) -> None:
    """Open every expander and every popover of the page, also those inside each other."""
    while tab.page.evaluate(_OPEN):
        tab.settled()
