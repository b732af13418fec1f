"""Cutting text into index terms: light stemmers for English, French and Arabic, consonants for Latin Darija."""

from __future__ import annotations

import re
import unicodedata

from triage.sounds import ARABIC, EMPHATIC, skeleton, sounds

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ARABIC_VARIANTS = str.maketrans("أإآٱىئؤةگڭکی", "ااااييوهكككي")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TATWEEL = "ـ"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae", "ß": "ss"})
_FRENCH_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'")

_FUNCTION_WORDS = {
    "en": """a about after all am an and any are as at be been being but by can could did do does doing for from get got
        had has have having he her him his how i if in into is it its just like me my no not of on or our out she
        should
        so some than that the their them then there these they this those to too up us very was we were what when
        where
        which who why will with would you your im ive id ill youre youve hes shes its theyre weve dont doesnt didnt
        cant
        couldnt wont wouldnt shouldnt isnt arent wasnt werent hasnt havent hadnt theres thats whats help write old
        make use good best way start keep thing put take give want need go come try tell
        show one two time day many anything something right really still okay much""",
    "fr": """a ai aie au aux avec avoir c ca ce ces cet cette combien comment d dans de des doit dois du elle elles en
        est et etait ete etre eu fait faire faut il ils j je la le les leur leurs lui m ma mais me mes moi mon n ne
        nos
        notre nous on ont ou par pas peut peux pour pourquoi puis qu quand que quel quelle quelles quels qui s sa se
        ses si son sont sur t ta te tes toi ton tu un une vos votre vous y aide ecris bien meilleur facon
        commencer garder chose mettre prendre donner veux besoin aller venir essayer dire montrer temps jour beaucoup
        rien tres encore toujours fais faites bon bonne gens quelqu quelque combien fois quoi""",
    "ar": """في من على الي عن مع هذا هذه ذلك تلك التي الذي ان او ام ثم لا ما لم لن قد كل بعض هو هي هم انا انت نحن كان
        كانت يكون تكون عند عندي لدي اذا حتي بين كما لكن و ف ب ل ك يا هل كيف ماذا متي اين لي لك له لها
        د ديال ديالي الا ولا واش كيفاش كيفاه شنو شنوا اشنو اش شكون وقتاش امتي شحال علاش فين منين
        بغيت نعرف نقدر خاصني هاد هادي هادا هادشي كاين كاينه ماشي غير ملي باش فيا عندها عندو
        افعل نفعل عندما قبل بعد اريد احتاج يمكن يمكنني ممكن يجب ابدا شيء شخص افضل جيد دايما كثيرا جدا يوم مره كم اعمل
        اضع اخذ اعطي هناك يستمر ياخذ خلال اثناء منذ حول ندير نديرو يدير شي ليا ليك ليه ليها عاد بزاف مزيان واحد
        واحده كتب فعمر نوجد نمشي نشوف نعطي يقدر فوقاش نرجع كيبقي يبقي بقا نبقي كنت كون يكون اللي لي تا دابا كاع""",
    "ary-Latn": """d dyal dyali diali dial l f b w wla ila li m3a mn men 3la 3nd 3end had hadi hada hadchi kan kayn
        kayna ma machi ghir melli bach wach wash wech kifach kifash kif chno chnou chnowa achno ach chkoun we9tach
        wa9tach imta ch7al chhal 3lach 3lash fin fein mnin mnine bghit n3ref n9der khassni khasni fiya fya 3ndi 3endi
        3ndo 3endou liya lik lih ana nta nti houwa hiya ndir ndiro ydir chi lih liha 3ad bezzaf mezyan wa7ed kteb
        nwejjed
        nemchi nmchi nchouf n3ti y9der t9der fo9ach fou9ach 9bel be3d nrje3 kayb9a yb9a b9a kent koun tkoun ykoun li
        lli
        bach ta 7ta daba ga3 fia fih fiha kaykhrej nkhrej khassha khasshom homa houma nl9a njib chmen had chi 7it mli
        ghi gha bla kol""",
}
# Prefixes and suffixes of the light10 stemmer (Larkey, Ballesteros and Connell, 2007), and the commonest possessives.
# Single letters like "ب" stay: they are as often part of the root.
_ARABIC_PREFIXES = ("وال", "فال", "بال", "كال", "لل", "ال", "و")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "هم", "كم", "نا", "ه", "ي", "ك")
_DARIJA_PRESENT = re.compile(r"^(?:كي|كت|كن|كا|kay|kat|kan|ka|tay|ta(?=[ynt]))(?=...)")
"""Marks what somebody does now; the verb is the same without it."""
_FRENCH_ENDINGS = ("issement", "issant", "ement", "aient", "erait", "erons", "erez", "ent", "ant", "ait", "ais", "ees")
_FRENCH_SHORT = ("ee", "er", "ez", "es", "e", "s", "x")


def tokenise(text: str, language: str) -> list[str]:
    """Return the index terms of a text in reading order, without function words.

    Accents, Arabic diacritics and letter variants, elisions and contractions do not matter; endings of number,
    gender and common verb forms are cut.

    Args:
        text: Any text.
        language: BCP 47 tag; Darija in Arabic script is cut like Arabic. Of Latin Darija, and of whatever its readers
            are given to find, only the consonants count, so that "kelb" is "كلب".
    """
    if language == "ary-Latn":
        return _consonants(text)
    folded = _fold(text)
    if language == "fr":
        folded = _FRENCH_ELISION.sub(" ", folded)
    elif language == "en":
        folded = folded.replace("'", "")
    family = "ar" if language in {"ar", "ary"} else language
    stop = _STOP.get(family, frozenset())
    return [_stem(word, family) for word in _WORD.findall(folded) if word not in stop]


def _fold(text: str) -> str:
    text = text.casefold().translate(_APOSTROPHES).translate(_ARABIC_DIGITS).translate(_ARABIC_VARIANTS)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != _TATWEEL)


_STOP = {tag: frozenset(_fold(words).split()) for tag, words in _FUNCTION_WORDS.items()}


def _consonants(text: str) -> list[str]:
    found = []
    for word in _WORD.findall(text.casefold().translate(_APOSTROPHES).replace("'", " ")):
        if word in _STOP["ary-Latn"] or _fold(word) in _STOP["ar"]:
            continue
        heard = sounds(_DARIJA_PRESENT.sub("", word)).removeprefix(ARABIC).replace(EMPHATIC, EMPHATIC.lower())
        bare = skeleton(heard)
        # One consonant would be any word; its vowels belong to it then.
        found.append(bare if len(bare) > 1 else heard)
    return [term for term in found if term]


def _stem(word: str, family: str) -> str:
    if word.isdigit():
        return word
    if family == "en":
        return _stem_english(word)
    if family == "fr":
        return _stem_french(word)
    return _stem_arabic(word) if family == "ar" else word


def _stem_english(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _stem_french(word: str) -> str:
    for ending in _FRENCH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    for ending in _FRENCH_SHORT:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _stem_arabic(word: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word
