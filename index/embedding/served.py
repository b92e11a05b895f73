"""An embedding model behind an API: batches that its server takes, vectors that are checked, failures told."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain_core.embeddings import Embeddings

from index.embedding.endpoint import Endpoint, RefusedError, Vector
from index.embedding.prefixes import Prefixes
from index.errors import EmbeddingError
from index.network import HTTP_TO_HTTPS, Network, asked_at, chain, network_cause
from index.refusals import beside, cleaned, reasons
from index.told import SHOWN, Told, tell

_log = logging.getLogger(__name__)

_BATCH = 64
_CHARACTERS = 60_000
"""How many texts, and characters of them, go into a request, unless the server takes fewer."""

_SMALLEST = "news"
"""What every server can embed that can embed anything."""

_SIZE = re.compile(
    r"(?:larger than|maximum(?: allowed)?(?: batch)?(?: size)?|at most|up to|limit|max\w*)\D{0,16}(\d{1,4})\b",
    re.IGNORECASE,
)
_CUTS = (2, 4, 8)
"""A text that can't be embedded is tried with a half, a quarter and an eighth of it."""

_TRIES = 3
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 20.0
_BULK = 6
"""How many times as long as a question's vector a batch of passages may take."""

_KEY = tell("Check NEWSDESK_EMBEDDING_API_KEY.")
_MONEY = tell("Its account has no money or no quota left: check the account.")
_ADVICE = {
    401: _KEY,
    402: _MONEY,
    403: _KEY,
    404: tell("Check NEWSDESK_EMBEDDING, and NEWSDESK_EMBEDDING_BASE_URL, which mostly ends in /v1."),
    405: tell("Check NEWSDESK_EMBEDDING_BASE_URL, which mostly ends in /v1."),
    429: tell("It has too many requests, or no quota left: try again in a minute, or check the account."),
}
_TOLD = {
    "MONEY": _MONEY,
    "MEMORY": tell("Its server has too little memory for it: free some there, or choose a smaller model."),
    "KEY": _KEY,
    "MODEL": tell("Its server knows no such model, or has not loaded it: check NEWSDESK_EMBEDDING."),
}
"""What to do about what a server says in words, whatever the status."""

_NOT_OF_TEXTS = {401, 402, 403, 404, 405, 407, 408, 429}
"""Refusals that other texts would meet as well. Servers tell that they can't embed one with almost any other."""

_NO_EMBEDDINGS = re.compile(
    r"(?:not|n't) support (?:the )?embedding|--embedding|not an embedding model"
    r"|embedding\w*[^.]{0,20} (?:not (?:supported|enabled|available)|disabled)",
    re.IGNORECASE,
)
_UNUSABLE = "none of the vectors can be used"
_NO_VECTORS = tell(
    "What came is no vector for each text, but nothing, zeros, or one for each token: check NEWSDESK_EMBEDDING, "
    "and how its server was started (llama.cpp's: with --pooling mean)."
)
_NOT_STARTED = tell(
    "It embeds nothing: check NEWSDESK_EMBEDDING, and whether the server was started for embeddings."
)
_REQUEST = tell("Check NEWSDESK_EMBEDDING and NEWSDESK_EMBEDDING_BASE_URL.")
_SERVER = tell("Its server has a problem of its own: try again later; what was embedded until now is kept.")
_REACH = tell("Check that its server is up, and NEWSDESK_EMBEDDING_BASE_URL; what was embedded until now is kept.")
_IN_TIME = tell("The embedding model {name} gave no vectors in time. {advice}")
_UNREACHED = tell("The embedding model {name} gave no vectors: {why}. {advice}")
_REFUSED = tell("The embedding model {name} gave no vectors ({what}). {advice}")
_HTTPS = tell("The embedding model {name} gave no vectors: NEWSDESK_EMBEDDING_BASE_URL must begin with https://.")
_UNLIKE = tell(
    "The embedding model {name} gave vectors of {before} and of {now} numbers, so that they can't be compared. "
    "Check which model its server runs, then start again."
)
_NOT_THIS = tell("The embedding model {name} cannot embed this text. Try other words.")


@dataclass(slots=True)
class Found:
    """What was found of a server: texts that it takes at once, the length of its vectors."""

    batch: int = _BATCH
    dimension: int | None = None


