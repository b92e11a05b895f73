"""Whatever happens to the articles, the store holds what a plain dictionary says it should."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from index.article import Article, passage_id
from index.library import Library
from index.store.sql.schema import KeptVersionRow
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.interruption import STEPS, KilledError, interrupt
from tests.index.news import long_text, write
from tests.properties import examples

NAMES = st.sampled_from(["a", "b", "c"])
FOLDERS = st.sampled_from(["one", "two"])
SOME_FOLDERS = st.lists(FOLDERS, min_size=1, max_size=2, unique=True)
TEXTS = st.lists(st.sampled_from(["mills", "dams", "owls", "kites"]), min_size=1, max_size=3, unique=True).map(
    lambda topics: long_text(*topics)
)
SCOPE = "shared"


class Newsroom(RuleBasedStateMachine):
    """Writes and deletes files in two folders, indexes them, is killed, removes, rebuilds, opens anew."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.words = WordEmbeddings()
        self.library = self.opened()
        self.files: dict[str, dict[str, str]] = {"one": {}, "two": {}}
        self.indexed: dict[str, dict[str, str]] = {"one": {}, "two": {}}
        self.kept: Counter[str] = Counter()

    def opened(self) -> Library:
        return Library(self.root / "home", "words", self.words, max_bytes=MAX_BYTES)

    @initialize()
    def folders(self) -> None:
        for folder in self.files:
            (self.root / folder).mkdir()

    @rule(folder=FOLDERS, name=NAMES, text=TEXTS)
    def put(self, folder: str, name: str, text: str) -> None:
        write(self.root / folder, **{name: text})
        self.files[folder][name] = text

    @precondition(lambda self: any(self.files.values()))
    @rule(folder=FOLDERS, name=NAMES)
    def delete(self, folder: str, name: str) -> None:
        if self.files[folder].pop(name, None) is not None:
            (self.root / folder / f"{name}.txt").unlink()

    @rule(folders=SOME_FOLDERS)
    def index(self, folders: list[str]) -> None:
        embedded, known = len(self.words.embedded_of_articles), set(self.words.embedded_of_articles)
        report = self.library.sync([str(self.root / folder) for folder in folders], SCOPE)
        before = [self.indexed[folder] for folder in folders]
        after = [dict(self.files[folder]) for folder in folders]
        pairs = list(zip(before, after, strict=True))
        assert report.added == sum(len(new.keys() - old.keys()) for old, new in pairs)
        assert report.removed == sum(len(old.keys() - new.keys()) for old, new in pairs)
        both = [(old[name], new[name]) for old, new in pairs for name in old.keys() & new.keys()]
        assert report.unchanged == sum(old == new for old, new in both)
        assert report.updated == len(both) - report.unchanged
        assert len(report.failures) == sum(not old and not new for old, new in pairs)
        assert not known & set(self.words.embedded_of_articles[embedded:])
        self.now_holds(folders)

    @rule(folders=SOME_FOLDERS, step=st.sampled_from(sorted(STEPS)), turn=st.integers(1, 3), done=st.booleans())
    def index_and_be_killed(self, folders: list[str], step: str, turn: int, done: bool) -> None:
        """Opened again, the store agrees with itself, and each article is the old one or the new one."""
        with pytest.MonkeyPatch.context() as patch:
            interrupt(patch, *STEPS[step], turn=turn, done=done)
            with suppress(KilledError):
                self.library.sync([str(self.root / folder) for folder in folders], SCOPE)
        self.reopen()
        assert self.library.disagreements() == set()
        possible = {
            text for held in (self.indexed, self.files) for texts in held.values() for text in texts.values()
        }
        assert {article.text for article in self.articles()} <= possible
        self.library.sync([str(self.root / folder) for folder in folders], SCOPE)
        self.now_holds(folders)

    def now_holds(self, folders: list[str]) -> None:
        """Note that ``folders`` were indexed: what is no longer said is kept for old citations."""
        for folder in folders:
            old, new = self.indexed[folder], dict(self.files[folder])
            self.kept.update(text for name, text in old.items() if new.get(name) != text)
            self.indexed[folder] = new

    @rule(folder=FOLDERS, name=NAMES)
    def remove(self, folder: str, name: str) -> None:
        text = self.indexed[folder].get(name)
        source = self.library.registry.source_pk(SCOPE, self.library.canonical(str(self.root / folder)))
        known = self.library.registry.known_articles(source).get(f"{name}.txt")
        assert (known is None) is (text is None)
        if known and text:
            assert self.library.remove(SCOPE, known.id)
            self.kept.update([self.indexed[folder].pop(name)])

    @rule(folder=FOLDERS)
    def remove_source(self, folder: str) -> None:
        removed = self.library.remove_source(SCOPE, str(self.root / folder), articles=True)
        assert (removed or 0) == len(self.indexed[folder])
        self.kept.update(self.indexed[folder].values())
        self.indexed[folder] = {}

    @rule()
    def rebuild(self) -> None:
        assert self.library.rebuild() == 0

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = self.opened()
        assert self.library.examine() == []

    def articles(self) -> list[Article]:
        refs = self.library.articles([SCOPE])
        return [article for ref in refs if (article := self.library.article([SCOPE], ref.id))]

    @invariant()
    def the_store_holds_what_was_indexed(self) -> None:
        articles = self.articles()
        texts = [text for folder in self.indexed.values() for text in folder.values()]
        assert sorted(article.text for article in articles) == sorted(texts)
        with Session(self.library.registry.engine) as session:
            assert Counter(session.scalars(select(KeptVersionRow.text))) == self.kept
        # Each topic is a passage of its own.
        expected = {
            passage_id(SCOPE, article.id, paragraph)
            for article in articles
            for paragraph in article.text.split("\n\n")
        }
        assert self.library.registry.passage_ids(SCOPE) == expected
        assert self.library._vectors.ids(SCOPE) == expected
        assert self.library._lexical.ids(SCOPE) == expected

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.root)


TestNewsroom = pytest.mark.long(Newsroom.TestCase)
TestNewsroom.settings = settings(
    max_examples=examples(80), stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
