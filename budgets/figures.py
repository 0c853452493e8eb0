"""Verbs of figures. A figure is never edited in its amount: a better one supersedes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.models.figure import Figure
from ledger.recording import record


class FigureRefused(Exception):
    """The figure cannot be recorded; carries one sentence per fault."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def record_figure(*, by: User, now: datetime, **fields: Any) -> Figure:
    """Store a figure from the model's own field names and return it; raise `FigureRefused` with every fault."""
    with transaction.atomic():
        figure = Figure(recorded_at=now, **fields)
        _refuse_faults(figure)
        figure.save(force_insert=True)
        figure.refresh_from_db(fields=["public_id"])
        record(
            "figure.recorded",
            subject_kind="figure",
            subject_id=figure.public_id,
            content=_content(figure, by),
        )
    return figure


def supersede_figure(*, figure: Figure, by: User, now: datetime, **fields: Any) -> Figure:
    """Store a better figure in place of `figure`, which stays readable; raise `FigureRefused` if it is replaced."""
    with transaction.atomic():
        old = _lock_standing(figure)
        new = Figure(recorded_at=now, **fields)
        _refuse_faults(new)
        new.save(force_insert=True)
        new.refresh_from_db(fields=["public_id"])
        Figure.objects.filter(pk=old.pk).update(superseded_by=new)
        record(
            "figure.superseded",
            subject_kind="figure",
            subject_id=old.public_id,
            refs={"by": str(new.public_id)},
            content=_content(new, by),
        )
    return new


def retract_figure(*, figure: Figure, reason: str, by: User, now: datetime) -> Figure:
    """Take a figure back that nothing replaces; it stays readable with the reason. Raises `FigureRefused`."""
    if not reason.strip():
        raise FigureRefused(["Say why the figure is taken back: reviewers of what rests on it will ask."])
    with transaction.atomic():
        old = _lock_standing(figure)
        Figure.objects.filter(pk=old.pk).update(retracted_at=now, retraction_reason=reason.strip())
        old.refresh_from_db()
        record(
            "figure.retracted",
            subject_kind="figure",
            subject_id=old.public_id,
            content={"slug": old.slug, "reason": old.retraction_reason, "user": str(by.pk)},
        )
    return old


def fallen(figure: Figure) -> str:
    """Say why nothing can take the place of a figure: it was superseded or retracted; empty while it stands."""
    if figure.superseded_by_id is not None:
        return f"“{figure}” has already been superseded: turn to the newer figure instead."
    if figure.retracted_at is not None:
        return f"“{figure}” was retracted on {figure.retracted_at:%Y-%m-%d}: record a new figure instead."
    return ""


def _lock_standing(figure: Figure) -> Figure:
    locked = Figure.objects.select_for_update().get(pk=figure.pk)
    if reason := fallen(locked):
        raise FigureRefused([reason])
    return locked


def _refuse_faults(figure: Figure) -> None:
    try:
        figure.full_clean()
    except ValidationError as error:
        raise FigureRefused(_sentences(error)) from error


def _sentences(error: ValidationError) -> list[str]:
    return [
        f"{field}: {message}" if field != "__all__" else message
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def _content(figure: Figure, by: User) -> dict[str, str | None]:
    return {
        "slug": figure.slug,
        "value": None if figure.value is None else f"{figure.value.normalize():f}",
        "low": f"{figure.low.normalize():f}",
        "high": f"{figure.high.normalize():f}",
        "unit": figure.unit,
        "currency": figure.currency,
        "phase": figure.phase,
        "provenance": figure.provenance,
        "user": str(by.pk),
    }
