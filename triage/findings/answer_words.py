"""The words of short answers: yes, no, not sure, the second one, and the labels of the options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.protocols import Question
from triage.findings.answer_labels import Reader, pointed_at, pointing, read_label, stems
from triage.findings.cues import Cue, CueBook
from triage.findings.darija import PAIRED, is_said_of
from triage.findings.families import FAMILY_OF, TAGS, form_of
from triage.findings.forms import Form
from triage.findings.numerals import NumberCues, add_numbers, read_numerals
from triage.findings.stream import Stream
from triage.findings.tokens import Token, Tokenizer
from triage.types import Span

_KINDS = ("yes", "no", "somewhat", "unsure", "why", "none", "every")
_CHANNELS = {kind: "answer" for kind in (*_KINDS, "ordinal")}
_LONGEST_WHY = 9
_SHORT_ANSWER = 3
"""Most words of weight beside an answer that is not set apart by punctuation."""
_SHORT_CHOICE = 0
"""A "yes, he drinks a little" does not tell which of several; "yes, since yesterday" means all that was asked."""
_TIMES = frozenset({"number", "vague", "unit", "dual", "moment", "since", "ago", "article", "half_after"})
_OKS = frozenset({"ok", "okay"})


@dataclass(frozen=True, slots=True)
class Said:
    """What short words say, before it is set against the extraction."""

    lead: str | None = None
    """Kind of the answer it opens with: one of yes, no, none, every, somewhat, unsure, why."""
    named: tuple[str, ...] = ()
    """Options that it points at."""
    choice: int | None = None
    only: bool = False
    """It says "just" or "only"."""
    number: tuple[float, float] | None = None
    denies: bool = False
    """It opens with a "no" that belongs to the words after it ("no sweating")."""
    denied: tuple[str, ...] = ()
    """Options that it rules out by name ("no blood", "they do fade")."""


class AnswerWords:
    """Reads short answers.

    Args:
        lexicons: Lexicons by language tag.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._lexicons = lexicons
        self._tokenizer = Tokenizer(frozenset())
        self._readers: dict[str, Reader] = {}
        for name, tags in TAGS.items():
            present = [lexicons[tag] for tag in tags if tag in lexicons]
            if not present:
                continue
            form = form_of(name, present)
            book = CueBook(form, _CHANNELS)
            for lexicon in present:
                for kind in _KINDS:
                    book.add(kind, getattr(lexicon.answers, kind))
                for phrase, place in lexicon.answers.ordinals.items():
                    book.add("ordinal", [phrase], str(place))
                book.add("only", lexicon.context.merely)
            contexts = [lexicon.context for lexicon in present]
            numbers = CueBook(form, {})
            add_numbers(numbers, [(lexicon.language, lexicon.numbers) for lexicon in present])
            filler = _words(form, (context.filler for context in contexts))
            self._readers[name] = Reader(
                form=form,
                answers=book,
                numbers=numbers,
                filler=filler,
                negators=_words(form, (context.negators for context in contexts)) | form.negation_marks,
                apart=_words(form, (lexicon.answers.apart for lexicon in present)),
                openers=_words(form, (group for context in contexts for group in (context.subjects, context.own)))
                | _OPENERS,
                ends=_words(form, (context.ends for context in contexts)),
            )

    def read(self, text: str, language: str | None, question: Question, told: Sequence[Span] = ()) -> Said:
        """Return what a message says in answer to a question.

        Args:
            text: The scrubbed message.
            language: Language of the message.
            question: The question that was asked.
            told: Where the message tells of something that is no option; a few of its words point at none.
        """
        tokens = self._tokenizer.tokens(text[:400])
        busy = {
            place
            for place, token in enumerate(tokens)
            if any(span.start <= token.start and token.end <= span.end for span in told)
        }
        said = Said()
        for name in self._order(language):
            reader = self._readers[name]
            stream = _stream(tokens, reader.form)
            cues = reader.answers.find(stream)
            numerals = read_numerals(tokens, NumberCues(reader.numbers.find(stream)))
            only = any(cue.kind == "only" for cue in cues)
            answers = [cue for cue in cues if cue.kind in _KINDS and not _tells(cue, tokens, stream, reader)]
            lead = _lead(answers, tokens, stream, reader)
            if lead is not None and not self._is_answer(answers, tokens, stream, reader, question):
                # "no, a bit blue" says no before it tells more
                said_no = answers[0].kind in {"no", "none"} and _stands_alone(answers[0], tokens, stream, reader)
                lead = "no" if lead in {"somewhat", "every"} and said_no else None
            named, denied = self._named(cues, tokens, stream, reader, question.options, language, busy)
            opens_with_no = bool(answers) and answers[0].kind == "no" and answers[0].first == stream.places[0]
            found = Said(
                lead=lead,
                denies=lead is None and opens_with_no,
                named=named,
                denied=denied,
                choice=self._choice(
                    [*answers, *(cue for cue in cues if cue.kind == "ordinal")], stream, reader, question, language
                ),
                only=only,
                number=(numerals[0].low, numerals[0].high) if len(numerals) == 1 else None,
            )
            if found.lead or found.named or found.denied or found.choice is not None:
                return found
            said = said if said.number else found
        return said

    def _is_answer(
        self, answers: Sequence[Cue], tokens: Sequence[Token], stream: Stream, reader: Reader, question: Question
    ) -> bool:
        """Whether words answer, rather than belonging to a story ("I have a cough", "ok, my hands are dry")."""
        times = [cue for cue in reader.numbers.find(stream) if cue.kind in _TIMES]
        taken = {place for cue in (*answers, *times) for place in range(cue.first, cue.last + 1)}
        rest = {
            place
            for word, place in zip(stream.words, stream.places, strict=True)
            if place not in taken and word not in reader.filler and tokens[place].kind == "word"
        }
        first = answers[0]
        parted = first.last + 1 < len(tokens) and tokens[first.last + 1].kind in {"mark", "stop"}
        if first.kind in {"no", "none"} and first.first == stream.places[0]:
            # "no dear, I can see": the "no" is set apart from what follows
            parted = parted or _is_set_apart(first, tokens, stream, reader)
            if parted and first.last > first.first:
                return True
        several = len(question.options) > 1 and first.kind in {"yes", "somewhat"}
        if len(rest) <= (_SHORT_CHOICE if several else _SHORT_ANSWER):
            # "my sister says it's nothing" is no "none of these"
            return not any(place < first.first for place in rest) or first.kind in {"somewhat", "unsure"}
        if (
            several
            or first.first != stream.places[0]
            or first.last > first.first
            or first.kind not in {"yes", "no", "none"}
        ):
            return False
        return parted or (first.kind == "yes" and len(question.options) == 1 and tokens[first.first].text not in _OKS)

    def _order(self, language: str | None) -> list[str]:
        """Return the families, the one of the language first: people say "ok" and "oui" in any."""
        own = FAMILY_OF.get(language or "")
        rest = [name for name in self._readers if name != own and (name != "darija" or language not in {"en", "fr"})]
        return [*([own] if own in self._readers else []), *rest]

    def _named(
        self,
        cues: Sequence[Cue],
        tokens: Sequence[Token],
        stream: Stream,
        reader: Reader,
        options: Sequence[str],
        language: str | None,
        busy: set[int],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the options that a message points at, and those that it rules out."""
        if len(options) < 2:
            return (), ()
        for cue in cues:
            if cue.kind == "ordinal" and _points(cue, stream, reader):
                place = int(cue.name)
                if -1 <= place < len(options):
                    return (options[place],), ()
        taken = {place for cue in cues for place in range(cue.first, cue.last + 1)}
        labels = [read_label(self._label(concept, language), reader) for concept in options]
        named, denied = pointed_at(labels, tokens, stream, reader, taken, busy)
        return tuple(options[number] for number in named), tuple(options[number] for number in denied)

    def _choice(
        self, cues: Sequence[Cue], stream: Stream, reader: Reader, question: Question, language: str | None
    ) -> int | None:
        labels = [choice.label.get(language or "") or choice.label["en"] for choice in question.choices]
        if not labels:
            return None
        for cue in cues:
            if cue.kind == "ordinal" and _points(cue, stream, reader) and -1 <= int(cue.name) < len(labels):
                return int(cue.name) % len(labels)
        pointed = pointing([read_label(label, reader).all for label in labels], stems(stream, reader, set()))
        if len(pointed) == 1:
            return pointed[0]
        # an answer in the middle of a story answers something else ("I vomited a little")
        opening = [cue.kind for cue in cues if cue.first == stream.places[0]]
        lead = next((kind for kind in opening if kind in {"yes", "no", "none", "somewhat"}), None)
        if lead is None:
            return None
        wanted = {"somewhat": "yes", "none": "no"}.get(lead, lead)
        agreeing = [
            number
            for number, label in enumerate(labels)
            if any(cue.kind == wanted and cue.first == 0 for cue in self._label_cues(label, reader))
        ]
        if wanted == "no" and not agreeing:
            # "no" to "is there blood?" where the label says "no blood"
            first_words = [(reader.form.words(label.casefold().split()[:1]) or [()])[0] for label in labels]
            agreeing = [
                number
                for number, words in enumerate(first_words)
                if words and words[0] in reader.negators and not question.choices[number].present
            ]
        return agreeing[0] if len(agreeing) == 1 else None

    def _label_cues(self, label: str, reader: Reader) -> list[Cue]:
        return reader.answers.find(_stream(self._tokenizer.tokens(label), reader.form))

    def _label(self, concept: str, language: str | None) -> str:
        for tag in (language, "en"):
            lexicon = self._lexicons.get(tag or "")
            if lexicon is not None and concept in lexicon.labels:
                return lexicon.labels[concept]
        return concept.replace("_", " ")


def _points(cue: Cue, stream: Stream, reader: Reader) -> bool:
    """Whether "last" points at an option, rather than belonging to the next word ("since last night")."""
    other = [
        word for word, place in zip(stream.words, stream.places, strict=True) if not cue.first <= place <= cue.last
    ]
    return cue.last > cue.first or all(word in reader.filler for word in other)


def _stream(tokens: Sequence[Token], form: Form) -> Stream:
    stream = Stream()
    seen = [
        (place, token) for place, token in enumerate(tokens) if token.kind == "number" or token.script in form.scripts
    ]
    for (place, token), words in zip(seen, form.words([token.text for _, token in seen]), strict=True):
        for word in (token.text,) if token.kind == "number" else words:
            stream.words.append(word)
            stream.places.append(place)
    return stream


def _lead(cues: Sequence[Cue], tokens: Sequence[Token], stream: Stream, reader: Reader) -> str | None:
    """Return the kind of the answer that the message opens with."""
    if not cues or not stream.places or cues[0].first != stream.places[0]:
        return next((cue.kind for cue in cues if cue.kind in {"none", "every", "unsure", "somewhat"}), None)
    kinds = [cues[0].kind]
    last = cues[0].last
    for cue in cues[1:]:
        between = [place for place in stream.places if last < place < cue.first]
        if between:
            break
        kinds.append(cue.kind)
        last = cue.last
    if kinds[0] in {"no", "none"} and len(kinds) == 1 and not _stands_alone(cues[0], tokens, stream, reader):
        return None
    if kinds[0] == "why":
        return "why" if len(stream.places) <= _LONGEST_WHY else None
    if kinds[0] == "no" and "every" in kinds:
        # "non tout est électrique": a "no" before "all" is still a no
        return "no"
    for kind in ("unsure", "every", "none", "somewhat"):
        if kind in kinds:
            return kind
    return kinds[0] if len(set(kinds)) == 1 else "unsure"


def _tells(cue: Cue, tokens: Sequence[Token], stream: Stream, reader: Reader) -> bool:
    """Whether words of "yes" begin a statement: "it is" answers, "it's a pressure" tells."""
    if cue.kind != "yes" or (cue.last == cue.first and stream.places.count(cue.first) == 1):
        return False
    for place, word in zip(stream.places, stream.words, strict=True):
        if place <= cue.last:
            continue
        if any(token.kind in {"mark", "stop"} for token in tokens[cue.last + 1 : place]):
            return False
        if word not in reader.filler:
            return True
    return False


def _stands_alone(cue: Cue, tokens: Sequence[Token], stream: Stream, reader: Reader) -> bool:
    """Whether a "no" answers, rather than belonging to the next word ("no sweating")."""
    following = cue.last + 1
    after = [place for place in stream.places if place > cue.last]
    words = dict(zip(reversed(stream.places), reversed(stream.words), strict=True))
    if words[cue.first] == PAIRED:
        # "ma kaynch skhana" denies the fever only
        return not after or tokens[following].kind != "word"
    if cue.last > cue.first or (after and words[cue.first].endswith("la") and _goes_on(words, after)):
        return True
    return following >= len(tokens) or tokens[following].kind != "word" or _is_set_apart(cue, tokens, stream, reader)


def _goes_on(words: Mapping[int, str], after: Sequence[int]) -> bool:
    """Whether a verb or a negation of its own follows "la", which denies no verb in Darija ("la kanmchi mezyan")."""
    return is_said_of(words[after[0]]) or any(words[place] == PAIRED for place in after)


def _is_set_apart(cue: Cue, tokens: Sequence[Token], stream: Stream, reader: Reader) -> bool:
    """Whether a "no" goes before a new statement ("no he is well"), or never belongs to a noun ("nah")."""
    if cue.last == cue.first and tokens[cue.first].text in reader.apart:
        return True
    after = [word for word, place in zip(stream.words, stream.places, strict=True) if place > cue.last]
    adjacent = cue.last + 1 < len(tokens) and tokens[cue.last + 1].kind == "word"
    return adjacent and len(after) > 1 and after[0] in reader.openers


_OPENERS = frozenset({"but", "just", "only", "the", "a", "mais", "juste", "seulement"})


def _words(form: Form, groups: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(part for group in groups for word in group for part in form.split(word.casefold()))
