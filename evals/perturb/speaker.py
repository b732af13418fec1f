"""Who is ill and who writes: sex, names, and somebody who writes for the patient."""

from __future__ import annotations

import re
from random import Random

from evals.perturb.words import Sex, Words

_SEXES: tuple[Sex, ...] = ("F", "M")


def swap_sex(text: str, words: Words, chance: Random) -> str:
    """Make a man of a woman and the other way round, where sex decides nothing."""
    if _is_sexed(text, words):
        return text
    swaps: dict[str, str] = {}
    for man, woman in words.swaps:
        swaps.setdefault(man, woman)
        swaps.setdefault(woman, man)
    return _replace(text, swaps)


def add_name(text: str, words: Words, chance: Random) -> str:
    """Name the ill relative, or the writer."""
    for sex in _SEXES:
        name = chance.choice(words.names[sex])
        for person in words.people[sex]:
            named, count = re.subn(rf"(?i)(?<!\w){re.escape(person)}(?!\w)", rf"\g<0> {name}", text, count=1)
            if count:
                return named
    return words.introduction.format(name=chance.choice(words.names[chance.choice(_SEXES)])) + text


def third_person(text: str, words: Words, chance: Random) -> str:
    """Let the wife or husband tell what the patient told in the first person."""
    sex = _writer(text, words, chance)
    if sex is None or not words.voice:
        return text
    spoken = {said: told.format(**words.pronouns[sex]) for said, told in words.voice}
    changed = _replace(text, spoken)
    for start, instead in words.elided:
        changed = re.sub(rf"(?i)(?<!\w){re.escape(start)}", instead.format(**words.pronouns[sex]), changed)
    return words.about.format(relative=words.relatives[sex]) + changed


def quote(text: str, words: Words, chance: Random) -> str:
    """Let a relative pass the patient's own words on."""
    sex = _writer(text, words, chance)
    return text if sex is None else words.quoted.format(relative=words.relatives[sex], text=text)


def _writer(text: str, words: Words, chance: Random) -> Sex | None:
    """Return a sex for somebody who writes of themselves alone; None for others, and where their sex decides."""
    said = set(re.findall(r"[\w'’-]+", text.casefold().replace("’", "'")))
    if _is_sexed(text, words) or said & set(words.other_people) or not said & set(words.first_person):
        return None
    return chance.choice(_SEXES)


def _is_sexed(text: str, words: Words) -> bool:
    folded = text.casefold()
    return any(part in folded for part in words.sexed)


def _replace(text: str, changes: dict[str, str]) -> str:
    """Replace whole words and phrases, the longest first, all at once."""
    longest = sorted(changes, key=len, reverse=True)
    pattern = re.compile(rf"(?i)(?<![\w'])(?:{'|'.join(map(re.escape, longest))})(?![\w'])")
    return pattern.sub(lambda match: changes[match[0].casefold()], text.replace("’", "'"))
