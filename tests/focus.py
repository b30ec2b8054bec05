"""A walk through a page by Tab alone: where the focus is at each stop, and what is wrong with it there."""

from dataclasses import dataclass

from tests.servers import Tab

MOST = 400
_STOP = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    const framed = each => {
        const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(each);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 || boxShadow !== 'none';
    };
    // A widget lays its own parts over what has the focus.
    const whole = here.closest('[data-testid=stElementContainer]') ?? here;
    const drawn = here.checkVisibility({opacityProperty: true, visibilityProperty: true});
    const shown = drawn ? [here] : [here.parentElement, ...here.parentElement.children];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const within = right > left && bottom > top;
    const over = within ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
    return {
        name: `${here.tagName} ${(here.ariaLabel || here.innerText || here.id).slice(0, 60)}`,
        first: here.dataset.testid === 'stSkipToContent',
        body: here === document.body,
        within,
        covered: drawn && over !== null && !whole.contains(over) && !over.contains(here),
        framed: shown.some(framed),
    };
}"""
_WAITS = "[data-testid=stMain] [data-testid^=stSkeleton]"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop for Tab: `within` the window, nothing laid over it, and with a frame that can be seen."""

    name: str
    first: bool
    body: bool
    within: bool
    covered: bool
    framed: bool

    @property
    def faults(self) -> list[str]:
        """What is wrong here."""
        wrong = {
            "nowhere": self.body,
            "off the screen": not self.within and not self.body,
            "covered": self.covered and not self.body,
            "not seen": not self.framed and not self.body,
        }
        return [f"{self.name}: {word}" for word, is_so in wrong.items() if is_so]


def stop(tab: Tab) -> Stop:
    """Where the focus is now."""
    return Stop(**tab.page.evaluate(_STOP))


def stops(tab: Tab) -> list[Stop]:
    """Every stop of the page, from its first to its last and round to the first again."""
    tab.page.locator(_WAITS).first.wait_for(state="detached")
    found: list[Stop] = []
    for _press in range(MOST):
        tab.page.keyboard.press("Tab")
        here = stop(tab)
        if here.first and found:
            return found[:-1] if found[-1].body else found  # after the last it is the browser's own turn
        found.append(here)
    raise AssertionError(f"Tab does not come round; it was last at {found[-3:]}")


def faults(tab: Tab) -> list[str]:
    """What is wrong at any stop of the page."""
    return [fault for each in stops(tab) for fault in each.faults]
