"""Which colours can be read on which (WCAG 2.2)."""

from __future__ import annotations


def ink(ground: str) -> str:
    """Return black or white, whichever can be read better on a colour."""
    return max(("#000000", "#ffffff"), key=lambda letters: contrast(letters, ground))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb` (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
