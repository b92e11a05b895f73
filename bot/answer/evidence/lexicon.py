"""The closed-class words that the checks on an answer need: English, Dutch, German, Spanish, and some French."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": _words(
        "the a an of to in on at by for with from into over under and or but that which who whom whose "
        "this these those it its he she they them their his her him we us our you your i my is are was "
        "were be been being has have had will would can could may might should must do does did as than "
        "then there here when where while what how why if so also after before during about up down out "
        "more most some any all both each other such now just only own same too very again still because "
        "between through against within yet near"
    ),
    "nl": _words(
        "de het een van naar in op aan bij voor met uit over onder en of maar dat die wie wiens dit deze "
        "er hij zij ze hen hun zijn haar hem we wij ons onze jullie u uw ik mijn is was waren wordt werd "
        "worden heeft hebben had hadden zal zullen zou zouden kan kunnen kon mag moet moeten als dan toen "
        "daar hier waar terwijl wat hoe waarom om te ook na voordat tijdens door meer meest alle beide "
        "elk andere nu nog al weer omdat tussen tegen binnen sinds volgens ten tot zich"
    ),
    "de": _words(
        "der die das den dem des ein eine einen einem einer eines von zu zum zur in im am an auf bei für "
        "mit aus über unter und oder aber dass welche welcher wer wessen dies diese dieser dieses es er "
        "sie ihr ihre ihren ihm ihn sein seine seinen wir uns unser ich mein ist sind war waren wird "
        "wurde wurden werden hat haben hatte hatten kann können konnte soll sollte muss als wie dann dort "
        "hier wo während was warum wenn auch nach vor vom durch mehr alle beide jede andere nun noch "
        "schon wieder weil zwischen gegen seit laut sich um"
    ),
    "es": _words(
        "el la los las un una unos unas de del al a en por para con desde sobre bajo y o pero que quien "
        "cuyo este esta estos estas ese esa eso lo le les se su sus él ella ellos nosotros nos yo mi es "
        "son era eran fue fueron ser sido ha han había habían hay puede pueden como cuando donde mientras "
        "qué cómo si también después antes durante más todo todos ambos cada otro otra otros ahora ya aún "
        "porque entre contra según hasta está están"
    ),
    "fr": _words(
        "le la les un une des du de au aux à en dans par pour avec sur sous et ou mais que qui dont ce "
        "cet cette ces il elle ils elles on nous vous je son sa ses leur leurs est sont était étaient "
        "être été a ont avait peut comme quand où si aussi après avant plus tout tous chaque autre déjà "
        "encore entre contre selon depuis se"
    ),
}
ANY_FUNCTION_WORD = frozenset().union(*FUNCTION_WORDS.values())
"""Words that carry no fact; which of them a text uses tells its language."""

REPORTING = _words(
    "say says said saying tell tells told claim claims claimed state states stated report reports "
    "reported according announce announces announced add adds added write writes wrote article articles "
    "published zegt zeggen zei zeiden meldt meldde schrijft schreef aldus beweert beweerde artikel sagt "
    "sagte sagten meldet meldete schreibt schrieb behauptet behauptete dice dicen dijo dijeron afirma "
    "afirmó informó escribió artículo dit disent déclaré"
)
"""Who says something is checked as a name; that it was said needs no word in common with the evidence."""

NEGATIONS = _words(
    "not no never none nobody nothing neither nor without cannot niet geen nooit niemand niets "
    "zonder nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne nunca "
    "nadie nada ninguno ninguna ningún tampoco sin ne jamais aucun aucune rien sans"
)

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari januar enero ene janvier",
            "february feb februari februar febrero février",
            "march mar maart mrt märz marzo mars",
            "april apr abril avril",
            "may mei mai mayo",
            "june jun juni junio juin",
            "july jul juli julio juillet",
            "august aug augustus agosto août",
            "september sep sept septiembre septembre",
            "october oct oktober okt octubre octobre",
            "november nov noviembre novembre",
            "december dec dezember dez diciembre décembre",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday maandag montag lunes lundi",
            "tuesday dinsdag dienstag martes mardi",
            "wednesday woensdag mittwoch miércoles mercredi",
            "thursday donderdag donnerstag jueves jeudi",
            "friday vrijdag freitag viernes vendredi",
            "saturday zaterdag samstag sonnabend sábado samedi",
            "sunday zondag sonntag domingo dimanche",
        )
    )
    for name in names.split()
}
"""Monday is 0, as in ``date.weekday``."""

RELATIVE_DAYS: dict[str, int] = {
    word: days
    for days, words in (
        (-1, "yesterday gisteren gestern ayer"),
        (0, "today tonight vandaag vanavond heute hoy aujourd'hui"),
        (1, "tomorrow morgen mañana demain"),
    )
    for word in words.split()
}

_UNITS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "nl": "één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}


def _number_words(language: str) -> dict[str, int]:
    """The words for 1 to 99 that are written as one word (or with a hyphen)."""
    units = {word: value for value, word in enumerate(_UNITS[language].split(), start=1)}
    tens = {word: 10 * value for value, word in enumerate(_TENS[language].split(), start=2)}
    words = units | tens
    for unit, one in [(unit, value) for unit, value in units.items() if value < 10]:
        for ten, many in tens.items():
            joined = {
                "en": f"{ten}-{unit}",
                "nl": f"{unit.replace('é', 'e')}{'ën' if unit in ('twee', 'drie') else 'en'}{ten}",
                "de": f"{'ein' if one == 1 else unit}und{ten}",
                "es": f"veinti{unit}" if many == 20 else "",
            }[language]
            if joined:
                words[joined] = many + one
    return words


NUMBER_WORDS: dict[str, dict[str, int]] = {language: _number_words(language) for language in _UNITS}
NUMBER_WORDS["es"] |= {"veintidós": 22, "veintitrés": 23, "veintiséis": 26, "cien": 100, "ciento": 100}

SCALES: dict[str, float] = {
    word: value
    for value, words in (
        (12, "dozen dozijn dutzend docena douzaine"),
        (1e2, "hundred honderd hundert"),
        (1e3, "thousand duizend tausend mil"),
        (1e6, "million millions miljoen million millionen millón millones"),
        (1e9, "billion billions miljard milliarde milliarden"),
        (1e12, "trillion trillions biljoen billionen billones"),
    )
    for word in words.split()
}

SCALE_ABBREVIATIONS: dict[str, float] = {"k": 1e3, "m": 1e6, "mln": 1e6, "mio": 1e6, "bn": 1e9, "mrd": 1e9}


IRREGULAR: dict[str, str] = {
    form: verb
    for verb, *forms in (
        line.split()
        for line in (
            "beat beaten|buy bought|sell sold|win won|lose lost|give gave given|take took taken|find found|"
            "bring brought|"
            "hold held|keep kept|lead led|leave left|meet met|pay paid|send sent|spend spent|steal stole stolen|"
            "strike struck|teach taught|build built|break broke broken|choose chose chosen|fall fell fallen|"
            "fight fought|get got|go went gone|grow grew grown|know knew known|rise rose risen|run ran|see saw "
            "seen|"
            "speak spoke spoken|throw threw thrown|write wrote written|die died dies|sink sank sunk|begin began "
            "begun|"
            "drive drove driven|draw drew drawn|catch caught|hit hits|cut cuts|shoot shot|hurt hurts|lend lent|"
            "make made|"
            "come came|become became|show shown|sleep slept|feel felt|stand stood|understand understood|wear "
            "wore worn"
        ).split("|")
    )
    for form in forms
}
"""English verb forms that don't begin like their verb."""
