"""Amounts as a clinician reads them, in each language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge import Knowledge
from knowledge.checks import MEASURES, PERSON
from knowledge.vocabulary import LANGUAGES
from triage.amounts import Amounts
from triage.facts import DAYS_PER_YEAR
from triage.types import Quantity

HOUR, DAY = 60.0, 1440.0
NOON = datetime(2026, 11, 29, 12, 5, tzinfo=UTC)


def amounts(knowledge: Knowledge, language: str) -> Amounts:
    return Amounts(knowledge, language)


def measured(knowledge: Knowledge, language: str, *numbers: Quantity) -> list[str]:
    return amounts(knowledge, language).measured({item.name: item for item in numbers})


@pytest.mark.parametrize(
    ("minutes", "english", "french", "arabic"),
    [
        ((40, 40), "40 min", "40 min", "40 دقيقة"),
        ((90, 90), "1.5 h", "1,5 h", "1.5 ساعة"),
        ((HOUR, 12 * HOUR), "1-12 h", "1 à 12 h", "1 إلى 12 ساعة"),
        ((15, 6 * HOUR), "under 6 h", "moins de 6 h", "أقل من 6 ساعات"),
        ((3 * HOUR, 30 * HOUR), "over 3 h", "plus de 3 h", "أكثر من 3 ساعات"),
        ((DAY, DAY), "1 d", "1 j", "يوم واحد"),
        ((2 * DAY, 2 * DAY), "2 d", "2 j", "يومين"),
        ((3 * DAY, 3 * DAY), "3 d", "3 j", "3 أيام"),
        ((11 * DAY, 11 * DAY), "11 d", "11 j", "11 يوما"),
        ((0, 0), "", "", ""),
    ],
)
def test_how_long_is_told_in_the_units_of_the_language(
    knowledge: Knowledge, minutes: tuple[float, float], english: str, french: str, arabic: str
) -> None:
    told = [amounts(knowledge, tag).lasted(minutes) for tag in ("en", "fr", "ar")]
    assert told == [english, french, arabic]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((3.0, 3.0), ("3 j",)),
        ((42.0, 48.0), ("6 sem.",)),
        ((14 * DAYS_PER_YEAR / 12, 15 * DAYS_PER_YEAR / 12), ("14 mois",)),
        ((2 * DAYS_PER_YEAR, 3 * DAYS_PER_YEAR - 1), ("2 ans",)),
        ((58 * DAYS_PER_YEAR, 59 * DAYS_PER_YEAR), ("58 ans",)),
        ((40 * DAYS_PER_YEAR, 50 * DAYS_PER_YEAR), ("40 à 50 ans",)),
        ((0.0, 18 * DAYS_PER_YEAR), ("moins de 18 ans",)),
        ((10 * DAYS_PER_YEAR, 130 * DAYS_PER_YEAR), ()),
    ],
)
def test_an_age_is_told_as_people_tell_it(
    knowledge: Knowledge, days: tuple[float, float], told: tuple[str, ...]
) -> None:
    assert amounts(knowledge, "fr").age(days) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_has_a_name_in_every_language(knowledge: Knowledge, language: str) -> None:
    for name in MEASURES - PERSON:
        (told,) = measured(knowledge, language, Quantity(name=name, low=12, high=12, text="12"))
        assert name not in told and "12" in told and "{" not in told


def test_measurements_come_with_unit_and_decimal_sign_of_the_language(knowledge: Knowledge) -> None:
    pressure = [Quantity(name="bp_sys", low=165, high=165), Quantity(name="bp_dia", low=105, high=105)]
    assert measured(knowledge, "ar", *pressure) == ["ضغط الدم 165/105 mmHg"]
    assert measured(knowledge, "fr", Quantity(name="temp_c", low=39.5, high=39.5)) == ["température 39,5 °C"]
    sugar = Quantity(name="glucose_mmol", low=15.54, high=15.54, text="2,8 g/l")
    assert measured(knowledge, "fr", sugar) == ["glycémie 2,8 g/L (15,5 mmol/L)"]
    assert measured(knowledge, "en", sugar) == ["blood glucose 15.5 mmol/L (280 mg/dL)"]


def test_a_limit_that_nobody_said_is_not_told(knowledge: Knowledge) -> None:
    def heat(low: float, high: float, text: str) -> list[str]:
        return measured(knowledge, "en", Quantity(name="temp_c", low=low, high=high, text=text))

    assert heat(39, 44, "over 39") == ["temperature over 39 °C"]
    assert heat(30, 36, "below 36") == ["temperature under 36 °C"]
    assert heat(38, 39.5, "38 to 39.5") == ["temperature 38-39.5 °C"]


def test_the_hour_is_that_of_the_zone_and_runs_left_to_right(knowledge: Knowledge) -> None:
    def hour(language: str, zone: str, later: timedelta) -> str:
        first = NOON.astimezone(ZoneInfo(zone))
        return amounts(knowledge, language).hour(first, first + later)

    assert hour("fr", "Africa/Casablanca", timedelta(minutes=7)) == "29/11/2026, 13:05-13:12 (UTC+1)"
    assert hour("en", "UTC", timedelta()) == "29 Nov 2026, 12:05 (UTC)"
    assert hour("en", "Asia/Kolkata", timedelta(hours=8)) == "29 Nov 2026, 17:35 - 30 Nov 2026, 01:35 (UTC+5:30)"
    assert hour("ar", "Asia/Riyadh", timedelta()) == "\u206629/11/2026, 15:05 (UTC+3)\u2069"
