"""Small pieces of HTML of which every region of the page is made; all that comes in is escaped.

Nothing here may hold a line break: in the page's regions a blank line would end the HTML and let what follows be read
as Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from knowledge.vocabulary import RIGHT_TO_LEFT

STATIC = files("ui") / "static"
ARABIC = re.compile("[\u0600-\u08ff]")
MEASURE = re.compile(r"\d[\d.,٫/]*[ \u00a0]?(?:°[ \u00a0]?)?[A-Za-zµ%][A-Za-z/]*")
"""A number with a unit in Latin letters."""
QUOTED = re.compile("(“|«[ \u00a0]?)([^”»]*?)([ \u00a0]?»|”)")
"""Words of a patient within a sentence that may run the other way."""
BEFORE_SIGN = re.compile(" (?=[?!:;»])")
"""The space that stands before such signs in French."""


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def spoken(language: str) -> str:
    """Return the attributes of an element that is written in a language."""
    return f'lang="{language}" dir="{direction(language)}"'


def plain(text: str) -> str:
    """Escape a text and keep its lines.

    Where there is Arabic script, a number stays before its unit, as in 38.5 °C, and what is quoted runs its own way, so
    that two quotes beside each other keep their order. No line begins with a sign that French sets apart by a space.
    """
    text = BEFORE_SIGN.sub("\u00a0", text)
    if ARABIC.search(text):
        text = QUOTED.sub("\\1\u2068\\2\u2069\\3", MEASURE.sub("\u2066\\g<0>\u2069", text))
    return escape(text.replace("\r", "")).replace("\n", "&#10;")


def named(name: str, value: str, language: str) -> str:
    """Return HTML of a name and of its value with a colon between them, as the language sets it."""
    return f"{name}{'&nbsp;' if language == 'fr' else ''}: {value}"


def digits(number: str) -> str:
    """Return a telephone number as it is dialled."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def dial(number: str) -> str:
    """Return a telephone link that shows the number left to right in any text."""
    return f'<a class="sal-tel" href="tel:{digits(number)}" dir="ltr">{plain(number)}</a>'


def phones(numbers: Iterable[tuple[str, str]], language: str) -> str:
    """Return further telephone numbers, each after its name; nothing when there are none."""
    rows = "".join(f"<li>{named(plain(name), dial(number), language)}</li>" for name, number in numbers)
    return f'<ul class="sal-lines">{rows}</ul>' if rows else ""


def dialled(text: str, number: str | None) -> str:
    """Escape a text, and make the emergency number in it one that can be tapped.

    Only for texts without other figures: where the number is 15, "rinse for 15 minutes" is no telephone link.
    """
    parts = text.split(number) if number else [text]
    return dial(number or "").join(plain(part) for part in parts)


def fold(title: str, inside: str, *, elem_id: str = "", style: str = "sal-fold", language: str = "") -> str:
    """Return something that opens when its title is tapped; nothing when there is nothing inside.

    Args:
        title: HTML of the title.
        inside: HTML of what it opens.
        elem_id: Its id.
        style: Its CSS class.
        language: Written form of both; needed where nothing around them says it, as Gradio's regions run left to right.
    """
    name = f' id="{elem_id}"' if elem_id else ""
    tongue = f" {spoken(language)}" if language else ""
    return f'<details{name} class="{style}"{tongue}><summary>{title}</summary>{inside}</details>' if inside else ""


def listed(title: str, items: Iterable[str]) -> str:
    """Return a titled list of plain texts; nothing when it is empty."""
    rows = "".join(f"<li>{plain(item)}</li>" for item in items)
    return f"<h3>{plain(title)}</h3><ul>{rows}</ul>" if rows else ""


def choice(
    verb: str,
    value: str,
    label: str,
    *,
    sign: str = "",
    pressed: bool | None = None,
    style: str = "sal-chip",
    language: str = "",
) -> str:
    """Return a button that does something when it is tapped.

    Args:
        verb: What to do, e.g. `say`.
        value: With what.
        label: Its words.
        sign: HTML of a picture before the words.
        pressed: Whether it is the one that was chosen; None for a button that is no choice among several.
        style: Its CSS class.
        language: Language of its words, where it is not that of the page.
    """
    tongue = f' lang="{language}"' if language else ""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button type="submit" class="{style}" name="{verb}" value="{escape(value)}"{state}>'
        f'{sign}<span dir="auto"{tongue}>{plain(label)}</span></button>'
    )


def acting(inside: str, fields: Mapping[str, str]) -> str:
    """Return a form around buttons; it works before and without any script.

    Args:
        inside: HTML of the buttons.
        fields: What the server must know besides: token, page, language, country.
    """
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
    return f'<form class="sal-act" method="post" action="/visit/act">{inside}{hidden}</form>' if inside else ""


def listen(label: str) -> str:
    """Return the button that reads the element around it aloud; scripts make it visible where there is speech."""
    return f'<button type="button" class="sal-listen" aria-label="{escape(label)}">{picture("listen")}</button>'


@cache
def sheet(folder: str) -> tuple[dict[str, dict[str, str]], Callable[..., str]]:
    """Return the words of a page that is no part of the chat, and what writes the page.

    Args:
        folder: Folder of `static` with `page.html` and, by language, `words.json`.

    Returns:
        The words by language, and a function that takes one of these languages and, by name, HTML of the other places
        in the page.
    """
    words: dict[str, dict[str, str]] = json.loads((STATIC / folder / "words.json").read_text(encoding="utf-8"))
    page = Template((STATIC / folder / "page.html").read_text(encoding="utf-8"))

    def written(language: str, **parts: str) -> str:
        return page.substitute(words[language], lang=language, dir=direction(language), **parts)

    return words, written


@cache
def picture(name: str) -> str:
    """Return a picture of `static/pictures`, for the eye only; nothing when there is none of that name."""
    found = STATIC / "pictures" / f"{name}.svg"
    return " ".join(found.read_text(encoding="utf-8").split()) if found.is_file() else ""
