"""HTML of the question that waits: its words, why it is asked, and every way to answer it with a thumb."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge import Knowledge
from triage import AskedQuestion
from triage.wording import Wording
from ui.markup import choice, fold, listen, picture, plain, spoken

UNITS = {
    "age_years": ("unit_years", "unit_months", "unit_weeks", "unit_days"),
    "temp_c": ("unit_celsius",),
    "resp_rate_per_min": ("unit_breaths",),
}
"""Keys of the units in which a number may be typed, by the quantity that a question asks for."""

SIGNS = {"yes": "yes", "no": "no", "none": "no", "unsure": "unsure"}
PARTS = {
    "chest_pain": "body_chest", "abdominal_pain": "body_belly", "headache": "body_head", "back_pain": "body_back",
    "ear_pain": "body_ear", "sore_throat": "body_throat", "flank_pain": "body_back",
    "epigastric_pain_new": "body_belly",
    "lower_abdominal_pain_one_side": "body_belly", "right_lower_pain": "body_belly",
    "joint_swollen_hot": "body_joint", "eye_pain": "body_eye", "toothache": "body_tooth",
}  # fmt: skip
"""Pictures beside answers that name a part of the body, by concept."""


class Asking:
    """Renders questions.

    Args:
        knowledge: The content.
        wording: Fixed sentences.
    """

    def __init__(self, knowledge: Knowledge, wording: Wording) -> None:
        self._knowledge = knowledge
        self._wording = wording

    def question(self, question: AskedQuestion | None, language: str, turn: int = 0) -> str:
        """Return the question with its answers, how many may follow, and why we ask; nothing when none waits."""
        if question is None:
            return ""
        words = self._knowledge.say(language).text
        left = words["last_question"]
        if question.remaining:
            # one and two have forms of their own
            key = f"question_remaining_{question.remaining}"
            left = self._wording.text(key if key in words else "question_remaining", language, n=question.remaining)
        progress = "" if question.id.startswith("retract:") else f'<p class="sal-left">{plain(left)}</p>'
        why = fold(plain(words["why_ask"]), f"<p>{plain(question.why)}</p>", style="sal-why")
        return (
            f'<section class="sal-question" {spoken(language)} data-turn="{turn}">'
            f'<div class="sal-ask" data-speak>{progress}<h2 tabindex="-1">{plain(question.text)}</h2>'
            f"{listen(words['listen'])}</div>"
            f'{why}<div id="sal-chips">{self._number(question, words)}{_answers(question, words)}</div></section>'
        )

    def _number(self, question: AskedQuestion, words: Mapping[str, str]) -> str:
        """Return a field for the number a question asks for, with its units to tap."""
        known = self._knowledge.questions.get(question.id)
        if known is None:
            return ""
        asked = {known.number, *(name for item in known.choices for name in item.numbers)}
        name = next((name for name in UNITS if name in asked), None)
        if name is None:
            return ""
        units = "".join(choice("unit", words[key], words[key]) for key in UNITS[name])
        label = words["measured" if name == "temp_c" else "type_number"]
        return (
            f'<div class="sal-number"><label><span>{plain(label)}</span>'
            f'<input name="number" inputmode="decimal" autocomplete="off" maxlength="5" size="5" dir="ltr"></label>'
            f"{units}</div>"
        )


def _answers(question: AskedQuestion, words: Mapping[str, str]) -> str:
    several, single = [], []
    for option in question.options:
        concept = option.value.removeprefix("option:")
        sign = picture(SIGNS.get(option.value) or PARTS.get(concept, ""))
        if option.value.startswith("option:"):
            several.append(
                f'<label class="sal-tick"><input type="checkbox" name="say" value="{option.value}">'
                f"{sign}<span>{plain(option.label)}</span></label>"
            )
        else:
            single.append(choice("say", option.value, option.label, sign=sign))
    if not several:
        return f'<div class="sal-row">{"".join(single)}</div>'
    send = f'<button type="submit" class="sal-chosen">{plain(words["send"])}</button>'
    ticks = f'<fieldset class="sal-ticks"><legend>{plain(words["all_of_these"])}</legend>{"".join(several)}</fieldset>'
    return f'{ticks}<div class="sal-row">{send}{"".join(single)}</div>'
