"""The plainest sentences of a crisis and of every kind of emergency, and harmless ones in the same words."""

import pytest

from triage import Encounter, Settings, TriagePipeline, build_pipeline

PLAIN = [
    ("tonight I'll swallow all my pills", "en", True),
    ("I'm going to jump in front of a train", "en", True),
    ("my son says he will throw himself under a car", "en", True),
    ("she is sitting on the windowsill and wants to jump", "en", True),
    ("I turned the gas on and closed the windows", "en", True),
    ("I have 60 paracetamol in front of me", "en", True),
    ("this is goodbye", "en", True),
    ("he is bleeding a lot", "en", True),
    ("the rope of the washing line is ready", "en", False),
    ("I'm going to jump in the shower", "en", False),
    ("I will take all my tablets with breakfast as the doctor said", "en", False),
    ("I took my foot off the pedal", "en", False),
    ("demain je me jette sous le train", "fr", True),
    ("ce soir je prends tout ce qu'il y a dans la pharmacie", "fr", True),
    ("elle dit qu'elle va boire de la javel", "fr", True),
    ("mon fils s'est enfermé avec un couteau", "fr", True),
    ("j'ai enjambé la rambarde", "fr", True),
    ("jvé avalé tt mes cacher", "fr", True),
    ("je me suis injecté toute mon insuline", "fr", True),
    ("il fait un choc allergique", "fr", True),
    ("je vais prendre tous mes médicaments comme prescrit", "fr", False),
    ("je vais sauter le petit déjeuner", "fr", False),
    ("j'ai acheté une corde à sauter", "fr", False),
    ("c'est mon dernier jour de travail", "fr", False),
    ("سأشنق نفسي", "ar", True),
    ("الليلة سأبتلع كل أقراصي", "ar", True),
    ("هنط من البلكونة", "ar", True),
    ("رح اشنق حالي", "ar", True),
    ("راح اشنق روحي", "ar", True),
    ("تقول إنها ستقطع شرايينها", "ar", True),
    ("لقيت ابني معلق بحبل", "ar", True),
    ("سكبت البنزين على نفسي", "ar", True),
    ("سآخذ كل أقراصي مع الفطور كما قال الطبيب", "ar", False),
    ("حبل الغسيل جاهز", "ar", False),
    ("سأقفز في المسبح مع أولادي", "ar", False),
    ("لا أريد أن أشنق نفسي ولا شيء من ذلك", "ar", False),
    ("هاد الليلة غادي نبلع كاع الفانيد", "ary", True),
    ("غادي نعلق راسي", "ary", True),
    ("خويا فوق القنطرة باغي ينقز", "ary", True),
    ("غادي نتلاح قدام التران", "ary", True),
    ("ولدي كتب ليا غادي يعلق راسو", "ary", True),
    ("غنقطع عروقي", "ary", True),
    ("حليت الگاز وسديت الشراجم", "ary", True),
    ("غادي نسمم ولادي", "ary", True),
    ("غادي ننقز فالبحر مع صحابي", "ary", False),
    ("شريت الحبل باش ننشر الحوايج", "ary", False),
    ("غادي ناخد كاع الدوا ديالي مع الفطور كيف قال الطبيب", "ary", False),
    ("غادي نرمي راسي فالفراش ونعس", "ary", False),
    ("had lila ghadi nbla3 ga3 lfanid", "ary-Latn", True),
    ("ghadi nne9ez mn ste7", "ary-Latn", True),
    ("khouya kaygoul ghadi ychne9 raso", "ary-Latn", True),
    ("bla3t bezzaf d lkina daba", "ary-Latn", True),
    ("khdit 30 7ba d doliprane", "ary-Latn", True),
    ("7elit lbota w kantsenna", "ary-Latn", True),
    ("lyoum akher nhar f 7yati", "ary-Latn", True),
    ("fj2a dlam liya 3ini", "ary-Latn", True),
    ("chrit l7bel bach nechr 7wayj", "ary-Latn", False),
    ("7elit lbota bach ntiyeb", "ary-Latn", False),
    ("kankhod ga3 dwa dyali kol nhar", "ary-Latn", False),
    ("ghadi nne9ez f piscine", "ary-Latn", False),
    ("I take all my tablets every night", "en", False),
    ("I'll take my tablets tonight with supper", "en", False),
    ("she jumped in the pool and her ear is blocked", "en", False),
    ("je prends tous mes médicaments le soir", "fr", False),
    ("ce soir je prends mes cachets avec le repas", "fr", False),
    ("il a sauté dans la piscine, l'oreille bouchée", "fr", False),
    ("آخذ الدواء كل ليلة", "ar", False),
    ("أتناول حبوبي كل صباح", "ar", False),
    ("كناخد الفانيد كل صباح", "ary", False),
    ("بنتي كتشرب الدوا كل ليلة", "ary", False),
    ("kanakhod lfanid kol sba7", "ary-Latn", False),
    ("wach nakhod acide folique mn daba", "ary-Latn", False),
    ("ghadi nsali lkhedma lila", "ary-Latn", False),
    ("I'm going to hang myself", "en", True),
    ("my brother is on the roof now and says he will jump", "en", True),
    ("je vais me pendre", "fr", True),
    ("ce soir j'avale tous mes cachets", "fr", True),
    ("أخي على السطح الآن ويقول إنه سيقفز", "ar", True),
    ("غادي نشنق راسي", "ary", True),
    ("ghadi nchne9 rasi", "ary-Latn", True),
    ("katgol ghadi t7re9 rasha", "ary-Latn", True),
]


@pytest.fixture(scope="module")
def rules_alone(pipeline: TriagePipeline) -> TriagePipeline:
    return build_pipeline(Settings(database="none", lm="none", encoder="none", gestalt=False), like=pipeline)


@pytest.mark.parametrize(("text", "language", "emergency"), PLAIN)
def test_rules_alone_tell_the_plain_emergency_from_its_harmless_mirror(
    rules_alone: TriagePipeline, text: str, language: str, emergency: bool
) -> None:
    turn = rules_alone.respond(Encounter(language=language, country="MA"), text)
    assert turn.assessment.disposition.is_emergency is emergency
