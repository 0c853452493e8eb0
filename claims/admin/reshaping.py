"""Claims that are one, or two, or in another order: a page under the claim, and one under the dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from budgets.admin.base import reasons_of, staff
from claims.authorship import Frozen, newest_edition, subject_of
from claims.candidates.unwritten import UNWRITTEN
from claims.intake import IntakeRefused
from claims.merging import merge, renumber, replace, split
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.review.moving import NotAllowed

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

_REFUSALS = (NotAllowed, Frozen, IntakeRefused, IntegrityError)
_MOST = 9_999


class ReshapesClaims(_Page):
    """Adds `<claim>/reshape/`: merge it into another one, say that another one replaces it, or split it."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the claim."""
        view = self.admin_site.admin_view(self.reshape_view)
        return [path("<int:key>/reshape/", view, name="claims_claim_reshape"), *super().get_urls()]

    def reshape_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show the three forms; a POST is one of them."""
        claim = Claim.objects.filter(pk=key).first()
        if claim is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        refused: Sequence[str] = ()
        if request.method == "POST":
            try:
                return _to_claim(_reshaped(request, claim))
            except _REFUSALS as refusal:
                refused = reasons_of(refusal)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": claim,
            "title": "Merge, replace or split",
            "refused": refused,
            "is_public": newest_edition(subject_of(claim)) > 0,
            "assertions": list(claim.assertions.order_by("number")),
            "chosen": request.POST.getlist("assertion"),
            "typed": request.POST,
        }
        return TemplateResponse(request, "admin/claims/claim/reshape.html", context)


class RenumbersClaims(_Page):
    """Adds `<dossier>/renumber/`."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the dossier."""
        view = self.admin_site.admin_view(self.renumber_view)
        return [path("<int:key>/renumber/", view, name="claims_dossier_renumber"), *super().get_urls()]

    def renumber_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show every claim of the dossier with its number; a POST gives new ones."""
        dossier = Dossier.objects.filter(pk=key).first()
        if dossier is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        claims = list(dossier.claims.order_by("number", "slug"))
        refused: Sequence[str] = ()
        if request.method == "POST":
            try:
                numbers = {claim: _number(request.POST.get(f"number-{claim.pk}", "")) for claim in claims}
                changed = renumber(dossier=dossier, numbers=numbers, by=staff(request), now=timezone.now())
            except _REFUSALS as refusal:
                refused = reasons_of(refusal)
            else:
                messages.success(request, f"{len(changed)} number{'s' * (len(changed) != 1)} changed.")
                return HttpResponseRedirect(reverse("admin:claims_dossier_change", args=[dossier.pk]))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": dossier,
            "title": "Renumber its claims",
            "refused": refused,
            "rows": [(claim, request.POST.get(f"number-{claim.pk}", claim.number or "")) for claim in claims],
        }
        return TemplateResponse(request, "admin/claims/dossier/renumber.html", context)


def _reshaped(request: HttpRequest, claim: Claim) -> Claim:
    """Call the verb of the form that was sent; return the claim to look at now."""
    calls: dict[str, Callable[[HttpRequest, Claim], Claim]] = {"merge": _merge, "replace": _replace, "split": _split}
    call = calls.get(request.POST.get("_do", ""))
    if call is None:
        raise NotAllowed(["Choose what is to be done."])
    return call(request, claim)


def _merge(request: HttpRequest, claim: Claim) -> Claim:
    into = merge(claim=claim, into=_other(request, "into"), by=staff(request), now=timezone.now())
    messages.success(request, f"“{claim}” was merged into this claim and declined as a duplicate.")
    return into


def _replace(request: HttpRequest, claim: Claim) -> Claim:
    note = (request.POST.get("note_en", ""), request.POST.get("note_th", ""))
    other = _other(request, "by_claim")
    replace(claim=claim, by_claim=other, note=note, by=staff(request), now=timezone.now())
    messages.success(request, "The revision that names the other claim is open. Two persons publish it.")
    return claim


def _split(request: HttpRequest, claim: Claim) -> Claim:
    keys = [int(key) for key in request.POST.getlist("assertion") if key.isdecimal() and len(key) < 19]
    chosen = list(Assertion.objects.filter(pk__in=keys))
    texts = {f"{name}_{lang}": UNWRITTEN[lang] for name in ("heading", "summary") for lang in UNWRITTEN}
    texts |= {name: typed for name in ("heading_en", "heading_th") if (typed := request.POST.get(name, "").strip())}
    new = Claim(slug=request.POST.get("slug", "").strip(), **texts)
    split(claim=claim, assertions=chosen, new=new, by=staff(request), now=timezone.now())
    messages.success(request, "Split: this is the new claim. Write what is marked.")
    return new


def _other(request: HttpRequest, name: str) -> Claim:
    found = Claim.objects.filter(slug=request.POST.get(name, "").strip()).first()
    if found is None:
        raise NotAllowed(["There is no claim with that address: copy the last part of it."])
    return found


def _number(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or int(typed[:9]) > _MOST:
        raise NotAllowed([f"“{typed[:20]}” is no number: write 1 to {_MOST:,}, or nothing."])
    return int(typed)


def _to_claim(claim: Claim) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))
