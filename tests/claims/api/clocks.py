"""A request about a claim of the first case, which has asked nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import time_machine
from django.contrib.auth.models import User

from claims.models.claim import Claim
from claims.models.response import ResponseRequest
from claims.publication.status import refresh_due
from tests.factories.claims import NOW
from tests.factories.nouns import OfficeFactory
from tests.factories.requests import announce, ask, extend, pause


@contextmanager
def asked_about(slug: str) -> Iterator[ResponseRequest]:
    """Ask on 2 March 2026, give more days, pause one, announce a holiday late, and go to 6 March."""
    editor, why = User.objects.get(username="editor"), ("An example of a reason.", "ตัวอย่างเหตุผล")
    office = OfficeFactory.create(slug="an-office", title_en="An office, as an example", title_th="ตำแหน่งตัวอย่าง")
    request = ask(Claim.objects.get(slug=slug), by=editor, office=office)
    day = date(2026, 3, 5)
    extend(request, 5, by=editor, reason=why)
    pause(request, day, day, by=editor, reason=why)
    announce(date(2026, 3, 9), by=editor)
    later = NOW + timedelta(days=4)
    refresh_due(now=later)
    with time_machine.travel(later, tick=False):
        yield request
