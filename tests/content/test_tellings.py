"""How people deny, date and tell of others, as minimal pairs of one kind each."""

from collections.abc import Callable

import pytest

from knowledge import Knowledge
from tests.triage.findings.conftest import shown
from triage import Encounter, TriagePipeline
from triage.findings import FindingExtractor
from triage.types import Extraction


@pytest.fixture(scope="module")
def extract(knowledge: Knowledge) -> Callable[[str, str], Extraction]:
    """Read a message with the words of the real content."""
    extractor = FindingExtractor(knowledge.lexicons)
    return lambda text, language: extractor.extract(text, language, turn=1)


@pytest.fixture(scope="module")
def check(extract: Callable[[str, str], Extraction]) -> Callable[[str, str, str], None]:
    """Check that each wanted word is found ("-" absent), and none of a concept after "!"."""

    def run(text: str, language: str, wanted: str) -> None:
        found = {shown(finding) for finding in extract(text, language).findings}
        for word in wanted.split():
            if word.startswith("!"):
                assert not {word[1:], "?" + word[1:]} & found, found
            else:
                assert word in found, found

    return run


TELLINGS = {
    "violence and despair as people say them, accidents and idioms": [
        ("one more step off the balcony, just one step and it's over", "en", "suicidal_thoughts"),
        ("je regarde la fenêtre et je me dis qu'il suffirait d'un pas", "fr", "suicidal_thoughts"),
        ("أفكر أن أقفز من النافذة", "ar", "suicidal_thoughts !fall_from_height"),
        ("كون كان عندي فردي نتهنا", "ary", "suicidal_thoughts"),
        ("koun kan 3endi ferdi nthenna", "ary-Latn", "suicidal_thoughts"),
        ("je me ferais bien sauter le caisson", "fr", "suicidal_thoughts"),
        ("je pense à sauter par la fenêtre", "fr", "suicidal_thoughts !fall_from_height"),
        ("il a sauté par la fenêtre", "fr", "fall_from_height"),
        ("I am thinking of jumping out of the window", "en", "suicidal_thoughts !fall_from_height"),
        ("he jumped out of the window", "en", "fall_from_height"),
        ("kanfekker nne9ez mn cherjem", "ary-Latn", "suicidal_thoughts !fall_from_height"),
        ("he raised his hand to me", "en", "domestic_violence"),
        ("il a levé la main sur moi", "fr", "domestic_violence"),
        ("زوجي يرفع يده علي", "ar", "domestic_violence"),
        ("راجلي كيهز يدو عليا", "ary", "domestic_violence"),
        ("rajli kayhezz yeddo 3liya", "ary-Latn", "domestic_violence"),
        ("الطبيب رفع يده", "ar", "!domestic_violence"),
        ("ما قدرش يهز يدو", "ary", "!domestic_violence"),
        ("my husband hit his own thumb", "en", "!domestic_violence"),
        ("my wife hit her head on the shelf", "en", "!domestic_violence head_injury"),
        ("my husband hit her head against the wall", "en", "domestic_violence"),
        ("mon mari s'est tapé la tête", "fr", "!domestic_violence"),
        ("mon mari m'a tapé la tête", "fr", "domestic_violence"),
        ("je suis forcée à coucher avec lui", "fr", "domestic_violence sexual_assault"),
        ("my kids are killing me", "en", "!threat_with_weapon"),
        ("he will kill me and the kids", "en", "threat_with_weapon"),
        ("mal à une dent à me taper la tête contre les murs", "fr", "!self_harm_injury"),
        ("je me tape la tête contre les murs", "fr", "self_harm_injury"),
        ("je veux en finir avec cette toux", "fr", "!suicidal_thoughts"),
        ("je veux en finir avec cette souffrance", "fr", "suicidal_thoughts"),
        ("حرقت نفسي بالمكواة وأنا أكوي", "ar", "burn !self_harm_injury"),
        ("جرحت نفسي وأنا أقطع البصل", "ar", "cut !self_harm_injury"),
        ("حرقت نفسي بالزيت عمدا", "ar", "self_harm_injury"),
        ("حرقت نفسي بالبنزين", "ar", "self_harm_injury"),
        ("حرقت راسي بالزيت", "ary", "burn !self_harm_injury"),
        ("جرحت راسي وأنا كنقطع البصلة", "ary", "!self_harm_injury"),
        ("7re9t rassi b zit", "ary-Latn", "burn !self_harm_injury"),
        ("كنشرب سينتروم، خديت جوج حبات و البارح لقيت الخروج كحل", "ary", "black_tarry_stool !overdose_taken"),
        ("لقيتو بلع الحبوب كاملين", "ary", "overdose_taken"),
        ("I am afraid I will shake my baby", "en", "!baby_shaken"),
        ("j'ai peur de secouer mon bébé", "fr", "!baby_shaken"),
        ("أخاف أن أهز رضيعي", "ar", "!baby_shaken"),
        ("خايفة نزعزع البيبي", "ary", "!baby_shaken"),
        ("khayfa nza3ze3 weldi", "ary-Latn", "!baby_shaken"),
    ],
    "despair in everyday words, and sleep that is only sleep": [
        ("it would be easier for everyone if I wasn't here", "en", "life_not_worth_living"),
        ("my kids would be better off with me gone", "en", "life_not_worth_living"),
        ("I just want it all to stop", "en", "life_not_worth_living"),
        ("I wish I could sleep and not wake up", "en", "wish_not_to_wake"),
        ("no reason to wake up any more", "en", "wish_not_to_wake"),
        ("my baby learned to sleep and not wake up at night", "en", "!wish_not_to_wake"),
        ("I just want the pain to stop", "en", "!life_not_worth_living"),
        ("the kids would be happier if I was home more", "en", "!life_not_worth_living"),
        ("ça serait mieux si je me réveillais pas", "fr", "?life_not_worth_living"),
        ("j'ai plus envie de me réveiller", "fr", "wish_not_to_wake"),
        ("je veux juste que tout s'arrête", "fr", "life_not_worth_living"),
        ("j'ai peur de m'endormir et de ne pas me réveiller", "fr", "!wish_not_to_wake"),
        ("si je me réveille pas à l'heure je rate le bus", "fr", "!wish_not_to_wake"),
        ("لو نمت ولم أستيقظ لكان أريح للجميع", "ar", "?wish_not_to_wake !hard_to_wake"),
        ("ليتني أنام ولا أستيقظ", "ar", "wish_not_to_wake !hard_to_wake"),
        ("سيكونون أحسن من دوني", "ar", "life_not_worth_living"),
        ("ابني نائم ولا يستيقظ", "ar", "hard_to_wake"),
        ("أنام جيدا ولا أستيقظ ليلا", "ar", "!wish_not_to_wake !hard_to_wake"),
        ("ما قدرنا نفيقه", "ar", "hard_to_wake"),
        ("بغيت نعس وما نفيقش", "ary", "wish_not_to_wake !hard_to_wake"),
        ("كون غير نعس وما نفيقش", "ary", "wish_not_to_wake !hard_to_wake !drowsy"),
        ("مابقا عندي ما ندير فهاد الدنيا", "ary", "hopeless_severe"),
        ("با ناعس وما كيفيقش", "ary", "hard_to_wake"),
        ("ما بقا عندي علاش نفيق الصباح", "ary", "wish_not_to_wake !hard_to_wake"),
        ("mab9a 3ndi 3lach nfi9", "ary-Latn", "wish_not_to_wake !hard_to_wake"),
        ("ما بقاش كيفيق", "ary", "hard_to_wake"),
        ("البيبي ما بقاش كيفيق بالليل", "ary", "!hard_to_wake"),
        ("I don't see why I should wake up tomorrow", "en", "wish_not_to_wake"),
        ("bghit n3ess w manfi9ch", "ary-Latn", "wish_not_to_wake !hard_to_wake"),
        ("mab9a 3ndi ma ndir", "ary-Latn", "hopeless_severe !alcohol_or_drugs"),
        ("bghit kolchi ysali", "ary-Latn", "life_not_worth_living"),
        ("baba na3es w makayfi9ch", "ary-Latn", "hard_to_wake"),
        ("tired of everything, nothing brings joy", "en", "low_mood !tired"),
        ("fatiguée de tout, plus rien ne me fait plaisir", "fr", "low_mood !tired"),
        ("تعبت من كل شيء", "ar", "low_mood !tired"),
        ("ما بقا كيفرحني والو", "ary", "low_mood"),
        ("ma b9a kayfer7ni walo", "ary-Latn", "low_mood"),
    ],
    "medicines put aside in despair": [
        ("I've put the pills aside", "en", "means_available"),
        ("j'ai mis les boîtes de lexomil de côté", "fr", "means_available"),
        ("أخفيت الحبوب وجمعت الأدوية", "ar", "means_available"),
        ("خبيت الكينة", "ary", "means_available"),
        ("khebbit lkina", "ary-Latn", "means_available"),
        ("we put the pills aside so the kids don't find them", "en", "!means_available"),
    ],
    "a blow, a push and bruises, and a face that is blue from want of air": [
        ("my face is blue from a punch", "en", "face_injury !lips_blue_or_grey"),
        ("j'ai le visage bleu à cause des coups", "fr", "face_injury !lips_blue_or_grey"),
        ("وجهي أزرق من الضرب", "ar", "face_injury !lips_blue_or_grey"),
        ("وجهي مزرق من الطيحة", "ary", "!lips_blue_or_grey"),
        ("راجلي كيدفعني ديما ووجهي مزرق", "ary", "domestic_violence !lips_blue_or_grey"),
        ("rajli kaydfe3ni dima w wejhi mzre9", "ary-Latn", "domestic_violence !lips_blue_or_grey"),
        ("he's choking, I hit his back, his face is blue", "en", "lips_blue_or_grey"),
        ("ضربته على ظهره ووجهه أزرق", "ar", "lips_blue_or_grey"),
        ("ضربتو لظهرو حيت شرق ووجهو زرق", "ary", "lips_blue_or_grey"),
        ("he has left marks of fingers on my neck", "en", "strangulation_recent domestic_violence"),
        ("c'est mon mari qui m'a poussée", "fr", "domestic_violence"),
        ("زوجي قال لي قولي سقطت", "ar", "domestic_violence"),
        ("راجلي دفعني وطحت", "ary", "domestic_violence"),
        ("rajli dfe3ni w te7t", "ary-Latn", "domestic_violence"),
        ("mon mari m'a poussée à consulter", "fr", "!domestic_violence"),
        ("زوجي دفعني للذهاب إلى الطبيب", "ar", "!domestic_violence"),
        ("nobody hits me", "en", "-domestic_violence"),
        ("personne me frappe", "fr", "-domestic_violence"),
        ("une personne me frappe", "fr", "domestic_violence"),
        ("لا أحد يضربني", "ar", "!domestic_violence"),
    ],
    "a heart that only feels, and a vomiting that is asked about": [
        ("j'ai le cœur serré quand je pense au boulot", "fr", "anxiety !chest_pain"),
        ("j'ai le cœur serré quand je marche", "fr", "chest_pain"),
        ("قلبي المكسور بعد الفراق", "ar", "low_mood !suspected_fracture"),
        ("عظمي مكسور", "ar", "suspected_fracture"),
        ("faut le faire vomir ?", "fr", "!vomiting"),
        ("should I make him vomit?", "en", "!vomiting"),
        ("هل أجعله يتقيأ", "ar", "!vomiting"),
        ("واش نخليه يتقيا", "ary", "!vomiting"),
        ("wach nkhellih yt9eyya", "ary-Latn", "!vomiting"),
        ("ça me fait vomir", "fr", "vomiting"),
    ],
    "cuts on purpose": [
        ("ma fille se fait des coupures sur les bras", "fr", "self_harm_injury !limb_injury"),
        ("exprès avec une lame", "fr", "self_harm_injury"),
        ("she makes cuts on her thighs", "en", "self_harm_injury"),
        ("تجرح نفسها بشفرة", "ar", "self_harm_injury"),
        ("كتجرح راسها بالعاني", "ary", "self_harm_injury"),
        ("katjre7 rasha bl3ani", "ary-Latn", "self_harm_injury"),
        ("je me suis fait des coupures en épluchant", "fr", "!self_harm_injury"),
    ],
    "short and plain, and what only sounds so": [
        ("ضهري كيضرني ورجليا فاشلين", "ary", "both_legs_pain_or_weakness"),
        ("ولدي زرق", "ary", "lips_blue_or_grey"),
        ("خرجات العظمة من الساق", "ary", "bone_visible"),
        ("نيفي كينزف ساعة ومابغاش يسكت", "ary", "heavy_flow"),
        ("ما كنحسش بالجنين من البارح", "ary", "baby_stopped_moving"),
        ("شارب جافيل", "ary", "swallowed_acid_or_alkali"),
        ("رجعت من السفر وسخانة 38", "ary", "!yellow_eyes_or_skin"),
        ("حنكي منفوخ من الضرسة", "ary", "!swelling_eye_area_or_neck"),
        ("كنكح بلا دم", "ary", "!coughing_blood_large_volume"),
        ("تيته مش بتتكلم", "ar", "speech_difficulty"),
        ("ابني شارب كلور", "ar", "swallowed_chemical"),
        ("طاح وما قام", "ar", "cannot_stand"),
        ("عيونه مقلوبة", "ar", "seizure"),
        ("ولعت فيه النار", "ar", "bigger_than_hand"),
        ("حامل 36 أسبوعا والجنين بالكاد يتحرك", "ar", "baby_moves_less"),
        ("مسمار دخل بالركبة", "ar", "wound_into_joint"),
        ("كان يحمل سكينا ويقطع البصل", "ar", "!weapon_and_agitated"),
        ("نقاط حمراء صغيرة تحك بعد الناموس", "ar", "!petechiae"),
        ("طفلي يعض لسانه وهو ياكل", "ar", "!seizure"),
        ("9te3t srayni", "ary-Latn", "suicide_attempt_now"),
        ("jnin ma ka7rrekch", "ary-Latn", "baby_stopped_moving"),
        ("ma dartch dialyse had simana", "ary-Latn", "condition:dialysis"),
        ("tfi3a 9ersat khouya", "ary-Latn", "snake_bite"),
        ("baba kaygherger", "ary-Latn", "gasping_only"),
        ("mrati katwled", "ary-Latn", "urge_to_push"),
        ("borj dyali 3a9rab", "ary-Latn", "!scorpion_sting"),
        ("drabt sb3i m3a lbab w zra9 chwiya", "ary-Latn", "!lips_blue_or_grey"),
        ("na3s tar mn 3ini", "ary-Latn", "!eye_injury"),
        ("he had a fit in the car", "en", "seizure"),
        ("I just want to fit in", "en", "!seizure"),
        ("massive hives and cant breathe after bee sting", "en", "cannot_breathe"),
        ("not breathing", "en", "not_breathing_normally"),
        ("she not wake up", "en", "hard_to_wake"),
        ("cant pee lower belly bursting", "en", "cannot_pass_urine"),
        ("the toilet looks like tar", "en", "black_tarry_stool"),
        ("she is under the tractor", "en", "crush_injury"),
        ("36 weeks and bleeding", "en", "vaginal_bleeding"),
        ("le bébé ne bouge presque plus depuis ce matin", "fr", "baby_moves_less"),
        ("aux toilettes c'est du goudron", "fr", "black_tarry_stool"),
        ("respire plus", "fr", "not_breathing_normally"),
        ("deux jours sans uriner", "fr", "cannot_pass_urine"),
        ("on n'arrive pas à arrêter le sang", "fr", "heavy_bleeding"),
        ("l'ongle du pouce est arraché", "fr", "!finger_toe_part_lost"),
        ("mon livre parle d'une overdose", "fr", "!overdose_taken"),
        ("il sourit plus droit", "fr", "face_droop"),
    ],
    "during is no hanging": [
        ("je veux me reposer pendant les vacances", "fr", "!suicidal_thoughts"),
        ("je veux dormir pendant une semaine", "fr", "!suicidal_thoughts"),
        ("il veut se pendre", "fr", "suicidal_thoughts"),
    ],
    "an attempt and how long ago": [
        ("I tried to end my life eight years ago", "en", "!suicide_attempt_now"),
        ("I took an overdose like ten years ago", "en", "?overdose_taken"),
        ("I took an overdose eight years ago and want to do it again", "en", "overdose_taken"),
        ("j'ai fait une tentative de suicide il y a huit ans", "fr", "!suicide_attempt_now"),
        ("حاولت نقتل راسي هادي 8 سنين", "ary", "!suicide_attempt_now suicidal_thoughts"),
        ("weld khalti 9tel rasou 5 snin hadi", "ary-Latn", "!suicide_attempt_now"),
        ("ولد عمي انتحر هادي خمس سنين", "ary", "!suicide_attempt_now"),
    ],
    "a number behind fever": [
        ("fever of 36.8", "en", "-fever"),
        ("fever, 36.8 this morning after paracetamol", "en", "fever"),
        ("fièvre à 36,9", "fr", "-fever"),
        ("fièvre à 38,9", "fr", "fever"),
        ("السخانة 36.8", "ary", "-fever"),
        ("skhana dyalo 37.1", "ary-Latn", "-fever"),
        ("skhana dyalo 38.1", "ary-Latn", "fever"),
    ],
    "a film about it, and somebody of one's own": [
        ("J'ai vu un film là-dessus une fois. mon fils a mal au ventre et il a vomi", "fr", "abdominal_pain vomiting"),
        ("I saw a film about this once. my son has belly pain and he vomited", "en", "abdominal_pain vomiting"),
        ("J'ai vu un film hier. Un homme tombe du toit et il ne respire plus", "fr", "!not_breathing_normally"),
    ],
    "never": [
        ("3mmer sokkar ma nzel liya", "ary-Latn", "-low_sugar"),
        ("3mri f 7yati ma jatni chi crise", "ary-Latn", "-seizure"),
        ("عمر السكر ما هبط ليا", "ary", "-low_sugar"),
        ("3mro 70 ma b9ach kayhder", "ary-Latn", "cannot_speak"),
    ],
    "the first stool of a newborn": [
        ("baby born yesterday, first poo black and sticky", "en", "!black_tarry_stool"),
        ("first time I see black tarry poo, I am 60", "en", "black_tarry_stool"),
        ("bébé né hier, premier caca noir et collant", "fr", "!black_tarry_stool"),
        ("مولودي عمره يوم، أول براز أسود لزج", "ar", "!black_tarry_stool"),
        ("البيبي تزاد لبارح، أول كاكا كحل", "ary", "!black_tarry_stool"),
        ("bebe tzad lbare7, lowel kaka dyalo k7el", "ary-Latn", "!black_tarry_stool"),
    ],
    "is that an overdose?": [
        ("took 1 g paracetamol at 8 and 1 g at 2pm, is that an overdose?", "en", "!overdose_taken"),
        ("I swallowed 30 paracetamol, is that an overdose?", "en", "overdose_taken"),
        ("j'ai avalé 30 dolipranes, c'est une overdose ?", "fr", "overdose_taken"),
    ],
    "what an animal ate": [
        ("my cat ate a lily", "en", "!swallowed_plant"),
        ("my toddler ate a lily leaf", "en", "swallowed_plant"),
        ("قطتي أكلت نبتة", "ar", "!swallowed_plant"),
        ("المشة ديالي كلات شي نبتة", "ary", "!swallowed_plant"),
        ("lmoucha dyali klat chi nebta", "ary-Latn", "!swallowed_plant"),
    ],
    "hands of an uncle": [
        ("عمي كيقيسني ف الليل", "ary", "child_says_hurt_by_adult"),
        ("خالي كيقيس لي الطانسيو", "ary", "!child_says_hurt_by_adult"),
        ("أظن أن أحدا يؤذي ابن أخي، عليه آثار حزام", "ar", "child_says_hurt_by_adult"),
    ],
    "Arabizi that ends like a unit": [
        ("3ini 7mra", "ary-Latn", "red_eye"),
        ("3ini lisra 7mra bzaf", "ary-Latn", "red_eye"),
    ],
    "other meanings, eighteen authors": [
        ("I haven't been well for 5 days", "en", "!constipation"),
        ("my bloke says he's already buried me lol, just a cold", "en", "!threat_with_weapon"),
        ("j'ai des sifflements dans les oreilles", "fr", "!wheeze"),
        ("ma fille est tombée mais elle joue", "fr", "!face_droop"),
        ("le bébé me donne des coups de pied", "fr", "!domestic_violence"),
        ("pas de douleur au ventre, elle respire bien", "fr", "!pleuritic_chest_pain"),
        ("une brûlure qui remonte dans la gorge avec un goût acide", "fr", "!swallowed_acid_or_alkali"),
        ("وتبدل الفوطة كل أربع ساعات", "ar", "!soaking_pad_per_hour"),
        ("لا أفكر في إيذاء أحد ولا نفسي", "ar", "!not_breathing_normally"),
        ("صرت أنسى أين أضع نظارتي", "ar", "!new_confusion"),
        ("ولدي دار عليها خط بالستيلو", "ary", "!adrenaline_injector_used"),
        ("دارو ليا التحليلات فالصيف", "ary", "!threat_with_weapon"),
        ("قتلنا ريوسنا بالضحك حتى وجعاتني كرشي", "ary", "!severe_pain"),
        ("dar sda3 m3a jiran", "ary-Latn", "!headache"),
        ("ma kan 3re9ch", "ary-Latn", "!sweating"),
        ("kan7ekk mn te7t w kayhbet chi 7aja", "ary-Latn", "!fall"),
        ("rkbti werma w sokhna", "ary-Latn", "!fever"),
        ("bghit nqtel rassi b d7k", "ary-Latn", "!suicidal_thoughts"),
        ("kanchouf namousa ke7la f 3ini", "ary-Latn", "!vision_loss"),
        ("ma kan qdch nhbs lboul mnin kan3tss", "ary-Latn", "!cannot_pass_urine"),
    ],
    "signs and complaints, eighteen authors": [
        ("haven't been for four days", "en", "constipation"),
        ("yellow crumbly toenail", "en", "minor_skin_problem"),
        ("new boots, blister on my heel", "en", "minor_skin_problem"),
        ("my piles are itchy", "en", "piles"),
        ("sore arm after the flu jab", "en", "joint_pain"),
        ("wind and burping all day", "en", "heartburn"),
        ("my statin makes my thighs ache", "en", "side_effect"),
        ("I lost my sense of smell", "en", "cold_or_flu_symptoms"),
        ("j'ai une ampoule au talon après la rando", "fr", "minor_skin_problem"),
        ("j'ai des sifflements dans les oreilles", "fr", "ear_blocked"),
        ("sa joue droite est tombée d'un coup", "fr", "face_droop"),
        ("je ne suis pas allé à la selle depuis quatre jours", "fr", "constipation"),
        ("j'ai oublié mon Keppra hier", "fr", "medicine_question"),
        ("شعري يتساقط", "ar", "minor_skin_problem"),
        ("عيني تحك", "ar", "eye_irritation"),
        ("عندي بواسير", "ar", "piles"),
        ("انتفاخ وغازات بعد الفول", "ar", "heartburn"),
        ("تطقطق ركبتي لما أجلس", "ar", "joint_pain"),
        ("مبنامش من شهر", "ar", "insomnia"),
        ("ظهري مشدود", "ar", "back_pain"),
        ("عندي الصلع من القدام", "ary", "minor_skin_problem"),
        ("كنوض ثلاثة د المرات بالليل باش نبول", "ary", "urine_frequency"),
        ("ودني كتصفر من بعد العرس", "ary", "ear_blocked"),
        ("راسي ضارني من العشية", "ary", "headache"),
        ("كنبكي بلا سبب وما بقى فيا خاطر", "ary", "low_mood"),
        ("ضرسة العقل طالعة ليا", "ary", "toothache"),
        ("بوزلوم شدني من الترمة حتى للركبة", "ary", "back_pain"),
        ("نسيت حبة ديال الطانسيو", "ary", "medicine_question"),
        ("بولي محبوس", "ary", "cannot_pass_urine"),
        ("wji3 f sdri mn sba7", "ary-Latn", "chest_pain"),
        ("sda3 qwi mn lbare7", "ary-Latn", "headache_severe"),
        ("baba ma kay jawebch", "ary-Latn", "unresponsive"),
        ("te7t mn drouj", "ary-Latn", "fall"),
        ("rkbti werma w skhana", "ary-Latn", "fever"),
        ("jouj 7rakat d3af f nhar", "ary-Latn", "baby_moves_less"),
        ("ma 7essch b lpapier", "ary-Latn", "saddle_numbness"),
        ("lhedra katqte3 liya", "ary-Latn", "cannot_speak_full_sentence"),
        ("kerchi 7absa 4 iyam", "ary-Latn", "constipation"),
        ("kanfi9 m3a 4 kol nhar", "ary-Latn", "insomnia"),
        ("ma b9a 3ndi gana, kanbki bzaf", "ary-Latn", "low_mood"),
        ("jfen fih 7ebba mn simana", "ary-Latn", "eye_irritation"),
        ("weldi kayboul f lfrach", "ary-Latn", "urine_frequency"),
        ("nsit pommade dial lhezaza simana", "ary-Latn", "medicine_question"),
        ("3on9i m3ewwj mn sba7", "ary-Latn", "neck_pain"),
        ("dahri 7bess mn nhar hezzit lmachina", "ary-Latn", "back_pain"),
        ("klani namous w kay7ekkni", "ary-Latn", "insect_bite"),
    ],
    "what stands beside a danger": [
        # somebody else in a sentence before, and what was read, seen or said, hide nothing
        ("I was fine until this morning. grandad fell down and isn't answering me", "en", "unresponsive"),
        ("My sister had cancer two years ago. Snake bit my foot, it swells", "en", "snake_bite"),
        ("كنا في عرس ابن عمي البارحة. لدغتني أفعى في قدمي", "ar", "snake_bite"),
        ("kna f 3ers wld 3mi lbare7. 3ddatni lef3a f rejli", "ary-Latn", "snake_bite"),
        ("Ma voisine m'a dit d'essayer. mon mari a les lèvres bleues", "fr", "lips_blue_or_grey"),
        ("J'ai peur de l'hôpital depuis que mon père y est mort. mal à la poitrine qui serre", "fr", "chest_pain"),
        ("my dad isn't breathing, is any of that serious?", "en", "not_breathing_normally"),
        ("my husband has chest pain. None of this is normal", "en", "chest_pain"),
        ("mon mari a mal à la poitrine, je n'ai jamais vu rien de pareil", "fr", "chest_pain"),
        ("أبي لا يتنفس أو شيء من هذا القبيل", "ar", "not_breathing_normally"),
        ("I watched a film about this once. Crushing chest pain", "en", "chest_pain"),
        ("J'ai vu un film là-dessus une fois. douleur à la poitrine", "fr", "chest_pain"),
        ("شاهدت فيلما عن هذا مرة. ألم شديد في صدري", "ar", "chest_pain"),
        ("شفت شي فيلم على هادشي. صدري كيضرني", "ary", "chest_pain"),
        ("cheft chi film 3la hadchi. sadri kaydrni", "ary-Latn", "chest_pain"),
        ("crushing chest pain, it's like in a film", "en", "chest_pain"),
        ("صدري كيضرني بزاف، بحال شي فيلم", "ary", "chest_pain"),
        ("My mother had a stroke. I have none of that", "en", "!stroke_sign"),
    ],
    "new authors: other meanings": [
        ('My trigger finger gets stuck bent in the morning', 'en', '!deformity'),
        ("I dropped a pan on my toe. It's blue and the nail is lifting", 'en', '!lips_blue_or_grey'),
        ("I'm scared my baby will stop breathing at night", 'en', '!not_breathing_normally'),
        ("I cut my hand. I don't take blood thinners", 'en', '!med:anticoagulant'),
        ('Mouth itches when I eat raw apples', 'en', '!lip_swelling'),
        ('Bleach smell made my eyes water', 'en', '!eye_chemical'),
        ('mon soutien-gorge me serre', 'fr', '!chest_pain'),
        ("j'ai fait une hémorragie à mon premier accouchement", 'fr', '!heavy_bleeding'),
        ('« tu me fais une crise cardiaque » dit ma femme', 'fr', '!chest_pain'),
        ('ma chatte a des convulsions', 'fr', '!seizure'),
        ("le docteur m'a arraché une dent hier", 'fr', '!tooth_knocked_out_adult'),
        ('la boîte de mon médicament est vide, la pharmacie est fermée', 'fr', '!overdose_taken'),
        ('une mouche est rentrée dans mon oeil', 'fr', '!penetrating_eye_injury'),
        ('مرعوبة من النوبة القلبية بعد وفاة جارتنا', 'ar', '!chest_pain'),
        ('ما عندي صعوبة في البلع ولا في التنفس', 'ar', '!not_breathing_normally'),
        ('مريض ضغط منذ 15 عاما وآخذ حبة كل صباح', 'ar', '!overdose_taken'),
        ('راح الالم ونظري تمام', 'ar', '!vision_loss'),
        ('تحت الظفر دم ازرق بعد ما انحشر بالباب', 'ar', '!vaginal_bleeding'),
        ('قست الكيتون في البول وكان سالبا', 'ar', '!ketones_high'),
        ('كنسول واش نمشي للفرماسيان', 'ary', '!med:insulin'),
        ('المرة الأولى كان عندي نفس الشي وعطاوني الدوا ومشى', 'ary', '!not_breathing_normally'),
        ('البيبي كيخرج الحليب من بعد الرضعة', 'ary', '!baby_being_born'),
        ('هاد الحر غادي يقتلنا', 'ary', '!intends_to_harm_others'),
        ('وليدي ما كيتمشاش مزيان', 'ary', '!arm_weakness'),
        ('جلبة الكزاز ما عقلتش عليها', 'ary', '!new_confusion'),
        ('فقدت البصر فعيني وأنا صغير', 'ary', '!vision_loss'),
        ('wlidi sret 7ejra d zitoun w kayl3eb mzyan', 'ary-Latn', '!swallowed_button_battery'),
        ('ktafi kaytchennjo f l3chiya', 'ary-Latn', '!seizure_now'),
        ('f wejhi 7ebbat hmrin', 'ary-Latn', '!face_droop'),
        ('bghit ndafe3 3liha', 'ary-Latn', '!urge_to_push'),
        ('jarti jatha jelta 3am lwl', 'ary-Latn', '!suspected_stroke_now'),
        ('kaychreb lma skhoun', 'ary-Latn', '!fever'),
        ('tbib dar liya IRM d rass', 'ary-Latn', '!suicidal_thoughts'),
        ('chrebt kamoun w daz lwja3', 'ary-Latn', '!crush_injury'),
        ('3 simanat w 3ini kat7kni', 'ary-Latn', '!eye_chemical'),
    ],
    "new authors: signs in everyday words": [
        ("My dad can't speak now", 'en', 'cannot_speak'),
        ('The foot is pointing a bit sideways', 'en', 'deformity'),
        ("The left side of my face won't smile", 'en', 'face_droop'),
        ("She's talking in bits, three words then a breath", 'en', 'cannot_speak_full_sentence'),
        ("It's a tearing kind of pain between the shoulder blades", 'en', 'tearing_or_ripping_pain'),
        ('He is plucking at the blanket this evening', 'en', 'new_confusion'),
        ('Stung by a bee on tongue', 'en', 'sting_in_mouth_or_throat'),
        ("There's a toilet full of dark maroon", 'en', 'rectal_bleeding_heavy_or_clots'),
        ("j'ai trouvé trois plaquettes vides dans sa chambre", 'fr', 'overdose_taken'),
        ('entre les jambes ça dort', 'fr', 'saddle_numbness'),
        ('il ne bouge que le bras droit', 'fr', 'one_side_weakness'),
        ('enceinte de 30 semaines, ça coule clair le long de mes jambes', 'fr', 'waters_broken_or_leak'),
        ("d'un coup le pied est devenu comme du marbre", 'fr', 'limb_cold'),
        ('plus rien ne descend, même la salive', 'fr', 'something_stuck_swallow'),
        ('خايف من الجلطة الدماغية ووجهي مايل', 'ar', 'face_droop'),
        ('قالت أخذتهم أمس كلهم عشرين حبة', 'ar', 'overdose_taken'),
        ('يمسك كباية الشاي بايده اليمين وبتقع منه', 'ar', 'arm_weakness'),
        ('المولود رخو ازرق ما يصيح', 'ar', 'weak_cry_or_floppy'),
        ('وضعه خطر ووجهه مايل', 'ar', 'face_droop'),
        ('نفضت يديها ورجليها وعضت لسانها', 'ar', 'seizure'),
        ('ايديها مبقعة زي الرخام', 'ar', 'mottled_or_discoloured_skin'),
        ('شربات مبيد الحشرات ديال الفلاحة', 'ary', 'pesticide_swallowed'),
        ('السخانة وعنقي ما قدرتش نهبطو لصدري', 'ary', 'stiff_neck'),
        ('فيقناه بالتصرفيق ما بغاش', 'ary', 'hard_to_wake'),
        ('اليوم نعسناه جالس بتلت مخدات', 'ary', 'cannot_lie_flat_new'),
        ('yddih 3la 3on9o', 'ary-Latn', 'choking_now'),
        ('kanmchi nboul w katkhroj qetra', 'ary-Latn', 'cannot_pass_urine'),
        ('mama katqol lklam m9loub', 'ary-Latn', 'speech_difficulty'),
        ('l9awh f lbanio', 'ary-Latn', 'submersion'),
        ('lfrach fezgan b dem', 'ary-Latn', 'bleeding_pooling'),
        ('7el9i mjrou7 b lmouss', 'ary-Latn', 'neck_wound'),
    ],
    "denials": [
        # what denies stands together: other words between make it another story
        ("my husband is hard to wake up this morning", "en", "hard_to_wake"),
        ("he is hard to wake up in the mornings", "en", "-hard_to_wake"),
        ("grandma can't speak properly and the doctor is not answering", "en", "speech_difficulty"),
        ("mon bébé a les lèvres bleues il ne veut pas boire son eau", "fr", "lips_blue_or_grey"),
        ("أبي لا يستجيب اتصلنا بالطبيب", "ar", "unresponsive"),
        ("يشخر بصوت غريب وتوقف عن التنفس", "ar", "not_breathing_normally"),
        ("جدي طايح ما كيجاوبش شنو ندير جاوبوني على الميساج", "ary", "unresponsive"),
        ("با ما كيجاوبش عيطنا للطبيب", "ary", "unresponsive"),
        ("ba ma kayjawebch 3eyetna l tbib", "ary-Latn", "unresponsive"),
        # only the limb that was lain on is no stroke, not every limb after a night
        ("slept badly and my right arm is numb now", "en", "one_side_weakness_or_numbness"),
        ("sitting at my desk, my left leg went numb suddenly", "en", "one_side_weakness_or_numbness"),
        ("woke up with a dead arm, I had slept on it", "en", "-one_side_weakness_or_numbness"),
        # a list of denials without "or", and one that goes on after words we do not know
        ("no chest pain, shortness of breath, dizziness", "en", "-chest_pain -breathing_difficulty -dizziness"),
        ("denies trauma, crusting, or change in vision", "en", "-vision_change"),
        ("She denies headache, chest pain and palpitations.", "en", "-headache -chest_pain -palpitations"),
        ("there is no pain in my chest", "en", "-chest_pain"),
        ("bouche pas tordue, nuque pas raide", "fr", "-face_droop -stiff_neck"),
        ("pas de vomissement, pas de selles noires", "fr", "-vomiting -black_tarry_stool !constipation"),
        # no cue reaches across a comma: "presque, pas de" is no "presque pas"
        ("ni presque, pas de douleur à la poitrine", "fr", "-chest_pain"),
        # a line that was wrapped is no end of a sentence
        ("I have had this for a week now, no throat swelling or\ntrouble breathing", "en", "-breathing_difficulty"),
        ("fever\nheadache", "en", "fever headache"),
        # a doubt that closes what was said says nothing of what comes after it; thinking of is no doubt
        ("il a le covid je pense, il respire mal", "fr", "breathing_difficulty"),
        ("it's the flu I think, he can't breathe", "en", "cannot_breathe"),
        ("je pense souvent à me suicider", "fr", "suicidal_thoughts"),
        # "and" written as part of the denial, and lists of denials without -ch
        ("من البارح وماكنقدرش نبول", "ary", "cannot_pass_urine"),
        ("كنكحب وماعنديش السخانة", "ary", "cough -fever"),
        ("كتحرقني البولة ما فيا سخانة ما كيضرني ضهري", "ary", "-fever -back_pain"),
        ("ma3ndich wja3 sder w ma3ndich di9 nfes", "ary-Latn", "-chest_pain -breathing_difficulty"),
        # a wording goes on behind "and" into its denial, unless "after" makes that none
        ("بغيت ننعس وما نفيقش", "ary", "wish_not_to_wake"),
        ("bghit nn3es w ma nfi9ch", "ary-Latn", "wish_not_to_wake"),
        ("kaytr3ed w makayjawebch", "ary-Latn", "seizure"),
        ("جلدو سخون وما بالتش من البارح", "ary", "no_urine"),
        ("sda3 mn ba3d ma fe9t", "ary-Latn", "!hard_to_wake"),
        # that nothing came of it does not undo the blow
        ("طاحت وضربات راسها ما فيها والو", "ary", "head_injury"),
        ("ta7et w drbet rasha ma fiha walo", "ary-Latn", "head_injury"),
        # "became" is no "nor", and "turned" is no "nothing"
        ("داتو تيبسات وولا كيتنفض فالأرض", "ary", "seizure"),
        ("chfayfo wlaw zer9in", "ary-Latn", "lips_blue_or_grey"),
        # a denial fused with its verb stands beside whatever else is told
        ("ولدي ماكيبولش وفيه الإسهال", "ary", "no_urine diarrhoea"),
        ("makayjawebch w fih skhana", "ary-Latn", "unresponsive fever"),
        # "ta ... ta" goes on denying, and is "until" before a time or a verb
        ("ma3ndi ta wja3 f sder ta skhfa", "ary-Latn", "-chest_pain -fainted"),
        ("ma 3ndi ta mochkil ta lbare7 jani wja3 f sdri", "ary-Latn", "chest_pain"),
        # spoken Arabic writes the denial as part of the verb
        ("ابني مايتنفس", "ar", "not_breathing_normally"),
        ("لايزال السعال مستمر", "ar", "cough"),
    ],
    "people and history": [
        ("je suis un homme, ça brûle quand je pisse", "fr", "painful_urination"),
        ("my husband is stiff and has a fever and is vomiting, I am tired", "en", "fever vomiting"),
        (
            "my father had a stroke in 2015 and recovered well. I'm 39 and feel fine",
            "en",
            "!face_droop !suspected_stroke_now",
        ),
        # a dose is no calendar year
        ("vomiting since I took 2000 mg of paracetamol", "en", "vomiting"),
        ("had my spleen out years ago", "en", "condition:asplenia"),
        ("2-day history of fever", "en", "fever"),
    ],
    "stories": [
        # an age of then puts its whole sentence in the past
        ("When he was one he had a fit and he stopped breathing. He is seven now", "en", "!seizure !not_breathing_normally"),
        ("Quand il avait un an il a convulsé, il ne respirait plus. Il a six ans", "fr", "!seizure !not_breathing_normally"),
        ("عندما كان عمره سنة أصيب بتشنج وتوقف عن التنفس دقيقة. الآن عمره ثماني سنوات", "ar", "!seizure"),
        ("ملي كان عندو عام جاتو الصرعة وما بقاش كيتنفس شوية. دابا عندو سبع سنين", "ary", "!seizure !cannot_breathe"),
        ("mnin kan 3ndo 3am jatou sser3a w ma b9ach kaytneffes. daba 3ndo 7 snin", "ary-Latn", "!cannot_breathe"),
        ("à l'époque j'avais fait une embolie, j'étais très essoufflé", "fr", "!breathing_difficulty"),
        # the present goes on being present
        ("When I was 10 I had asthma, my chest hurts now", "en", "chest_pain"),
        ("Last year I had a stent, my chest is crushing me and I can't breathe", "en", "cannot_breathe"),
        ("L'an dernier j'ai fait un infarctus, j'ai mal à la poitrine", "fr", "chest_pain"),
        # "la ..., la ..." denies in Darija, and is an article in French
        ("fiya rwa7. la skhana la ka77a la di9a", "ary-Latn", "-fever -cough"),
        ("la wja3 f sadri la skhana", "ary-Latn", "-chest_pain -fever"),
        # one "la" denies the Darija noun after it, and answers when it comes first
        ("fiya 7boub, kayl3eb, la skhana", "ary-Latn", "-fever"),
        ("la, skhana mazala", "ary-Latn", "fever"),
        ("كنبلع مزيان، لا سخانة", "ary", "-fever"),
        # "ولا" is "or" and "became", never "and no"
        ("تفقفقات ليا الهضرة وفمي ولا مايل", "ary", "face_droop"),
        # letters that are no preposition, and short words with other vowels
        ("كنعرق بارد", "ary", "pale_clammy_skin !vomiting"),
        ("شربت سيدي علي", "ary", "!swallowed_acid_or_alkali"),
        ("kay7el fommou mzyan", "ary-Latn", "!lips_blue_or_grey"),
        ("ظهر بعيني احمرار", "ary", "red_eye !eye_chemical"),
        ("ma kayn 7boub ma nefs", "ary-Latn", "-rash !not_breathing_normally"),
        ("راجلي ما فيهش النفس", "ary", "not_breathing_normally"),
        ("ولدي طاح فالما", "ary", "submersion"),
        # a year written to its preposition, and one that stands nearer than "now"
        ("لسعاتني العگرب فـ2008", "ary", "!scorpion_sting"),
        ("خالي دار جلطة فالدماغ 2019 وكيتكلم مزيان دابا", "ary", "!stroke_sign"),
        ("3ndi la fièvre, la diarrhée bzaf", "ary-Latn", "fever diarrhoea"),
        # an "I" that somebody else said, and relatives who are no patients
        ("mum sat down and said I'm just tired, her words are mush", "en", "slurred_speech_new"),
        ("ma mère m'a dit je suis juste fatiguée, elle parle en bouillie", "fr", "speech_difficulty"),
        ("أمي جلست وقالت أنا متعبة فقط، فمها مائل", "ar", "face_droop"),
        ("مي جلسات وقالت أنا غير عيانة، فمها معوج", "ary", "face_droop"),
        ("mmi glset w galt ana ghir 3yana, fomha t3ewwej", "ary-Latn", "face_droop"),
        ("We found my brother on the floor. His pupils are tiny", "en", "pinpoint_pupils"),
        ("brought in by her mother because of high fever", "en", "fever"),
        ("my granny is 88, asked where her mother is, she is confused", "en", "new_confusion"),
        # parts told in two sentences
        ("My son played with grandpa's pill box. Six of them are missing", "en", "medicine_in_reach some_missing"),
        ("mon fils a joué avec la boîte de médicaments. Il en manque six", "fr", "medicine_in_reach some_missing"),
        ("ولدي كان كيلعب بالدوا ديال جدو. ناقصين ستة ديال الكينات", "ary", "medicine_in_reach some_missing"),
        ("weldi kan kayl3eb b dwa d jeddo. na9sin stta d lkinat", "ary-Latn", "medicine_in_reach some_missing"),
        # everyday acts that went wrong, and farewells
        ("حطات التيليفون ف التلاجة وما عرفاتش سميتي", "ary", "new_confusion"),
        ("ma 3erfatch smiti w 7ettat telephone f frigo", "ary-Latn", "new_confusion"),
        ("كتقول الولد فيه الجن", "ary", "paranoid_beliefs"),
        ("katgol lweld fih jenn", "ary-Latn", "paranoid_beliefs"),
        ("سمح ليا تهلا ف ولادي", "ary", "saying_goodbye suicidal_thoughts"),
        ("sme7 liya thella f wladi", "ary-Latn", "saying_goodbye suicidal_thoughts"),
        ("الوجع كان حدا الصرة ودابا نزل للجيهة اليمنية لتحت", "ary", "pain_moved_to_right_lower"),
        ("lwja3 kan 7da ssorra w daba nzel l jiha limna lte7t", "ary-Latn", "pain_moved_to_right_lower"),
        ("رجلي غلاضت على لخرى", "ary", "one_leg_swollen_painful"),
        ("rejli kbert 3la lokhra", "ary-Latn", "one_leg_swollen_painful"),
        # harmless talk with the words of danger
        ("ما كنعرفش علاش ماما عيانة", "ary", "!new_confusion"),
        ("ma kan3refch wach weldi mrid", "ary-Latn", "!new_confusion"),
        ("kanfi9 f 4 w ma kanrje3ch n3es", "ary-Latn", "!hard_to_wake"),
        ("ناموسة عضاتني ف رجلي", "ary", "-animal_bite -human_bite"),
        ("namousa 3eddatni f rejli", "ary-Latn", "-animal_bite -human_bite"),
        ("kan kayl3eb 3adi", "ary-Latn", "!human_bite"),
        ("واش نقدر نعطي الدوليبران بزاف", "ary", "!paracetamol_excess"),
        ("jre7t yeddi b mous lbare7", "ary-Latn", "cut !recent_self_harm"),
        ("قطعت يدي ف الكوزينة لبارح", "ary", "!recent_self_harm"),
        ("كناخد الحديد والخرا كحل", "ary", "!black_tarry_stool -black_stool_or_bleeding"),
        ("kanakhoud l7did w lkhra k7el", "ary-Latn", "!black_tarry_stool -black_stool_or_bleeding"),
        ("ضربت صبعي ولا كحل تحت الضفر", "ary", "-limb_pale_or_blue"),
        ("out of breath just from talking to you", "en", "breathing_difficulty"),
        ("j'ai le souffle court, je suis à bout de souffle de vous parler", "fr", "breathing_difficulty"),
        ("ألم شديد في صدري عند الضغط", "ar", "chest_pain"),
        ("I took an overdose last week, I am doing well now", "en", "overdose_taken~gone"),
        ("my boyfriend is going to kill me, he has said it", "en", "partner_violence_now"),
        ("my mum is going to kill me when she sees the broken vase", "en", "!partner_violence_now"),
        ("celui qui a mal à la poitrine, c'est mon père", "fr", "chest_pain"),
        ("wje3ni sdri lbare7 w rje3 lyoum", "ary-Latn", "chest_pain"),
        ("9elbi w9ef liya b lkhel3a", "ary-Latn", "!not_breathing_normally"),
        ("j'ai mal à la gorge depuis deux jours", "fr", "sore_throat !feeds_less_than_half"),
        ("j'ai nettoyé à la javel et j'ai mal à la gorge", "fr", "sore_throat !swallowed_chemical"),
        ("mal à la gorge, ça me pique", "fr", "sore_throat !sting_in_mouth_or_throat"),
        # "même" is no grandmother, and "s'est" is written as one word
        ("viande coincée depuis 2 heures, je peux meme plus avaler", "fr", "something_stuck_swallow"),
        ("ma tante sest effondrée", "fr", "collapse"),
        # what else is blue, yellow or sore
        ("je me suis cogné le petit orteil, il est bleu", "fr", "-lips_blue_or_grey"),
        ("il est bleu", "fr", "lips_blue_or_grey"),
        ("the bruise on my thigh is going yellow", "en", "-yellow_eyes_or_skin"),
        ("the gym made me so sore I can't lift my arms", "en", "-arm_weakness"),
        ("tellement courbaturé que je peux plus lever les bras", "fr", "-arm_weakness"),
        ("I can't lift my left arm", "en", "arm_weakness"),
        # the same sign in the words of the street
        ("ma fille a sucé la poudre pour les rats", "fr", "rodenticide_swallowed"),
        ("les eaux sont parties, 31 semaines", "fr", "waters_broken_or_leak"),
        ("mon érection redescend pas depuis 6h", "fr", "painful_erection"),
        ("meme leau reste pas", "fr", "cannot_keep_fluids"),
        ("cheville dans le mauvais sens", "fr", "deformity"),
        ("red creeping up from the cut", "en", "red_streak_from_wound"),
        ("noise even when resting, barking", "en", "stridor_at_rest"),
        ("bruit de phoque et sifflement même au repos", "fr", "stridor_at_rest"),
        ("my work is suffocating me", "en", "!breathing_difficulty_severe"),
        ("food coma after dinner", "en", "!unresponsive"),
        ("jtourne de l'oeil", "fr", "near_faint_ongoing"),
        ("she screams when her neck is bent", "en", "stiff_neck"),
        ("elle hurle quand on lui plie la nuque", "fr", "stiff_neck"),
        ("j'ai peur de moi ce soir", "fr", "suicidal_thoughts"),
        ("I keep looking at the bridge", "en", "suicidal_thoughts"),
        ("je craque, mais je vais pas faire de bêtise", "fr", "-suicidal_thoughts"),
        ("screwdriver in his back", "en", "penetrating_wound"),
        ("my husband has a knife", "en", "partner_violence_now"),
        ("la piqûre d'hier s'étale", "fr", "spreading_fast -fall"),
        ("numb bum after a long drive", "en", "-saddle_numbness"),
        ("only had 30 ml since last night", "en", "feeds_less_than_half"),
        ("a bu que 30 ml depuis hier", "fr", "feeds_less_than_half"),
    ],
    "long stories": [
        # what a leaflet warns of or others had, and the writer has none of
        ("The leaflet says to call about headaches and flashing lights, but I have none of that", "en", "!headache"),
        ("My cousin was stung, her throat swelled. I have none of that", "en", "!throat_or_tongue_swelling"),
        ("La brochure dit d'appeler en cas de maux de tête, mais je n'ai rien de tout ça", "fr", "!headache"),
        ("الورقة تقول اتصلي إذا صار صداع أو تورم، لكن ما عندي شيء من هذا", "ar", "!headache"),
        ("My chest hurts and the leaflet says to call about headaches, I have none of that", "en", "chest_pain !headache"),
        # an act of long ago, dated by what follows; "like ten years ago" dates nothing
        ("I took an overdose, but that was fifteen years ago and I am fine", "en", "!overdose_taken"),
        ("J'ai avalé des médicaments, mais c'était il y a quinze ans", "fr", "!overdose_taken"),
        ("أخذت جرعة زائدة من الحبوب، لكن هذا كان قبل خمس عشرة سنة", "ar", "!overdose_taken"),
        ("I took an overdose like I did ten years ago", "en", "?overdose_taken"),
        ("I fainted once when I was fourteen at school, never again", "en", "!fainted"),
        # others stand in one sentence of the writer's own story; who calls for somebody begins with them
        ("J'ai mal à la tête le soir. Ma mère a fait un AVC. Je parle normalement.", "fr", "!stroke_sign headache"),
        ("عيوني تحكني وتدمع. أخي فقد البصر. أعطس طول اليوم", "ar", "!vision_loss eye_irritation"),
        ("My husband has crushing chest pain, he is sweating. I feel sick. My head is pounding.", "en", "chest_pain"),
        ("I have a cough. Now my husband has crushing chest pain, he sweats. I have a headache.", "en", "chest_pain"),
        ("Mon mari a mal à la poitrine, il transpire. Je suis fatiguée moi aussi", "fr", "chest_pain sweating"),
        ("je n'ai ni les lèvres ni la langue qui gonflent", "fr", "-lip_swelling -throat_or_tongue_swelling"),
        # an illness of weeks ago
        ("Il y a trois semaines j'ai eu une bronchite avec fièvre. Tout est rentré dans l'ordre", "fr", "!fever"),
        ("قبل ثلاثة أسابيع كان عندي حرارة وبلغم أخضر، وشفيت", "ar", "!fever !purulent_sputum"),
        ("I had a fever three weeks ago and still have it", "en", "fever"),
        # whoever looked at it has not got it
        ("My wife looked at it and the skin is red and warm", "en", "skin_red_hot_painful"),
        ("by evening I look six months pregnant", "en", "!pregnant"),
        ("Last winter I coughed up a streak of blood, it has never happened since", "en", "!coughing_blood"),
        ("اتصلت بالممرضة ولم ترد", "ar", "!unresponsive"),
        ("لا أعرف مع من أتكلم", "ar", "!cannot_speak"),
        ("j'ai un sifflement dans l'oreille", "fr", "!wheeze"),
        # a danger sign told once, in everyday words
        ("she swallowed what was left in the paracetamol box", "en", "overdose_taken"),
        ("quand je m'essuie c'est comme si c'était quelqu'un d'autre", "fr", "saddle_numbness"),
        ("ولما أمسح كأني أمسح شخصا آخر", "ar", "saddle_numbness"),
        ("il s'arrête tous les deux ou trois mots", "fr", "cannot_speak_full_sentence"),
        ("يقف بعد كل كلمتين أو ثلاث", "ar", "cannot_speak_full_sentence"),
        ("Calpol every six hours", "en", "!repeated_therapeutic_excess"),
        ("what she said came out all jumbled and her mouth looks lower on one side", "en", "face_droop"),
    ],
    "pleas": [
        # a plea that holds an "if" supposes nothing
        ("if you could help please my chest hurts", "en", "chest_pain"),
        ("sil vous plait j'ai mal à la poitrine", "fr", "chest_pain"),
        ("s'il vous plaît j'ai mal à la poitrine", "fr", "chest_pain"),
        ("si vous pouvez m'aider j'ai mal à la poitrine", "fr", "chest_pain"),
        ("هل يمكن أن تساعدوني لو تكرمتم صدري يؤلمني", "ar", "?chest_pain"),
        ("عافاكم إلا كان شي حد هنا صدري كيضرني", "ary", "chest_pain"),
        ("3afakom ila kan chi 7ed hna sadri kaydrni", "ary-Latn", "chest_pain"),
        ("revenir s'il a de la fièvre, s'il vomit", "fr", "fever~if vomiting~if"),
        ("what should I do if someone has chest pain?", "en", "!chest_pain"),
        # nor do oaths and sighs deny
        ("والله عندي ألم ضاغط في صدري", "ar", "chest_pain"),
        ("والله كيزير عليا صدري", "ary", "chest_pain"),
        ("والو ما كيضرني صدري", "ary", "-chest_pain"),
        ("لا حول ولا قوة إلا بالله أبي فمه مائل", "ar", "face_droop"),
        ("لا إله إلا الله با فمو معوج", "ary", "face_droop"),
        ("la 7awla wala 9owwata illa billah bba fomo m3ewwej", "ary-Latn", "face_droop"),
        ("بدون إنذار عندي ألم ضاغط في صدري", "ar", "chest_pain"),
        ("sans prévenir j'ai une douleur qui serre la poitrine", "fr", "chest_pain"),
    ],
    "now then and only read": [
        # "hadi" is "since" with a verb in the present, "in me" or "I have", and "ago" with one in the past
        ("sdri kaywje3ni hadi 3amin", "ary-Latn", "chest_pain"),
        ("hadi 3am w ana kaydrni rasi", "ary-Latn", "headache"),
        ("taydrni rasi hadi 3am", "ary-Latn", "headache"),
        ("fiya wja3 f sdri hadi snin", "ary-Latn", "chest_pain"),
        ("صدري كيوجعني هادي عامين", "ary", "chest_pain"),
        ("شحال هادي وأنا كنحس بالدوخة", "ary", "dizziness"),
        ("sdri wje3ni hadi 3amin", "ary-Latn", "!chest_pain"),
        ("rasi kan kaydrni hadi 3am", "ary-Latn", "!headache"),
        ("jatni jalta hadi 3am", "ary-Latn", "!stroke_sign"),
        ("جاتني جلطة هادي عام", "ary", "!stroke_sign"),
        # a complaint and its time with no verb at all go on; a stroke does not
        ("ka77a hadi 3am", "ary-Latn", "cough"),
        ("كحبة هادي عام", "ary", "cough"),
        ("ka77a kant hadi 3am", "ary-Latn", "!cough"),
        ("AVC hadi 3am", "ary-Latn", "!suspected_stroke_now !stroke_sign"),
        # what has been so for years is no stroke, unless something changed
        ("my left arm has been numb for 3 years", "en", "limb_numb !one_side_weakness_or_numbness"),
        ("my left arm has been numb for 3 years but today it also droops", "en", "one_side_weakness_or_numbness"),
        ("my left arm has been numb for 3 years, getting worse", "en", "one_side_weakness_or_numbness"),
        ("my left arm has been numb for 3 hours", "en", "one_side_weakness_or_numbness"),
        ("my speech has been slurred for 2 years, it has come back worse", "en", "speech_difficulty"),
        ("j'ai la bouche tordue depuis 4 ans", "fr", "!face_droop"),
        ("j'ai la bouche tordue depuis 4 jours", "fr", "face_droop"),
        ("ma femme a perdu la vue en trois ans", "fr", "!vision_loss"),
        ("ma femme a perdu la vue ce matin", "fr", "vision_loss"),
        ("فمي مائل منذ خمس سنوات", "ar", "!face_droop"),
        ("فمي مائل منذ ساعة", "ar", "face_droop"),
        ("فمي معوج هادي 5 سنين", "ary", "!face_droop"),
        ("fommi m3wej hadi 5 snin", "ary-Latn", "!face_droop"),
        ("fommi m3wej hadi sa3a", "ary-Latn", "face_droop"),
        # a year alone dates what happened; "now" and "have" are those of something else
        ("papa jah AVC f 2020, daba kaytmcha b le3kaz", "ary-Latn", "!suspected_stroke_now"),
        ("بابا جاه AVC ف 2020، دابا كيتمشى بالعكاز", "ary", "!suspected_stroke_now"),
        ("papa jah AVC daba", "ary-Latn", "suspected_stroke_now"),
        ("I had a cardiac arrest in 2021 and have an ICD", "en", "!not_breathing_normally"),
        ("j'ai fait un arrêt cardiaque en 2021 et j'ai un défibrillateur", "fr", "!not_breathing_normally"),
        ("أصبت بتوقف القلب في 2021", "ar", "!unresponsive"),
        ("I took an overdose in 2019", "en", "!overdose_taken"),
        ("I took an overdose in 2019 and again today", "en", "overdose_taken"),
        ("I wanted to kill myself in 2019", "en", "?suicidal_thoughts"),
        # what was only read or heard, by somebody who speaks of themselves before it
        ("I've never reacted to nuts, I read that lips can swell and throats can close", "en", "!lip_swelling"),
        ("je n'ai jamais réagi aux noix, j'ai lu que les lèvres peuvent gonfler", "fr", "!lip_swelling"),
        ("أنا لم أتحسس من الجوز قط، قرأت أن الشفاه قد تتورم", "ar", "!lip_swelling"),
        ("أنا عمرني تحسست من الكاوكاو، قريت بلي الشفايف كيتنفخو", "ary", "!lip_swelling"),
        ("ana 3emmerni t7esset mn lkawkaw, 9rit bli chfayef kaytnefkho", "ary-Latn", "!lip_swelling"),
        ("I read that chest pain is serious, I have chest pain", "en", "chest_pain"),
        ("I heard that my brother collapsed", "en", "collapse"),
        ("il paraît que mon père ne respire plus", "fr", "not_breathing_normally"),
        ("سمعت بلي با طاح وما كيتنفسش", "ary", "not_breathing_normally"),
        # a medicine that sounds like "in the film"
        ("7best valium d9a we7da w kantre3d", "ary-Latn", "stopped_sedative shivering"),
        ("حبست فاليوم دقة وحدة وكنترعد", "ary", "stopped_sedative shivering"),
        ("شفت فالفيلم واحد كيترعد", "ary", "!shivering"),
        # a second inability without a comma
        ("jarrive plus a respirer je peux pas parler", "fr", "cannot_breathe cannot_speak"),
        ("I can't breathe I can't speak", "en", "cannot_breathe cannot_speak"),
        ("cant breathe cant talk", "en", "cannot_breathe cannot_speak"),
        ("لا أستطيع التنفس لا أستطيع الكلام", "ar", "cannot_breathe cannot_speak"),
        ("ماكنقدرش نتنفس ماكنقدرش نهضر", "ary", "cannot_breathe cannot_speak"),
        ("ma9derch ntneffes ma9derch nhder", "ary-Latn", "cannot_breathe cannot_speak"),
        # "they stabbed me" and "help"
        ("te3nouni", "ary-Latn", "stab_or_gunshot"),
        ("t3awnouni 3afakom", "ary-Latn", "!stab_or_gunshot"),
        ("khassni chi 7ed yt3awen m3aya", "ary-Latn", "!stab_or_gunshot"),
        ("طعنوني", "ary", "stab_or_gunshot"),
        ("خاصني شي حد يتعاون معايا", "ary", "!stab_or_gunshot"),
        # "every time", which denies nothing
        ("koll ma kantneffes kaydrni sdri", "ary-Latn", "chest_pain !not_breathing_normally"),
        ("كل ما كنتنفس كيضرني صدري", "ary", "chest_pain !not_breathing_normally"),
        ("ma kantneffesch", "ary-Latn", "not_breathing_normally"),
        # the mother who names her baby
        ("my breast is red and hot, baby feeds well", "en", "breast_hot_red_painful"),
        # who knocks something has no bump, and is not pregnant
        ("my baby bumped his head", "en", "head_injury !pregnant !scalp_swelling_or_bruise"),
    ],
    "spoken arabic": [
        # the present of spoken Arabic is the verb of the written one
        ("راسي بيوجعني", "ar", "headache"),
        ("قلبي بيدق", "ar", "palpitations"),
        ("بيتنفس بصعوبة", "ar", "breathing_difficulty"),
        # "and" glued to a word that some wording holds too
        ("رجلي زرقا وباردة", "ar", "limb_cold limb_pale_or_blue"),
        # told roundabout
        ("مجهز الحبوب قدامي", "ar", "plan_today"),
        ("الليلة خلاص هرتاح", "ar", "plan_today"),
        ("رحت الحمام وكان لونه اسود متل الزفت", "ar", "black_tarry_stool"),
        ("كان بيلعب بالمكسرات وفجأة كح جامد", "ar", "choking_episode_recent"),
        ("بقيت بخرف", "ar", "new_confusion"),
        ("صحيت عاضض لساني", "ar", "seizure"),
        ("البول واقف عندي", "ar", "cannot_pass_urine"),
        # harmless talk
        ("مسمار صغير خبط صباعي وازرق الضفر", "ar", "!blue_episode !lips_blue_or_grey"),
        ("مش بفكر اذي نفسي", "ar", "!recent_self_harm !self_harm_injury"),
        ("قلبي وجعني على صاحبي", "ar", "!chest_pain"),
        ("نفسي في حاجه للكرش", "ar", "!breathing_difficulty"),
    ],
    "a fall on the hand is no weak hand": [
        ("طحت على يدي", "ary", "limb_injury !arm_weakness"),
        ("te7t 3la yeddi", "ary-Latn", "limb_injury !arm_weakness"),
        ("طاحت ليا يدي", "ary", "arm_weakness"),
        ("ta7et liya yeddi", "ary-Latn", "arm_weakness"),
    ],
    "everyday phrases are no danger signs": [
        # an everyday phrase that holds the words of a danger sign, and the sign itself
        ("I don't know where to turn for help with my knees", "en", "!new_confusion"),
        ("grandma doesn't know where she is", "en", "new_confusion"),
        ("the nurse gave me shots for my allergy", "en", "!stab_or_gunshot"),
        ("someone shot me in the leg", "en", "stab_or_gunshot"),
        ("the ball and socket joint of my hip hurts", "en", "!testicle_pain_sudden"),
        ("my balls suddenly hurt so bad", "en", "testicle_pain_sudden"),
        ("some drops of juice splashed on my face", "en", "!face_droop"),
        ("I feel drops on my face", "en", "!face_droop !-face_droop"),
        ("hot oil drops on my face and it burns", "en", "airway_or_face_burn !face_droop"),
        ("his face is drooping on one side", "en", "face_droop"),
        ("what can I eat to settle the acid in my stomach", "en", "heartburn !swallowed_acid_or_alkali"),
        ("my son drank acid", "en", "swallowed_acid_or_alkali"),
        ("my back muscle seized up after gardening", "en", "!seizure"),
        ("he had a seizure this morning", "en", "seizure"),
        ("I have sleep apnea and use a machine", "en", "!stopped_breathing_episode"),
        ("my baby had apnea, she stopped breathing", "en", "stopped_breathing_episode"),
        ("how long should we expect the cough to last", "en", "!pregnant"),
        ("could this be a rebound infection", "en", "!belly_rigid_or_painful_to_touch"),
        ("mon ado il parle plus depuis qu'on lui a confisqué son téléphone", "fr", "!speech_difficulty"),
        ("mon père parle plus depuis ce matin", "fr", "speech_difficulty"),
        ("elle s'est étouffée de rire", "fr", "!breathing_difficulty"),
        ("je suis écrasé de fatigue", "fr", "!crush_injury"),
        ("il est écrasé sous une voiture", "fr", "crush_injury"),
        ("I feel like I've been hit by a truck", "en", "!road_traffic_collision_high_speed !injury"),
        ("he got hit by a truck", "en", "road_traffic_collision_high_speed"),
        ("j'ai failli m'étrangler avec un noyau d'olive", "fr", "!choking_now"),
        ("du produit vaisselle a giclé sur mon bras", "fr", "!bleeding_spurting"),
        ("je pisse du sang depuis hier", "fr", "blood_in_urine !bleeding_spurting"),
        ("il pisse le sang du bras", "fr", "bleeding_spurting"),
        ("j'ai des brûlures d'estomac", "fr", "heartburn !burn"),
        ("le dentiste m'a arraché une dent hier", "fr", "-tooth_knocked_out_adult"),
        ("il rigole d'un seul côté", "fr", "face_droop"),
        ("I know this fear doesn't make sense", "en", "!new_confusion"),
        ("مات الواليد العام اللي فات", "ary", "!arm_weakness"),
        ("يدي ماتت ليا فجأة", "ary", "arm_weakness"),
        ("weldi 3 ans tah mn trottinette", "ary-Latn", "fall !one_side_weakness"),
        ("ta7 lih nesso w fommo 3wej", "ary-Latn", "one_side_weakness face_droop"),
        # everyday words of Darija with the consonants of others: more, Mali, threatens, chilled, rooster, vomits blood
        ("kther mn simana w ana 3yan", "ary-Latn", "!suicide_attempt_now"),
        ("kankhaf mli nsafer", "ary-Latn", "!travel_malaria_area"),
        ("lwja3 kayhda mnin nn3es", "ary-Latn", "!risk_to_self_or_others"),
        ("weldi mrid w kercho katdrro", "ary-Latn", "!abnormally_cold_to_touch abdominal_pain"),
        ("b7al ma kanchbe3ch nefs", "ary-Latn", "!stridor_at_rest"),
        ("نفسي بحال ديما", "ary", "!stridor_at_rest"),
        ("كيتنفس بحال الديك", "ary", "stridor_at_rest"),
        ("rajelha msafer", "ary-Latn", "!limb_pale_or_blue"),
        ("gal liya tbib kolchi mzyan", "ary-Latn", "!rash"),
        ("الواليد الله يرحمو مات", "ary", "!arm_weakness"),
        ("n3ass tkherbe9 liya", "ary-Latn", "!new_confusion"),
        ("jeddi tkherbe9 f lhedra", "ary-Latn", "new_confusion"),
        ("wach ghadi nwled chi nhar", "ary-Latn", "!urge_to_push"),
        ("ghadi nwled daba", "ary-Latn", "urge_to_push"),
        ("kan3mel 9her te7t 3ini", "ary-Latn", "!drooping_eyelids"),
        ("3ini ta7et", "ary-Latn", "drooping_eyelids"),
        ("sakna f tabe9 tani", "ary-Latn", "!high_speed_or_major_fall"),
        ("ta7 mn tba9 tani", "ary-Latn", "high_speed_or_major_fall"),
        ("rejliya mnfoukhin w dahri kaydrni", "ary-Latn", "leg_swelling_both !one_leg_swollen_painful"),
        ("rejli lissriya mnfoukha w katdrni", "ary-Latn", "one_leg_swollen_painful"),
        ("رجليا منفوخين وضهري كيضرني", "ary", "leg_swelling_both !one_leg_swollen_painful"),
        ("3andi contractions d tadrib", "ary-Latn", "!contractions_regular"),
        ("weldi 3ndo épilepsie mn soghro", "ary-Latn", "!seizure"),
        # a dog that bit, or a stroke, years ago: "hadi" is "ago" for what happens at a moment
        ("3eddni kelb hadi 5 snin w dert jelba", "ary-Latn", "!animal_bite"),
        ("3eddni kelb hadi sa3a", "ary-Latn", "animal_bite"),
        ("عضني كلب هادي خمس سنين", "ary", "!animal_bite"),
        # "a lot" of pain and a paracetamol, its usual hours, and too many of them
        ("rasi kaydrni bzaf w khdit doliprane", "ary-Latn", "!overdose_taken !paracetamol_more_than_max_dose"),
        ("راسي كيضرني بزاف وخديت الدوليبران", "ary", "!overdose_taken !paracetamol_more_than_max_dose"),
        ("kanakhod doliprane koll 8 swaye3", "ary-Latn", "!paracetamol_excess"),
        ("kanakhod ddwa hadi yumayn", "ary-Latn", "!repeated_therapeutic_excess"),
        ("khdit bezzaf d doliprane", "ary-Latn", "overdose_taken paracetamol_more_than_max_dose"),
        ("شربت 16 حبة دوليبران", "ary", "paracetamol_excess"),
        ("hadi 2 snin ma jatou ta crise", "ary-Latn", "-seizure"),
        ("jatou crise mn ba3d ma jatou skhana", "ary-Latn", "seizure fever"),
        ("جرح صغير فالظفر", "ary", "!glass_deep_inside"),
        # children and an uncle of the same sounds as "year", who tell of no blow
        ("bnti 12 3am w galt liya kerchi katderni", "ary-Latn", "!child_says_hurt_by_adult"),
        ("weldi gal liya 3ammi drebni", "ary-Latn", "child_says_hurt_by_adult"),
        # what is out of order, and a person who is
        ("l3ada bdat katkhrbe9", "ary-Latn", "!new_confusion"),
        ("العادة ديالي بدات كتخربق", "ary", "!new_confusion"),
        ("jeddati bdat katkhrbe9", "ary-Latn", "new_confusion"),
        # found is not vomited, a snack no solvent, a belt no wish to die, herself no breath
        ("l9it bo93a dem f 3ini", "ary-Latn", "!vomiting_blood"),
        ("klit f snack w kerchi katdrni", "ary-Latn", "!hydrocarbon_swallowed"),
        ("واش نلبس السانتور", "ary", "!suicidal_thoughts"),
        ("galt hiya b nfsha ma b9atch katfekker", "ary-Latn", "!cannot_breathe"),
        ("nefsha ma b9atch", "ary-Latn", "cannot_breathe"),
        ("9elbi kaydreb f n3as", "ary-Latn", "palpitations !chest_pain"),
        ("ملي كنخرج كنلقى شوية دم", "ary", "!bleeding_pooling"),
        ("weldi ma bghach yakol ghir l7lib", "ary-Latn", "!not_feeding"),
        ("weldi ma bghach yakol", "ary-Latn", "not_feeding"),
        ("kayt9ya chwiya d l7lib mn be3d rda3a", "ary-Latn", "!projectile_vomiting_every_feed"),
        # "and" and "in" written as part of the next word
        ("fiya rwa7 wma3ndich skhana", "ary-Latn", "-fever"),
        ("fiya l7ri9 wbla skhana", "ary-Latn", "-fever"),
        ("bba jah avc f2020", "ary-Latn", "!suspected_stroke_now"),
        # the medicine of a relative, taken by the author
        ("شربت الدوا كامل ديال الواليدة", "ary", "overdose_taken"),
    ],
    "jokes and similes in French are no danger signs": [
        # a wording without the word that makes it dangerous, and with it
        ("le médecin a fait tout le tour de la question", "fr", "!circumferential_burn"),
        ("brûlure au bras, ça fait tout le tour", "fr", "circumferential_burn"),
        ("mon oreille coule un liquide clair depuis la piscine", "fr", "!head_injury !submersion"),
        ("chute de vélo, il a un liquide clair dans l'oreille", "fr", "head_injury"),
        ("il a pris un coup, il a une marque sur le tibia", "fr", "!unexplained_injury"),
        ("mon fils de 3 ans, sa selle est jaune hier", "fr", "!jaundice_under_24h_or_spreading"),
        ("mon bébé est né jaune", "fr", "jaundice_under_24h_or_spreading"),
        ("mon ventre est mou et mon bras me gratte", "fr", "!arm_weakness"),
        ("son bras gauche est devenu mou", "fr", "arm_weakness"),
        ("trois épines noires, ça brûle un peu", "fr", "!white_or_charred_skin"),
        ("je me suis brûlé et la peau est noire", "fr", "white_or_charred_skin"),
        # a simile, a joke, a thing
        ("la nuque raide comme une planche", "fr", "stiff_neck !belly_rigid_or_painful_to_touch"),
        ("je suffoque de rire", "fr", "!gasping"),
        ("on dirait qu'on m'arrache le pied", "fr", "!amputation"),
        ("elle va avaler une boîte de chocolats", "fr", "!overdose_taken"),
        ("mon chien a fait un AVC ce matin", "fr", "!suspected_stroke_now"),
        ("coupé la gorge en me rasant", "fr", "!neck_wound"),
        ("un vaisseau éclaté dans l'œil", "fr", "!high_speed_particle"),
        ("burst blood vessel in my eye", "en", "!penetrating_eye_injury"),
        ("bu une grenadine, il a la langue bleue", "fr", "!lips_blue_or_grey"),
        ("enceinte, il me donne des coups de pied sous les côtes", "fr", "!domestic_violence"),
        # what a leaflet warns of
        ("j'ai lu la notice de mon traitement : convulsions, coma", "fr", "!unresponsive"),
    ],
    "words typed in fear and in a hurry": [
        # an "if" that supposes nothing
        ("if you want everything my stools have been black as tar", "en", "black_tarry_stool"),
        # letters drawn out, in grammar words too, and letters that a word has twice
        ("je n'arrive pluuus à respirer", "fr", "cannot_breathe"),
        ("c'est venu en uuune seconde", "fr", "sudden_onset"),
        ("I am going to kill myyyself", "en", "suicidal_thoughts"),
        ("I am bleeeding", "en", "bleeding_external"),
        ("I had an AAA repair", "en", "condition:aneurysm"),
        # two letters in the wrong order, also within an ending or an article
        ("my toddler is choikng on a grape", "en", "choking_now"),
        ("من وقت الفطور كنخلط فاهلضرة", "ary", "new_confusion"),
        ("karta dyal tomobil", "ary-Latn", "!skin_injury"),
        # a wish not to be there, without the word to die
        ("I would rather not exist", "en", "wish_not_to_wake"),
        ("mieux si je n'étais plus là", "fr", "wish_not_to_wake"),
        ("أتمنى لو لم أكن موجودا", "ar", "wish_not_to_wake"),
        ("أخطط لإنهاء حياتي", "ar", "suicidal_thoughts"),
        ("قلق ولإنهاء حياتي فكرت", "ar", "suicidal_thoughts"),
        ("حسن كون ما كنتش", "ary", "wish_not_to_wake"),
        ("7sen kon ma kontch", "ary-Latn", "wish_not_to_wake"),
        # what an idiom holds is neither there nor absent
        (
            "rasi ghadi y9telni b l7ri9",
            "ary-Latn",
            "headache_severe !suicidal_thoughts !-suicidal_thoughts !plan_today",
        ),
        ("راسي كيقتلني", "ary", "headache_severe !suicidal_thoughts !-suicidal_thoughts"),
        ("أريد أن أقتل نفسي", "ar", "suicidal_thoughts !intends_to_harm_others !-intends_to_harm_others"),
        ("je veux me tuer ce soir", "fr", "plan_today"),
        ("il s'est coupé la main avec un couteau", "fr", "cut !amputation !weapon_and_agitated !-weapon_and_agitated"),
        ("il s'est coupé la main net avec la scie", "fr", "amputation"),
        # bleeding goes on
        ("it won't stop bleeding", "en", "bleeding_continues -bleeding_stopped"),
        ("ça n'arrête pas de saigner", "fr", "bleeding_continues -bleeding_stopped"),
        ("أحس بضيق خفيف في صدري", "ar", "chest_tight_heavy"),
        # a hedge behind a wish to die makes it no less one
        ("I am going to kill myself I guess", "en", "suicidal_thoughts"),
        ("am I gonna die haha", "en", "!suicidal_thoughts"),
    ],
    "arabic tellings of long letters": [
        # a verb of knowing that goes on is no lost memory
        ("هو لا يعرف السباحة", "ar", "!new_confusion"),
        ("أمي لم تعرفني اليوم", "ar", "new_confusion"),
        ("بابا ما كيعرفش يقرا", "ary", "!new_confusion"),
        ("بابا ما عرفنيش", "ary", "new_confusion"),
        ("weldi ma kay3refch y9ra", "ary-Latn", "!new_confusion"),
        ("baba ma 3refnich", "ary-Latn", "new_confusion"),
        # one sign of a list is not told of the next
        ("ضيق التنفس وتسارع نبضات القلب", "ar", "!very_fast_breathing palpitations"),
        ("تسارع التنفس عند طفلي", "ar", "very_fast_breathing"),
        ("ضيق التنفس وألم في الصدر", "ar", "!chest_tight_heavy !pleuritic_chest_pain chest_pain"),
        ("ألم في صدري عند التنفس", "ar", "pleuritic_chest_pain"),
        ("لأنها قد تؤثر على حياتي", "ar", "!suicidal_thoughts"),
        ("سأنهي حياتي", "ar", "suicidal_thoughts"),
        ("أصابني خوف شديد في صدري", "ar", "!chest_injury"),
        ("عندي إصابة في الصدر", "ar", "chest_injury"),
        # whoever feels it is not in arrest
        ("أشعر بتوقف قلبي لثوان", "ar", "-unresponsive palpitations"),
        ("أتوقف عن المشي حتى ألتقط أنفاسي", "ar", "-not_breathing_normally breathing_difficulty"),
        # a head that bursts, heavy things, a habit, a vaccine
        ("راسي بينفجر من الصداع", "ar", "headache_severe !sudden_worst_ever"),
        ("لا أستطيع رفع أشياء ثقيلة بيدي", "ar", "-arm_weakness"),
        ("طفلي يضرب رأسه بالحائط لما يعصب", "ar", "!head_injury"),
        ("ضرب رأسه بالحائط", "ar", "head_injury"),
        ("ولدي كيضرب راسو مع الحيط ملي كيتعصب", "ary", "!head_injury"),
        ("آخر تطعيم كزاز من عشرين سنة", "ar", "unvaccinated_tetanus -jaw_stiffness_cannot_open"),
        ("جلدي يتقشر بعد الشمس", "ar", "!burn_blisters_or_skin_off skin_peeling_or_blisters"),
        ("آخر مرة درت التحليل", "ary", "!saying_goodbye"),
        ("أخاف من الموت المفاجئ", "ar", "!sudden_onset"),
        ("بنتي لا تعرف تلفظ حرف الراء", "ar", "!speech_difficulty"),
        ("خراج أحمر تحت إبطي", "ar", "!blood_in_stool"),
        ("مولودتي سقط حبلها السري", "ar", "-head_injury -fall newborn_normal"),
        ("سقط مولودي من السرير", "ar", "head_injury"),
        # danger in other words
        ("فجأة ما صرت أقدر أتكلم", "ar", "speech_difficulty"),
        ("ضربني بزجاجة في بطني", "ar", "stab_or_gunshot"),
        ("ابني ما عاد يحرك رقبته", "ar", "stiff_neck"),
        ("يغسل كلى وفوت جلستين", "ar", "dialysis_missed"),
        ("بطني تحت عاليمين يوجعني", "ar", "right_lower_pain"),
        # what is normal in new babies
        ("مولودي عنده حازوقة بعد كل رضعة", "ar", "newborn_normal"),
        ("التربية كيعطس بزاف", "ary", "newborn_normal"),
        ("terbya kay3tes bzaf", "ary-Latn", "newborn_normal"),
    ],
    "case vignettes": [
        # a "he" whom nobody introduced with a noun is the patient
        ("A 29-year-old healthy man has a cough. He has no fever.", "en", "cough -fever"),
        # a list behind "denies" begins with a word that is no sign of ours
        ("He denies pain, fever and blood in his urine.", "en", "-fever -blood_in_urine"),
        ("He denies fever, facial pain and shortness of breath.", "en", "-fever -breathing_difficulty !chest_pain"),
        ("no thoughts of death or self-harm", "en", "!recent_self_harm !self_harm_injury"),
        # what is denied begins in the token of the denial and goes on behind "des"
        ("pas d'œdème des lèvres", "fr", "-lip_swelling"),
        ("pas d'œdème, des vertiges", "fr", "vertigo"),
        # swollen glands beside the neck are no swollen neck
        ("sore throat and swollen glands in my neck", "en", "swollen_gland !neck_stiff_or_swollen"),
        ("mal de gorge et ganglions au cou", "fr", "swollen_gland !neck_stiff_or_swollen"),
        ("my neck is swollen and so are my glands", "en", "neck_stiff_or_swollen"),
        # "il y a 2 jours" makes one leg no two
        ("jambe gauche douloureuse depuis 2 jours", "fr", "!both_legs_pain_or_weakness"),
        ("douleur dans les deux jambes", "fr", "both_legs_pain !both_legs_pain_or_weakness"),
        ("a band of grouped vesicles on the chest wall", "en", "shingles_rash !chest_tight_heavy"),
        ("a painful red bump on the eyelid", "en", "eye_irritation !constant_tummy_pain"),
        ("difficulty opening his mouth", "en", "jaw_stiffness_cannot_open"),
        ("difficulté à ouvrir la bouche", "fr", "jaw_stiffness_cannot_open"),
        ("صعوبة في فتح الفم", "ar", "jaw_stiffness_cannot_open"),
        ("tonsils enlarged with white exudate", "en", "tonsil_pus"),
        ("amygdales avec dépôts blanchâtres", "fr", "tonsil_pus"),
        ("اللوزتان عليهما بقع بيضاء", "ar", "tonsil_pus"),
        ("صداع خفيف في جانبي الرأس", "ar", "headache !lightheaded"),
        ("two days of vomiting and no passage of stool or gas", "en", "no_stool_and_no_gas"),
        ("torsion de la cheville, appui possible", "fr", "limb_injury -cannot_bear_weight"),
        ("التوى كاحله ويستطيع المشي", "ar", "limb_injury -cannot_bear_weight"),
    ],
    "emergencies in everyday words": [
        # where somebody sat or came from is no story; what was seen there is
        ("kan kaytferrej f tele w fommo t3ewwej", "ary-Latn", "face_droop"),
        ("cheft f tele wahd fommo t3ewwej", "ary-Latn", "!face_droop"),
        ("we were watching a match on tv and his mouth drooped on one side", "en", "face_droop"),
        ("il regardait le match à la télé et sa bouche est partie de travers", "fr", "face_droop"),
        ("weldi ja mn lmedrasa kay3rej", "ary-Latn", "limp"),
        # "life" was taken for "because", "no breath" for a denied fever and breath
        ("bghit nsali m3a had l7ayat", "ary-Latn", "suicidal_thoughts"),
        ("ما كاينش السخانة ولا ضيق النفس", "ary", "-fever -breathing_difficulty"),
        ("نص ديال ذاتي نعس", "ary", "one_side_weakness_or_numbness"),
        ("ness dyal dati n3ess", "ary-Latn", "one_side_weakness_or_numbness"),
        ("half my body has gone to sleep", "en", "one_side_weakness_or_numbness"),
        ("la moitié de mon corps s'est endormie", "fr", "one_side_weakness_or_numbness"),
        ("نصف جسمي نام", "ar", "one_side_weakness_or_numbness"),
        ("kaychouf fina b7al ila ma 3refnach", "ary-Latn", "new_confusion"),
        ("ila hdert m3ah kayjawb kelma o kayrje3 yn3es", "ary-Latn", "hard_to_wake"),
        ("الدراري لقاو سم الطوبات وواحد منهم داق منو", "ary", "rodenticide_swallowed"),
        ("tkeb 3liha lma lmghli o tslekht liha sder", "ary-Latn", "burn bigger_than_hand"),
        ("شعلات العافية فحوايجها", "ary", "burn bigger_than_hand"),
        ("mrati 7amla o tahet katkhebbet", "ary-Latn", "pregnant seizure"),
        ("جوج مورا بعضياتهم بلا ما يفيق بيناتهم", "ary", "repeated_without_recovery"),
        ("9elwa dyalo tlwat", "ary-Latn", "testicle_pain_sudden"),
        ("rejl we7da 9ed jouj o kan7a b dem", "ary-Latn", "one_leg_swollen_painful coughing_blood"),
        ("بغا يشعل الضو ويدو ما بغاتش تطيعو، وكيضحك بالنص", "ary", "face_droop"),
        ("mima katlbes 7wayejha bl mqloub", "ary-Latn", "new_confusion"),
        ("kanhezz lbent o rasha kayti7 b7al l3roussa d chrawet", "ary-Latn", "floppy_or_unresponsive"),
        ("لقيناه فالسطل ديال الما راسو لتحت", "ary", "submersion"),
        ("kaychedd f l7it bach ytneffes", "ary-Latn", "breathing_difficulty_severe"),
        ("شربت الما ديال النار بالغلط", "ary", "swallowed_acid_or_alkali"),
        ("kaygoul lmakla msemma", "ary-Latn", "paranoid_beliefs"),
        ("jatni lwlada 9bel lwe9t", "ary-Latn", "contractions_regular"),
        ("sreqha do mn chauffe eau", "ary-Latn", "electric_shock"),
        # a known word with "and" glued on hides the pronoun
        ("ماما ما بغاتش تفيق، كنعيط ليها وهي باردة", "ary", "hard_to_wake"),
    ],
    "arabic words that are no signs": [
        # everyday words that look like a sign, and the sign itself
        ("نمشي للسوق كل يوم", "ar", "!petechiae"),
        ("طلعت نمشات على جلده", "ar", "petechiae"),
        ("لازم نشوف الطبيب", "ary", "!condition:asthma"),
        ("وليدي فيه قشرة صفرا", "ar", "!limb_pale_or_blue"),
        ("كل ما نتخانق تقول نفسي", "ar", "!breathing_difficulty"),
        ("نشتغل آخر الليل", "ar", "!plan_today"),
        ("هذه آخر ليلة لي", "ar", "plan_today"),
        # what fell is not the arm, what is lost is not the voice
        ("طاحت عليا قطرة زيت في يدي", "ar", "!arm_weakness"),
        ("إيدي اليسرى طاحت", "ar", "arm_weakness"),
        ("خمس دقايق وراح كل شيء", "ar", "!hoarse_voice_sudden"),
        # denials of the Maghreb and glued ones
        ("وجهه وماكاش سخانة", "ar", "-fever"),
        ("سألته فأنكر أي رغبة في إيذاء نفسه", "ar", "-suicidal_thoughts"),
        ("ثلاث سنين ما جاني نوبة صرع", "ar", "-seizure"),
        ("جاني نوبة صرع اليوم", "ar", "seizure"),
        ("لسانه ماوارمات", "ar", "-throat_or_tongue_swelling"),
        ("وجهه ما ورم بس نفسه ضاق", "ar", "-face_swelling_sudden breathing_difficulty"),
        # one nail, a laugh, a heart that trembles, a normal temperature
        ("ضفر رجلي أسود", "ar", "!limb_pale_or_blue !purple_black_grey_skin"),
        ("صدري صار يوجعني من الضحك", "ar", "!chest_pain"),
        ("قلبي برجف", "ar", "!shivering"),
        ("جدي لا يعرف أحدا منا", "ar", "new_confusion"),
        ("تحليل السموم للرخصة", "ar", "!pesticide_exposure"),
        ("دخلت صنارة في عيني", "ar", "penetrating_eye_injury"),
    ],
    "everyday Darija in Latin letters, and the danger beside it": [
        ("3 simanat w 3ini kat7kni", "ary-Latn", "!eye_chemical"),
        ("dkhel lih ciment l 3inih", "ary-Latn", "eye_chemical"),
        ("fte7t chrajem", "ary-Latn", "!fall_from_height"),
        ("bnti 7ellet f l9itha chi 7aja", "ary-Latn", "!choking_now"),
        ("klit limouna", "ary-Latn", "!magnets_swallowed"),
        ("klit l bastila f l3ers", "ary-Latn", "!caustic_gel_or_dishwasher_tablet"),
        ("klit champignon d carrefour", "ary-Latn", "!wild_mushroom_eaten"),
        ("klina champignon mn lghaba", "ary-Latn", "wild_mushroom_eaten"),
        ("dert takawt f ch3ri m3a l7enna", "ary-Latn", "!ppd_takaout_swallowed"),
        ("khti dart takawt f atay w chrbato", "ary-Latn", "ppd_takaout_swallowed"),
        ("kifach n9tel l9mel bla sem", "ary-Latn", "!suicidal_thoughts"),
        ("ghadi n9tel jari b sem lfar", "ary-Latn", "intends_to_harm_others"),
        ("jatou crise d stress", "ary-Latn", "!seizure"),
        ("3in katferfer bou7dha", "ary-Latn", "!seizure_now"),
        ("bnti 3iniha katferfer w ta7et", "ary-Latn", "seizure_now"),
        ("rassi ghadi ytfelle9", "ary-Latn", "headache_severe !head_injury"),
        ("lkhouf ghir mn chelel", "ary-Latn", "!one_side_weakness"),
        ("rejli mnmla 7it glsst 3liha nss sa3a", "ary-Latn", "!one_side_weakness_or_numbness"),
        ("nssi kaml mnemmel hadi nss sa3a", "ary-Latn", "one_side_weakness_or_numbness"),
        ("l9lb dyali kayder2 bzaf mlli kanchoufha", "ary-Latn", "!chest_pain"),
        ("wejho w fommo wrdi", "ary-Latn", "!vomiting"),
        ("kola ma kanchouf dem kansekhef", "ary-Latn", "!vision_loss fainted"),
    ],
    "words of darija that only sound like danger": [
        # under, pink, one and three are no danger words of the same sounds
        ("الجرح تحت الصبع الكبير", "ary", "wound !genital_wound"),
        ("دم وردي فالبول", "ary", "blood_in_urine !vomiting_blood"),
        ("الدوا ديال الصرع بقات ليا حبة وحدة", "ary", "!seizure"),
        ("كنلقى التنمال فالصباع الثلاثة اللولين", "ary", "limb_numb !limb_injury"),
        # "every time" denies nothing, however it is written
        ("وكل ما نشوف بيبي كنبكي", "ary", "!vision_loss"),
        # who has it "since she was" twelve does not have it for the first time
        ("عندها الصرع من عمرها 12 عام", "ary", "!first_seizure"),
        # a chest that itches or is X-rayed does not hurt by that
        ("حبيبات حمرين فالصدر كيحكو", "ary", "!chest_pain"),
        ("واش التصويرة ديال الصدر كتضر", "ary", "!chest_pain"),
        ("التصويرة ديال الصدر درتها حيت صدري كيضرني", "ary", "chest_pain"),
        # blue hands are no blue lips, and a heart that beats hits nobody
        ("يدين البيبي زرقين وباردين", "ary", "!lips_blue_or_grey"),
        ("البيبي شفايفو ويديه زرقين", "ary", "lips_blue_or_grey"),
        ("قلبي كيضرب بزاف ملي كنشوف الخطيبة", "ary", "palpitations !partner_violence_now"),
        ("خطيبي كيضربني وقلبي كيضرب", "ary", "partner_violence_now"),
        # pimples are no bleeding spots, unless they look like them
        ("حبيبات حمرين صغار فوجهو", "ary", "rash !petechiae"),
        ("حبيبات حمرين صغار بحال راس الدبوس", "ary", "petechiae"),
        # to die laughing, things that "kill", and contraception
        ("بغيت نموت من الضحك", "ary", "!suicidal_thoughts"),
        ("كتقول البنج غادي يقتلها", "ary", "!intends_to_harm_others"),
        ("كيقول غادي يقتلنا", "ary", "intends_to_harm_others"),
        ("نسيت حبة ديال منع الحمل", "ary", "!pregnant"),
    ],
    "babies who drink less or feel hot, a faint that is coming, piles and batteries": [
        ("my 6 week old takes the breast less well", "en", "feeds_less_than_half"),
        ("my 7 week old coughs and drinks less", "en", "feeds_less_than_half"),
        ("my baby drinks half of normal", "en", "feeds_less_than_half"),
        ("I drink less coffee now", "en", "!feeds_less_than_half"),
        ("mon bébé prend moins bien le sein", "fr", "feeds_less_than_half"),
        ("elle boit la moitié de ses biberons", "fr", "feeds_less_than_half"),
        ("je bois moins d'alcool", "fr", "!feeds_less_than_half"),
        ("رضيعي يشرب نصف ما يشربه عادة", "ar", "feeds_less_than_half"),
        ("ولدي كيرضع غير النص", "ary", "feeds_less_than_half"),
        ("weldi n9es men l7lib", "ary-Latn", "feeds_less_than_half"),
        ("my baby has a warm forehead", "en", "fever"),
        ("my knee is warm to the touch", "en", "!fever"),
        ("mon bébé est chaud au toucher", "fr", "fever"),
        ("mon café est tout chaud", "fr", "!fever"),
        ("رضيعتي جبهتها دافئة", "ar", "fever"),
        ("ولدي ملي كنقيسو كيبان سخون", "ary", "fever"),
        ("weldi jbehtou dafya", "ary-Latn", "fever"),
        ("I feel like I'm going to fall down", "en", "about_to_pass_out !low_mood"),
        ("I'm going to fall asleep", "en", "!about_to_pass_out"),
        ("je sens que je vais tomber", "fr", "about_to_pass_out !fall"),
        ("je sens que je vais tomber malade", "fr", "!about_to_pass_out"),
        ("أحس أني سأسقط", "ar", "about_to_pass_out"),
        ("قريب نطيح", "ary", "about_to_pass_out"),
        ("7assa brassi ghadi nti7", "ary-Latn", "about_to_pass_out !minor_skin_problem"),
        ("I have piles, itching and blood on the paper", "en", "piles rectal_bleeding"),
        ("j'ai des hémorroïdes, quelques gouttes de sang sur le papier", "fr", "piles rectal_bleeding !joint_pain"),
        ("عندي بواسير ودم على الورق", "ar", "piles rectal_bleeding"),
        ("عندي لبواسر وشي شوية دالدم فالورق", "ary", "piles rectal_bleeding !pale_clammy_skin"),
        ("3ndi lbwaser w chwiya d dem f lwer9a", "ary-Latn", "piles rectal_bleeding"),
        ("we found the battery under the carpet", "en", "-swallowed_button_battery"),
        ("the other battery is missing", "en", "swallowed_button_battery"),
        ("la pile est retrouvée sous le tapis", "fr", "-swallowed_button_battery"),
        ("on a retrouvé la pile dans sa bouche", "fr", "swallowed_button_battery"),
        ("وجدنا البطارية تحت السجادة لم يبلعها", "ar", "-swallowed_button_battery"),
        ("لقينا الحجرة تحت الزربية ما بلعهاش", "ary", "-swallowed_button_battery"),
        ("l9ina lpile te7t zerbiya ma bla3hach", "ary-Latn", "-swallowed_button_battery"),
        ("j'ai trop mangé, mon ventre est comme un ballon", "fr", "belly_swollen !abdominal_injury"),
        ("j'ai reçu un ballon dans le ventre", "fr", "abdominal_injury"),
        ("كيف داير العشا", "ary", "!diarrhoea"),
        ("ابني عنده 8 سنوات وبطنه يوجعه", "ar", "abdominal_pain !toothache"),
        ("عمره 7 سنين يوجعه راسه", "ar", "headache !mouth_ulcer"),
        ("بنتي 3 سنوات سنها يوجعها", "ar", "toothache"),
    ],
    "necks, lips, double sight, falls and scalds": [
        ("my neck feels hard and my head hurts", "en", "stiff_neck"),
        ("j'ai le cou dur et mal à la tête", "fr", "stiff_neck"),
        ("رقبتي صلبة ورأسي يؤلمني", "ar", "stiff_neck"),
        ("عنقي قاصح وراسي كيضرني", "ary", "stiff_neck"),
        ("3en9i 9as7 w rasi kayderni", "ary-Latn", "stiff_neck"),
        ("hard lump on my neck", "en", "!stiff_neck"),
        ("I can't bear the light", "en", "photophobia"),
        ("je ne supporte pas la lumière", "fr", "photophobia"),
        ("النور يزعجني", "ar", "photophobia"),
        ("ما كنحملش الضو", "ary", "photophobia"),
        ("ma kan7melch ddow", "ary-Latn", "photophobia"),
        ("my lips are a bit fat", "en", "lip_swelling"),
        ("mes lèvres sont un peu épaisses", "fr", "lip_swelling"),
        ("شفتاي ثقيلتان", "ar", "lip_swelling"),
        ("شنايفي تقال", "ary", "lip_swelling"),
        ("chnayfi t9al chwiya", "ary-Latn", "lip_swelling"),
        ("lip balm too thick for my lips", "en", "!lip_swelling"),
        ("he stumbled over his words", "en", "speech_difficulty"),
        ("j'ai buté sur les mots", "fr", "speech_difficulty"),
        ("تعثرت في الكلام", "ar", "speech_difficulty"),
        ("تعكلت فالهضرة", "ary", "speech_difficulty"),
        ("t3ekkelt f lhedra", "ary-Latn", "speech_difficulty"),
        ("he stumbled over a stone", "en", "!speech_difficulty"),
        ("everything is double", "en", "double_vision"),
        ("j'ai vu double ce matin", "fr", "double_vision !medicine_question"),
        ("nobody answers the ambulance number", "en", "!unresponsive !-unresponsive"),
        ("personne ne répond au 15", "fr", "!unresponsive"),
        ("اتصلت بالإسعاف لا أحد يرد", "ar", "!unresponsive"),
        ("عيطت ل15 ما كيجاوب حد", "ary", "!unresponsive"),
        ("3yt l samu ma kayjawbo 7ed", "ary-Latn", "!unresponsive"),
        ("la personne ne répond plus", "fr", "unresponsive"),
        ("j'appelle le samu, ma mère ne répond pas", "fr", "unresponsive"),
        ("عيطت للسامو، با ما كيجاوبش", "ary", "unresponsive"),
        ("my ribs hurt after a fall", "en", "chest_injury !chest_pain"),
        ("mal aux côtes après une chute", "fr", "chest_injury !chest_pain"),
        ("ضلوعي تؤلمني بعد السقوط", "ar", "chest_injury !chest_pain"),
        ("ضلوعي كيضروني حيت طحت", "ary", "chest_injury !chest_pain"),
        ("dlou3i kayderrouni 7it te7t", "ary-Latn", "chest_injury !chest_pain"),
        ("j'ai mal aux côtes et je transpire", "fr", "chest_pain"),
        ("طحت على الكتف ليمن", "ary", "limb_injury !right_lower_pain !?right_lower_pain"),
        ("te7t 3la lktef limen", "ary-Latn", "limb_injury !right_lower_pain"),
        ("طحت على يدي ليمن", "ary", "limb_injury !limb_weakness"),
        ("te7t 3la yddi limen", "ary-Latn", "limb_injury !limb_weakness"),
        ("طاحت ليها يدها", "ary", "limb_weakness"),
        ("tahet liya yeddi", "ary-Latn", "limb_weakness"),
        ("كرشي كتضرني لتحت فالليمن", "ary", "right_lower_pain"),
        ("ماما ما بغاتش تنوض على رجلها", "ary", "cannot_bear_weight !hard_to_wake"),
        ("mama ma bghatch tnod 3la rjlha", "ary-Latn", "cannot_bear_weight !hard_to_wake"),
        ("ماما ما بغاتش تنوض، كنفيقها والو", "ary", "hard_to_wake"),
        ("tea spilled on his chest, a scald", "en", "burn !chest_pain"),
        ("انسكب الشاي الساخن على صدره", "ar", "burn !chest_pain"),
        ("تكب عليه أتاي سخون على صدرو", "ary", "burn !chest_pain"),
        ("tkeb 3lih atay skhoun 3la sedro", "ary-Latn", "burn !chest_pain !fever"),
        ("thé bouillant renversé sur la poitrine", "fr", "burn !chest_pain"),
        ("I drank tea and my chest hurts", "en", "chest_pain !burn"),
        ("شربت أتاي سخون", "ary", "!fever"),
        ("pins and needles in my arm", "en", "!opioid_use_or_patch"),
        ("كنشوف نقط بيضا ووجهي تنفخ", "ary", "!testicle_swollen_painful"),
        ("accident de préservatif hier", "fr", "condom_failure"),
        ("fishbone stuck in my throat, I can talk", "en", "something_stuck_swallow -cannot_speak"),
        ("I can hardly talk", "en", "!-cannot_speak"),
        ("kanmchi 3liha", "ary-Latn", "-cannot_bear_weight"),
        ("ما كنقدرش نمشي عليها", "ary", "cannot_bear_weight"),
        ("my mole got bigger", "en", "new_lump"),
        ("mon grain de beauté a grossi", "fr", "new_lump"),
        ("lkhala kebrat", "ary-Latn", "new_lump"),
        ("عندي جرب", "ar", "rash"),
        ("fiya jerba", "ary-Latn", "rash"),
        ("جربت الدواء", "ar", "!rash"),
        ("I am itchy now", "en", "itching"),
        ("ça me gratte", "fr", "itching"),
    ],
}  # fmt: skip
"""Tellings by what they try, each with its language and what is found or not, as `check` reads it."""


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [pytest.param(*telling, id=f"{kind}: {telling[0]}") for kind, group in TELLINGS.items() for telling in group],
)
def test_a_telling_is_read_as_it_is_meant(check, text, language, wanted):
    check(text, language, wanted)


