"""The small words by which a follow-up points back at what was said: English, Dutch, German, Spanish, French."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONJUNCTIONS = {
    "en": _words("and but so also or then"),
    "nl": _words("en maar dus ook of"),
    "de": _words("und aber also auch oder"),
    "es": _words("y pero también o e"),
    "fr": _words("et mais donc aussi ou"),
}
"""What a follow-up may begin with; a question that stands on its own seldom does."""

ABOUT = (
    "what about",
    "how about",
    "the same for",
    "same for",
    "same question for",
    "hoe zit het met",
    "wat met",
    "hetzelfde voor",
    "was ist mit",
    "wie ist es mit",
    "wie sieht es mit",
    "dasselbe für",
    "qué hay de",
    "qué pasa con",
    "lo mismo para",
    "qu'en est-il de",
    "qu'en est-il du",
    "qu'en est-il des",
    "et pour",
    "même question pour",
)
"""Openings that only name another thing to ask the last question of."""

PERSONS = {
    "en": _words("he him his she her hers himself herself"),
    "nl": _words("hij hem zij haar"),
    "de": _words("er ihm ihn"),
    "es": _words("él ella"),
    "fr": _words("il elle lui"),
}
POSSESSIVES = _words("his her hers")
"""Become a name with an 's."""

PLACES = {
    "en": _words("there"),
    "nl": _words("daar"),
    "de": _words("dort"),
    "es": _words("allí ahí allá"),
    "fr": _words("là-bas là"),
}
THINGS = {
    "en": _words("it its they them their theirs"),
    "nl": _words("ze hun hen ervan ermee eraan daarvan daarmee daarvoor daarover daaraan"),
    "de": _words(
        "sie ihr ihre ihren ihrem seine seinen davon dafür daran darüber dazu damit dagegen deren dessen"
    ),
    "es": _words("su sus ellos ellas"),
    "fr": _words("ils elles son sa ses leur leurs"),
}
ANYBODY = {
    "en": _words("anyone anybody someone somebody everyone everybody nobody"),
    "nl": _words("iemand iedereen niemand"),
    "de": _words("jemand jemanden niemand niemanden"),
    "es": _words("alguien nadie"),
    "fr": _words("quelqu'un personne"),
}
"""Say of nobody in particular what happened: where, the question before tells."""
TELLING = (
    "tell me about",
    "tell me more about",
    "what is known about",
    "vertel me over",
    "vertel over",
    "erzähl mir von",
    "cuéntame sobre",
    "parle-moi de",
)
"""How one asks for all that there is; what follows is the topic."""
POINTERS = {
    "en": _words("this that these those then there"),
    "nl": _words("dit dat die toen daar het"),
    "de": _words("das dies damals dabei da dort es"),
    "es": _words("esto eso esa ese este esta entonces allí ahí"),
    "fr": _words("cela ça ceci alors là"),
}
"""Point back when nothing follows them."""

DEMONSTRATIVES = _words(
    "this that these those dit dat deze dies diese dieser dieses diesem diesen este esta estos estas "
    "ese esa esos esas aquel aquella ce cet cette ces"
)
TIMES = _words(
    "year month week day morning afternoon evening night summer winter spring autumn weekend season century "
    "jaar maand week dag ochtend zomer winter jahr monat woche tag sommer año mes semana día verano "
    "année mois semaine jour été"
)

ARTICLES = _words(
    "the de het der die das den dem des el la los las le les l a an een ein eine einen einem un una une"
)
DEFINITE = {
    "en": _words("the"),
    "nl": _words("de het"),
    "de": _words("der die das den dem des"),
    "es": _words("el la los las"),
    "fr": _words("le la les"),
}
PLACE_PREPOSITIONS = _words(
    "in at near from to around inside outside naar uit bij nach aus bei en de à dans vers te"
)
PREPOSITIONS = PLACE_PREPOSITIONS | _words(
    "on by for with during after before since against of about between under over until "
    "op voor met tijdens na sinds tegen van over tot über auf für mit während seit gegen von vor bis im am "
    "zur zum por para con durante desde contra sobre hasta pour avec pendant depuis contre sur par avant après"
)

QUESTION_WORDS = {
    "en": _words("who whom whose what which when where why how"),
    "nl": _words("wie wat welke welk wanneer waar waarom hoe hoeveel waarheen waarvoor waardoor"),
    "de": _words(
        "wer wen wem wessen was welche welcher welches wann wo warum wieso weshalb wie wieviel wieviele wohin"
    ),
    "es": _words("quién quiénes qué cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas adónde"),
    "fr": _words("qui que quoi quel quelle quels quelles quand où pourquoi comment combien qu"),
}
AUXILIARIES = {
    "en": _words(
        "is are was were do does did has have had can could will would should may might many much long old far"
    ),
    "nl": _words("is zijn was waren wordt werd werden heeft hebben had hadden kan kon zal zou veel lang oud ver"),
    "de": _words(
        "ist sind war waren wird wurde wurden hat haben hatte kann konnte soll viele viel lange alt weit"
    ),
    "es": _words("es son fue fueron era eran está están ha han había puede hay"),
    "fr": _words("est sont a ont était étaient sera peut fut va vont t est-ce"),
}

COUNTING = _words("hoeveel wieviel wieviele combien cuántos cuántas cuánto cuánta")
COUNTING_PAIRS = (["how", "many"], ["how", "much"], ["wie", "viele"], ["wie", "viel"])
