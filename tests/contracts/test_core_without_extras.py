"""The safety core runs with none of the heavy libraries importable."""

import subprocess
import sys

CONVERSATION = """
import sys

BLOCKED = ("torch", "faiss", "gradio", "langchain", "langchain_core", "langchain_openai", "transformers",
           "sentence_transformers", "xllamacpp", "fastapi", "numpy", "psycopg", "fhir")

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in BLOCKED:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Refuse())
import knowledge, triage
from triage import Encounter, Settings, build_pipeline

pipeline = build_pipeline(Settings(database="none"))
encounter = Encounter(country="MA")
turn = pipeline.respond(encounter, "I have a cold and a runny nose since yesterday")
while turn.reply.question:
    values = [option.value for option in turn.reply.question.options]
    calm = "none" if "none" in values else "no" if "no" in values else "unsure" if "choice:0" in values else "30"
    turn = pipeline.respond(encounter, calm)
assert turn.assessment.closed and turn.reply.sentences and turn.reply.citations, turn.assessment
turn = pipeline.respond(encounter, "now I have crushing chest pain and I am sweating")
assert turn.assessment.disposition.name == "AMBULANCE"
assert pipeline.handoff(encounter).situation
assert not {name.split(".")[0] for name in sys.modules} & set(BLOCKED)
print("whole")
"""


def test_a_whole_conversation_needs_no_heavy_library(tmp_path) -> None:  # type: ignore[no-untyped-def]
    done = subprocess.run(
        [sys.executable, "-c", CONVERSATION], capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "whole"
