"""The words of one form's lexicons as small integers, so that matching compares numbers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from triage.findings.forms import Form
from triage.findings.spelling import Spelling

_CACHED = 20_000


@dataclass(slots=True)
class Branch:
    """Where class forms of several words go on from here, and the classes of those that end here."""

    next: dict[int, Branch] = field(default_factory=dict)
    classes: list[int] = field(default_factory=list)


class Wordbook:
    """Symbols of words and word classes.

    Args:
        form: The written form.
        equal: Groups of words that count as one.
        plain: Grammar words: in a message they stand for nothing but the same word.
        ordinary: Folded everyday words, which are never taken for a misspelt one.
        literal: Folded everyday words of a loose form, which stand for nothing but the same sounds.
    """

    def __init__(
        self,
        form: Form,
        *,
        equal: Iterable[Sequence[str]],
        plain: frozenset[str],
        ordinary: frozenset[str],
        literal: frozenset[str] = frozenset(),
    ) -> None:
        self.form = form
        self._plain = plain
        self._ordinary = ordinary
        self._literal = literal
        self._symbols: dict[str, int] = {}
        self._shelves: dict[str, list[tuple[str, int]]] = {}
        self._surfaces: dict[str, int] = {}
        self._split: dict[str, tuple[str, ...]] = {}
        self._closed = False
        self._count = 0
        self._uses: dict[int, int] = {}
        self._classes: dict[str, int] = {}
        self._members: dict[int, tuple[int, ...]] = {}
        self._phrases = Branch()
        self._known: dict[str, tuple[int, ...]] = {}
        self._found: dict[str, tuple[int, ...]] = {}
        self._spelling: Spelling | None = None
        self._elsewhere: tuple[Wordbook, ...] = ()
        for group in equal:
            words = [form.split(word)[0] for word in group]
            shared = self.symbol(words[0])
            for word in words[1:]:
                self._surfaces[word] = shared
                self._shelve(word, shared)

    def symbol(self, word: str) -> int:
        """Return the symbol of a lexicon word, a new one if need be."""
        found = self._surfaces.get(word)
        if found is None:
            # A grammar word has no part in the stem it happens to share ("tous" and "touse").
            found = None if word in self._plain else self._symbols.get(self.form.stem(word))
            if found is None:
                found = self._new()
                if word not in self._plain:
                    self._shelve(word, found)
            self._surfaces[word] = found
        self._uses[found] = self._uses.get(found, 0) + 1
        return found

    def words(self, texts: Sequence[str], ends: Container[int] = ()) -> list[tuple[str, ...]]:
        """Return the words of texts; how words of the lexicon are cut is remembered.

        Args:
            texts: Tokens in order.
            ends: Which of them a comma or the end of a sentence follows.
        """
        found = []
        for text in texts:
            words = self._split.get(text)
            if words is None:
                words = self.form.split(text)
                if not self._closed:
                    self._split[text] = words
            found.append(words)
        return self.form.join(found, ends)

    def class_symbol(self, name: str) -> int:
        """Return the symbol of a class, a new one if need be."""
        if name not in self._classes:
            self._classes[name] = self._new()
        return self._classes[name]

    def add_member(self, name: str, words: Sequence[int]) -> None:
        """Put a form, of one or several words, into a class."""
        group = self.class_symbol(name)
        if len(words) == 1:
            self._members[words[0]] = (*self._members.get(words[0], ()), group)
        elif words:
            branch = self._phrases
            for word in words:
                branch = branch.next.setdefault(word, Branch())
            if group not in branch.classes:
                # "can't", "cant" and "cannot" are all "can not": once is enough
                branch.classes.append(group)

    def close(self, elsewhere: Sequence[Wordbook] = ()) -> None:
        """Make ready for messages once every word was added.

        Args:
            elsewhere: Books of the other forms; their words are not corrected into ours.
        """
        self._elsewhere = tuple(book for book in elsewhere if book.form.scripts & self.form.scripts)
        self._closed = True
        if self.form.corrects:
            fixed = {self.form.stem(word) for word in self._plain}
            targets = ((stem, self._uses.get(found, 0)) for stem, found in self._symbols.items() if stem not in fixed)
            self._spelling = Spelling(targets)

    def phrases_from(self, symbol: int) -> Branch | None:
        """Return the class forms of several words that begin with a symbol."""
        return self._phrases.next.get(symbol)

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of ours as it stands."""
        return word in self._plain or bool(self._direct(word))

    def reads(self, text: str) -> bool:
        """Whether a token, or every part of it, is one of ours as it stands."""
        parts = self.form.split(text)
        return bool(parts) and all(self.knows(part) for part in parts)

    def understands(self, text: str) -> bool:
        """Whether every part of a token is one of ours, with letters glued to it or not, or an everyday word."""
        parts = self.form.split(text)
        if not self.form.corrects:
            return bool(parts) and all(part in self._literal or self.knows(part) for part in parts)
        return bool(parts) and all(
            self.knows(part)
            or part in self._ordinary
            or any(self._on_shelf(variant) for variant in self.form.variants(part))
            for part in parts
        )

    def holds(self, text: str) -> bool:
        """Whether a token is written in the lexicon just so; looser forms read nearly any misspelt word."""
        return text in self._split if not self.form.corrects else self.reads(text)

    def look_up(self, word: str) -> tuple[int, ...]:
        """Return the symbols of a message word and of its classes; none when it is unknown."""
        found = self._known.get(word)
        if found is None:
            found = self._expand(self._find(word))
            # Words that mean nothing to us may be names: they are not kept.
            if (found or self._is_everyday(word)) and len(self._known) < _CACHED:
                self._known[word] = found
        return found

    def _is_everyday(self, word: str) -> bool:
        """Whether a word is written just so in some lexicon or list of frequent words, and so is nobody's name."""
        books = (self, *self._elsewhere)
        return any(word in book._plain or word in book._ordinary or word in book._split for book in books)

    def _find(self, word: str) -> tuple[int, ...]:
        if word in self._plain:
            return (self._surfaces[word],) if word in self._surfaces else ()
        if word in self._literal:
            same = (self._surfaces.get(other) for other in self.form.spellings(word))
            return tuple(dict.fromkeys(symbol for symbol in same if symbol is not None))
        direct = self._direct(word)
        if direct:
            noun = (found for stem in self.form.unglued(word) for found in self._on_shelf(stem))
            return (*direct, *(found for found in noun if found in self._members and found not in direct))
        for variant in self.form.variants(word):
            found = self._on_shelf(variant)
            if found:
                return found
        if not word[-1:].isalpha() or word in self._ordinary or any(book.holds(word) for book in self._elsewhere):
            return ()
        for other in self.form.swapped(word):
            found = self._on_shelf(other)
            if found:
                return found
        if self._spelling is None or not word.isalpha():
            return ()
        meant = self._spelling.correct(self.form.stem(word))
        return () if meant is None else (self._symbols[meant],)

    def _direct(self, word: str) -> tuple[int, ...]:
        known = self._found.get(word)
        if known is not None:
            return known
        found = tuple(dict.fromkeys(symbol for stem in self.form.stems(word) for symbol in self._on_shelf(stem)))
        if found and self._closed and len(self._found) < _CACHED:
            self._found[word] = found
        return found

    def _on_shelf(self, stem: str) -> tuple[int, ...]:
        shelf = self._shelves.get(self.form.shelf(stem))
        return tuple(found for kept, found in shelf if self.form.agree(stem, kept)) if shelf else ()

    def _expand(self, words: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(dict.fromkeys([*words, *(group for word in words for group in self._members.get(word, ()))]))

    def _shelve(self, word: str, symbol: int) -> None:
        for stem in self.form.stems(word):
            self._symbols.setdefault(stem, symbol)
            self._shelves.setdefault(self.form.shelf(stem), []).append((stem, symbol))

    def _new(self) -> int:
        self._count += 1
        return self._count


def class_forms(classes: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Return the classes of several lexicons as one, forms of the same name together."""
    merged: dict[str, list[str]] = {}
    for group in classes:
        for name, forms in group.items():
            merged.setdefault(name, []).extend(forms)
    return merged
