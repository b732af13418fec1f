"""What the guard needs to know of a language, from `knowledge/content/claims/<language>.yaml`."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictStr, field_validator

from knowledge.errors import ContentError
from knowledge.files import build, read_yaml
from knowledge.schema import Content
from knowledge.vocabulary import Disposition, DispositionName
from triage.guard.letters import fold, fold_pattern

Check = Literal["claims", "diagnosis", "floor", "leak"]


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of whole words; a space stands for any spaces."""
    return re.compile(rf"(?<!\w)(?:{fold_pattern(pattern)})(?!\w)")


Words = Annotated[frozenset[StrictStr], AfterValidator(lambda words: frozenset(map(fold, words)))]
"""Words in the form in which text is compared."""


class ClaimRule(Content):
    """Something a sentence must not say."""

    id: StrictStr
    check: Check
    from_level: DispositionName = Disposition.SELF_CARE
    """The rule holds at this level of the card and above."""
    below_level: DispositionName | None = None
    """The rule holds only while the card is calmer than this."""
    patterns: tuple[StrictStr, ...] = Field(min_length=1)
    """Regular expressions over lower-case text without accents."""
    unless: tuple[StrictStr, ...] = ()
    """Where one of these matches as well, the rule does not hold."""
    reviewed_too: bool = False
    """The rule holds even for a sentence that stands word for word in a passage."""

    @field_validator("patterns", "unless")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                compile_pattern(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
        return patterns

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        """The patterns."""
        return tuple(map(compile_pattern, self.patterns))

    @cached_property
    def exceptions(self) -> tuple[re.Pattern[str], ...]:
        """The patterns that lift the rule."""
        return tuple(map(compile_pattern, self.unless))


class LanguagePack(Content):
    """Words and patterns of one language."""

    language: StrictStr
    version: int
    native_review: bool
    function_words: Words
    """Words without meaning of their own; they also tell this language from others."""
    neutral_words: Words = frozenset()
    """Words a clinical sentence may use though its passage does not."""
    negators: Words
    negating_verbs: Words = frozenset()
    """Those of the negators that are verbs, like "avoid": under another negation they turn the meaning round again."""
    urgent: Words = frozenset()
    """Words like "today" and "now", which a draft must not leave out."""
    conditionals: Words
    conjunctions: Words
    """Words like "and", at which a sentence may be cut; not "or", over which a negation carries."""
    contrasts: Words = frozenset()
    hedges: Words = frozenset()
    """Words like "may" and "often", which a draft must not drop."""
    qualifiers: Words = frozenset()
    """Words like "for" and "under", after which a draft must leave nothing out: "for low sugar", "under 1 year"."""
    sequence: Words = frozenset()
    """Words like "before", with which the order of the others is part of the meaning."""
    subordinators: Words = frozenset()
    """Words before "you have" that make it no statement of its own: "while", "what"."""
    summary_words: Words = frozenset()
    """Words that a summary for a clinician may have around the findings; a language without any gets no summary."""
    summary_denials: Words = frozenset()
    """Words with which a sentence of a summary begins that only lists what is absent."""
    endings: frozenset[str]
    """Endings that may differ between two forms of one word; the empty one included."""
    clitics: tuple[StrictStr, ...] = ()
    """Prefixes that are words of their own, longest first."""
    rewrites: tuple[tuple[StrictStr, str], ...] = ()
    """(pattern, replacement) applied before words are compared: contractions and spellings."""
    numbers: dict[Annotated[StrictStr, AfterValidator(fold)], StrictStr] = Field(default_factory=dict)
    """Number words and their digits."""
    hard_letters: int = 13
    """A word with so many letters is hard to read."""
    medicines: tuple[StrictStr, ...] = ()
    """Names and endings (with `\\w*` before) of medicines, as patterns."""
    plain: tuple[StrictStr, ...] = ()
    """Whole sentences without clinical content; `{told}` stands for what the patient told us."""
    writer_ill: tuple[StrictStr, ...] = ()
    """Patterns of plain sentences that make a patient of who writes."""
    assertions: tuple[StrictStr, ...] = ()
    """Patterns with a group `what` that say the person has something."""
    possessives: StrictStr = ""
    """Pattern of words like "your", which make what follows something that the person has."""
    denials: tuple[StrictStr, ...] = ()
    """Patterns with a group `what` that say the person does not have something."""
    rules: tuple[ClaimRule, ...]

    @cached_property
    def light(self) -> frozenset[str]:
        """Words that need no support."""
        return self.function_words | self.neutral_words | self.conjunctions

    @cached_property
    def telling(self) -> frozenset[str]:
        """Words that tell this language from others."""
        return self.light | self.negators | self.conditionals

    @cached_property
    def rewriting(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The compiled rewrites."""
        return tuple((re.compile(fold_pattern(pattern)), replacement) for pattern, replacement in self.rewrites)

    @cached_property
    def plain_shapes(self) -> tuple[re.Pattern[str], ...]:
        """The compiled plain sentences."""
        return tuple(re.compile(fold_pattern(shape).replace("{told}", "(?P<told>.+?)")) for shape in self.plain)

    @cached_property
    def of_writer(self) -> tuple[re.Pattern[str], ...]:
        """The compiled patterns of what is said of who writes."""
        return tuple(map(compile_pattern, self.writer_ill))

    @cached_property
    def asserting(self) -> tuple[re.Pattern[str], ...]:
        """The compiled assertions."""
        return tuple(map(compile_pattern, self.assertions))

    @cached_property
    def possessing(self) -> re.Pattern[str] | None:
        """The compiled words of possession."""
        return compile_pattern(self.possessives) if self.possessives else None

    @cached_property
    def denying(self) -> tuple[re.Pattern[str], ...]:
        """The compiled denials."""
        return tuple(map(compile_pattern, self.denials))

    @cached_property
    def medicine_names(self) -> re.Pattern[str]:
        """One pattern for all medicines."""
        return compile_pattern("|".join(self.medicines)) if self.medicines else re.compile(r"(?!)")


def read_pack(path: Traversable) -> LanguagePack:
    """Read one language file.

    Raises:
        ContentError: The file is not valid; the message names file and key.
    """
    return build(LanguagePack, read_yaml(path), path.name)


@lru_cache(maxsize=1)
def load_packs() -> dict[str, LanguagePack]:
    """Return the packaged languages by tag.

    Raises:
        ContentError: A file is not valid or named after another language.
    """
    folder = files("knowledge") / "content" / "claims"
    packs = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            pack = read_pack(path)
            if path.name != f"{pack.language}.yaml":
                raise ContentError(f"{path.name}: language says the file should be called {pack.language}.yaml")
            packs[pack.language] = pack
    return packs