@pytest.mark.parametrize(
    ("text", "language", "years"),
    [
        ("my nan 80 fainted this morning", "en", 80),
        ("im 62 new headache", "en", 62),
        ("my mum took 20 pills", "en", None),
        ("my mum 39 temperature", "en", None),
        ("عمري 62 وصدري يوجعني", "ar", 62),
    ],
)
def test_ages_without_a_unit(extract, text, language, years):
    ages = [item for item in extract(text, language).quantities if item.name == "age_days"]
    assert [int(item.low // 365.25) for item in ages] == ([] if years is None else [years])


@pytest.mark.parametrize(
    ("text", "language", "name", "low"),
    [
        ("im 28 weeks and my leg is swollen", "en", "pregnant_weeks", 28),
        ("36 weeks bad headache", "en", "pregnant_weeks", 36),
        # no grown woman is some weeks old
        ("my wife is 35 weeks, her face is puffy", "en", "pregnant_weeks", 35),
        ("my daughter is 3 weeks, she coughs", "en", "age_days", 21),
        ("le petit de ma voisine a 6 semaines", "fr", "pregnant_weeks", None),
        ("elle a 3 mois, toute molle", "fr", "age_days", 91.3125),
        ("bébé né il y a 2 jours", "fr", "age_days", 2),
    ],
)
def test_weeks_and_births(extract, text, language, name, low):
    found = [item.low for item in extract(text, language).quantities if item.name == name]
    assert found == ([] if low is None else [low])


def test_a_length_of_time_is_no_pregnancy(extract):
    for text in ("6 weeks of back pain", "cough for 6 weeks", "24 weeks of back pain"):
        assert not any(item.name == "pregnant_weeks" for item in extract(text, "en").quantities)


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("7 months, watery poo, vomiting", "en", 7 * 30.4),
        ("8 weeks, temp 38.9. He won't take the bottle. Should I wait?", "en", 56),
        ("7 mois, elle a 39 de fièvre et ne boit plus", "fr", 7 * 30.4),
        ("7 أشهر، إسهال مائي وقيء", "ar", 7 * 30.4),
        ("7 شهور، سخون وكيرد", "ary", 7 * 30.4),
        ("7 chhour, skhoun w kayred", "ary-Latn", 7 * 30.4),
        ("My daughter will be 7 weeks on Friday. She is hot", "en", 49),
        ("ma fille aura 7 semaines vendredi, elle a 38,8", "fr", 49),
        ("طفلتي ستكمل سبعة أسابيع يوم الجمعة وترفض الرضاعة", "ar", 49),
        ("بنتي غادي تكمل 7 سيمانات نهار الجمعة وسخونة", "ary", 49),
        ("bnti ghadi tkemmel 7 simanat nhar jem3a w skhouna", "ary-Latn", 49),
        ("البيبي عندو شهر وسخون", "ary", 30.4),
        ("lbebe 3ndo chher w skhoun", "ary-Latn", 30.4),
        # a door and a father are no baby and no boy
        ("سد عليه الباب وكيبكي", "ary", None),
        ("sed 3lih lbab w kaybki", "ary-Latn", None),
        ("الوالد عيان", "ary", None),
        ("walidi 3yan", "ary-Latn", None),
        ("gran fell and can't get up", "en", 23742),
        ("mamie est tombée", "fr", 23742),
        ("جدتي وقعت", "ar", 23742),
        ("جداتي طاحت", "ary", 23742),
        ("jddati ta7et", "ary-Latn", 23742),
        ("My husband, 45, came back with a cough", "en", 45 * 365.25),
        # years and months, which are no length of time
        ("ابني عمره عام وشهرين وعنده سعال", "ar", 365.25 + 61),
        ("ابنتي سنتان وشهران تسعل", "ar", 2 * 365.25 + 61),
        ("رضيعتي شهران لا ترضع جيدا", "ar", 61),
        ("ولدي عندو عام وشهرين كيكح", "ary", 365.25 + 61),
        ("weldi 3ndo 3am w chehrayn kay kou7", "ary-Latn", 365.25 + 61),
        ("mon fils de 1 an et 2 mois tousse", "fr", 365.25 + 61),
        ("my son is 2 years and 3 months old and coughs", "en", 2 * 365.25 + 91),
        ("عندي سعال منذ سنة وشهرين", "ar", None),
        # the newborn whose birth is told, and the mother who bore it
        ("I gave birth 5 days ago and my baby has a fever", "en", 5),
        ("I had my baby 5 days ago and now I bleed a lot", "en", None),
        ("ولدت قبل خمسة أيام والآن أنزف كثيرا", "ar", None),
        # what only babies have tells of one, and of an age that nothing announces
        ("please help, 7 months, watery poo, last wet nappy was yesterday", "en", 7 * 30.4),
        ("7 months watery poo last wet nappy was yesterday", "en", 7 * 30.4),
        ("je m'appelle Lina. 7 mois, diarrhée et couches sèches", "fr", 7 * 30.4),
        ("watery poo and no wet nappy since last night", "en", 0),
        ("ma mère a la diarrhée et la couche sèche", "fr", None),
        ("please help, 3 weeks, cough and tired", "en", None),
        # letters in the wrong order, and words that go on without a stop
        ("bébé tout chaud, il a 5 semanies", "fr", 35),
        ("il a 5 semaines je suis inquiète", "fr", 35),
        # an age goes before "and"; a time goes before Darija's "and he"
        ("he has a fever, he is 3 months and coughs", "en", 3 * 30.4),
        ("il est chaud il a 3 mois et il tousse", "fr", 3 * 30.4),
        ("elle a 5 semaines et de la fièvre", "fr", 35),
        ("عنده خمسة أسابيع وحرارته مرتفعة", "ar", 35),
        ("عندو 5 سيمانات وسخون", "ary", 35),
        ("3ndo 5 simanat w skhoun", "ary-Latn", 35),
        ("عندو جوج سيمانات وهو سخون", "ary", None),
        ("3ndo 5 simanat w howa skhoun", "ary-Latn", None),
        ("il a 5 jours et demi de fièvre", "fr", None),
        ("il a 2 semaines et 3 jours de toux", "fr", None),
        # an age behind "at"
        ("expecting again at 42, all scans fine", "en", 42 * 365.25),
        ("de nouveau enceinte à 42, tout va bien", "fr", 42 * 365.25),
        ("enceinte et fiévreuse, à 39 depuis hier", "fr", None),
        # lengths of time, and ages that are over
        ("3 weeks, my back hurts when I lift things", "en", None),
        ("When he was one he had a fit", "en", None),
    ],
)  # fmt: skip
def test_ages_of_those_who_are_ill(extract, text, language, days):
    ages = [item.low for item in extract(text, language).quantities if item.name == "age_days"]
    assert ages == ([pytest.approx(days, rel=0.01)] if days is not None else [])


