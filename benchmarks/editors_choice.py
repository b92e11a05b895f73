"""``python -m benchmarks.editors_choice EVAL``: what editors choose for a summary, and how well that is met.

Editors who knew nothing of the code chose up to five sentences in each of 590 articles, the most important first,
named some that would do as well, all that must not be in any summary or can't be understood alone, and what each
sentence does. 555 articles are of three corpora in the folder EVAL, of which ids and digests of sentences are kept
(``sets/editors_choice.jsonl``); 35 are invented, in four other languages. Weights are fitted on four fifths of the
articles and asked of the fifth, in turn; "quoted" are whole summaries, whose weights were fitted to these, too.
``--write`` puts those of the roles in force, and prints the others.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from benchmarks.choosing import Choice, fitted_roles, fitted_turns, folds, taken, turns_of, with_roles
from benchmarks.editing import library_of
from bot.answer.disagreement.statements import statements
from bot.summary.choosing.salience import Floats
from bot.summary.choosing.turns import TURNS, Turns
from bot.summary.choosing.worth import FEATURES, features
from bot.summary.quoting import choose_in_article
from index.article import SHARED, digest
from index.embedding.roles import ROLES
from index.library import Library
from index.search import Hit

SETS = Path(__file__).parent / "sets"
LABELS = SETS / "editors_choice.jsonl"
WEIGHTS = Path(__file__).parents[1] / "index" / "embedding" / "e5" / "roles.npy"
_CORPORA = ("news/articles.jsonl", "summaries/bbc.articles.jsonl", "summaries/cnndm.articles.jsonl")
_INVENTED = SETS / "editors_choice.articles.jsonl"
_POINTS = 5


def main(
    folder: Annotated[Path, typer.Argument(metavar="EVAL", exists=True, file_okay=False)],
    write: Annotated[bool, typer.Option(help="Write the weights of the roles into the package.")] = False,
) -> None:
    """Print how well editors' choice is met, and the weights."""
    choices = _read(folder)
    own = folds(choices)
    roles = {fold: fitted_roles([c for c, f in zip(choices, own, strict=True) if f != fold]) for fold in set(own)}
    known = with_roles(choices, lambda number: roles[own[number]])
    _table(choices, _ways(choices, own, known))
    _print_roles(choices, known)
    weights = fitted_turns([turn for c, k in zip(choices, known, strict=True) for turn in turns_of(c, k)])
    for name, weight in zip((*FEATURES, *TURNS), weights, strict=True):
        print(f'    "{name}": {weight:.3f},')
    if write:
        np.save(WEIGHTS, fitted_roles(choices).astype(np.float16))


def _ways(choices: Sequence[Choice], own: Sequence[int], known: Sequence[Floats]) -> dict[str, list[list[int]]]:
    """What each way to choose takes of each article."""
    turns = [turns_of(choice, each) for choice, each in zip(choices, known, strict=True)]
    fitted = {
        fold: fitted_turns([turn for each, f in zip(turns, own, strict=True) if f != fold for turn in each])
        for fold in set(own)
    }
    plain = [np.hstack([each[:, : -len(ROLES)], np.zeros((len(each), len(ROLES)))]) for each in known]
    return {
        "quoted": [sorted(one.quoted) for one in choices],
        "the first five": [list(range(min(_POINTS, len(one.own)))) for one in choices],
        "fitted on others": [taken(c, k, fitted[f], _POINTS) for c, k, f in zip(choices, known, own, strict=True)],
        "the same without roles": [
            taken(c, k.astype(np.float32), fitted[f], _POINTS) for c, k, f in zip(choices, plain, own, strict=True)
        ],
    }


def _read(folder: Path) -> list[Choice]:
    labels = {one["id"]: one for one in map(json.loads, LABELS.read_text("utf-8").splitlines())}
    records: dict[str, dict[str, Any]] = {}
    for path in (*(folder / name for name in _CORPORA), _INVENTED):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if str(record["id"]) in labels:
                records[str(record["id"])] = record
    with library_of(list(records.values())) as app:
        return [_choice(app.library, labels[key]) for key in records]


def _choice(library: Library, label: Mapping[str, Any]) -> Choice:
    article = library.article([SHARED], label["id"])
    assert article is not None, label["id"]
    hits = [Hit(passage, article.ref, 0, 0, 0) for passage in library.passages([SHARED], article.id)]
    own = statements(hits)
    number = {name: n for n, name in reversed(list(enumerate(named(one.text) for one in own)))}

    def numbers(names: Sequence[str]) -> frozenset[int]:
        return frozenset(number[name] for name in names if name in number)

    chosen = tuple(dict.fromkeys(number[name] for name in label["chosen"] if name in number))
    asked = label.get("roles")
    roles = [frozenset(chosen), numbers(label["never"]), numbers(label["dangling"]) if asked else None]
    roles += [numbers(asked[name]) if asked else None for name in ROLES[len(roles) :]]
    quoted = [point.draft.text for point in choose_in_article(library, own, _POINTS)]
    return Choice(
        own,
        features(library, own),
        library.vectors([one.text for one in own]),
        Turns(library, own),
        chosen,
        numbers(label["also"]),
        numbers(label["never"]),
        tuple(roles),
        {number[name]: role for name, role in label.get("must", {}).items() if name in number},
        frozenset(n for n, one in enumerate(own) if any(one.text in text for text in quoted)),
    )


def named(sentence: str) -> str:
    """What a sentence is known by in the labels."""
    return digest(sentence)[:12]


def _table(choices: Sequence[Choice], ways: Mapping[str, Sequence[Sequence[int]]]) -> None:
    kinds = sorted({role for one in choices for role in one.misleading.values()})
    head = ("points", "chosen", "would do, too", "must not be in", "not explained", "first", *kinds)
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|")
    for name, points in ways.items():
        shares = np.array([list(_shares(one, told)) for one, told in zip(choices, points, strict=True)])
        needed: dict[str, list[bool]] = defaultdict(list)
        for one, told in zip(choices, points, strict=True):
            for number, role in one.misleading.items():
                needed[role].append(number in told)
        cells = [*np.nanmean(shares, axis=0), *(np.mean(needed[kind]) for kind in kinds)]
        print(f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")


def _shares(choice: Choice, points: Sequence[int]) -> Iterator[float]:
    told, chosen, dangling = set(points), set(choice.chosen), choice.roles[ROLES.index("dangling")]
    yield len(told & chosen) / len(told)
    yield len(told & (chosen | choice.also)) / len(told)
    yield len(told & choice.never) / len(told)
    alone = [number for number in told if number - 1 not in told]
    yield sum(number in dangling for number in alone) / len(told) if dangling is not None else float("nan")
    yield choice.chosen[0] in told


def _print_roles(choices: Sequence[Choice], known: Sequence[Floats]) -> None:
    """How often a sentence with a role is likelier to have it than one without, of all such pairs."""
    print("| role | sentences | told apart |\n|---|---|---|")
    for place, name in enumerate(ROLES):
        asked = [number for number, one in enumerate(choices) if one.roles[place] is not None]
        odds = np.concatenate([known[number][:, place - len(ROLES)] for number in asked])
        has = np.concatenate(
            [[n in (choices[number].roles[place] or ()) for n in range(len(known[number]))] for number in asked]
        )
        ranks = odds.argsort().argsort() + 1
        pairs = has.sum() * (~has).sum()
        area = (ranks[has].sum() - has.sum() * (has.sum() + 1) / 2) / pairs
        print(f"| {name} | {has.sum()} | {area:.3f} |")


if __name__ == "__main__":
    typer.run(main)
