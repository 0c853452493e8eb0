"""A revision whose cards show a figure that was replaced or taken back is not published."""

import pytest

from budgets.figures import retract_figure, supersede_figure
from claims.documents.bundle import build
from claims.models.claim import Claim
from claims.review.gates import faults
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, open_review
from tests.factories.figures import amount, attribute, make_figure, make_line
from tests.factories.nouns import PersonFactory


def broken(claim: Claim) -> list[tuple[str, str]]:
    review = open_review(claim)
    return [(fault.code, fault.where) for fault in faults(review, build(review)) if fault.code == "figures_standing"]


@pytest.mark.parametrize("fate", ["superseded", "retracted"])
def test_a_figure_that_no_longer_stands_is_named(cast: Cast, fate: str) -> None:
    claim, line = draft_claim(by=cast.contributor), make_line()
    kept, gone = (make_figure(value, line=line, by=cast.contributor) for value in (1, 2))
    attribute(kept, claim, PersonFactory.create())
    attribute(gone, claim, PersonFactory.create())
    assert broken(claim) == []
    if fate == "superseded":
        supersede_figure(figure=gone, by=cast.contributor, now=NOW, **amount(3, line=line))
    else:
        retract_figure(figure=gone, reason="A misprint.", by=cast.contributor, now=NOW)
    assert [code for code, _ in broken(claim)] == ["figures_standing"]
