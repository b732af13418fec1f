"""The `salama` command: one sub-command for each thing an operator or evaluator does."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from evals.vignette import SuiteError
from knowledge import LANGUAGES, ContentError, Knowledge, content_root, load_knowledge
from knowledge.lexicon import without_collection
from triage import Settings, TriageError, TriagePipeline, build_pipeline, read_settings
from triage.types import now
from ui.content_commands import add_content_commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; errors are one clear line on stderr and a non-zero exit."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["eval"]:
            return _eval(words[1:], read_settings())
        options = _parser().parse_args(words)
        run: Callable[[argparse.Namespace, Settings], int] = options.run
        return run(options, read_settings())
    except (TriageError, ContentError, SuiteError) as error:
        print(f"salama: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="salama", description="Symptom triage that hands over to human care.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, text: str, run: Callable[[argparse.Namespace, Settings], int]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("serve", "Serve the web chat and the HTTP API.", _serve)
    chat = add("chat", "Talk to Salama in the terminal.", _chat)
    chat.add_argument("--language", help="written form of the conversation, e.g. fr")
    for command in (chat, add("assess", "Triage JSON lines from standard input.", _assess)):
        group = command.add_mutually_exclusive_group()
        group.add_argument("--lm", action="store_true", help="use the configured language model")
        group.add_argument("--no-lm", action="store_true", help="use no language model (the default)")
    add_content_commands(commands, _impact)
    clinic = commands.add_parser("clinic", help="Check the settings file of a clinic, or make its key.")
    steps = clinic.add_subparsers(required=True, metavar="STEP")
    checked = steps.add_parser("check", help="check a file before it is put in place")
    checked.add_argument("file", type=Path, help="the YAML file; see docs/clinic-settings.md")
    checked.set_defaults(run=_clinic_check)
    steps.add_parser("key", help="make a key that opens summaries by their code").set_defaults(run=_clinic_key)
    models = commands.add_parser("models", help="List or fetch language models and encoders.")
    steps = models.add_subparsers(required=True, metavar="STEP")
    steps.add_parser("list", help="list the known models").set_defaults(run=_models_list)
    pull = steps.add_parser("pull", help="fetch a model and verify it")
    pull.add_argument("name", nargs="*", help="names from 'models list'; the default set when none is given")
    pull.set_defaults(run=_models_pull)
    # its options are read by `evals.command`; here it is listed
    commands.add_parser("eval", help="Measure Salama, or any other system, on suites of vignettes.")
    export = add("export", "Print a stored encounter with its hand-over and audit as JSON.", _export)
    export.add_argument("id", help="encounter id")
    export.add_argument("--fhir", action="store_true", help="print a FHIR R4B document for a record system instead")
    export.add_argument("--language", choices=LANGUAGES, help="language of the document; else that of clinicians there")
    purge = add("purge", "Delete encounters that were not used for some days.", _purge)
    purge.add_argument("--days", type=float, required=True, help="age in days beyond which encounters are deleted")
    add("settings", "Print all settings, secrets hidden.", _settings)
    return parser


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    with without_collection():
        from ui.app import serve

    return serve(settings)


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from ui.terminal import converse

    return converse(_pipeline(options, settings), options.language or settings.language, settings.country)


def _assess(options: argparse.Namespace, settings: Settings) -> int:
    from ui.assess import main as assess

    return assess(_pipeline(options, settings.model_copy(update={"database": "none"})))


def _pipeline(options: argparse.Namespace, settings: Settings) -> TriagePipeline:
    return build_pipeline(settings if options.lm else _plain(settings))


def _plain(settings: Settings) -> Settings:
    """Settings for reviewed text alone: nothing heavy is loaded."""
    return settings.model_copy(update={"lm": "none", "lm_url": None, "encoder": "none"})


def _impact(options: argparse.Namespace, settings: Settings) -> int:
    from evals.impact import impact

    def build(knowledge: Knowledge) -> TriagePipeline:
        return build_pipeline(_plain(settings.model_copy(update={"database": "none"})), knowledge=knowledge)

    lines, unharmed = impact(
        load_knowledge(content_root(_in_force(settings.content, options.folder))),
        load_knowledge(content_root(options.folder)),
        build,
        suites=options.suite,
        processes=options.processes,
    )
    print("\n".join(lines))
    return 0 if unharmed else 1


def _in_force(own: Path | None, changed: Path) -> Path | None:
    """Return the content to compare with: the clinic's own, unless that is the one being changed."""
    return None if own is None or own.resolve() == changed.resolve() else own


def _clinic_check(options: argparse.Namespace, _: Settings) -> int:
    from ui.clinic_file import read_clinic

    clinic, logo = read_clinic(options.file)
    print(
        f"{options.file.name} is right: {next(iter(clinic.name.values()))}, {len(clinic.services)} services, "
        f"{', '.join(clinic.languages)}, {'a' if logo else 'no'} logo, {len(clinic.allowed_origins)} allowed origins"
    )
    return 0


def _clinic_key(_: argparse.Namespace, __: Settings) -> int:
    from ui.clinic import hashed

    key = secrets.token_urlsafe(32)
    print(f"key, for those who receive patients (it is shown only once): {key}")
    print(f"below 'handover' in the clinic's file: key: {hashed(key)}")
    return 0


def _models_list(_: argparse.Namespace, settings: Settings) -> int:
    from triage.upkeep import describe_models

    for line in describe_models(settings):
        print(line)
    return 0


def _models_pull(options: argparse.Namespace, settings: Settings) -> int:
    from triage.upkeep import pull_models

    pull_models(settings, options.name, lambda line: print(line, file=sys.stderr, flush=True))
    return 0


def _eval(words: Sequence[str], settings: Settings) -> int:
    # the harness needs packages that a triage engine alone does not
    from evals.command import main as evaluate

    def build(lm: bool) -> TriagePipeline:
        stored_nowhere = settings.model_copy(update={"database": "none"})
        return build_pipeline(stored_nowhere if lm else _plain(stored_nowhere))

    return evaluate(words, build)


def _export(options: argparse.Namespace, settings: Settings) -> int:
    pipeline = build_pipeline(_plain(settings))
    encounter = pipeline.store.load(options.id)
    if encounter is None:
        raise TriageError(f"no encounter {options.id!r} in {settings.database_url}")
    if options.fhir:
        print(pipeline.document(encounter, options.language))
        return 0
    print(encounter.model_dump_json(indent=2))
    print(pipeline.handoff(encounter).model_dump_json(indent=2))
    for event in pipeline.store.audit(encounter.id):
        print(event.model_dump_json())
    return 0


def _purge(options: argparse.Namespace, settings: Settings) -> int:
    pipeline = build_pipeline(_plain(settings))
    print(f"{pipeline.store.purge(now() - timedelta(days=options.days))} encounters deleted")
    return 0


def _settings(_: argparse.Namespace, settings: Settings) -> int:
    for name in type(settings).model_fields:
        print(f"SALAMA_{name.upper()}={getattr(settings, name)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
