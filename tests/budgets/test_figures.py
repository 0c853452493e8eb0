"""A figure keeps what it means, and a better one supersedes it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from budgets.figures import FigureRefused, record_figure, supersede_figure
from budgets.models.figure import Figure
from budgets.vocabulary import Exactness, Provenance, Unit
from ledger.models import Entry
from tests.factories.cast import UserFactory

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def fields(**changes: Any) -> dict[str, Any]:
    """Four billion baht, to one significant figure."""
    return {
        "slug": "sso-spending-2020",
        "label_en": "SSO spending",
        "label_th": "รายจ่ายของสำนักงาน",
        "value": Decimal(4_000_000_000),
        "low": Decimal(3_500_000_000),
        "high": Decimal(4_500_000_000),
        "unit": Unit.MONEY,
        "currency": "THB",
        "exactness": Exactness.SIGNIFICANT_FIGURES,
        "significant_digits": 1,
        "provenance": Provenance.CLAIMANT,
    } | changes


@pytest.fixture
def user(db: None) -> User:
    person: User = UserFactory.create()
    return person


def test_a_figure_is_recorded(user: User) -> None:
    figure = record_figure(by=user, now=NOW, **fields())
    assert figure.public_id is not None
    entry = Entry.objects.get()
    assert (entry.verb, entry.content.content["value"]) == ("figure.recorded", "4000000000")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"currency": ""}, "Money needs a currency"),
        ({"unit": Unit.STARS}, "Money needs a currency"),
        ({"low": Decimal(5_000_000_000)}, "Low must not be above high"),
        ({"value": Decimal(5_000_000_000)}, "must lie between low and high"),
        ({"value": None}, "Give a value, or the words"),
        ({"significant_digits": None}, "Give the significant digits"),
        ({"low": Decimal(4_000_000_000), "high": Decimal(4_000_000_000)}, "tick both “closed”"),
        ({"label_th": ""}, "label_th"),
        ({"slug": "Not A Slug"}, "slug"),
    ],
)
def test_nonsense_is_refused_in_python_with_a_sentence(user: User, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(FigureRefused, match=reason):
        record_figure(by=user, now=NOW, **fields(**changes))
    assert not Figure.objects.exists()


def test_nonsense_is_refused_by_the_database_too(user: User) -> None:
    figure = record_figure(by=user, now=NOW, **fields())
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(low=Decimal(9_000_000_000))


def test_words_alone_are_a_figure(user: User) -> None:
    half = {"value": None, "low": Decimal("0.5"), "high": Decimal("0.5"), "high_closed": True, "unit": Unit.RATIO}
    words = {"words_en": "half", "words_th": "ครึ่งหนึ่ง", "exactness": Exactness.WORDS, "significant_digits": None}
    assert record_figure(by=user, now=NOW, **fields(currency="", **half, **words)).value is None


def test_superseding_keeps_the_old_figure_and_happens_once(user: User) -> None:
    old = record_figure(by=user, now=NOW, **fields())
    new = supersede_figure(figure=old, by=user, now=NOW, **fields(slug="sso-spending-2020-audited"))
    old.refresh_from_db()
    assert old.superseded_by == new
    assert list(Figure.objects.standing()) == [new]
    with pytest.raises(FigureRefused, match="already been superseded"):
        supersede_figure(figure=old, by=user, now=NOW, **fields(slug="third"))
    with pytest.raises(FigureRefused, match="slug"):
        supersede_figure(figure=new, by=user, now=NOW, **fields())
