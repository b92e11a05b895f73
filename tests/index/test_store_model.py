"""Whatever happens to the articles, the store holds what a plain dictionary says it should."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from index.article import passage_id
from index.library import Library
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import long_text, write

NAMES = st.sampled_from(["a", "b", "c"])
FOLDERS = st.sampled_from(["one", "two"])
TEXTS = st.lists(st.sampled_from(["mills", "dams", "owls", "kites"]), min_size=1, max_size=3, unique=True).map(
    lambda topics: long_text(*topics)
)
SCOPE = "shared"


class Newsroom(RuleBasedStateMachine):
    """Writes and deletes files in two folders, indexes them, and now and then opens the store anew."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.words = WordEmbeddings()
        self.library = self.opened()
        self.files: dict[str, dict[str, str]] = {"one": {}, "two": {}}
        self.indexed: dict[str, dict[str, str]] = {"one": {}, "two": {}}

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

    @rule(folders=st.lists(FOLDERS, min_size=1, max_size=2, unique=True))
    def index(self, folders: list[str]) -> None:
        embedded, known = len(self.words.embedded), set(self.words.embedded)
        report = self.library.sync([str(self.root / folder) for folder in folders], SCOPE)
        before = [self.indexed[folder] for folder in folders]
        after = [dict(self.files[folder]) for folder in folders]
        pairs = list(zip(before, after, strict=True))
        assert report.added == sum(len(new.keys() - old.keys()) for old, new in pairs)
        assert report.removed == sum(len(old.keys() - new.keys()) for old, new in pairs)
        kept = [(old[name], new[name]) for old, new in pairs for name in old.keys() & new.keys()]
        assert report.unchanged == sum(old == new for old, new in kept)
        assert report.updated == len(kept) - report.unchanged
        assert len(report.failures) == sum(not old and not new for old, new in pairs)
        assert not known & set(self.words.embedded[embedded:])
        self.indexed |= dict(zip(folders, after, strict=True))

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = self.opened()

    @invariant()
    def the_store_holds_what_was_indexed(self) -> None:
        texts = sorted(text for folder in self.indexed.values() for text in folder.values())
        refs = self.library.articles([SCOPE])
        articles = [article for ref in refs if (article := self.library.article([SCOPE], ref.id))]
        assert sorted(article.text for article in articles) == texts
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


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(
    max_examples=60, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
