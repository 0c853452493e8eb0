"""How our deadline for an office is counted, day by day, and the same deadline as a calendar file."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from budgets.quantities.formatting import Lang
from claims.clock.asked import Asked
from claims.clock.calendar import PACKAGE
from claims.clock.counting import read_clock
from claims.clock.ics import MEDIA_TYPE, Deadline, calendar_file
from claims.models.public_status import PublicStatus
from claims.vocabulary import PublicState
from claims.web import caching, reading
from claims.web.presentation.clock import clock_view, requests_of
from claims.web.presentation.dates import BANGKOK, day
from claims.web.presentation.words import label, plain, say
from claims.web.rendering import page_language, respond


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The clocks of a claim's requests; `?from=YYYY-MM-DD` moves the window of days."""
    status = _found(slug)
    if _is_closed(status):
        return redirect("web:claim", slug=slug)
    today, lang = _today(), page_language()
    etag = _etag(status, today)
    if unchanged := caching.not_modified(request, etag):
        return unchanged
    start = _start(request.GET.get("from", ""))
    is_retracted = status.state == PublicState.RETRACTED
    asked = [] if is_retracted else requests_of(status.requests)
    clocks = [clock_view(one, today, start, lang) for one in asked]
    context = {
        "slug": slug,
        "heading": _heading(status, lang),
        "heading_shown": say({"en": status.heading_en, "th": status.heading_th}, lang),
        "retracted": is_retracted,
        "state_label": label(PublicState, status.state, lang),
        "today": day(today, lang),
        "clocks": clocks,
        "has_file": any(clock.due for clock in clocks),
    }
    return respond(request, "claims/clock.html", context, section="claims", etag=etag)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The deadlines as a calendar file; 404 while there is none, also while an open pause leaves it open."""
    status = _found(slug)
    lang = page_language()
    deadlines = [] if _is_closed(status) else _deadlines(status, lang)
    if not deadlines:
        raise Http404
    etag = _etag(status)
    if unchanged := caching.not_modified(request, etag):
        return unchanged
    response = HttpResponse(calendar_file(deadlines, lang=lang), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    return caching.with_policy(response, etag)


def _found(slug: str) -> PublicStatus:
    status = reading.clocks(slug)
    if status is None:
        raise Http404
    return status


def _is_closed(status: PublicStatus) -> bool:
    """Whether the claim's own page shows no text now; it says why, and this page says nothing."""
    withheld: bool = getattr(status, "withheld", False)
    return withheld or status.state == PublicState.HIDDEN


def _deadlines(status: PublicStatus, lang: Lang) -> list[Deadline]:
    host = urlsplit(settings.PUBLIC_ORIGIN).netloc
    url = f"{settings.PUBLIC_ORIGIN}/{lang}/claims/{status.slug}/clock/"
    found = []
    for asked in requests_of(status.requests):
        now = read_clock(asked, _today())
        if now.due_on is not None:
            found.append(
                Deadline(
                    uid=f"{asked.id}@{host}",
                    day=now.due_on,
                    summary=gettext("Our deadline for %(office)s") % {"office": plain(asked.office, lang)},
                    description=_description(asked, now.allowed, status, lang),
                    url=url,
                    changed_at=status.content_updated_at,
                    sequence=status.version,
                    cancelled=asked.is_stopped or status.state == PublicState.RETRACTED,
                )
            )
    return found


def _description(asked: Asked, allowed: int, status: PublicStatus, lang: Lang) -> str:
    text = gettext("%(heading)s\nOur request was delivered on %(on)s; the office has %(allowed)s working days.")
    return text % {"heading": _heading(status, lang), "on": day(asked.delivered_on, lang), "allowed": allowed}


def _heading(status: PublicStatus, lang: Lang) -> str:
    return plain({"en": status.heading_en, "th": status.heading_th}, lang)


def _start(text: str) -> date | None:
    """The first day to show; what is no day is as good as none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _today() -> date:
    return timezone.now().astimezone(BANGKOK).date()


def _etag(status: PublicStatus, *more: object) -> str:
    """Changes with every change of the claim and of the calendar's package; the page's at midnight in Bangkok too."""
    return caching.version_etag(status.version, status.change_no, PACKAGE, *more, page_language())
