"""All checks in their order."""

from __future__ import annotations

from triage.guard import claims, form, grounding, language, leak, medicines, told
from triage.guard.context import Context
from triage.guard.language_pack import Check, load_packs
from triage.types import Verdict

_CLAIMS: tuple[Check, ...] = ("leak", "claims", "diagnosis")


def check(sentence: str, context: Context) -> Verdict:
    """Say whether a drafted sentence may be shown.

    Args:
        sentence: One sentence of the draft.
        context: The turn it belongs to.

    Returns:
        The verdict; `check` and `reason` name what objected and hold no words of the sentence. An exception, an unknown
        language and a doubt are refusals.
    """
    try:
        objection = _objection(sentence, context)
    except Exception as error:
        objection = ("error", type(error).__name__)
    if objection is None:
        return Verdict(allowed=True, check="", reason="", sentence=sentence)
    return Verdict(allowed=False, check=objection[0], reason=objection[1], sentence=sentence)


def _objection(sentence: str, context: Context) -> tuple[str, str] | None:
    packs = load_packs()
    pack = packs.get(context.language)
    if pack is None:
        return "language", "unknown_language"
    if reason := form.fault(sentence):
        return "form", reason
    if rule := claims.broken_rule(sentence, "floor", context.disposition, pack):
        return "floor", rule
    passages = tuple(passage for passage in context.passages if passage.language == context.language)
    if grounding.is_reviewed(sentence, passages):
        # Word for word what was reviewed: it may say what a draft may not, but nothing calmer than the card.
        return None
    if reason := language.fault(sentence, context.language, packs):
        return "language", reason
    if leak.repeats(sentence, context.instructions):
        return "leak", "repeats_instructions"
    for name in _CLAIMS:
        if rule := claims.broken_rule(sentence, name, context.disposition, pack):
            return name, rule
    if found := told.fault(sentence, context, pack):
        return found
    if medicines.is_unsupported(sentence, passages, pack):
        return "medicines", "not_in_passages"
    if grounding.is_plain(sentence, context, pack) or grounding.ground(sentence, passages):
        return None
    return "grounding", "unsupported" if passages else "no_passages"
