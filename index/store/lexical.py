"""The full text, in tantivy: BM25 over stemmed words, and over the keys of names.

An article's words are stemmed by the rules of its language, and a question's by those of every language that there
are articles in: whether it is asked in one of them need not be known.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import tantivy
from tantivy import Occur, Query, TextAnalyzerBuilder, Tokenizer

from index.errors import StoreError
from index.store.stems import bigrams, plain_words, stem, stemmer_of, stems
from index.text.names import keys_of, name_key, names_in, similar_keys

_WRITER_BYTES = 50_000_000
_NUMBER_OF_DAYS = 99_999_999
# In a library of one article its main name stands in every passage; that makes it no empty word.
_ORDINARY_LIBRARY = 2000
# Raised when words are put into the full text in another way: an older one is built anew from the registry.
_VERSION = 2
_WORDS = f"words-{_VERSION}"
# Words that ask, and say nothing of what is asked about. In a small library they would weigh as much as names.
_ASKING = frozenset(
    "who whom whose what when where why how which did does do is are was were has have had will would can could "
    "the a an of in on to tell me about there "
    "wer wen wem wessen was wann wo warum wieso wie welche welcher welches ist sind war waren hat haben der die "
    "das wie wat wanneer waar waarom hoe welke hoeveel heeft hebben zijn werd de het een "
    "quién quiénes qué cuándo dónde por cómo cuál cuáles cuánto cuánta cuántos cuántas el la los las "
    "qui que quoi quand où pourquoi comment quel quelle quels quelles combien est le les".split()
)


@dataclass(frozen=True, slots=True)
class LexicalRecord:
    """A passage as the full text keeps it; ``words`` is everything to be found: title, heading and text."""

    id: str
    scope: str
    words: str
    day: int
    source: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question.

    ``stems`` are looked up, one for each way in which articles are stemmed; ``keys`` are name keys that also
    count as this word, with their weight (0..1). ``idf`` is log(1 + (N - df + .5) / (df + .5)), highest for a word
    that no passage holds; it is what BM25 scores add up to. ``weight`` is the same as if the library were not
    small: what the word tells, 0 for a bigram.
    """

    word: str
    stems: tuple[str, ...]
    keys: tuple[tuple[str, float], ...]
    idf: float
    weight: float