@pytest.mark.parametrize(
    ("text", "language", "weeks"),
    [
        ("I'm in my 8th month and the baby is not moving", "en", 34.76),
        ("My sister is 35 weeks and has a headache", "en", 35),
        ("je suis à mon 8ème mois et j'ai mal à la tête", "fr", 34.76),
        ("je suis au huitième mois, bébé ne bouge plus", "fr", 34.76),
        ("je suis à 33 semaines, j'ai mal à la tête", "fr", 33),
        ("je suis à 6 semaines de mon opération", "fr", None),
        ("أنا في الشهر الثامن ورأسي يؤلمني", "ar", 34.76),
        ("أنا حامل في الأسبوع التاسع والعشرين وعندي نزيف", "ar", 29),
        ("أنا فشهري التامن وراسي كيضرني", "ary", 34.76),
        ("ana f tamen chhar w rassi kaydrni", "ary-Latn", 34.76),
        ("عندي السعال هادي 7 شهور", "ary", None),
        ("قرحة فلساني من شهر ونص", "ary", None),
    ],
)
def test_months_of_pregnancy(extract, text, language, weeks):
    found = [item.low for item in extract(text, language).quantities if item.name == "pregnant_weeks"]
    assert found == ([] if weeks is None else [pytest.approx(weeks, abs=0.1)])


