"""`salama content ...`: check, import, compare and sign the content."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge import ContentError, content_root, load_knowledge
from knowledge.checks import overdue, untitled
from knowledge.coverage import lacking, load_domains, markdown
from knowledge.differences import differences
from knowledge.items import documents
from knowledge.reading import hard_to_read
from knowledge.signing import compare, read_signatures, sign, signed_documents
from knowledge.vocabulary import LANGUAGES
from triage import ConfigurationError, Settings
from triage.types import now

Run = Callable[[argparse.Namespace, Settings], int]


def add_content_commands(commands: Any, impact: Run) -> None:
    """Add `content` and its steps.

    Args:
        commands: Sub-parsers of the `salama` command.
        impact: Runs the suites on a changed content; given in, because faces do not import measures.
    """
    content = commands.add_parser("content", help="Check, index, import, compare and sign the content.")
    steps = content.add_subparsers(required=True, metavar="STEP")

    def add(name: str, text: str, run: Run) -> argparse.ArgumentParser:
        step: argparse.ArgumentParser = steps.add_parser(name, help=text, description=text)
        step.set_defaults(run=run)
        return step

    add("check", "check every content file", _check)
    add("index", "encode passages and lay phrases", _index)
    add("calibrate", "measure from which nearness on the encoder may ask", _calibrate)
    covered = add("coverage", "write which concepts can be said in which written form", _coverage)
    covered.add_argument("--out", type=Path, default=Path("docs/content/coverage.md"), help="the file to write")
    brought = add("import", "bring a clinic's own texts in, as drafts", _import)
    brought.add_argument("path", type=Path, help="folder of Markdown, MedlinePlus .xml, or FHIR R4 .json")
    brought.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="the clinic's content folder")
    brought.add_argument("--language", choices=LANGUAGES, help="written form of texts that name none")
    brought.add_argument("--licence", help="licence of texts that name none")
    brought.add_argument("--replace", action="store_true", help="replace articles that stand in the folder already")
    signed = add("sign", "lock items of SALAMA_CONTENT as a clinician has read them", _sign)
    signed.add_argument("--by", required=True, help="name and role, with a comma between them")
    signed.add_argument("--items", default="*", metavar="GLOB", help="which items, e.g. 'article:*.fr'; all of them")
    compared = add("diff", "tell what changed, item by item", _diff)
    compared.add_argument(
        "--against", metavar="FOLDER|signed", help="another content folder, or what was signed; else what is packaged"
    )
    tried = add("impact", "run the suites on a changed content folder; exit 1 if an emergency is lowered", impact)
    tried.add_argument("folder", type=Path, help="the changed content folder")
    tried.add_argument(
        "--suite", type=Path, action="append", default=[], help="a file of vignettes; the shipped suites"
    )
    tried.add_argument("--processes", type=int, default=1, help="processes that share the work (1)")


def _check(_: argparse.Namespace, settings: Settings) -> int:
    knowledge = load_knowledge(content_root(settings.content))
    late = list(overdue(knowledge, now().date()))
    for line in late:
        print(f"overdue: {line}")
    unsaid = lacking(knowledge)
    for line in unsaid:
        print(f"unsaid: {line}, though an ambulance may hang on it")
    unnamed = list(untitled(knowledge))
    for line in unnamed:
        print(f"untitled: {line}; a summary would show the English one")
    hard = [line for line in map(hard_to_read, knowledge.articles) if line is not None]
    for line in hard:
        print(f"hard to read: {line}")
    for article in knowledge.withheld:
        print(f"not shown until signed: {article.id}, imported from {article.imported}")
    signing = knowledge.signing
    for name in (*signing.altered, *signing.missing):
        print(f"altered since it was signed: {name}")
    wordings = sum(len(lexicon.wordings) for lexicon in knowledge.lexicons.values())
    print(
        f"{len(knowledge.rules)} rules, {len(knowledge.concepts)} concepts, {wordings} wordings, "
        f"{len(knowledge.protocols)} protocols, {len(knowledge.questions)} questions, "
        f"{len(knowledge.articles)} articles, {len(knowledge.services)} countries; content {knowledge.version[:12]}"
        + (" (not clinically signed)" if knowledge.unsigned else "")
    )
    return 1 if late or unsaid or unnamed or hard or signing.altered or signing.missing else 0


def _coverage(options: argparse.Namespace, settings: Settings) -> int:
    knowledge = load_knowledge(content_root(settings.content))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(markdown(knowledge, load_domains()), encoding="utf-8")
    print(f"{options.out} written; {len(lacking(knowledge))} gaps under ambulance rules")
    return 0


def _index(_: argparse.Namespace, settings: Settings) -> int:
    from triage.upkeep import build_passage_index, build_phrase_bank

    print(build_passage_index(settings))
    if settings.second_voice != "none":
        print(build_phrase_bank(settings))
    return 0


def _calibrate(_: argparse.Namespace, settings: Settings) -> int:
    from triage.upkeep import calibrate_second_voice

    print(calibrate_second_voice(settings, lambda line: print(line, file=sys.stderr, flush=True)))
    return 0


def _import(options: argparse.Namespace, _: Settings) -> int:
    from knowledge.importing import import_content

    done = import_content(
        options.path,
        options.to,
        today=now().date(),
        language=options.language,
        licence=options.licence,
        overwrite=options.replace,
    )
    for line in done.notes:
        print(line)
    for name in done.replaced:
        print(f"article {name} will stand instead of the packaged one once it is signed")
    shown = ", ".join(done.articles[:20]) + (" ..." if len(done.articles) > 20 else "")
    print(f"{len(done.articles)} articles are in {options.to} as drafts: {shown}")
    print(f"next: read them, then SALAMA_CONTENT={options.to} salama content sign --by 'Name, role'")
    return 0


def _sign(options: argparse.Namespace, settings: Settings) -> int:
    folder = _own_folder(settings)
    root = content_root(folder)
    present = documents(load_knowledge(root), root)
    names = sign(folder, present, options.by, now().date(), options.items)
    signing = compare(read_signatures(folder), present)
    print(f"{len(names)} items signed by {options.by} in {folder}")
    print("everything is signed" if signing.complete else f"still open: {signing.faults()}")
    return 0


def _diff(options: argparse.Namespace, settings: Settings) -> int:
    root = content_root(settings.content)
    new = documents(load_knowledge(root), root)
    if options.against == "signed":
        old = signed_documents(_own_folder(settings))
        # what nobody signed yet is no change to what was signed
        new = {name: document for name, document in new.items() if name in old}
    else:
        other = content_root(Path(options.against) if options.against else None)
        old = documents(load_knowledge(other), other)
    lines = list(differences(old, new))
    print("\n".join(lines) if lines else "nothing changed")
    return 0


def _own_folder(settings: Settings) -> Path:
    if settings.content is None:
        raise ConfigurationError(
            "SALAMA_CONTENT is not set; name the clinic's content folder, in which signatures stand"
        )
    if not settings.content.is_dir():
        raise ContentError(f"SALAMA_CONTENT: {str(settings.content)!r} is not a folder")
    return settings.content
