"""The ``/embeddings`` of OpenAI's protocol as servers really speak it: one request, its vectors checked."""

from __future__ import annotations

import base64
import binascii
import json
import re
import time
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import httpx2
import numpy as np
import numpy.typing as npt

from index.address import Address, nothing_there
from index.network import MOST_REDIRECTS, carry
from index.refusals import cleaned, words_in

Vector = npt.NDArray[np.float32]

_LONGEST = 400_000_000
_OPTION = re.compile(r"encoding_format|base64", re.IGNORECASE)
_KIND = "input_type"
_KINDS = (("query", "passage"), ("search_query", "search_document"), ("query", "document"))
"""The field in which some servers want to be told what a text is, and what they call a question and a passage:
NVIDIA's, Cohere's, Voyage's.
"""


class RefusedError(Exception):
    """The server refused a request with ``status``, in the words ``says``; or 200: what it sent isn't vectors."""

    def __init__(
        self, status: int, says: str, pause: float | None = None, url: str = "", *, nothing: bool = False
    ) -> None:
        """``says`` holds no secrets. ``nothing``: the server has no API at that path."""
        super().__init__(f"{status}: {says[:300]}")
        self.status = status
        self.says = says
        self.pause = pause
        self.url = url
        self.nothing = nothing


class Endpoint(Protocol):
    """Something that gives vectors."""

    def vectors(self, texts: Sequence[str], seconds: float, *, question: bool = False) -> list[Vector | None]:
        """One vector a text, in order; None for those that can't be used: empty, or not made of numbers.

        ``question``: they are questions, not passages.

        Raises ``RefusedError``, ``TimeoutError`` after so many ``seconds``, and whatever the network raises.
        """
        ...


