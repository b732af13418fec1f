"""HTML to plain sentences: no scripts, no styles, no links; lists become one sentence with their lead-in."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from knowledge.importing.draft import Notes, plain, split_sentences

_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "title"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS_ITEM = frozenset({"li", "ul", "ol"}) | _HEADINGS
_BREAKS = frozenset(
    {"p", "div", "br", "table", "tr", "td", "th", "section", "article", "blockquote", "dt", "dd", "pre"}
)

Block = tuple[str, str]
"""`heading`, `text` or `item`, and its words."""


def sentences_of_html(html: str, notes: Notes, where: str) -> list[str]:
    """Return the sentences of a piece of HTML, whole or broken; links keep their words and lose their address.

    Args:
        html: The HTML.
        notes: Is told which list items were left out.
        where: File and place, for the notes.
    """
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return sentences_of_blocks(block for block in reader.finish() if block[0] != "item" or notes.allow(block[1], where))


def sentences_of_markdown(text: str, notes: Notes, where: str) -> list[str]:
    """Return the sentences of Markdown, with the arguments of `sentences_of_html`."""
    return sentences_of_html(MarkdownIt("commonmark").render(text), notes, where)


def sentences_of_blocks(blocks: Iterable[Block]) -> list[str]:
    """Return sentences; list items join what leads to them, because alone they would say nothing.

    Headings are left out, except where a list hangs on nothing else.
    """
    sentences: list[str] = []
    items: list[str] = []
    lead = ""

    def close_list() -> None:
        nonlocal lead
        if items and lead:
            sentences.append(f"{lead}: {'; '.join(item.rstrip('.;') for item in items)}.")
        elif items:
            sentences.extend(sentence for item in items for sentence in split_sentences(item))
        items.clear()
        lead = ""

    for kind, text in blocks:
        if kind == "item":
            items.append(text)
            continue
        close_list()
        if kind == "heading":
            lead = text.rstrip(" ?:؟")
            continue
        found = split_sentences(text)
        if found and found[-1].endswith(":"):
            lead = found.pop().rstrip(" :")
        sentences.extend(found)
    close_list()
    return sentences


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._words: list[str] = []
        self._kind = "text"
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "li":
            self._end("item")
        elif tag in _HEADINGS:
            self._end("heading")
        elif tag in _BREAKS or tag in _ENDS_ITEM:
            self._end("item" if self._kind == "item" else "text")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            # a broken page may leave inner ones open
            del self._silent[self._silent.index(tag) :]
        elif tag in _ENDS_ITEM or (tag in _BREAKS and self._kind != "item"):
            self._end("text")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def finish(self) -> list[Block]:
        self._end("text")
        return self._blocks

    def _end(self, following: str) -> None:
        text = plain("".join(self._words))
        if text:
            self._blocks.append((self._kind, text))
        self._words = []
        self._kind = following