@pytest.mark.parametrize(
    ("text", "language", "concept", "minutes"),
    [
        # how long it lasted says more than when it was
        ("nosebleed yesterday, lasted 5 minutes", "en", "nosebleed", 5),
        ("saignement de nez hier soir, terminé en trois minutes", "fr", "nosebleed", 3),
        ("نزف أنفي أمس لمدة خمس دقائق", "ar", "nosebleed", 5),
        ("fever for 3 days, worse since yesterday", "en", "fever", 3 * 1440),
        ("I had my baby 5 days ago and now I bleed", "en", "postpartum", 5 * 1440),
        ("j'ai accouché il y a 5 jours et je saigne", "fr", "postpartum", 5 * 1440),
        ("ولدت قبل خمسة أيام والآن أنزف", "ar", "postpartum", 5 * 1440),
        ("ولدت هادي خمس أيام ودابا كنزف", "ary", "postpartum", 5 * 1440),
        ("wledt hadi 5 iyam w daba kanzef", "ary-Latn", "postpartum", 5 * 1440),
        # a weekday is one of the last seven days
        ("I have had a cough since Monday", "en", "cough", 720),
        ("fièvre depuis lundi", "fr", "fever", 720),
        ("عندي سعال منذ الاثنين", "ar", "cough", 720),
        ("فيا الكحة من نهار التنين", "ary", "cough", 720),
        ("fiya lka77a mn nhar tnin", "ary-Latn", "cough", 720),
        ("I stopped drinking on Wednesday, now I shake", "en", "stopped_or_cut_alcohol", 720),
        # "it has been with me" of spoken Arabic is since
        ("رعاف بقاله ساعة", "ar", "nosebleed", 60),
        ("كحة صارلها خمس ايام", "ar", "cough", 5 * 1440),
    ],
)  # fmt: skip
def test_times_of_findings(extract, text, language, concept, minutes):
    told = {item.concept: item.minutes for item in extract(text, language).findings}
    assert told[concept] is not None and told[concept][0] == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("I have a fever, my blood pressure was 85 over 50 last year", "en", False),
        ("I feel faint, my pressure was 85 over 50 two years ago", "en", False),
        ("I feel faint, my pressure was 85 over 50 in 2016", "en", False),
        ("je me sens faible, ma tension était à 85/50 il y a 3 ans", "fr", False),
        ("j'ai de la fièvre, ma tension était à 8,5/5 l'année dernière", "fr", False),
        ("عندي حمى، وكان ضغطي 85/50 العام الماضي", "ar", False),
        ("فيا السخانة، الطونسيو كانت 85/50 العام اللي فات", "ary", False),
        ("fiya skhana, tonsyou kanet 85/50 l3am lli fat", "ary-Latn", False),
        ("my blood pressure was 85 over 50 this morning and I feel faint", "en", True),
        ("my pressure was 85 over 50 and I feel faint, last year it was fine", "en", True),
        ("I was in hospital last year and my pressure is 85 over 50", "en", True),
    ],
)
def test_measurements_of_long_ago(extract, text, language, told):
    assert ("bp_sys" in {item.name for item in extract(text, language).quantities}) is told