class Lexical:
    """Full-text search over passages."""

    def __init__(self, folder: Path) -> None:
        """Open the full text in ``folder``, which is made if need be. Raises ``StoreError`` if that fails."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._index.register_tokenizer(_WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
            self._meta = folder / "meta.json"
            self._reload()
        except (OSError, ValueError) as error:
            raise StoreError(
                f"The full text in {folder} cannot be opened: {error}. "
                "Make room on the disk, or delete that folder: it is rebuilt from the registry."
            ) from error

    def close(self) -> None:
        """Let go of the folder."""
        del self._index

    def _reload(self) -> None:
        self._seen = self._written()
        self._index.reload()
        self._opened = _View(self._index.searcher())

    def _written(self) -> tuple[int, int]:
        """Changes whenever this or another process commits."""
        try:
            status = self._meta.stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_ino

    @property
    def _view(self) -> _View:
        if self._written() != self._seen:
            self._reload()
        return self._opened

    def update(self, add: Sequence[LexicalRecord], delete: Iterable[str] = ()) -> None:
        """Add or replace passages and delete others, in one commit. Raises ``StoreError``."""
        with self._commit() as writer:
            for passage_id in (*delete, *(record.id for record in add)):
                writer.delete_documents_by_term("id", passage_id)
            for record in add:
                writer.add_document(_document(record))

    def rebuild(self, records: Iterable[LexicalRecord]) -> None:
        """Replace the whole full text in one commit, until which searches see the old. Raises ``StoreError``."""
        with self._commit() as writer:
            writer.delete_all_documents()
            for record in records:
                writer.add_document(_document(record))

    @contextmanager
    def _commit(self) -> Iterator[tantivy.IndexWriter]:
        try:
            writer = self._index.writer(_WRITER_BYTES, 1)
            try:
                yield writer
                writer.commit()
            finally:
                writer.wait_merging_threads()  # which also gives back tantivy's lock
        except (OSError, ValueError) as error:
            raise StoreError(
                f"The full text could not be written: {error}. Make room on the disk, or run newsdesk doctor."
            ) from error
        self._reload()

    def terms(self, question: str) -> list[Term]:
        """The distinct words of a question, weighed; names with the other spellings that the articles use."""
        terms: dict[tuple[str, ...], Term] = {}
        asked = plain_words(question)
        for number, word in enumerate(asked + bigrams(question)):
            if word.lower() not in _ASKING:
                looked_up = self._stems(word)
                if looked_up and looked_up not in terms:
                    term = self._term(word, looked_up, starts=number == 0)
                    # Most bigrams run from one word into the next: that no passage has one tells nothing.
                    terms[looked_up] = term if number < len(asked) else replace(term, weight=0.0)
        return list(terms.values())

    def _stems(self, word: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (stem(word, stemmer) for stemmer in self._view.stemmers))))

    def _term(self, word: str, looked_up: tuple[str, ...], *, starts: bool) -> Term:
        searcher = self._view.searcher
        frequency = max(searcher.doc_freq("words", stem) for stem in looked_up)
        keys: list[tuple[str, float]] = []
        # A known word at the start of the question is capitalised for that reason only.
        if frequency == 0 or (names_in(word) and not starts):
            keys = self._spellings(word, known=frequency > 0)
        frequency = max([frequency, *(searcher.doc_freq("names", key) for key, _ in keys)])
        passages = searcher.num_docs
        return Term(
            word,
            looked_up,
            tuple(keys),
            _idf(frequency, passages),
            _idf(frequency, max(passages, _ORDINARY_LIBRARY)),
        )

    def _spellings(self, word: str, *, known: bool) -> list[tuple[str, float]]:
        key = name_key(word)
        if len(key) < 3:
            return []
        if self._view.searcher.doc_freq("names", key):
            return [(key, 1.0)]
        return [] if known else similar_keys(key, self._view.name_keys)

    def query(
        self,
        scope: str,
        terms: Sequence[Term],
        k: int,
        since: int | None = None,
        until: int | None = None,
        source: str | None = None,
    ) -> dict[str, float]:
        """The ``k`` best passages of a scope: BM25 by passage id, best first."""
        if not terms:
            return {}
        conditions = [Query.term_query(self._schema, "scope", scope)]
        if since is not None or until is not None:
            # An undated passage has day 0, which is in no range.
            conditions.append(
                Query.range_query(
                    self._schema, "day", tantivy.FieldType.Integer, since or 1, until or _NUMBER_OF_DAYS
                )
            )
        if source is not None:
            conditions.append(Query.term_query(self._schema, "source", source))
        clauses = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
        wanted = Query.boolean_query([(Occur.Should, self._term_query(term)) for term in terms])
        searcher = self._view.searcher
        hits = searcher.search(Query.boolean_query([*clauses, (Occur.Must, wanted)]), k, count=False).hits
        return {searcher.doc(address)["id"][0]: float(score) for score, address in hits}

    def _term_query(self, term: Term) -> Query:
        spellings = [Query.term_query(self._schema, "words", stem) for stem in term.stems]
        spellings += [
            Query.boost_query(Query.term_query(self._schema, "names", key), weight) for key, weight in term.keys
        ]
        return Query.disjunction_max_query(spellings) if len(spellings) > 1 else spellings[0]

    def coverage(self, terms: Sequence[Term], words: str) -> float:
        """The share (0..1) of the question's weight whose words, or spellings of them, stand in ``words``."""
        total = sum(term.weight for term in terms)
        if not total:
            return 0.0
        found = {stem for stemmer in self._view.stemmers for stem in stems(words, stemmer)}
        keys = set(keys_of(names_in(words)))
        covered = sum(
            term.weight
            * max([not found.isdisjoint(term.stems), *(weight for key, weight in term.keys if key in keys)])
            for term in terms
        )
        return covered / total

    def ids(self, scope: str | None = None) -> set[str]:
        """The id of every passage in the full text, or of those of one scope."""
        which = Query.all_query() if scope is None else Query.term_query(self._schema, "scope", scope)
        return {term for term, _ in self._view.searcher.terms_with_prefix("id", "", which)}


def is_outdated(folder: Path) -> bool:
    """Whether the full text in ``folder`` was written by an earlier version, in another way."""
    try:
        return _WORDS not in (folder / "meta.json").read_text("utf-8")
    except (OSError, UnicodeError):
        return False


class _View:
    """What is searched between two commits."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher

    @cached_property
    def name_keys(self) -> list[str]:
        return [key for key, _ in self.searcher.terms_with_prefix("names", "")]

    @cached_property
    def stemmers(self) -> list[str]:
        """The stemmers of the articles there are."""
        return [name for name, _ in self.searcher.terms_with_prefix("stemmer", "")] or [stemmer_of(None)]


def _idf(frequency: int, passages: int) -> float:
    return math.log(1 + (max(passages - frequency, 0) + 0.5) / (frequency + 0.5))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("scope", tokenizer_name="raw")
    builder.add_text_field("source", tokenizer_name="raw")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("stemmer", tokenizer_name="raw")
    builder.add_text_field("words", tokenizer_name=_WORDS, index_option="freq")
    builder.add_text_field("names", tokenizer_name="raw", index_option="freq")
    return builder.build()


def _document(record: LexicalRecord) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", record.id)
    document.add_text("scope", record.scope)
    document.add_text("source", record.source)
    document.add_integer("day", record.day)
    stemmer = stemmer_of(record.language)
    document.add_text("stemmer", stemmer)
    document.add_text("words", " ".join(stems(record.words, stemmer)))
    for key in keys_of(names_in(record.words)):
        document.add_text("names", key)
    return document
