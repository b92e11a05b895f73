"""Makes a follow-up stand on its own without a chat model: in any language, from the turn before."""

from __future__ import annotations

import re

from bot.answer.question.turn import Turn

_AROUND = " ?¿¡!.,;:"
"""What stands around a question and is no part of it."""
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’-]+(?: [^\W\d_a-zß-öø-ÿ][\w'’-]+)*"
_FRAGMENT = re.compile(rf"(?:\w+ )?(?P<before>\w+) (?:(?P<year>\d{{4}})|(?P<name>{_NAME}))")
_CONTEXT = re.compile(r"(.*) \(([^()]*)\)(?=\??$)")


def completed(question: str, last: Turn) -> str:
    """``question``, known to lack its subject, with what the turn before it asked, in parentheses.

    "And in Dnipro?" is the question before with "in Dnipro" for "in Kharkiv".
    """
    bare, asked = question.strip(_AROUND), last.standalone.strip(_AROUND)
    if fragment := _FRAGMENT.fullmatch(bare):
        kind = r"\d{4}" if fragment["year"] else _NAME
        alike = list(re.finditer(rf"(?<=\b{fragment['before']} ){kind}", asked))
        if alike:
            start, end = alike[-1].span()
            return f"{asked[:start]}{fragment['year'] or fragment['name']}{asked[end:]}?"
    context = _CONTEXT.match(asked)
    return f"{bare} ({context[2] if context else asked})?"


def own_words(question: str) -> str:
    """``question`` without what it got from the one before."""
    return _CONTEXT.sub(r"\1", question)