def test_the_time_of_an_old_measurement_is_not_that_of_a_symptom(check, extract):
    text = "I feel faint, my pressure was 85 over 50 two years ago"
    check(text, "en", "lightheaded")
    assert not any(finding.minutes for finding in extract(text, "en").findings)


def test_a_bare_no_in_arabic_asks_for_nothing(pipeline: TriagePipeline) -> None:
    encounter = Encounter(language="ar", country="MA")
    assert pipeline.respond(encounter, "عندي ألم في الحلق منذ يومين").reply.question is not None
    assert pipeline.respond(encounter, "لا").reply.notices == ()


@pytest.mark.parametrize(
    ("text", "language", "least", "most"),
    [
        # what healthy new babies have frightens nobody, a danger sign beside it does
        ("my two-week-old sneezes a lot and gets hiccups after each feed", "en", 1, 3),
        ("Mon bébé de deux semaines éternue et a le hoquet après chaque tétée", "fr", 1, 3),
        ("my two-week-old has hiccups and a fever of 38.5", "en", 5, 6),
        ("la fontanelle de mon bébé est bombée", "fr", 5, 6),
        ("mon bébé de 3 semaines fait des petits bruits en dormant", "fr", 1, 3),
        # a sore chest wall of the young waits, the same pain of their elders does not
        ("sore ribs from coughing, hurts when I press on it, I'm 24", "en", 1, 4),
        ("sore ribs from coughing, hurts when I press on it, I'm 54", "en", 4, 6),
        # legs that ache after a day on one's feet, and those whose nerves are pressed
        ("mes deux jambes me font mal le soir, je suis vendeuse", "fr", 1, 3),
        ("j'ai mal au dos et aux deux jambes", "fr", 5, 6),
        ("I can't feel my legs", "en", 5, 6),
        # hit by a vehicle, hit at home, a wrong dose
        ("mon frère en scooter s'est pris une voiture", "fr", 5, 6),
        ("mon père a tapé ma mère, elle saigne", "fr", 5, 6),
        ("il a eu trois fois trop de sirop, il a 1 an", "fr", 4, 4),
        ("je lui ai donné trois fois la dose de doliprane", "fr", 5, 6),
        ("elle bouge plus elle parle plus", "fr", 5, 6),
        ("annulez tout, de toute façon je ne serai plus là la semaine prochaine", "fr", 5, 6),
        # a womb or tube that bleeds early in pregnancy, told as a faint that is coming
        ("my period is two weeks late, pain on one side, I feel like I'm going to fall down", "en", 6, 6),
        ("retard de règles, je saigne, j'ai l'impression que je vais tomber", "fr", 6, 6),
        ("الدورة متأخرة وعندي نزيف وأحس أني سأسقط", "ar", 6, 6),
        ("الدورة متأخرة وكنزف وكرشي كتضرني من جيهة، غادي نطيح", "ary", 6, 6),
        ("l3ada m3ettla w kanzef w kerchi katderni, ghadi nti7", "ary-Latn", 6, 6),
        ("my period is two weeks late, I am fine", "en", 1, 4),
        ("ma fille de 2 mois prend moins son biberon", "fr", 5, 6),
        ("my 7 week old coughs and drinks less", "en", 5, 6),
        ("my piles itch", "en", 1, 3),
        # parts of a picture
        ("sa jambe est gonflée et chaude et il crache du sang", "fr", 5, 6),
        ("rien uriné depuis hier, la vessie qui explose", "fr", 5, 6),
        ("glycémie HI et il est tout endormi", "fr", 5, 6),
        ("I keep being sick, can't keep even water down", "en", 4, 6),
        ("ma tension est à 18/11 avec un peu mal à la tête", "fr", 4, 4),
        ("shingles on my back, I'm 70", "en", 4, 4),
        ("barre sur l'estomac, sueurs froides", "fr", 5, 6),
        ("abscess in my armpit, 38.5", "en", 4, 5),
        # a sting by something not seen, with signs of venom; a bee's on its own
        ("qersato chi 7aja f lil, kay3re9 o l3adalat kayrejfo lih", "ary-Latn", 6, 6),
        ("9ersatni n7la o tnefkhat chwiya", "ary-Latn", 1, 3),
        ("my son is 4, has a fever and won't put weight on his leg", "en", 5, 6),
        ("لونو مشا وعرقان وكيقول غادي نموت", "ary", 6, 6),
        ("a thorn went into my eye", "en", 5, 6),
        ("ماما ما بغاتش تفيق، كنعيط ليها وهي باردة، كانت كدير الشوكة ديال السكر", "ary", 6, 6),
        ("weldi ta7 mn table à langer, b7al lkora f raso o bgha ghir yn3es", "ary-Latn", 5, 6),
        # a wording is nothing without its little word; everyday similes and amounts are no danger signs
        ("soft spot on his head beats like a heart, he's cheerful", "en", 1, 4),
        ("fontanelle looks sucked in, diarrhoea for 2 days, 5 months old", "en", 5, 6),
        ("bit of skin hanging at my nail", "en", 1, 4),
        ("my finger is hanging by a bit of skin after the saw", "en", 6, 6),
        ("my flat is on the first floor, my knee aches on the stairs", "en", 1, 4),
        ("fell from the first floor window onto concrete", "en", 6, 6),
        ("j'habite au premier étage et l'ascenseur est en panne", "fr", 1, 4),
        ("I wake up and shake it out, my hand is numb at night", "en", 1, 4),
        ("have to shake her to wake her, she's diabetic", "en", 6, 6),
        ("she bangs her head on the cot rails every night to fall asleep", "en", 1, 4),
        ("something went bang in my head, worst pain ever, now vomiting", "en", 6, 6),
        ("changing my pad every three hours but today every hour, dizzy", "en", 5, 6),
        ("superglued my fingers together lol", "en", 1, 4),
        ("superglue in my eye", "en", 5, 6),
        ("the baby sucks very well and is passing yellow stool", "en", 1, 4),
        ("my phone autocorrect is having a stroke sorry", "en", 1, 4),
        ("mon téléphone fait un AVC, vos horaires svp", "fr", 1, 4),
        ("his neck's all right, he looked down at the cat", "en", 1, 4),
        ("he necked all his tablets an hour ago", "en", 6, 6),
        ("no spleen since the car crash in 1999, is my jab due", "en", 1, 4),
        ("since the car crash this morning I can't move my legs", "en", 6, 6),
        # a stiff neck with headache and light, an old head's new pain, wind with sweat
        ("my neck is stiff, light bothers me, headache", "en", 5, 6),
        ("raideur du cou, maux de tête, ne supporte pas la lumière", "fr", 5, 6),
        ("رأسي يؤلمني ورقبتي يابسة والنور يزعجني", "ar", 5, 6),
        ("راسي كيوجعني وعنقي مشدود وما كنحملش الضو", "ary", 5, 6),
        ("rasi kayderni w 3en9i 9as7 w ma kan7melch ddow", "ary-Latn", 5, 6),
        ("migraine again, light bothers me, my usual one", "en", 1, 3),
        ("I'm 63, headache for 2 days, never had it before", "en", 4, 4),
        ("63 ans, mal à la tête depuis deux jours, jamais eu ça avant", "fr", 4, 4),
        ("عمري 63، صداع منذ يومين، لم يكن عندي من قبل", "ar", 4, 4),
        ("63 عام، راسي هادي يومين كيضرني، عمرو ما كان عندي", "ary", 4, 4),
        ("63 3am, rasi kayderni hadi yomayn, 3emro ma kan 3ndi", "ary-Latn", 4, 4),
        ("I'm 30, headache for 2 days, never had it before", "en", 1, 3),
        ("dad is 67, only gas and sweating a bit", "en", 6, 6),
        ("mon père 67 ans, juste des gaz et il transpire un peu", "fr", 6, 6),
        ("أبي عمره 67، غازات فقط ويتعرق قليلا", "ar", 6, 6),
        ("با 67 عام، غير الغازات وعرق شوية", "ary", 6, 6),
        ("ba 67 3am, ghir lghazat w 3re9 chwiya", "ary-Latn", 6, 6),
        ("heartburn after pizza, 60 years", "en", 1, 3),
        # two of everything and food that will not go down, a sleepy old head after a blow
        ("I see double and have trouble swallowing", "en", 6, 6),
        ("je vois double et j'ai du mal à avaler", "fr", 6, 6),
        ("كنشوف جوج وما كنقدرش نبلع", "ary", 6, 6),
        ("my father is 80, hit his head, vomited and sleeps more than usual", "en", 6, 6),
        ("ضرب راسو وكينعس بزاف وكيتقيا، 78 عام", "ary", 6, 6),
        ("I hit my head, no symptoms, I'm 30", "en", 1, 4),
        # a fishbone beside talk is no choking
        ("fishbone stuck in my throat, I can talk", "en", 3, 5),
        ("علقت شوكة سمك في حلقي وأستطيع الكلام", "ar", 3, 5),
        ("arête coincée dans la gorge, il ne respire plus", "fr", 6, 6),
        # a child gone floppy, in whatever order age and limpness are told
        ("mon fils de 3 ans est tout mou", "fr", 6, 6),
        ("ma fille de 8 mois est toute molle", "fr", 6, 6),
        ("bébé de 5 semaines tout mou", "fr", 6, 6),
        ("he's 5 and barely responding to me", "en", 6, 6),
        ("طفلتي عمرها سنتان لا تكاد تستجيب", "ar", 6, 6),
        ("البيبي رخو ويلاه كيتفاعل", "ary", 6, 6),
        ("bnti 3ndha 3amayn mrkhiya o katjaweb ghir bezzez", "ary-Latn", 6, 6),
        ("mon fils de 3 ans mange peu mais il boit bien", "fr", 1, 4),
        # the cord that came first, felt as a rope or as something that beats
        ("waters went and I can feel a rope thing between my legs", "en", 6, 6),
        ("j'ai perdu les eaux et je sens comme une corde entre mes jambes", "fr", 6, 6),
        ("انفجر كيس الماء وأحس بشيء ينبض بين رجلي", "ar", 6, 6),
        ("تفرگع ليا الما وكنحس بحال شي حبل بين رجليا", "ary", 6, 6),
        ("tferga3 liya lma o kan7ess b7al chi 7bel bin rejliya", "ary-Latn", 6, 6),
        ("I have a rope burn between my legs", "en", 1, 4),
        # a late period with a pain anywhere in the belly is a matter of today
        ("my period is two weeks late and my belly hurts", "en", 4, 5),
        ("j'ai mal au ventre et mes règles ont deux semaines de retard", "fr", 4, 5),
        ("وجع في بطني ودورتي متأخرة أسبوعين", "ar", 4, 5),
        ("دورتي متأخرة أسبوعين وعندي ألم خفيف في جهة واحدة", "ar", 4, 5),
        ("كرشي كتضرني والعادة معطلة عليا بسيمانتين", "ary", 4, 5),
        ("kerchi katderni o l3ada m3ettla 3liya b simantin", "ary-Latn", 4, 5),
        ("I'm late for work and my belly hurts", "en", 1, 3),
        # milk that comes back up a little
        ("my baby spits up a bit of milk after every feed, smiles and gains weight", "en", 1, 3),
        ("mon bébé régurgite un peu, il prend du poids", "fr", 1, 3),
        ("رضيعي يرجع قليلا من الحليب ويضحك", "ar", 1, 3),
        ("البيبي كيرد شوية د الحليب وكيضحك", "ary", 1, 3),
        ("lbebe kayrd chwiya d l7lib o kayd7ek", "ary-Latn", 1, 3),
        ("my 5 week old vomits forcefully after every feed", "en", 5, 6),
        # a baby who cuts teeth dribbles; one who cannot swallow or breathe is another matter
        ("my 7 month old is drooling a lot, teething", "en", 1, 3),
        ("رضيعي عمره 7 أشهر يسيل لعابه كثيرا وأسنانه تطلع", "ar", 1, 3),
        ("ولدي عندو 7 شهور كيسيلو ريوقو وكيطلعو ليه السنان", "ary", 1, 3),
        ("wldi 3ndo 7 chhour kaysilo ryou9o o kaytal3o lih snan", "ary-Latn", 1, 3),
        ("my 7 month old is teething, drooling and struggling to breathe", "en", 5, 6),
        ("my 2 year old is drooling and can't swallow her spit", "en", 6, 6),
        # a child in the belly that moves no more is the midwife's, one in the cot the ambulance's
        ("le bébé ne bouge plus dans mon ventre", "fr", 5, 5),
        ("lbebe ma b9ach kayt7errek f kerchi", "ary-Latn", 5, 5),
        ("mon bébé de 8 mois ne bouge plus", "fr", 6, 6),
        # money and marbles that were swallowed
        ("my son swallowed a penny, he is 4", "en", 4, 5),
        ("ma fille a avalé 10 centimes", "fr", 4, 5),
        ("ابني بلع ريال", "ar", 4, 5),
        ("ولدي بلع ريال", "ary", 4, 5),
        ("bnti sertat 20 centime", "ary-Latn", 4, 5),
        # a baby who was shaken is examined now, and at once when sleepy or sick; the fear of it is another matter
        ("I shook my baby", "en", 5, 6),
        ("j'ai secoué mon bébé", "fr", 5, 6),
        ("هززت رضيعي بقوة", "ar", 5, 6),
        ("زعزعت ولدي حيت ما بغاش يسكت", "ary", 5, 6),
        ("za3ze3t weldi 7it ma bghach yskot", "ary-Latn", 5, 6),
        ("I shook the baby, now she is vomiting", "en", 6, 6),
        ("j'ai secoué le bébé hier, depuis il dort beaucoup", "fr", 6, 6),
        ("هززت الرضيع أمس وهو يتقيأ", "ar", 6, 6),
        ("I shook him awake, he is my brother", "en", 1, 3),
        ("j'ai secoué le flacon, mon bébé a 3 mois", "fr", 1, 3),
        ("khdit lbebe l tbib", "ary-Latn", 1, 3),
        # a hand at the throat
        ("my boyfriend grabs me by the throat", "en", 6, 6),
        ("mon copain me serre la gorge quand il est énervé", "fr", 6, 6),
        ("زوجي يشد على رقبتي حين يغضب", "ar", 6, 6),
        ("راجلي كيشدني من عنقي ملي كيتقلق", "ary", 6, 6),
        ("rajli kayzeyyer liya 3la 3on9i", "ary-Latn", 6, 6),
        ("my boss is strangling me with work", "en", 1, 3),
        ("je pourrais étrangler mon patron", "fr", 1, 3),
        # farewells, and a life without taste beside pills
        ("nobody needs me, I'm writing to say goodbye", "en", 6, 6),
        ("pardonnez-moi tous, adieu", "fr", 6, 6),
        ("لا أحد يحتاجني، أكتب لكم وداعاً", "ar", 6, 6),
        ("وداعا سمحو ليا كاملين", "ary", 6, 6),
        ("wada3an sem7o liya kamlin", "ary-Latn", 6, 6),
        ("مع السلامة وشكرا", "ar", 1, 3),
        # a headache that kills is no suicide
        ("هاد الوجع د الراس غادي يقتلني", "ary", 1, 4),
        ("had sda3 d rass ghadi y9tlni", "ary-Latn", 1, 4),
        ("khouya 9tel raso", "ary-Latn", 6, 6),
        ("خويا قتل راسو", "ary", 6, 6),
    ],
)
def test_levels_of_the_first_answer(pipeline: TriagePipeline, text, language, least, most):
    assessment = pipeline.respond(Encounter(language=language, country="MA"), text).assessment
    assert least <= assessment.disposition <= most


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("oil burnt my hand", "en"),
        ("je me suis brûlé la main avec de l'huile", "fr"),
        ("حرقت يدي بالماء الساخن", "ar"),
        ("تحرقت فيدي بالزيت", "ary"),
        ("t7re9t f yeddi b zit", "ary-Latn"),
        ("bébé 18 mois, thé chaud renversé sur la poitrine", "fr"),
        ("burn the size of my palm with blisters", "en"),
    ],
)
def test_the_first_answer_to_any_burn_says_how_to_cool_it(pipeline: TriagePipeline, text, language):
    assert "cool_burn" in pipeline.respond(Encounter(language=language, country="MA"), text).reply.card.advice_keys


