"""Who says it: in a sentence, and in the evidence behind it. A claim keeps its speaker, and never gets another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer.evidence.facts import content_words, names
from bot.answer.evidence.quotes import QUOTATION_MARKS
from bot.answer.evidence.speakers import speakers
from index.text.names import name_key
from index.text.sentences import Span as Range

_SAYS = (
    r"(?:puts?(?= [^.;,]{3,60} at )|estimates?|estimated(?! \d)|reckons?|"
    r"(?:is|are|was|were) (?:certain|sure|convinced|confident)(?= that)"
    r"|said|says|say|wrote|writes|told|tells|adds|added|claimed|claims|claim|stated|states|stressed|stresses|warned|"
    r"warns|argued|argues|insisted|insists|denied|denies|deny|explained|explains|acknowledged|replied|replies|"
    r"answered|answers|responded|responds|countered|counters|asserted|asserts|declared|declares|"
    r"pointed out|points out|conceded|admitted|admits|maintains|maintained|alleges|alleged|announced|announces|"
    r"zei|zegt|zeggen|zeiden|schreef|"
    r"schrijft|meldde|meldt|stelde|stelt|beweert|beweerde|sagte|sagt|sagen|sagten|schrieb|schreibt|erklärte|erklärt|"
    r"betonte|betont|behauptet|dijo|dice|dicen|dijeron|afirmó|afirma|declaró|declara|añadió|aseguró|asegura)"
)
_ACCORDING = re.compile(
    r"\b(?:according to|volgens|aldus|laut|zufolge|nach Angaben (?:von|des|der)|según)\s+(?P<who>[^,.;:!?]{2,80})",
    re.IGNORECASE,
)
_SAID = re.compile(rf"(?:\b(?:has|had|have|also|later|then) )?\b{_SAYS}\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|who|we|i|hij|zij|ze|er|sie|es|él|ella|ellos|one|others|officials|both(?: \w+)?"
    r"|the two(?: \w+)?)$",
    re.IGNORECASE,
)
_NAME = (
    r"[^\W\d_a-zß-öø-ÿ][\w'’&.-]*"
    r"(?: (?:(?:van|von|de|der|den|di|da|al|of|the|la) ){0,2}[^\W\d_a-zß-öø-ÿ][\w'’-]+)*"
)
_NAME_RUN = re.compile(_NAME)
_INVERTED = re.compile(rf"^\s+(?P<who>(?:(?:the|a|de|het|der|die|el|la) )?(?:[\w'’-]+ ){{0,3}}?{_NAME})")
_DETERMINED = re.compile(r"(?:the|its|their|his|her|a|an|de|het|der|die|das|el|la|los|las)\b", re.IGNORECASE)
_LONGEST = 6
"""Words; a longer phrase before a verb of speech is more than a name, and not shown as one."""
_CLAUSE = 500
"""Characters before a verb of speech among which its subject is looked for."""
_QUOTED = re.compile(rf"[{re.escape('“„«»”' + chr(34))}][^“„«»”\"]*[“”»«\"]?")
_CUT = re.compile(
    r"[,;:–—(]|\b(?:and|but|while|that|en|maar|und|aber|y|pero|dat|dass|que"
    r"|had|hadden|heeft|hebben|moet|moest|moeten|zou|wordt|werd|hat|hatte|haben|wird|wurde|muss|soll)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something: ``phrase`` as it is written; empty for a pronoun."""

    phrase: str

    @property
    def words(self) -> frozenset[str]:
        """What the phrase is recognised by: the stems of its words and the keys of its names."""
        found = re.findall(r"[^\W\d_]+", self.phrase)
        names = [word for word in found if word[0].isupper() and not _DETERMINED.fullmatch(word)]
        return frozenset(content_words(self.phrase)) | set(map(name_key, names))

    @property
    def shown(self) -> str | None:
        """The phrase as a reader can be shown it: a name, or a few words with an article; None if unsure."""
        runs = [
            run for run in _NAME_RUN.findall(self.phrase) if not (_DETERMINED.fullmatch(run) or _possessive(run))
        ]
        if len(runs) == 1 and not _DETERMINED.match(runs[0]):
            return str(runs[0])
        phrase = self.phrase.strip()
        if len(phrase.split()) <= _LONGEST and _DETERMINED.match(phrase) and not _possessive(phrase):
            return phrase[0].upper() + phrase[1:]
        return None


def _possessive(phrase: str) -> bool:
    return bool(re.search(r"['’]s?$", phrase))


def sources(text: str) -> list[Source]:
    """Those whom ``text`` names as the source of something, outside its quotation marks, in order."""
    told = _QUOTED.sub(" \0 ", text)
    found = [
        (match.start(), Source(_first_phrase(match["who"], told[match.end() :])))
        for match in _ACCORDING.finditer(told)
    ]
    for match in _SAID.finditer(told):
        before = _subject(told[max(0, match.start() - _CLAUSE) : match.start()])
        behind = _INVERTED.match(told[match.end() :])
        if not before and behind:
            found.append((match.start(), Source(behind["who"])))
        elif before:
            found.append((match.start(), Source("" if _PRONOUN.match(before) else before)))
    return [source for _, source in sorted(found, key=lambda pair: pair[0])]


