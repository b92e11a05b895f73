"""The built-in model tells what sites say to their readers from what articles say, in languages not fitted."""

from __future__ import annotations

import pytest

from index.embedding.e5 import E5Embeddings
from index.embedding.models import TellsAsides, in_background

pytestmark = pytest.mark.slow

ASIDES = [
    "Join our WhatsApp channel so that you never miss an update from the harbour.",
    "Abonniere unseren Newsletter und folge uns auf Instagram.",
    "Suivez toute l'actualité de la région sur notre application.",
    "Iratkozzon fel hírlevelünkre, és kövessen minket a Facebookon!",
    "Tilaa uutiskirjeemme ja seuraa meitä Instagramissa.",
    "뉴스레터를 구독하고 페이스북에서 저희를 팔로우하세요.",
    "Εγγραφείτε στο newsletter μας και ακολουθήστε μας στο Facebook.",
    "हमारे न्यूज़लेटर की सदस्यता लें और हमें फेसबुक पर फॉलो करें।",
    "Đăng ký nhận bản tin và theo dõi chúng tôi trên Facebook.",
    "Přihlaste se k odběru našeho newsletteru a sledujte nás na Instagramu.",
]
OWN = [
    "An earlier version of this article misstated the year in which the quay was built. It was 1931, not 1913.",
    "The harbour board votes again on Thursday.",
    "Anyone who needs help can call the Samaritans free of charge on 116 123.",
    "“Nobody told us,” he said. “We just waited.”",
    "Die Fähre fährt ab Montag wieder nach Plan.",
    "Le tribunal rendra sa décision le 4 mars.",
    "A bizottság kedden ismét ülésezik.",
    "Lautta kulkee taas maanantaina.",
    "위원회는 화요일에 다시 모인다.",
    "Η επιτροπή συνεδριάζει ξανά την Τρίτη.",
    "समिति मंगलवार को फिर बैठेगी।",
    "Phiên tòa sẽ tiếp tục vào tháng Giêng.",
    "Výbor se znovu sejde v úterý.",
    "Enter your postcode on the site to find your polling station.",
    "Про це пише Reuters.",
    "据新华社报道。",
    "Belediye bunu Facebook sayfasından duyurdu.",
    "Informovala o tom policie na Twitteru.",
    "Mere information findes på kommunens hjemmeside.",
]


def test_most_asides_are_told_and_no_words_of_articles(e5: E5Embeddings) -> None:
    model = in_background(e5)
    assert isinstance(model, TellsAsides)
    told = model.asides(ASIDES)
    assert sum(told) >= 8, [text for text, is_told in zip(ASIDES, told, strict=True) if not is_told]
    assert not [text for text, is_told in zip(OWN, model.asides(OWN), strict=True) if is_told]