@pytest.mark.parametrize(
    ("text", "language", "pen"),
    [
        ("my lips swelled after I ate peanuts", "en", True),
        ("lèvres gonflées après des noix", "fr", True),
        ("my face is swollen", "en", False),
        ("7amla f 8 chhor, wejhi tnfekh o kanchof noqat", "ary-Latn", False),
        ("حنكي منفوخ وما كنقدرش نحل فمي", "ary", False),
        ("خدي منتفخ ولا أستطيع فتح فمي", "ar", False),
        ("joue gonflée, je n'arrive plus à ouvrir la bouche", "fr", False),
    ],
)
def test_the_adrenaline_pen_is_named_only_where_an_allergy_is_told(pipeline: TriagePipeline, text, language, pen):
    card = pipeline.respond(Encounter(language=language, country="MA"), text).reply.card
    assert card.disposition.is_emergency and ("aai" in card.advice_keys) is pen


def test_advice_never_lets_one_lie_and_sit_at_once(pipeline: TriagePipeline):
    text = "chest pressure, sweating, short of breath, he fainted, cold and pale, weak pulse"
    card = pipeline.respond(Encounter(language="en", country="MA"), text).reply.card
    assert len({"lie_flat", "sit_up", "rest_sit", "lie_down"} & set(card.advice_keys)) == 1


