"""MedlinePlus health-topic XML (https://medlineplus.gov/xml.html): one draft for each topic in a language we speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from knowledge.errors import ContentError
from knowledge.importing.draft import Draft, Notes, Origin, as_slug, plain, read_bytes
from knowledge.importing.hypertext import sentences_of_html

LICENCE = "Public domain (work of the U.S. government); name MedlinePlus.gov as the source"
"""What https://medlineplus.gov/about/using/usingcontent/ says of health-topic summaries."""

_LANGUAGES = {"English": "en", "French": "fr", "Arabic": "ar"}
_PUBLISHER = "MedlinePlus, National Library of Medicine (US)"
_MOST_DEPTH = 60


def read_medlineplus(path: Path, notes: Notes, *, today: str) -> Iterator[Draft]:
    """Yield the topics of a file.

    Args:
        path: The XML file.
        notes: Is told what was left out.
        today: Date for the provenance.

    Raises:
        ContentError: The file is no MedlinePlus XML; the message names the line.
    """
    reader = _Reader(path)
    reader.read(read_bytes(path))
    if not reader.topics:
        raise ContentError(f"{path}: holds no <health-topic>; expected MedlinePlus health-topic XML")
    spoken_not: Counter[str] = Counter()
    for topic in reader.topics:
        language = _LANGUAGES.get(topic.given["language"])
        if language is None:
            spoken_not[topic.given["language"]] += 1
            continue
        title = plain(topic.given["title"])
        yield Draft(
            where=topic.where,
            slug=f"medlineplus-{as_slug(title, topic.where)}"[:80].strip("-"),
            language=language,
            title=title,
            sections=(("about", notes.keep(sentences_of_html(topic.summary, notes, topic.where), topic.where)),),
            licence=LICENCE,
            imported=f"{path.name}, health topic {topic.given['id']}, {today}",
            origins=(Origin(title, _PUBLISHER, LICENCE, topic.given["url"]),),
            keywords=tuple(dict.fromkeys(map(plain, topic.also_called))),
        )
    for language, count in spoken_not.items():
        notes.lines.append(f"{path}: left out {count} topic(s) in {language}, which Salama does not speak")


class _Topic:
    def __init__(self, where: str, given: dict[str, str]) -> None:
        self.where = where
        self.given = given
        self.also_called: list[str] = []
        self.summary = ""


class _Reader:
    """Reads with expat, which knows its line; refuses entity declarations, which are bombs or reach for files."""

    def __init__(self, path: Path) -> None:
        self.topics: list[_Topic] = []
        self._path = path
        self._open: list[str] = []
        self._topic: _Topic | None = None
        self._text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.EntityDeclHandler = self._entity

    def read(self, raw: bytes) -> None:
        try:
            self._parser.Parse(raw, True)
        except expat.ExpatError as error:
            raise ContentError(
                f"{self._path}: line {error.lineno}: not valid XML: {expat.ErrorString(error.code)}"
            ) from None
        except (LookupError, ValueError) as error:
            raise self._wrong(f"the declared encoding cannot be read: {error}") from None

    def _wrong(self, what: str) -> ContentError:
        return ContentError(f"{self._path}: line {self._parser.CurrentLineNumber}: {what}")

    def _entity(self, name: str, *_: object) -> None:
        raise self._wrong(f"declares the entity {name!r}; entities are not read, write the characters themselves")

    def _start(self, tag: str, given: dict[str, str]) -> None:
        self._open.append(tag)
        if len(self._open) > _MOST_DEPTH:
            raise self._wrong(f"elements stand more than {_MOST_DEPTH} deep; this is no MedlinePlus file")
        if tag == "health-topic":
            missing = [name for name in ("title", "url", "id", "language") if not given.get(name, "").strip()]
            if missing:
                raise self._wrong(f"<health-topic> lacks {', '.join(missing)}")
            self._topic = _Topic(f"{self._path}: line {self._parser.CurrentLineNumber}", given)
        # only text straight inside an element counts
        self._text.clear()

    def _end(self, tag: str) -> None:
        self._open.pop()
        topic, text = self._topic, "".join(self._text)
        self._text.clear()
        if topic is None:
            return
        if tag == "also-called" and text.strip():
            topic.also_called.append(text)
        elif tag == "full-summary":
            topic.summary = text
        elif tag == "health-topic":
            self.topics.append(topic)
            self._topic = None
