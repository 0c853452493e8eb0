"""A document that would show a disguised text says where that stands."""

import pytest

from claims.documents.bundle import build
from claims.review.characters import document_faults
from tests.factories.cast import Cast
from tests.factories.claims import draft_claim, open_review


def test_every_text_is_judged_and_named_by_its_path() -> None:
    body = {
        "heading": {"en": "a\u202eb", "th": "ก"},
        "number": 7,
        "rating": None,
        "parts": [{"text": "fine"}, {"text": "\U000e0041", "tags": ["x", "y\ufeff"]}],
    }
    found = [fault.split(", U+")[0] for fault in document_faults(body)]
    assert found == ["heading.en: Character 2", "parts[2].text: Character 1", "parts[2].tags[2]: Character 2"]


@pytest.mark.parametrize("letter", ["\u202e", "\U000e0041", "\u200b", "\x85"])
def test_the_document_of_a_claim_with_a_disguised_heading(cast: Cast, letter: str) -> None:
    claim = draft_claim(by=cast.contributor, heading_en=f"MP says{letter} a thing")
    (fault,) = document_faults(build(open_review(claim)).claim.body)
    assert fault.startswith(f"heading.en: Character 8, U+{ord(letter):04X}")


def test_an_ordinary_claim_has_no_fault(cast: Cast) -> None:
    bundle = build(open_review(draft_claim(by=cast.contributor)))
    assert [fault for document in bundle.documents for fault in document_faults(document.body)] == []