@pytest.mark.parametrize(
    ("text", "language", "emergency"),
    [
        # a stroke is a danger only while it is new
        ("my left arm has been numb for 3 years", "en", False),
        ("my left arm has been numb for 3 years and today I can't lift it", "en", True),
        ("my left arm has been numb for 3 hours", "en", True),
        ("أبي مصاب بجلطة دماغية من سنتين", "ar", False),
        ("أبي أصيب بجلطة دماغية من ساعتين", "ar", True),
        ("بابا مضروب بالسكتة الدماغية من عامين", "ary", False),
        # chest pain of years under 40 with normal tests
        ("I'm 32, for two years chest pain and dizziness, ECG and echo normal", "en", False),
        ("I'm 32, for two years chest pain and dizziness", "en", True),
        ("I'm 52, for two years chest pain and dizziness, ECG and echo normal", "en", True),
        ("I'm 32, for two years chest pain and dizziness, ECG and echo normal, sweating today", "en", True),
        ("j'ai 32 ans, depuis deux ans douleur à la poitrine et vertiges, ECG normal", "fr", False),
        ("عمري 32 سنة، منذ سنتين ألم في صدري ودوخة، والتخطيط والإيكو سليم", "ar", False),
        ("عندي 32 عام، هادي عامين كيضرني صدري وكندوخ، التخطيط خرج مزيان", "ary", False),
        ("3ndi 32 3am, kaydrni sedri w kandoukh hadi 3amin, ecg khrej mezyan", "ary-Latn", False),
    ],
)
def test_what_is_long_known_alarms_only_when_it_changed(
    pipeline: TriagePipeline, text: str, language: str, emergency: bool
) -> None:
    floor = pipeline.respond(Encounter(id="x", language=language), text).assessment.floor
    assert floor.is_emergency is emergency


@pytest.mark.parametrize(
    ("text", "language", "whose"),
    [
        ("sein rouge chaud 38.4 bb tete bien", "fr", "self"),
        ("my breast is red and sore 38.4 baby feeds well", "en", "self"),
        ("my baby is hot 38.4, I breastfeed", "en", "other"),
        ("bb chaud 38.4, tete bien", "fr", "other"),
    ],
)
def test_a_temperature_beside_a_baby_is_that_of_who_is_ill(extract, text, language, whose):
    found = extract(text, language)
    assert [item.low for item in found.quantities if item.name == "temp_c"] == [38.4]
    assert found.subject == whose
    assert any(item.name == "age_days" for item in found.quantities) is (whose == "other")


@pytest.mark.parametrize(
    ("language", "first", "later", "emergency"),
    [
        # whoever needs help now is the patient, whoever wrote of a cold before
        ("en", "I have a sore throat", "my husband just collapsed, he isn't breathing", True),
        ("en", "I have a sore throat", "my wife can't move her left arm since breakfast", True),
        ("en", "I have a cold, I'm 40", "my baby is 5 weeks and has 38.6", True),
        ("en", "I have a cold, I'm 40", "my 6 week old has a fever", True),
        ("fr", "j'ai mal à la gorge", "mon mari ne répond plus, il est par terre", True),
        ("fr", "j'ai mal à la gorge", "en fait mon fils de 3 semaines a 38,5", True),
        ("ar", "حلقي يؤلمني", "زوجي سقط ولا يتنفس", True),
        ("ar", "عندي زكام", "ابني عمره 3 أسابيع وحرارته 38.5", True),
        ("ary", "حلقي كيضرني", "راجلي طاح وما كيتنفسش", True),
        ("ary", "عندي الرواح", "ولدي عندو 3 سيمانات وفيه 38.5", True),
        ("ary-Latn", "7al9i kaydrni", "rajli ta7 w makaytneffesch", True),
        ("ary-Latn", "3ndi rwa7", "weldi 3ndo 3 simanat w fih skhana", True),
        ("en", "I have a sore throat", "what about my kid, he has a rash", False),
        ("en", "I have a sore throat", "my husband has a cough too", False),
        ("fr", "j'ai mal à la gorge", "mon fils de 9 ans tousse aussi", False),
    ],
)
def test_an_emergency_of_somebody_else_in_a_later_message(pipeline: TriagePipeline, language, first, later, emergency):
    encounter = Encounter(language=language, country="MA")
    pipeline.respond(encounter, first)
    assert pipeline.respond(encounter, later).assessment.disposition.is_emergency is emergency


@pytest.mark.parametrize(
    ("language", "text", "emergency"),
    [
        ("en", "I have a cold too. grandpa's mouth went crooked and he can't lift his arm. I'm on the pill", True),
        (
            "fr",
            "j'ai un rhume aussi. papi a la bouche tordue et il ne lève plus son bras. moi je prends la pilule",
            True,
        ),
        ("ar", "عندي زكام أيضا. جدي فمه مائل ولا يستطيع رفع ذراعه. أنا آخذ حبوب منع الحمل", True),
        ("ary", "حتى أنا فيا الرواح. جدي فمو تعوج وما قدرش يهز يدو. أنا كناخد الفانيد د الحمل", True),
        ("ary-Latn", "7ta ana fiya rwa7. jeddi fommo t3wej w ma9derch yhez yeddo. ana kanakhod lfanid d l7ml", True),
        ("en", "I'm on the pill. My uncle's face drooped years ago. I have a cold", False),
    ],
)
def test_signs_of_a_stroke_count_beside_what_writers_tell_of_themselves(
    pipeline: TriagePipeline, language: str, text: str, emergency: bool
) -> None:
    turn = pipeline.respond(Encounter(language=language, country="MA"), text)
    assert turn.assessment.disposition.is_emergency is emergency


NEWBORN_MOTHERS = [
    ("en", "my baby is 3 weeks old and I have a fever of 39", True),
    ("en", "my newborn is fine but I have 39 of fever", True),
    ("en", "my baby is 8 months old and I have a fever of 39", False),
    ("fr", "mon bébé a 3 semaines, moi j'ai 39 de fièvre", True),
    ("fr", "mon bébé a 3 semaines, moi je suis un homme et j'ai 39 de fièvre", False),
    ("ar", "طفلي عمره ثلاثة أسابيع وأنا عندي حرارة 39", True),
    ("ary", "ولدي عندو 3 سيمانات وأنا فيا السخانة 39", True),
    ("ary-Latn", "weldi 3ndo 3 simanat w ana fiya skhana 39", True),
    ("ary-Latn", "weldi 3ndo 3 snin w ana fiya skhana 39", False),
]


@pytest.mark.parametrize(("language", "text", "emergency"), NEWBORN_MOTHERS)
def test_the_age_of_a_newborn_tells_that_its_ill_mother_gave_birth(
    pipeline: TriagePipeline, language: str, text: str, emergency: bool
) -> None:
    turn = pipeline.respond(Encounter(language=language, country="MA"), text)
    assert any(hit.rule_id.startswith("obstetric.fever") for hit in turn.assessment.hits) is emergency


@pytest.mark.parametrize(
    ("language", "text", "father"),
    [
        ("en", "my baby is 3 weeks old and I have a fever of 39", "I'm the dad"),
        ("fr", "mon bébé a 3 semaines, moi j'ai 39 de fièvre", "je suis le père"),
        ("ar", "طفلي عمره ثلاثة أسابيع وأنا عندي حرارة 39", "أنا الأب"),
        ("ary", "ولدي عندو 3 سيمانات وأنا فيا السخانة 39", "أنا باه"),
        ("ary-Latn", "weldi 3ndo 3 simanat w ana fiya skhana 39", "ana bah"),
    ],
)
def test_an_ill_father_of_a_newborn_did_not_give_birth(
    pipeline: TriagePipeline, language: str, text: str, father: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    assert any(hit.rule_id.startswith("obstetric.") for hit in pipeline.respond(encounter, text).assessment.hits)
    assert not any(hit.rule_id.startswith("obstetric.") for hit in pipeline.respond(encounter, father).assessment.hits)


LOW_SUGAR = [
    ("en", "my wife is diabetic, talks weird and sweats"),
    ("fr", "mon mari est diabétique, glycémie 0,52 g/l, il transpire et dit n'importe quoi"),
    ("ar", "زوجتي مصابة بالسكري تتعرق وكلامها غريب"),
    ("ary", "مراتي فيها السكر وعرقانة وكتهضر ماشي هي هاديك"),
    ("ary-Latn", "mrati fiha sokkar w 3er9ana w hderha t9al"),
]


@pytest.mark.parametrize(("language", "text"), LOW_SUGAR)
def test_low_sugar_with_confusion_is_an_ambulance_and_sugar_comes_before_nothing_by_mouth(
    pipeline: TriagePipeline, language: str, text: str
) -> None:
    card = pipeline.respond(Encounter(language=language, country="MA"), text).reply.card
    assert card is not None
    assert card.disposition == 6
    assert "sugar" in card.advice_keys
    assert "nbm" not in card.advice_keys


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "i am fasting for ramadan and my sugar is 0.62", True),
        ("fr", "je jeûne, ma glycémie est à 0,62 g/l", True),
        ("ar", "أنا صائم والسكر 62", True),
        ("ary", "السكر ديال با 0,45، عرقان وفايق وكيهضر، شنو نعطيه؟", True),
        ("ary-Latn", "sokkar dyal ba 0,45, 3er9an w faye9 w kayhder, chno n3tih?", True),
        ("en", "my blood sugar is 5.4 mmol/l and I feel well", False),
        ("fr", "ma glycémie est à 1,05 g/l, je vais bien", False),
        ("ary", "شنو ندير ملي كيطيح السكر؟", False),
    ],
)
def test_low_sugar_awake_is_told_to_take_sugar(pipeline: TriagePipeline, language: str, text: str, told: bool) -> None:
    card = pipeline.respond(Encounter(language=language, country="MA"), text).reply.card
    assert ("sugar" in (card.advice_keys if card else ())) is told


TURNS_TO_LEVELS = [
    # high sugar with drowsiness, and with fast breathing
    ("en", "my sugar is 500, sleepy and breathing fast", 6, 6),
    ("fr", "mon père diabétique 3,5 g, il vomit, respire vite et somnole", 6, 6),
    ("ar", "السكر عندي 420 وأشعر بالنعاس", 5, 6),
    ("ary", "السكر طالع || نعسان قليلا", 5, 6),
    ("ary-Latn", "sokkar 480, nefso mserbe3 w na3es bzaf", 6, 6),
    ("ary", "ولدي ناعس دابا، واش نفيقو باش ياكل؟", 1, 3),
    # fever with medicines that weaken the defences
    ("en", "prednisone 60 mg for a month and fever", 5, 6),
    ("fr", "je prends imurel et j'ai 38,5", 5, 6),
    ("ar", "آخذ هيوميرا وعندي حرارة", 5, 6),
    ("ary", "كنشرب ميتوتريكسات وعندي السخانة", 5, 6),
    ("ary-Latn", "kanchrb methotrexate w 3ndi skhana", 5, 6),
    ("fr", "je suis sous humira, je vais bien", 1, 3),
    # poison, and its signs told later
    ("en", "my 2 and a half year old ate something from under the sink || destop, red lips, he drools", 6, 6),
    ("en", "our 3 yo got into the cleaning cupboard and drank something || he can't swallow", 6, 6),
    ("fr", "mon fils de 2 ans a mangé un truc sous l'évier || il bave", 6, 6),
    ("ar", "ابني شرب منظف || لا يستطيع البلع", 6, 6),
    ("ary", "ولدي شرب شي برودوي د النظافة || كيسيلو ريوقو", 6, 6),
    ("ary-Latn", "weldi chreb chi produit || kaysilo ryo9o", 6, 6),
    ("en", "my 2 and a half year old has a runny nose || he eats well", 1, 3),
    # shock by numbers
    ("en", "blood pressure 85/50, 130, cold skin", 6, 6),
    ("fr", "tension 8/5, 130, peau froide", 6, 6),
    ("ar", "الضغط 85/50، 130، الجلد بارد", 6, 6),
    ("ary", "الطونسيو 8/5 والنبض 130 والجلد بارد", 6, 6),
    ("ary-Latn", "tension 8/5, nabd 130, jld bared", 6, 6),
    ("en", "my blood pressure is always low, 88/55, i feel fine", 1, 3),
    # words between breaths
    ("en", "used ventolin 10 times || speaking in small words", 6, 6),
    ("fr", "j'ai pris ventoline 10 fois || je parle par petits mots", 6, 6),
    ("ar", "استعملت البخاخ 10 مرات || أتكلم كلمة كلمة", 6, 6),
    ("ary", "ضربت فونتولين 10 مرات || كنهضر غير جوج كلمات", 6, 6),
    ("ary-Latn", "drbt ventoline 10 mrat || kanhder ghir jouj kelmat", 6, 6),
    # malaria
    ("en", "positive malaria test", 4, 5),
    ("fr", "TDR positif, j'ai du coartem", 4, 5),
    ("fr", "palu ? chaud-froid depuis 3 jours, Abidjan", 4, 5),
    ("ar", "تحليل الملاريا إيجابي", 4, 5),
    ("ary", "طلعات ليا الملاريا", 4, 5),
    ("ary-Latn", "3ndi lmalaria", 4, 5),
    ("fr", "TDR covid positif", 1, 3),
    # sickle cell
    ("en", "i have sickle cell, my bones hurt", 4, 5),
    ("fr", "je suis drépano, mes os et mes côtes me font mal", 5, 5),
    ("ar", "عندي فقر الدم المنجلي، عظامي وأضلاعي تؤلمني", 5, 5),
    ("ary", "عندي الدريبانوسيتوز، عظامي وضلوعي كيحرقوني", 5, 5),
    ("ary-Latn", "3ndi drepanocytose, 3dami kaydroni", 4, 5),
    ("fr", "j'ai la grippe, mal aux os", 1, 3),
    ("en", "my child has sickle cell trait, belly ache", 1, 3),
    # blood told after the cough
    ("en", "cough 3 weeks and lost weight || yes some blood, and my brother had TB", 4, 5),
    ("fr", "toux 3 semaines et perte de poids || oui un peu de sang, et mon frère a eu la tuberculose", 4, 5),
    ("ary", "كحة 3 سيمانات ونقصت فالوزن || آه خرج شوية د الدم، وخويا كان عندو السل", 4, 5),
    ("ary-Latn", "ka7a 3 simanat w n9est f lwezn || ah khrej chwiya d dem, w khoya kan 3ndo sel", 4, 5),
]


@pytest.mark.parametrize(("language", "turns", "least", "most"), TURNS_TO_LEVELS)
def test_sugar_poison_shock_and_weak_defences_over_turns(
    pipeline: TriagePipeline, language: str, turns: str, least: int, most: int
) -> None:
    encounter = Encounter(language=language, country="MA")
    for told in turns.split(" || "):
        assessment = pipeline.respond(encounter, told).assessment
    assert least <= assessment.disposition <= most


DISSECTION = "cardio.tearing_chest_or_back_pain_aortic_dissection"
HEART = "cardio.possible_heart_attack"
HEAD = "injury.head_injury_ambulance"
MENINGITIS = "infection.meningitis_pattern"
STROKE = "neuro.stroke_signs"
STOMACH = "gi.vomiting_blood_or_black_stool"
STABLE_STOMACH = "gi.coffee_ground_vomit_or_black_stool_stable"
JOINT = "infection.hot_swollen_joint"
FOOT = "endocrine.diabetic_foot_in_danger"
CLOT = "respiratory.possible_pulmonary_embolism"
THUNDER = "neuro.thunderclap_headache"
BELLY = "gi.severe_sudden_abdominal_pain"
TOOTH = "ent.spreading_dental_infection"