@dataclass(slots=True)
class ServedEmbeddings(Embeddings):
    """The model called ``name`` at ``endpoint``. A question waits ``seconds`` for its vector."""

    name: str
    endpoint: Endpoint
    prefixes: Prefixes = field(default_factory=Prefixes)
    seconds: float = 10.0
    found: Found = field(default_factory=Found)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage. Raises ``EmbeddingError``, also if there is none for one of them."""
        vectors = self.embed_each(texts)
        return [[float(value) for value in self._whole(vector)] for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, after ``seconds`` at most. Raises ``EmbeddingError``."""
        deadline = time.monotonic() + self.seconds
        asked = self.prefixes.query + text
        try:
            (vector,) = self._asked([asked], deadline, question=True)
        except _TextsError:
            vector = self._in_part(asked, deadline, question=True)
        return [float(value) for value in self._whole(vector)]

    def embed_each(self, texts: Sequence[str]) -> list[Vector | None]:
        """One vector a passage; None for those that the server can't embed, not even in part.

        Raises ``EmbeddingError`` if it embeds nothing.
        """
        written = [self.prefixes.passage + text for text in texts]
        vectors: list[Vector | None] = []
        while len(vectors) < len(written):
            vectors += self._split(self._batch(written[len(vectors) :]))[0]
        return vectors

    def _batch(self, texts: list[str]) -> list[str]:
        count = total = 0
        for text in texts[: self.found.batch]:
            total += len(text)
            if count and total > _CHARACTERS:
                break
            count += 1
        return texts[:count]

    def _split(self, texts: list[str]) -> tuple[list[Vector | None], bool]:
        """Vectors of ``texts`` in one request, or in parts if there are too many; whether all are whole."""
        try:
            vectors = self._asked(texts, self._bulk())
        except _TextsError as error:
            if len(texts) == 1:
                return [self._in_part(texts[0], self._bulk())], False
            told = _SIZE.search(error.says)
            if told and 0 < int(told[1]) < len(texts):
                self.found.batch = int(told[1])
                size = self.found.batch
            else:
                size = len(texts) // 2
            parts = [self._split(texts[at : at + size]) for at in range(0, len(texts), size)]
            whole = all(each for _, each in parts)
            if whole:
                self.found.batch = min(self.found.batch, size)  # it was their number, not one of them
            return [vector for part, _ in parts for vector in part], whole
        found = zip(texts, vectors, strict=True)
        return [self._in_part(text, self._bulk()) if vector is None else vector for text, vector in found], True

    def _bulk(self) -> float:
        """Until when a request for passages may take that begins now."""
        return time.monotonic() + self.seconds * _BULK

    def _in_part(self, text: str, deadline: float, *, question: bool = False) -> Vector | None:
        """The vector of as much of ``text`` as the server can embed."""
        for part in _CUTS:
            shorter = text[: len(text) // part].strip()
            if not shorter:
                break
            try:
                (vector,) = self._asked([shorter], deadline, question=question)
            except _TextsError:
                continue
            if vector is not None:
                _log.info("%s embeds only the beginning of a passage: %.60s", self.name, text)
                return vector
        return None

    def _asked(self, texts: list[str], deadline: float, *, question: bool = False) -> list[Vector | None]:
        """One request, tried again if what failed may pass; raises ``_TextsError`` if the texts are at fault."""
        for tries in range(1, _TRIES + 1):
            try:
                vectors = self.endpoint.vectors(texts, deadline - time.monotonic(), question=question)
            except RefusedError as error:
                if error.status not in _NOT_OF_TEXTS and (error.status < 500 or tries > 1):
                    self._blame(texts, error, deadline)
                if error.status not in (408, 429) and error.status < 500:
                    raise self._told(error) from error
                failure: Exception = error
            except Exception as error:
                if any(map(network_cause, chain(error))) or isinstance(error, TimeoutError):
                    raise self._told(error) from error
                failure = error
            else:
                if self.found.dimension is None and all(vector is None for vector in vectors):
                    unusable = RefusedError(200, _UNUSABLE)
                    self._blame(texts, unusable, deadline)
                    raise self._told(unusable)
                self._check(vectors)
                return vectors
            pause = getattr(failure, "pause", None)
            pause = _FIRST_PAUSE * 2**tries if pause is None else pause
            if tries == _TRIES or pause > _LONGEST_PAUSE or time.monotonic() + pause >= deadline:
                raise self._told(failure) from failure
            time.sleep(pause)
        raise AssertionError

    def _blame(self, texts: list[str], error: RefusedError, deadline: float) -> None:
        """Raise ``_TextsError`` if the server embeds something else, so that ``texts`` are at fault."""
        try:
            (vector,) = self.endpoint.vectors([_SMALLEST], deadline - time.monotonic())
        except Exception:
            return
        if vector is not None and texts != [_SMALLEST]:
            raise _TextsError(error.says) from error

    def _check(self, vectors: Sequence[Vector | None]) -> None:
        for vector in vectors:
            if vector is None:
                continue
            self.found.dimension = self.found.dimension or vector.size
            if vector.size != self.found.dimension:
                before, now = str(self.found.dimension), str(vector.size)
                raise EmbeddingError(_UNLIKE.given(name=self.name, before=before, now=now))

    def _whole(self, vector: Vector | None) -> Vector:
        if vector is None:
            raise EmbeddingError(_NOT_THIS.given(name=self.name))
        return vector

    def _told(self, error: Exception) -> EmbeddingError:
        """For people. The server's own words are beside it, for the operator, and in the log."""
        refused = error if isinstance(error, RefusedError) else None
        words = refused.says if refused else cleaned(str(error), ())
        status = refused.status if refused else getattr(error, "status_code", None)
        aside = beside(words, status, refused.url if refused else asked_at(error), "NEWSDESK_EMBEDDING_HEADERS")
        why = type(error).__name__
        _log.warning("Embedding model %s failed: %s %s", self.name, why, aside, extra={SHOWN: True})
        return EmbeddingError(self._why(error, status, words).beside(aside))

    def _why(self, error: Exception, status: int | None, says: str) -> Told:
        if isinstance(error, TimeoutError):
            return _IN_TIME.given(name=self.name, advice=_REACH)
        if network := next(filter(None, map(network_cause, chain(error))), None):
            return _UNREACHED.given(name=self.name, why=network.value, advice=_REACH)
        if status is None:
            return _REFUSED.given(name=self.name, what=type(error).__name__, advice=_REACH)
        if status == 407:
            return _UNREACHED.given(name=self.name, why=Network.PROXY_LOGIN.value, advice=_REACH)
        if HTTP_TO_HTTPS.search(says):
            return _HTTPS.given(name=self.name)
        if says == _UNUSABLE:
            advice = _NO_VECTORS
        elif _NO_EMBEDDINGS.search(says):
            advice = _NOT_STARTED
        else:
            words = next((_TOLD[name] for name in reasons(says) if name in _TOLD), None)
            advice = words or _ADVICE.get(status) or (_SERVER if status >= 500 else _REQUEST)
        return _REFUSED.given(name=self.name, what=str(status), advice=advice)


class _TextsError(Exception):
    """The server refused these texts, or so many of them; ``says`` are its words."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says
