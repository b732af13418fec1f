"""A few lines that a language model drafts for a clinician: beside the computed summary, never instead of it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from functools import partial

import anyio.to_thread

from triage import Encounter, SummaryDraft, TriagePipeline
from triage.types import Stopped, never
from ui.api_models import DraftRead, SummaryRead
from ui.markup import plain, sheet, spoken

_PLACE = "<!-- draft -->"
"""Where the page waits for the draft; all before it is shown meanwhile."""


class SummaryDrafts:
    """Has drafts made and tells what became of them.

    Args:
        pipeline: The engine, with its language model if it has one.
        count: Called with every draft.
    """

    def __init__(self, pipeline: TriagePipeline, count: Callable[[SummaryDraft], None]) -> None:
        self._pipeline = pipeline
        self._count = count
        self._words, _ = sheet("clinic")

    def draft(self, encounter: Encounter, read: SummaryRead, stopped: Stopped = never) -> DraftRead:
        """Return a draft or why there is none; takes as long as the language model may.

        Args:
            encounter: What is summed up.
            read: Its computed summary, whose languages the clinician reads.
            stopped: Whether nobody waits for the draft any more.
        """
        languages = [item.language for item in read.handoffs]
        found = self._pipeline.draft_summary(encounter, languages, stopped)
        self._count(found)
        words = next(self._words[tag] for tag in (found.language, *languages, "en") if tag in self._words)
        return DraftRead(**dict(found), note=words[f"draft_{found.outcome}"])

    async def grow(self, page: str, lang: str, encounter: Encounter, read: SummaryRead) -> AsyncIterator[str]:
        """Yield a page up to the place of the draft, and the rest once the language model is done or given up.

        Args:
            page: The page, with a place for the draft.
            lang: Its language.
            encounter: What is summed up.
            read: Its computed summary, which is on the page.
        """
        before, after = page.split(_PLACE)
        yield before
        left = threading.Event()
        try:
            found = await anyio.to_thread.run_sync(
                partial(self.draft, encounter, read, left.is_set), abandon_on_cancel=True
            )
        finally:
            left.set()  # a clinician who goes away lets the model go
        yield self._html(found, lang) + after

    def button(self, lang: str) -> str:
        """Return the button of the form that asks for a draft as well; nothing where there is no language model."""
        if self._pipeline.composer is None:
            return ""
        asked = plain(self._words[lang]["open_draft"])
        return f'<p><button form="sal-ask" class="sal-send" name="draft" value="true">{asked}</button></p>'

    def waiting(self, lang: str) -> str:
        """Return the place of a draft on the page in one of its languages, as long as there is none."""
        words = self._words[lang]
        return (
            f'<div class="sal-draft" aria-live="polite"><h3>{plain(words["draft"])}</h3>'
            f'<p class="sal-waiting">{plain(words["draft_waiting"])}</p>{_PLACE}</div>'
        )

    def _html(self, found: DraftRead, lang: str) -> str:
        lines = f"<p {spoken(found.language or lang)}>{plain(' '.join(found.sentences))}</p>" if found.sentences else ""
        return f"{lines}<p><small>{plain(self._words[lang][f'draft_{found.outcome}'])}</small></p>"