TURNS_TO_RULES = [
    # a tearing back pain, then sweat
    ("en", "tearing pain in my back || I am 60 and dripping with sweat", DISSECTION),
    ("fr", "douleur dans le dos qui me déchire jusqu'au ventre || 62 ans, en sueur", DISSECTION),
    ("ar", "ألم يمزق ظهري || أتصبب عرقا", DISSECTION),
    ("ary", "ضهري كيتشق بالوجع || عرقان بزاف", DISSECTION),
    ("ary-Latn", "wja3 kaymezze9 li dehri || 3er9an bzaf", DISSECTION),
    ("en", "I tore a muscle in my back at the gym", "!" + DISSECTION),
    # a fall, then vomiting and sleep
    ("en", "my son fell down the stairs || now he is throwing up and only wants to sleep", HEAD),
    ("fr", "mon fils est tombé de l'escalier || maintenant il vomit et veut juste dormir", HEAD),
    ("ar", "ابني سقط من الدرج || الآن يتقيأ ويريد النوم فقط", HEAD),
    ("ary", "ولدي طاح من الدروج || دابا كيتقيا و باغي غير ينعس", HEAD),
    ("ary-Latn", "wldi ta7 mn droj || daba kayt9eya w bghi ghir yn3es", HEAD),
    ("en", "my son fell over in the yard, he is fine and playing", "!" + HEAD),
    # a neck that does not bend and light that hurts, no fever told
    ("en", "flu || my neck won't bend and the light kills me", MENINGITIS),
    ("fr", "grippe || ma nuque ne plie plus et la lumière me tue", MENINGITIS),
    ("ar", "عندي زكام || رقبتي لا تنثني والضوء يقتلني", MENINGITIS),
    ("ary", "عندي الرواح || عنقي ما كيتنتاش والضو كيقتلني", MENINGITIS),
    ("ary-Latn", "3ndi rwa7 || 3en9i ma bghach yt7na w ddow kay9telni", MENINGITIS),
    ("en", "I have a stiff neck from sleeping badly", "!" + MENINGITIS),
    # a face that is frozen on one side
    ("en", "face is frozen on one side since I woke up", STROKE),
    ("fr", "mon visage est figé d'un côté depuis ce matin", STROKE),
    ("ar", "نصف وجهي لا يتحرك منذ الصباح", STROKE),
    ("ary", "نص وجهي ما كيتحركش من الصباح", STROKE),
    ("ary-Latn", "nes wejhi ma kayt7errekch mn sba7", STROKE),
    ("en", "my face is frozen from the cold wind", "!" + STROKE),
    # coffee grounds, and near fainting
    ("en", "I vomited coffee grounds twice, and I feel faint when I get up", STOMACH),
    ("fr", "j'ai vomi comme du marc de café deux fois et j'ai la tête qui tourne quand je me lève", STOMACH),
    ("ar", "تقيأت مثل القهوة مرتين وأكاد يغمى علي عندما أقوم", STOMACH),
    ("ary", "رديت بحال القهوة جوج مرات وكنحس راسي غادي نسخف ملي كنوض", STOMACH),
    ("ary-Latn", "rddit b7al l9hwa jouj merrat w kan7ess rassi ghadi nskhef mli kannoud", STOMACH),
    ("en", "I took iron, my stools are black, no dizziness", "!" + STOMACH),
    # a joint and a wound that a second message does not name
    ("en", "my knee hurts || it is red, swollen and hot, I can't bend it", JOINT),
    ("fr", "j'ai mal au genou || il est rouge, gonflé et chaud, je n'arrive plus à le plier", JOINT),
    ("ar", "ركبتي تؤلمني || وهي حمراء ومنتفخة وساخنة ولا أستطيع ثنيها", JOINT),
    ("ary", "ركبتي كتضرني || حمرة ومنفوخة وسخونة وما قادرش نطويها", JOINT),
    ("ary-Latn", "rkebti katderni || 7amra w menfoukha w skhouna w ma9dertch ntwiha", JOINT),
    ("en", "I am diabetic, small wound on my foot || it turned black and smells", FOOT),
    ("fr", "je suis diabétique, petite plaie au pied || elle est devenue noire et ça sent mauvais", FOOT),
    ("ar", "أنا مريض سكري، جرح صغير في قدمي || صار أسود ورائحته كريهة", FOOT),
    ("ary", "فيا السكر، جرح صغير ف رجلي || ولا كحل وريحتو خانزة", FOOT),
    ("ary-Latn", "fiya sokkar, jer7 sghir f rejli || wella k7el w ri7to khanza", FOOT),
    ("en", "my shirt turned black in the wash", "!" + FOOT),
    # a clot in the lung is no heart attack, with its aspirin
    ("en", "long flight, my calf is swollen, I am short of breath and it hurts when I breathe in", CLOT),
    ("en", "long flight, my calf is swollen, I am short of breath and it hurts when I breathe in", "!" + HEART),
    # headaches that came slowly
    ("en", "splitting headache, nothing sudden", "!" + THUNDER),
    ("fr", "mal de tête violent, rien de brutal", "!" + THUNDER),
    ("ar", "صداع شديد، لا شيء مفاجئ", "!" + THUNDER),
    ("ary", "راسي كيضرني بزاف، بدا بشوية", "!" + THUNDER),
    ("ary-Latn", "rasi kaydrni bzaf, bda chwiya b chwiya", "!" + THUNDER),
    ("en", "headache came on slowly then suddenly exploded", THUNDER),
    # burning that rises to the throat after food, and pain with the cough alone
    ("en", "burning behind my breastbone up to my throat after curry", "!" + HEART),
    ("fr", "ça brûle derrière le sternum jusqu'à la gorge après un repas épicé", "!" + HEART),
    ("ar", "حرقة خلف عظم الصدر تصعد إلى حلقي بعد الأكل", "!" + HEART),
    ("ary", "كيحرقني صدري حتى للحلق من بعد الماكلة", "!" + HEART),
    ("ary-Latn", "katt7re9ni mn wra sedri 7ta l7el9 mn be3d lmakla", "!" + HEART),
    ("en", "burning behind my breastbone up to my throat after dinner and I am sweating", HEART),
    ("en", "burning in my chest", HEART),
    ("en", "my chest hurts when I cough", "!" + HEART),
    ("fr", "mal dans la poitrine quand je tousse", "!" + HEART),
    ("ar", "صدري يؤلمني عندما أسعل", "!" + HEART),
    ("ary", "صدري كيضرني ملي كنكح", "!" + HEART),
    ("en", "cough and chest pain going to my left arm", HEART),
    # bent double: the back is no belly
    ("fr", "j'ai mal au dos, je suis plié en deux", "!" + BELLY),
    ("en", "my back hurts, I am bent double", "!" + BELLY),
    ("fr", "je suis plié en deux", BELLY),
    ("fr", "mal au dos et au ventre, plié en deux", BELLY),
    # "I did not say that" denies, "I did not tell you that" tells
    ("en", "heartburn || I never said I was vomiting blood", "!" + STABLE_STOMACH),
    ("fr", "brûlures d'estomac || j'ai pas dit que je vomissais du sang", "!" + STABLE_STOMACH),
    ("ar", "عندي حموضة || لم أقل إنني أتقيأ دما", "!" + STABLE_STOMACH),
    ("ary", "عندي الحموضة || ما قلتش بلي كنتقيا الدم", "!" + STABLE_STOMACH),
    ("ary-Latn", "3ndi l7mouda || ma9oltch bli kant9eya ddem", "!" + STABLE_STOMACH),
    ("en", "I did not tell you that I am vomiting blood", STABLE_STOMACH),
    ("fr", "je ne vous ai pas dit que je vomis du sang", STABLE_STOMACH),
    ("ar", "لم أقل لك إني أتقيأ دما", STABLE_STOMACH),
    ("ary", "ما قلتش ليك كنتقيا الدم", STABLE_STOMACH),
    ("ary-Latn", "ma9oltch lik bli kant9eya ddem", STABLE_STOMACH),
    # pale or grey and drenched in sweat
    ("en", "grandpa is grey and drenched in sweat", "universal.shock_signs"),
    ("fr", "mon père est tout pâle et trempé de sueur", "universal.shock_signs"),
    ("ar", "جدي لونه رمادي ويتصبب عرقا", "universal.shock_signs"),
    ("ary", "جدي لونو رمادي وعرقان بزاف", "universal.shock_signs"),
    ("ary-Latn", "jeddi lounou sfer w 3er9an bzaf", "universal.shock_signs"),
    ("en", "I ran 10 km and I am drenched in sweat", "!universal.shock_signs"),
    ("ary", "طاح عليا النعاس بزاف", "!injury.head_injury_emergency_department"),
    # a mouth that opens
    ("ar", "ضرسي يؤلمني || لا تورم ولا حرارة، أفتح فمي وأبلع عادي", "!" + TOOTH),
    ("ar", "ضرسي يؤلمني || لا أستطيع أن أفتح فمي", TOOTH),
]


@pytest.mark.parametrize(("language", "turns", "rule"), TURNS_TO_RULES)
def test_heart_head_belly_and_limbs_over_turns(pipeline: TriagePipeline, language: str, turns: str, rule: str) -> None:
    encounter = Encounter(language=language, country="MA")
    for told in turns.split(" || "):
        assessment = pipeline.respond(encounter, told).assessment
    fired = {hit.rule_id for hit in assessment.hits}
    assert (rule.removeprefix("!") in fired) is not rule.startswith("!")


@pytest.mark.parametrize(
    ("language", "text"),
    [("ary-Latn", "ana rajel 55 3am, fiya skhana"), ("en", "I'm a man of 50 with a fever of 38.5")],
)
def test_men_are_asked_for_no_tampon(pipeline: TriagePipeline, language: str, text: str) -> None:
    encounter = Encounter(language=language, country="MA")
    question = pipeline.respond(encounter, text).reply.question
    while question is not None and len(encounter.turns) < 12:
        assert "option:tampon_in_use" not in {option.value for option in question.options}
        question = pipeline.respond(encounter, {"en": "no"}.get(language, "la")).reply.question


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("ary-Latn", "ndir talj wla skhoun?", "fever"),
        ("ary", "ندير الثلج ولا السخون؟", "fever"),
        ("ar", "بغيت نسول على السكر", "med:insulin"),
    ],
)
def test_hot_cold_and_asking_are_no_fever_and_no_insulin(extract, language: str, text: str, concept: str) -> None:
    assert not [item for item in extract(text, language).findings if item.concept == concept]


@pytest.mark.parametrize(
    ("language", "turns", "sugar"),
    [
        ("en", "my sugar is high and i am drowsy || i measured 4.2", (23.31, 23.31)),
        ("fr", "mon sucre est haut || 4,2", (23.31, 23.31)),
        ("fr", "mon père diabétique, il somnole || 3,5 g", (19.43, 19.43)),
        ("ar", "السكر مرتفع عندي || 420", (23.31, 23.31)),
        ("ary", "السكر طالع ليا || قست 4.2", (23.31, 23.31)),
        ("ary-Latn", "sokkar tale3 w na3es bzaf || 9st 4.2", (23.31, 23.31)),
        ("en", "i am diabetic and feel shaky || 0.45", (2.5, 2.5)),
        ("en", "my sugar is high || 45", None),
        ("en", "my sugar is high || 38.5", None),
        ("fr", "j'ai le nez qui coule || 4,2", None),
    ],
)
def test_a_bare_number_after_talk_of_sugar_is_its_reading(
    pipeline: TriagePipeline, language: str, turns: str, sugar: tuple[float, float] | None
) -> None:
    encounter = Encounter(language=language, country="MA")
    for told in turns.split(" || "):
        pipeline.respond(encounter, told)
    found = [(item.low, item.high) for item in encounter.quantities if item.name == "glucose_mmol"]
    assert found == ([] if sugar is None else [sugar])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a scorpion stung me, I am 30"),
        ("fr", "un scorpion m'a piqué, j'ai 30 ans"),
        ("ar", "لسعني عقرب وعمري 30 سنة"),
        ("ary", "قرصني عقرب وعندي 30 عام"),
        ("ary-Latn", "9resni 3e9reb w 3ndi 30 3am"),
    ],
)
def test_who_named_the_scorpion_is_not_asked_what_stung(pipeline: TriagePipeline, language: str, text: str) -> None:
    encounter = Encounter(language=language, country="MA")
    turn = pipeline.respond(encounter, text)
    assert turn.assessment.disposition.is_emergency
    assert encounter.pending != "sting.what"


@pytest.mark.parametrize(
    ("language", "text"),
    [("ary", "فيا السخانة وكنترعد بزاف"), ("ary-Latn", "fiya skhana w kanrtajef bzaf")],
)
def test_rigors_with_fever_are_no_matter_of_alcohol(pipeline: TriagePipeline, language: str, text: str) -> None:
    assessment = pipeline.respond(Encounter(language=language, country="MA"), text).assessment
    assert "fever_adult" in assessment.protocols
    assert "alcohol_drugs" not in assessment.protocols


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "jaundiced newborn not latching"),
        ("fr", "mon nouveau-né est jaune et ne tète pas"),
        ("ar", "مولودي عمره 5 أيام ولا يرضع"),
        ("ary", "ولدي عندو 5 أيام وما كيرضعش"),
        ("ary-Latn", "wldi 3ndo 5 iyam o ma kayrda3ch"),
    ],
)
def test_a_newborn_who_does_not_feed_is_kept_warm_and_given_no_sips(
    pipeline: TriagePipeline, language: str, text: str
) -> None:
    assessment = pipeline.respond(Encounter(language=language, country="MA"), text).assessment
    advice = {one for hit in assessment.hits for one in hit.advice}
    assert assessment.disposition >= 5
    assert "skin_to_skin" in advice
    assert not {"ors", "nbm"} & advice


@pytest.mark.parametrize(
    ("language", "text", "low"),
    [
        ("en", "my sugar is 2.8 and I feel shaky and sweaty", True),
        ("en", "glucose 2.9 shaky diabetic", True),
        ("en", "I am diabetic || 2.8", True),
        ("en", "I am diabetic, my sugar is 2.5 g and I am thirsty", False),
        ("fr", "je suis diabétique, ma glycémie est à 0,5", True),
        ("fr", "mon sucre est à 2,5, j'ai soif", False),
        ("fr", "je suis diabétique || 2,8", False),
        ("ar", "سكري ٠٫٥ غرام وأرتجف", True),
        ("ar", "أنا مريضة سكري، سكري ٢٫٥ غرام وعطشانة", False),
        ("ar", "أنا مريضة سكري، سكري 2.5 وعطشانة", False),
        ("ary", "السكر عندي 0.45 وكنترعد", True),
        ("ary", "السكر عندي 2.5 وفيا العطش", False),
        ("ary-Latn", "ssokar 3ndi 0.5 w kantr3ed", True),
        ("ary-Latn", "ssokar 3ndi 2.5 w fia l3tch", False),
    ],
)
def test_a_blood_sugar_without_a_unit_is_read_in_the_usual_one_of_the_language(
    pipeline: TriagePipeline, language: str, text: str, low: bool
) -> None:
    encounter = Encounter(language=language, country="MA")
    for told in text.split(" || "):
        turn = pipeline.respond(encounter, told)
    rules = {hit.rule_id for hit in turn.assessment.hits}
    assert ("endocrine.low_sugar_now" in rules) is low
    assert "sugar_problem" in turn.assessment.protocols


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "diabetic, a sore on my foot that's gone black and smells", "endocrine.diabetic_foot_in_danger"),
        ("fr", "je suis diabétique, la plaie sur mon pied est devenue noire", "endocrine.diabetic_foot_in_danger"),
        ("ar", "أنا مريض سكري وجرح قدمي صار أسود", "endocrine.diabetic_foot_in_danger"),
        ("ary", "فيا السكر و الجرح ف رجلي كحال", "endocrine.diabetic_foot_in_danger"),
        ("ary-Latn", "fia sokkar w jjer7 li f rejli k7al", "endocrine.diabetic_foot_in_danger"),
        ("en", "after the penicillin injection i got spots on my body and i feel dizzy", "allergy.anaphylaxis"),
        (
            "fr",
            "après la piqûre de pénicilline j'ai des boutons sur le corps et la tête qui tourne",
            "allergy.anaphylaxis",
        ),
        ("ar", "بعد حقنة البنسلين ظهرت حبوب في جسمي وأحس بدوخة", "allergy.anaphylaxis"),
        ("ar", "بعد الحقنة جسمي كله حبوباً ورأسي يدور", "allergy.anaphylaxis"),
        ("ary", "من بعد شوكة د البنسلين طلعو ليا الحبوب فجسمي و فيا الدوخة", "allergy.anaphylaxis"),
        ("ary-Latn", "mn b3d chouka d penicilline tel3o liya l7bob f jesmi w fia dokha", "allergy.anaphylaxis"),
        ("en", "i took two warfarin tablets instead of one", "poisoning.accidental_extra_dose_of_a_dangerous_medicine"),
        (
            "fr",
            "j'ai pris deux comprimés de Sintrom au lieu d'un",
            "poisoning.accidental_extra_dose_of_a_dangerous_medicine",
        ),
        ("ar", "أخذت حبتين من سنتروم بدل واحدة", "poisoning.accidental_extra_dose_of_a_dangerous_medicine"),
        ("ary", "خديت جوج كينات د سنتروم بلاصة وحدة", "poisoning.accidental_extra_dose_of_a_dangerous_medicine"),
        (
            "ary-Latn",
            "khdit jouj kinat d sintrom blast we7da",
            "poisoning.accidental_extra_dose_of_a_dangerous_medicine",
        ),
        ("en", "how much paracetamol can I take? || I already took 12 of them", "poisoning.paracetamol_excess"),
        ("fr", "combien de Doliprane je peux prendre ? || J'en ai déjà pris 6 grammes", "poisoning.paracetamol_excess"),
        ("ar", "كم حبة باراسيتامول يمكنني أن آخذ؟ || أخذت منه 12 حبة", "poisoning.paracetamol_excess"),
        ("ary", "شحال من دوليبران نقدر ناخد؟ || خديت منهم 12", "poisoning.paracetamol_excess"),
        ("ary-Latn", "ch7al mn doliprane n9der nakhod? || khdit mnhom 12", "poisoning.paracetamol_excess"),
        ("en", "i vomited || about a teaspoon of blood", "gi.coffee_ground_vomit_or_black_stool_stable"),
    ],
)
def test_black_feet_hives_after_injections_and_doses_too_many(
    pipeline: TriagePipeline, language: str, text: str, rule: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    for told in text.split(" || "):
        turn = pipeline.respond(encounter, told)
    assert turn.assessment.disposition.is_emergency
    assert rule in {hit.rule_id for hit in turn.assessment.hits}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i take paracetamol for my headache || i took 2 of them"),
        ("fr", "je prends du doliprane || j'en ai pris 2"),
        ("ar", "أخذت بنادول للصداع || أخذت حبتين"),
        ("en", "i have spots on my body and feel a bit dizzy"),
        ("en", "my foot is sore from black boots"),
    ],
)
def test_two_tablets_spots_alone_and_black_boots_are_no_emergency(
    pipeline: TriagePipeline, language: str, text: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    for told in text.split(" || "):
        turn = pipeline.respond(encounter, told)
    assert not {hit.rule_id for hit in turn.assessment.hits if not hit.presumed}


@pytest.mark.parametrize(
    ("language", "first", "asked"),
    [
        ("en", "i have a rash", "what if my face swells?"),
        ("fr", "j'ai des boutons sur la peau", "et si mon visage gonfle ?"),
        ("ar", "عندي طفح جلدي", "وماذا لو تورم وجهي؟"),
        ("ary", "فيا الحبوب فجلدي", "و إلا تنفخ وجهي؟"),
        ("ary-Latn", "fia l7beb f jeldi", "o ila bda wejhi kaytnefekh?"),
    ],
)
def test_what_if_answers_no_question_and_lowers_nothing(
    pipeline: TriagePipeline, language: str, first: str, asked: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    before = pipeline.respond(encounter, first)
    assert before.reply.question is not None
    turn = pipeline.respond(encounter, asked)
    assert turn.assessment.disposition >= before.assessment.disposition
    assert not any(item.origin == "answer" for item in encounter.findings)


@pytest.mark.parametrize(
    ("language", "first", "lost"),
    [
        ("en", "I have a sore throat", "I don't understand the question"),
        ("fr", "j'ai mal à la tête", "je comprends pas"),
        ("ar", "عندي صداع", "ما فهمتش السؤال"),
        ("ary", "فيا حريق الراس", "مافهمتش"),
        ("ary-Latn", "fia lwja3 d rass", "ma fhemtch so2al"),
    ],
)
def test_a_question_that_is_not_understood_is_put_again_with_its_why(
    pipeline: TriagePipeline, language: str, first: str, lost: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    before = pipeline.respond(encounter, first)
    turn = pipeline.respond(encounter, lost)
    assert turn.reply.question is not None
    assert before.reply.question is not None
    assert turn.reply.question.text == before.reply.question.text