class OpenAIEndpoint:
    """An OpenAI-compatible server. Nothing is read from other programs' variables but proxies and certificates."""

    def __init__(self, base_url: str, model: str, key: str | None, headers: Mapping[str, str]) -> None:
        """Only the server at ``base_url`` gets ``headers``.

        Raises ``ValueError`` or ``ImportError`` for a proxy in the environment that can't be used.
        """
        self._address = Address(base_url)
        self._model = model
        self._options: dict[str, Any] = {"encoding_format": "float"}
        self._kinds: tuple[tuple[str, str] | None, ...] = (None, *_KINDS)
        self._secrets = [*([key] if key else []), *headers.values()]
        self._client = httpx2.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            follow_redirects=True,
            max_redirects=MOST_REDIRECTS,
            event_hooks={"request": [lambda request: carry(request, headers, base_url)]},
        )

    @property
    def answers_at(self) -> str | None:
        """The address at which the server answers, if that is not the one that was set."""
        return self._address.answers_at

    def vectors(self, texts: Sequence[str], seconds: float, *, question: bool = False) -> list[Vector | None]:
        """See ``Endpoint.vectors``. What a text's vector is, its ``index`` says, not its place."""
        deadline = time.monotonic() + seconds
        while True:
            form = self._options, self._kinds
            try:
                body = self._post(texts, deadline, question)
                break
            except RefusedError as error:
                if form == (self._options, self._kinds) and not self._learns(error):
                    raise  # otherwise another thread has learnt meanwhile
        data = body.get("data") if isinstance(body, dict) else None
        if not isinstance(data, list) or len(data) != len(texts):
            count = len(data) if isinstance(data, list) else "no"
            raise RefusedError(200, f"{count} vectors came for {len(texts)} texts", url=self._address.current)
        ordered: list[Vector | None] = [None] * len(texts)
        for index, item in zip(_places(data), data, strict=True):
            ordered[index] = usable(item.get("embedding") if isinstance(item, dict) else item)
        return ordered

    def _learns(self, error: RefusedError) -> bool:
        """Whether to ask again in another form, after the server's words."""
        if error.status not in (400, 422):
            return False
        if _KIND in error.says and len(self._kinds) > 1:
            self._kinds = self._kinds[1:]
            return True
        if self._options and _OPTION.search(error.says):
            self._options = {}
            return True
        return False

    def _post(self, texts: Sequence[str], deadline: float, question: bool) -> Any:
        """What the server answers; below ``/v1`` from then on, where only that is there."""
        asked = self._address.current
        try:
            return self._post_at(asked, texts, deadline, question)
        except RefusedError as error:
            other = self._address.instead_of(asked) if error.nothing else None
            if other is None:
                raise
            try:
                return self._post_at(other, texts, deadline, question)
            except Exception as second:
                if not isinstance(second, RefusedError) or second.nothing:
                    raise error from None
                raise

    def _post_at(self, base_url: str, texts: Sequence[str], deadline: float, question: bool) -> Any:
        """What the server answers at ``base_url``; the address is noted if something is there."""
        try:
            answer = self._post_once(f"{base_url}/embeddings", texts, deadline, question)
        except RefusedError as error:
            if not error.nothing:
                self._address.answered(base_url, error.status)
            raise
        self._address.answered(base_url, 200)
        return answer

    def _post_once(self, url: str, texts: Sequence[str], deadline: float, question: bool) -> Any:
        left = max(0.05, deadline - time.monotonic())
        content = bytearray()
        body = {"model": self._model, "input": list(texts), **self._options}
        if kinds := self._kinds[0]:
            body[_KIND] = kinds[0 if question else 1]
        try:
            with self._client.stream("POST", url, json=body, timeout=left) as response:
                for part in response.iter_bytes():
                    content += part
                    if time.monotonic() > deadline or len(content) > _LONGEST:
                        raise TimeoutError
        except httpx2.TimeoutException as error:
            raise TimeoutError from error
        text = content.decode("utf-8", "replace")
        try:
            answer = json.loads(text)  # NaN is read as well: which vector has one is looked for later
        except ValueError:
            raise self._refused(response, f"no JSON came: {words_in(text)}") from None
        failed = isinstance(answer, dict) and bool(answer.get("error"))
        if response.status_code != 200 or failed:
            raise self._refused(response, words_in(answer))
        return answer

    def _refused(self, response: httpx2.Response, says: str) -> RefusedError:
        pause = _pause(response.headers.get("retry-after"))
        kind = response.headers.get("content-type", "").partition(";")[0]
        nothing = nothing_there(response.status_code, kind, says)
        says = cleaned(says, self._secrets)
        return RefusedError(response.status_code, says, pause, str(response.url), nothing=nothing)


def _places(data: Sequence[Any]) -> list[int]:
    """For which text each item is: its ``index``, or its place if the server numbers none of them, or all alike.

    Raises ``RefusedError`` if that doesn't fit.
    """
    places = list(range(len(data)))
    stated = [item.get("index") if isinstance(item, dict) else None for item in data]
    if all(one in (None, stated[0]) for one in stated) or stated == [place + 1 for place in places]:
        return places
    if sorted(one for one in stated if isinstance(one, int)) != places:
        raise RefusedError(200, "vectors came for texts that were not sent, or two for one")
    return [int(one) for one in stated if one is not None]


def usable(values: Any) -> Vector | None:
    """``values``, numbers or base64 of them, as a vector; None if there is none in them."""
    try:
        if isinstance(values, str):
            vector = np.frombuffer(base64.b64decode(values, validate=True), "<f4")
        else:
            vector = np.asarray(values, np.float32)
    except (ValueError, TypeError, binascii.Error):
        return None
    return vector if vector.ndim == 1 and vector.size and np.isfinite(vector).all() and vector.any() else None


def _pause(value: str | None) -> float | None:
    """The seconds that a server asks to be left alone."""
    try:
        return max(0.0, float(value or ""))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value or "").timestamp() - time.time())
    except (ValueError, TypeError):
        return None
