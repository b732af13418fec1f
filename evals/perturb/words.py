"""Words that perturbations need, by written form, from `words.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import StrictStr

from knowledge.files import build, read_yaml
from knowledge.schema import Content

Sex = Literal["F", "M"]
Texts = tuple[StrictStr, ...]


class Words(Content):
    """What one written form needs to say the same thing otherwise."""

    fillers: Texts
    """Polite or hesitant openings."""
    feelings: Texts
    hedges: Texts
    """Openings that play down."""
    hedge_ends: Texts
    colours: Texts
    """Swear words and the like."""
    reassurances: Texts
    """Whole messages that change no fact."""
    remarks_before: Texts
    """Everyday sentences about others, the past and what was read, that stand in front of what matters."""
    remarks_after: Texts
    names: dict[Sex, Texts]
    introduction: StrictStr
    people: dict[Sex, Texts]
    """Relatives that a name may follow."""
    swaps: tuple[tuple[StrictStr, StrictStr], ...]
    """Words for a man and for a woman."""
    sexed: Texts
    """Parts of words after which sex decides, so that it must not be swapped."""
    relatives: dict[Sex, StrictStr]
    """Who the writer becomes when somebody writes for them."""
    quoted: StrictStr
    """Frame in which a relative passes the message on."""
    first_person: Texts
    other_people: Texts
    """Words that show a message about somebody else."""
    about: StrictStr = ""
    """Opening of a message that was turned into the third person."""
    voice: tuple[tuple[StrictStr, StrictStr], ...] = ()
    """First person to third; empty where it cannot be done by words."""
    elided: tuple[tuple[StrictStr, StrictStr], ...] = ()
    """The same for beginnings of words (French "j'")."""
    pronouns: dict[Sex, dict[StrictStr, StrictStr]] = {}
    letters: dict[StrictStr, StrictStr] = {}
    """Letters of the other script of the same speech."""


@cache
def words_of(language: str) -> Words:
    """Return the words of a written form.

    Raises:
        knowledge.ContentError: `words.yaml` is wrong.
    """
    raw = read_yaml(files("evals.perturb") / "words.yaml")
    assert isinstance(raw, dict)
    return build(Words, raw[language], f"words.yaml, {language}")
