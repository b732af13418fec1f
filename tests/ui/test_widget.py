"""The widget script: small, complete in every language, nothing from elsewhere."""

import gzip
import re

from knowledge import Knowledge
from ui.chrome import NAMES
from ui.widget import widget_script


def test_the_widget_is_small(knowledge: Knowledge) -> None:
    assert len(gzip.compress(widget_script(knowledge).encode())) < 12_000


def test_the_widget_speaks_every_language_and_knows_every_number(knowledge: Knowledge) -> None:
    script = widget_script(knowledge)
    assert "__WORDS__" not in script
    for tag in NAMES:
        assert knowledge.say(tag).text["widget_button"] in script
    for services in knowledge.services.values():
        assert f'"{services.country}":"{services.emergency}"' in script


def test_the_widget_names_no_other_host_and_keeps_no_words(knowledge: Knowledge) -> None:
    script = widget_script(knowledge)
    assert set(re.findall(r"https?://[\w.]+", script)) <= {"https://host"}
    assert "localStorage" not in script and "innerHTML" not in script and "cookie" not in script
