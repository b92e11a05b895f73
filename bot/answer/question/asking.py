"""What a question asks for: the kind of fact, and its words without what it asks about."""

from __future__ import annotations

import re

# A question that begins like "Did the runner who ..." wants a yes or a no, whatever else it asks.
_ASKS = {
    kind: re.compile(rf"(?<!\w)(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        "denial": r"^¿?(?:did|does|do|was|were|is|are|has|have|had|will|can|heeft|zijn|hat|haben|ist|sind|wird"
        r"|ha)",
        "number": r"how (?:many|much|old|long|far|high|large|big|often|fast|deep|tall|heavy|wide|strong)"
        r"|what (?:percentage|share|number|amount|price|sum)|what .{3,80} cost\b|hoeveel"
        r"|hoe (?:lang|oud|hoog|groot)|wie ?viele?|wie (?:lange|alt|hoch|groß)|cu[áa]nt[oa]s?|combien",
        "hour": r"(?:at )?what (?:time|hour)|hoe laat|um wie viel uhr|wie spät|a qué hora|à quelle heure",
        "day": r"when|(?:what|which) (?:day|date|week|month|year)|wanneer|wann|cu[áa]ndo|quand"
        r"|qué (?:día|fecha|mes)|welke (?:dag|datum)|an welchem tag",
        "cause": r"why|what (?:caused|made|killed|led|brought)|(?:what|which) .{0,30}(?:cause|reason)"
        r"|waarom|waardoor|warum|weshalb|wodurch"
        r"|por qu[ée]|pourquoi",
        "place": r"where|waar|wo|dónde|où",
        "name": r"who|whom|whose|which (?:group|company|firm|team|club|party|man|woman|person|player)"
        r"|wer|wen|wem|qui[ée]n(?:es)?|qui|wie (?=\w+(?:t|de|te|en)\b)",
    }.items()
}


def asked_for(question: str) -> str | None:
    """The kind of fact that ``question`` asks for.

    ``denial`` (a yes or a no), ``number``, ``hour``, ``day``, ``cause``, ``place`` or ``name``; None if not plain.
    """
    return next((kind for kind, pattern in _ASKS.items() if pattern.search(question)), None)
