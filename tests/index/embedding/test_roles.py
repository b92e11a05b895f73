"""The built-in model tells what a sentence does in an article, in languages with few examples, and with none."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedding.e5 import E5Embeddings
from index.embedding.models import TellsRoles
from index.embedding.roles import ROLES

pytestmark = pytest.mark.slow

NEXT_STEPS = [
    "The harbour board votes on the plan next Thursday.",
    "Das Gericht will sein Urteil am 4. März verkünden.",
    "Le conseil doit se prononcer en janvier.",
    "Sąd ogłosi wyrok w przyszły wtorek.",
    "Nämnden fattar beslut den 12 maj.",
]
ANSWERS = [
    "The company denied the accusation and said that all of its ferries were inspected.",
    "Ein Sprecher wies die Vorwürfe zurück und wollte sich nicht weiter äußern.",
    "L'entreprise conteste ces accusations et dément toute fraude.",
    "Rzecznik firmy zaprzeczył tym zarzutom.",
    "Bolaget tillbakavisar kritiken och säger att reglerna följdes.",
]
NEITHER = [
    "The harbour was built in 1904.",
    "Die Fähre ist 62 Meter lang.",
    "Le port compte trois quais.",
    "Wyspa leży na północy kraju.",
    "Hamnen ligger vid öns södra spets.",
]


def odds(e5: E5Embeddings, sentences: list[str], role: str) -> np.ndarray:
    found = e5.roles(np.array(e5.embed_documents(sentences), np.float32))
    assert found.shape == (len(sentences), len(ROLES))
    return found[:, ROLES.index(role)]


@pytest.mark.parametrize(("role", "having"), [("next step", NEXT_STEPS), ("other side", ANSWERS)])
def test_a_role_is_told_from_other_sentences_of_the_language(
    e5: E5Embeddings, role: str, having: list[str]
) -> None:
    others = ANSWERS if having is NEXT_STEPS else NEXT_STEPS
    assert (odds(e5, having, role) > odds(e5, NEITHER, role)).all()
    assert (odds(e5, having, role) > odds(e5, others, role)).all()


def test_the_built_in_model_says_that_it_tells_roles(e5: E5Embeddings) -> None:
    assert isinstance(e5, TellsRoles)
