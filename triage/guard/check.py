"""All checks in their order."""

from __future__ import annotations

from collections.abc import Sequence

from triage.guard import claims, form, grounding, language, leak, medicines, reading, told
from triage.guard.context import Context
from triage.guard.language_pack import Check, LanguagePack, load_packs
from triage.types import Passage, Verdict

_CLAIMS: tuple[Check, ...] = ("leak", "claims", "diagnosis")

_FIXED = (
    "form:empty",
    "form:too_long",
    "form:address",
    "form:characters",
    "form:long_number",
    "language:unknown_language",
    "language:script",
    "language:other_language",
    "leak:repeats_instructions",
    "contradiction:denies_finding",
    "contradiction:asserts_denied",
    "diagnosis:denies_untold",
    "diagnosis:asserts_untold",
    "medicines:not_in_passages",
    "reading:too_many_words",
    "reading:hard_words",
    "grounding:unsupported",
    "grounding:no_passages",
    "grounding:far_from_passages",
    "subject:writer_is_well",
    "error:exception",
)


def reasons() -> frozenset[str]:
    """Return every `check:reason` that a refusal can carry: the fixed ones and the rules of the languages."""
    return frozenset(_FIXED) | {f"{rule.check}:{rule.id}" for pack in load_packs().values() for rule in pack.rules}


def check(sentence: str, context: Context) -> Verdict:
    """Say whether a drafted sentence may be shown.

    Args:
        sentence: One sentence of the draft.
        context: The turn it belongs to.

    Returns:
        The verdict; `check` and `reason` name what objected, one of `reasons()`, and hold no words of the sentence. An
        exception, an unknown language and a doubt are refusals.
    """
    try:
        objection = _objection(sentence, context)
    except Exception:
        objection = ("error", "exception")
    if objection is None:
        return Verdict(allowed=True, check="", reason="", sentence=sentence)
    return Verdict(allowed=False, check=objection[0], reason=objection[1], sentence=sentence)


def _objection(sentence: str, context: Context) -> tuple[str, str] | None:
    """Return (check, reason) of the first check that objects, or None."""
    packs = load_packs()
    pack = packs.get(context.language)
    if pack is None:
        return "language", "unknown_language"
    if reason := form.fault(sentence):
        return "form", reason
    if rule := claims.broken_rule(sentence, "floor", context.disposition, pack):
        return "floor", rule
    # Passages in another language support nothing.
    passages = tuple(passage for passage in context.passages if passage.language == context.language)
    reviewed = grounding.is_reviewed(sentence, passages, pack)
    for name in _CLAIMS:
        if rule := claims.broken_rule(sentence, name, context.disposition, pack, reviewed=reviewed):
            return name, rule
    plain = not reviewed and grounding.is_plain(sentence, context, pack)
    if plain and context.of_another and claims.says_writer_is_ill(sentence, pack):
        return "subject", "writer_is_well"
    if reviewed or plain:
        # Word for word what was reviewed: it may say what a draft may not, but nothing calmer than the card.
        return None
    return _fault_of_a_draft(sentence, context, passages, packs) or _unsupported(sentence, context, passages)


def _fault_of_a_draft(
    sentence: str, context: Context, passages: Sequence[Passage], packs: dict[str, LanguagePack]
) -> tuple[str, str] | None:
    pack = packs[context.language]
    if reason := language.fault(sentence, context.language, packs):
        return "language", reason
    if leak.repeats(sentence, context.instructions):
        return "leak", "repeats_instructions"
    if found := told.fault(sentence, context, pack):
        return found
    if medicines.is_unsupported(sentence, passages, pack):
        return "medicines", "not_in_passages"
    if reason := reading.fault(sentence, pack):
        return "reading", reason
    return None


def _unsupported(sentence: str, context: Context, passages: Sequence[Passage]) -> tuple[str, str] | None:
    """Return (check, reason) when no passage supports a sentence that needs support."""
    if not passages:
        return "grounding", "no_passages"
    cited = grounding.ground(sentence, passages)
    if not cited:
        return "grounding", "unsupported"
    if context.support is not None and not context.support.supports(
        sentence, [passage for passage in passages if passage.id in cited]
    ):
        return "grounding", "far_from_passages"
    return None
