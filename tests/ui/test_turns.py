"""Turns of one encounter wait for each other, and so does everything else that is stored with it."""

import copy
import threading

import pytest

from knowledge import Disposition
from triage import Encounter, TriagePipeline
from triage.storage import MemoryStore
from triage.wording import Wording
from ui.chrome import Chrome
from ui.desk import Desk, Visit
from ui.turns import Turns
from ui.visits import Visits

HEART = "I have crushing chest pain going down my left arm and I'm sweating"


class Held(MemoryStore):
    """A store at which one thread reads, and goes on only when a turn was stored or half a second has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.reader: threading.Thread | None = None
        self.read, self.stored = threading.Event(), threading.Event()

    def load(self, encounter_id: str) -> Encounter | None:
        found = super().load(encounter_id)
        if threading.current_thread() is self.reader:
            self.read.set()
            self.stored.wait(0.5)
        return found

    def save(self, encounter: Encounter, audit: object = None) -> None:
        super().save(encounter, audit)  # type: ignore[arg-type]
        if threading.current_thread() is not self.reader:
            self.stored.set()


@pytest.mark.parametrize(("verb", "value"), [("speak", "fr"), ("place", "GB"), ("who", "me")])
def test_a_choice_that_comes_during_a_turn_does_not_take_its_floor_away(
    pipeline: TriagePipeline, verb: str, value: str
) -> None:
    engine = copy.copy(pipeline)
    engine.store = store = Held()
    turns = Turns(engine)
    desk = Desk(turns, Chrome(engine.knowledge, Wording(engine.knowledge)), Visits("k"))
    encounter = Encounter(country="MA")
    turns.respond(encounter, "I have a headache")
    store.stored.clear()
    visit = Visit(encounter.id, "en", "MA")
    store.reader = threading.Thread(target=lambda: list(desk.act(visit, verb, value)))
    store.reader.start()
    assert store.read.wait(5)
    turns.respond(encounter, HEART)
    store.reader.join()
    kept = store.load(encounter.id)
    assert kept is not None and len(kept.turns) == 2 and kept.floor is Disposition.AMBULANCE
