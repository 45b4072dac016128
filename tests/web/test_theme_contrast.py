"""The theme's colours stand far enough apart to be read, by day and by night (WCAG 2.1)."""

import re
from pathlib import Path

import pytest

from outreach.web import palette

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TEXT = 4.5
LARGE_TEXT_AND_SIGNS = 3.0
NAMES = ("accent", "brand", "neutral", "info", "success", "warning", "danger")
DECLARATION = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{6});")


def colours(scheme: str) -> dict[str, str]:
    """The theme's colours by token, and our own groups and classes, in one scheme."""
    theme = (CSS / "theme" / f"{scheme}.css").read_text(encoding="utf-8")
    tokens = (CSS / "tokens.css").read_text(encoding="utf-8")
    day, night = tokens.split("@media (prefers-color-scheme: dark)")
    own = dict(DECLARATION.findall(day))
    if scheme == "dark":
        own |= dict(DECLARATION.findall(night))
    return {
        name.removeprefix("ds-color-"): value for name, value in DECLARATION.findall(theme)
    } | own


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["text-default", "text-subtle"])
def test_text_of_every_colour_is_readable_on_its_own_surfaces(
    scheme: str, name: str, text: str
) -> None:
    theme = colours(scheme)
    grounds = ("background-default", "background-tinted", "surface-default", "surface-tinted")
    worst = min(contrast(theme[f"{name}-{text}"], theme[f"{name}-{ground}"]) for ground in grounds)
    assert worst >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "text", ["neutral-text-subtle", "accent-text-subtle", "brand-text-subtle", "rural", "urban"]
)
def test_text_in_the_pages_own_colours_is_readable_on_its_grounds(scheme: str, text: str) -> None:
    theme = colours(scheme)
    grounds = ("neutral-background-tinted", "neutral-surface-default")
    assert min(contrast(theme[text], theme[ground]) for ground in grounds) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_words_on_a_filled_button_are_readable(scheme: str, name: str) -> None:
    theme = colours(scheme)
    words = theme[f"{name}-base-contrast-default"]
    assert contrast(words, theme[f"{name}-base-default"]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edge", ["neutral-border-default", "focus-outer", "danger-border-strong"])
def test_edges_of_fields_and_of_focus_can_be_seen(scheme: str, edge: str) -> None:
    theme = colours(scheme)
    grounds = ("neutral-background-tinted", "neutral-surface-default")
    assert min(contrast(theme[edge], theme[ground]) for ground in grounds) >= LARGE_TEXT_AND_SIGNS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_footers_words_are_readable_on_the_deep(scheme: str) -> None:
    theme = colours(scheme)
    assert contrast(theme["deep-soft"], theme["deep"]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_classes_go_one_way_from_quiet_to_strong(scheme: str) -> None:
    theme = colours(scheme)
    ground = theme["neutral-background-tinted"]
    steps = [contrast(theme[f"class-{step}"], ground) for step in range(1, 6)]
    assert steps == sorted(steps)


def test_the_server_draws_in_the_colours_that_the_styles_know() -> None:
    theme = colours("light")
    drawn = [palette.RURAL, palette.URBAN, *palette.CLASSES, palette.NO_CLASS]
    named = ["rural", "urban", *(f"class-{step}" for step in range(1, 6)), "class-none"]
    assert drawn == [theme[name] for name in named]


def test_every_colour_the_server_draws_with_has_its_rule_for_the_dark() -> None:
    rules = (CSS / "charts.css").read_text(encoding="utf-8")
    strokes_and_fills = set(re.findall(r'\[(?:fill|stroke)="(#[0-9a-f]{6})"\]', rules))
    drawn = {
        value
        for value in vars(palette).values()
        if isinstance(value, str) and re.fullmatch(r"#[0-9a-f]{6}", value)
    }
    ranges = {*palette.CLASSES, *palette.CHANGES}
    assert drawn | ranges == strokes_and_fills