def _first_phrase(words: str, behind: str) -> str:
    phrase = re.split(r"\d", _CUT.split(words)[0])[0].replace("\0", "").strip()
    aside = re.match(rf", ({_NAME}),", behind)  # "the opposition leader, Dario Quint,"
    return f"{phrase}, {aside[1]}" if aside else phrase


def _subject(before: str) -> str:
    """The words that stand before a verb in its clause, with an aside between commas."""
    head, aside = before.rstrip(), ""
    if head.endswith(","):
        first, _, second = head[:-1].rpartition(",")
        if first and second and "\0" not in second:
            head, aside = first, f",{second}"
    parts = re.split(r"[,;:.!?](?=\s|$)|\0|\b(?:and|but|while)\b", head)
    subject = re.sub(r"^\W+|\W+$", "", parts[-1])
    return subject + aside if subject else ""


def source_of(passage: str, sentences: Sequence[Range], start: int) -> Source | None:
    """Who says the words that begin at ``start`` of ``passage``; None if nobody, or if it can't be told.

    ``sentences`` are those of the passage. Words in a quotation, or in a clause that reports, have the source
    that the sentence names, or the one its paragraph tells (``speakers``).
    """
    index = next((number for number, (_, stop) in enumerate(sentences) if stop > start), None)
    if index is None:
        return None
    first, last = sentences[index]
    sentence = passage[first:last]
    segment_start, segment = _segment(sentence, start - first)
    named = sources(segment)
    inside = start - first - segment_start
    if named and _governs(segment, inside):
        source = next((one for one in named if one.phrase), None)
        if source:
            return source
    elif not _in_quotation(passage, start):
        return None
    told = speakers(passage, sentences)[index]
    if told:
        return Source(told)
    return Source("") if named else None


def _segment(sentence: str, offset: int) -> tuple[int, str]:
    """The part of a sentence between semicolons that ``offset`` is in, and where it begins."""
    begin = sentence.rfind(";", 0, max(offset, 0)) + 1
    end = sentence.find(";", max(offset, 0))
    return begin, sentence[begin : end if end >= 0 else None]


def _governs(segment: str, offset: int) -> bool:
    """Whether a report in ``segment`` covers what stands at ``offset``."""
    reports = [
        *_ACCORDING.finditer(segment),
        *_SAID.finditer(_QUOTED.sub(lambda match: " " * len(match[0]), segment)),
    ]
    for report in reports:
        if report.start() >= offset:
            between = segment[offset : report.start()]
            joint = re.search(r"\b(?:but|while|maar|terwijl|aber|während|pero|mientras)\b", between)
        else:
            between = segment[report.end() : offset]
            joint = re.search(r"[.!?]\s|, (?:but|while|and|maar|terwijl|aber|während|pero|mientras)\b", between)
        if not joint:
            return True
    return False


def _in_quotation(passage: str, start: int) -> bool:
    before = passage[passage.rfind("\n", 0, start) + 1 : start]
    opening = sum(before.count(mark) for mark in "“„«")
    closing = sum(before.count(mark) for mark in "”»")
    return opening > closing or before.count('"') % 2 == 1 or passage[start : start + 1] in QUOTATION_MARKS


def wrong_sources(
    sentence: str,
    said_by: Sequence[Source | None],
    nearby: Sequence[str],
    antecedents: Sequence[str],
    *,
    translated: bool,
) -> Iterator[str]:
    """The sources that ``sentence`` names for what another one says, or that nobody near the quote is.

    ``said_by`` are the sources of the evidence, ``nearby`` the texts that may name one where the evidence itself
    doesn't: the sentences around it, the outlet, the author, the title. Where a pronoun is the source, only
    ``antecedents`` may name it: the last sentences before the evidence that have names.
    """
    known = [source.words for source in said_by if source and source.phrase]
    by_pronoun = not known and any(said_by) and bool(antecedents)
    around = _words_of(nearby)
    for source in sources(sentence):
        words = source.words
        if translated:
            words = frozenset(name_key(name) for name in names(f"X {source.phrase}", None))
        if not words:
            continue
        others = {word for group in known for word in group}
        if others and not translated and not _meet(words, others):
            yield f"{source.phrase} (the quote has another source)"
        elif not _meet(words, others | (_words_of(antecedents) if by_pronoun else around)):
            yield f"{source.phrase} (not named as the source)"


def _words_of(texts: Sequence[str]) -> set[str]:
    return {word for text in texts for word in Source(text).words}


def _meet(words: frozenset[str], others: set[str]) -> bool:
    return any(
        word == other or (min(len(word), len(other)) >= 4 and word[:4] == other[:4])
        for word in words
        for other in others
    )
