"""The pages of a one-time link. Looking never uses it up, neither by GET nor by HEAD: mail scanners look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.asking import wording
from claims.asking.deadline import BANGKOK
from claims.asking.links import find_link, state_of, token_of, url_of
from claims.asking.page import compose
from claims.asking.replying import MOST_BYTES, LinkClosed, ReplyRefused, receive_reply
from claims.asking.words import LinkState
from claims.models.asking import ReceivedReply, ReplyLink
from claims.models.response import ResponseRequest
from claims.replying.counting import WINDOW_SECONDS, asks_too_often
from claims.replying.forms import ReplyForm

RECEIPT_SECONDS = 24 * 60 * 60
_SALT = "claims.replying.receipt"
_FORM_BYTES = 512 * 1024  # what a form has beside its file
_STATUS = {LinkState.UNKNOWN: 404}
_GONE = 410
_View = Callable[[HttpRequest, str], HttpResponse]
_Guarded = Callable[..., HttpResponse]


def private(view: _View) -> _Guarded:
    """Nothing of these pages is stored, indexed or told to another site, and nobody asks for them in a hurry."""

    @wraps(view)
    def guarded(request: HttpRequest, **secret: str) -> HttpResponse:
        if asks_too_often(request):
            response = _page(request, "busy", {}, status=429)
            response.headers["Retry-After"] = str(WINDOW_SECONDS)
        else:
            response = view(request, *secret.values())
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


# No CSRF token, and so no cookie: a site that wants to send this form in somebody's name must know the address, and the
# address is the secret that a CSRF token would be.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form of a link, or take its one answer."""
    link = find_link(token)
    state = state_of(link, now=timezone.now())
    if link is None or state is not LinkState.OPEN:
        return _closed(request, link, state)
    if request.method != "POST":
        return _form(request, link, ReplyForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _FORM_BYTES:
        return _page(request, "too_large", {}, status=413)
    if "show" in request.POST:  # the other language, with what was typed so far
        return _form(request, link, ReplyForm(initial=request.POST.dict()))
    return _take(request, link, token)


@require_http_methods(["GET", "HEAD"])
@private
def receipt(request: HttpRequest, signed: str) -> HttpResponse:
    """Show what we got, for a day, to whoever sent it."""
    try:
        key = signing.loads(signed, salt=_SALT, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return _page(request, "no_receipt", {}, status=404)
    related = ("request__office", "request__claim", "request__letter")
    found = ReceivedReply.objects.select_related(*related).filter(public_id=key).first()
    if found is None:
        return _page(request, "no_receipt", {}, status=404)
    context = {"reply": found, "about": _about(found.request), "received": _when(found.received_at)}
    if found.only_acknowledges:
        context["answer_url"] = url_of(token_of(found), _lang())
    return _page(request, "receipt", context)


def _take(request: HttpRequest, link: ReplyLink, token: str) -> HttpResponse:
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, link, form, status=422)
    try:
        received = receive_reply(token=token, sent=form.sent, now=timezone.now())
    except ReplyRefused as refused:
        form.refuse(refused)
        return _form(request, link, form, status=422)
    except LinkClosed as closed:
        return _closed(request, find_link(token), closed.state)
    signed = signing.dumps(str(received.public_id), salt=_SALT)
    response = HttpResponseRedirect(reverse("replying:receipt", args=[signed]))
    response.status_code = 303
    return response


def _form(request: HttpRequest, link: ReplyLink, form: ReplyForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "about": _about(link.request),
        "letter": _letter(link.request),
        "until": wording.day_text(link.expires_at.astimezone(BANGKOK).date(), _lang()),
        "chosen_again": bool(request.FILES) or "show" in request.POST,
    }
    return _page(request, "form", context, status=status)


def _closed(request: HttpRequest, link: ReplyLink | None, state: LinkState) -> HttpResponse:
    at = None
    if link is not None:
        moment = {LinkState.USED: link.used_at, LinkState.REVOKED: link.revoked_at}.get(state, link.expires_at)
        at = _when(moment) if moment else None
    return _page(request, "closed", {"state": state.value, "at": at}, status=_STATUS.get(state, _GONE))


def _about(request: ResponseRequest) -> dict[str, Any]:
    """What the page says of our request, in its language."""
    lang = _lang()
    letter = getattr(request, "letter", None)
    return {
        "office": getattr(request.office, f"title_{lang}"),
        "heading": getattr(request.claim, f"heading_{lang}"),
        "number": wording.number_text(letter.year, letter.serial, lang) if letter else "",
        "asked_on": wording.day_text(request.asked_on, lang),
    }


def _letter(request: ResponseRequest) -> dict[str, Any] | None:
    letter = getattr(request, "letter", None)
    if letter is None:
        return None
    return {"lang": letter.lang, "paragraphs": compose(letter, now_on=request.asked_on).paragraphs}


def _when(moment: datetime) -> dict[str, str]:
    local = moment.astimezone(BANGKOK)
    day, lang = wording.day_text(local.date(), _lang()), _lang()
    text = f"{day} เวลา {local:%H:%M} น." if lang == "th" else f"{day}, {local:%H:%M} (Bangkok)"
    return {"text": text, "iso": local.isoformat(timespec="seconds")}


def _lang() -> str:
    return "th" if get_language() == "th" else "en"


def _page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    lang = _lang()
    other_lang = "en" if lang == "th" else "th"
    origin = settings.PUBLIC_ORIGIN
    # The base template writes addresses into the page; these have no token in them.
    shell = {
        "lang": lang, "other": other_lang, "other_url": f"/{other_lang}{request.path[3:]}", "origin": origin,
        "canonical": f"{origin}/{lang}/", "alternates": (), "section": "",
    }  # fmt: skip
    found = {"shell": shell, "contact": settings.CONTACT_EMAIL, **context}
    return HttpResponse(render_to_string(f"replying/{name}.html", found), status=status)
