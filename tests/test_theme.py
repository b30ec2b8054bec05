"""Colours that can be read: contrast by WCAG 2.2, and the marks apart for colour-blind eyes."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest

from strategy import attachments, palette
from strategy.terms import Assessment

CONFIG = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text("utf-8"))
THEME: dict[str, Any] = CONFIG["theme"]
MODES = ("light", "dark")
HUES = ("green", "orange", "red", "gray", "blue", "yellow", "violet")
STATUS = tuple(each.tone for each in Assessment)
SPARE = "violet"
"""Kept for an assessment more, so that it needs no new colour."""

TEXT, GRAPHICS = 4.5, 3.0

CAPTION = 0.6
"""Streamlit writes captions, help and the edge of inputs in the text colour so strong (`fadedText60`)."""

APART = 8.0
"""Distance in Oklab, ×100; two is about the least an eye can see."""

Colour = tuple[float, float, float]

SEEN = {
    "everyone": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)
    ),
}  # fmt: skip
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear light."""


def rgb(hexadecimal: str) -> Colour:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def linear(colour: Colour) -> Colour:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faded(text: Colour, ground: Colour, opacity: float) -> Colour:
    red, green, blue = (opacity * t + (1 - opacity) * g for t, g in zip(text, ground, strict=True))
    return red, green, blue


def seen_by(colour: Colour, eyes: str) -> Colour:
    light = linear(colour)
    red, green, blue = (max(0.0, sum(m * c for m, c in zip(row, light, strict=True))) for row in SEEN[eyes])
    return red, green, blue


def distance(one: Colour, other: Colour) -> float:
    """Between two colours of linear light, in Oklab (https://bottosson.github.io/posts/oklab/), ×100."""
    return sum((a - b) ** 2 for a, b in zip(oklab(one), oklab(other), strict=True)) ** 0.5 * 100


def oklab(colour: Colour) -> Colour:
    r, g, b = colour
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def colour(mode: str, name: str) -> Colour:
    return rgb(THEME[mode][name])


def grounds(mode: str) -> list[Colour]:
    return [colour(mode, "backgroundColor"), colour(mode, "secondaryBackgroundColor")]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "name", ["textColor", "linkColor", "primaryColor", *(f"{hue}TextColor" for hue in HUES)]
)
def test_text_can_be_read_on_both_grounds(mode: str, name: str):
    assert all(contrast(colour(mode, name), ground) >= TEXT for ground in grounds(mode))


@pytest.mark.parametrize("mode", MODES)
def test_captions_can_be_read_on_both_grounds(mode: str):
    text = colour(mode, "textColor")
    assert all(contrast(faded(text, ground, CAPTION), ground) >= TEXT for ground in grounds(mode))


@pytest.mark.parametrize("mode", MODES)
def test_the_edge_of_an_input_can_be_seen(mode: str):
    text, ground = colour(mode, "textColor"), colour(mode, "backgroundColor")
    assert contrast(faded(text, ground, CAPTION), ground) >= GRAPHICS


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("hue", HUES)
def test_the_words_of_a_badge_can_be_read_on_its_tint(mode: str, hue: str):
    assert contrast(colour(mode, f"{hue}TextColor"), colour(mode, f"{hue}BackgroundColor")) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_the_words_of_a_button_can_be_read_on_the_accent(mode: str):
    assert contrast(colour(mode, "backgroundColor"), colour(mode, "primaryColor")) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_every_chart_colour_and_mark_can_be_seen_on_both_grounds(mode: str):
    drawn = [rgb(c) for c in THEME[mode]["chartCategoricalColors"]]
    drawn += [colour(mode, f"{hue}Color") for hue in {*STATUS, SPARE, "blue"}]
    assert all(contrast(c, ground) >= GRAPHICS for c in drawn for ground in grounds(mode))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("eyes", SEEN)
def test_the_marks_differ_for_all_eyes(mode: str, eyes: str):
    marks = [seen_by(colour(mode, f"{hue}Color"), eyes) for hue in {*STATUS, SPARE}]
    assert min(distance(a, b) for a, b in itertools.combinations(marks, 2)) >= APART


@pytest.mark.parametrize("mode", MODES)
def test_plotly_keeps_the_palette(mode: str):
    colours = THEME[mode]["chartCategoricalColors"]
    assert len(set(colours)) == len(colours) >= 10


@pytest.mark.parametrize(("mode", "drawn"), [("light", palette.LIGHT), ("dark", palette.DARK)])
def test_figures_have_the_colours_of_the_page(mode: str, drawn: palette.Palette):
    shown = THEME[mode]
    assert (drawn.ground, drawn.ink) == (shown["backgroundColor"], shown["textColor"])
    assert (drawn.accent, drawn.line) == (shown["primaryColor"], shown["borderColor"])
    assert [drawn.marks[each] for each in Assessment] == [shown[f"{hue}Color"] for hue in STATUS]


def test_no_font_is_fetched_from_anywhere():
    assert {THEME[name] for name in ("font", "headingFont", "codeFont")} == {
        "sans-serif",
        "serif",
        "monospace",
    }
    assert "fontFaces" not in THEME


def test_the_server_is_closed_by_default():
    server, client = CONFIG["server"], CONFIG["client"]
    assert server["address"] == "127.0.0.1"
    assert server["maxUploadSize"] == attachments.LIMIT // 10**6
    assert server["fileWatcherType"] == "none"
    assert not server["enableAgentApi"]
    assert not server["enableStaticServing"]
    assert client["showErrorDetails"] == "none"
    assert not CONFIG["browser"]["gatherUsageStats"]
    assert CONFIG["logger"]["hideWelcomeMessage"]
