"""Out of sight: a page under the claim hides it now or shows it again, and one under an edition erases its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import reasons_of, staff
from claims.admin.access import roles_of
from claims.admin.reauthentication import ask_who_decides
from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.hiding import Hiding, Withholding
from claims.publication.hiding import HIDERS, SECOND_PERSONS, confirm_hiding, hide, lift_hiding
from claims.publication.withholding import ask_withholding, confirm_withholding
from claims.review.moving import NotAllowed
from ledger.admin import ReadOnlyAdmin

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object

_DONE = {
    "hide": "Hidden: readers see the reason and nothing else. Ask another person to confirm it or to lift it.",
    "confirm_hiding": "Confirmed: it stays hidden.",
    "lift_hiding": "Readers see it again.",
    "ask_withholding": "Asked for. Another editor confirms it here; until then the text stays.",
    "confirm_withholding": "Withheld: the text is gone. Number, digest, dates and the reason stay.",
}


class HidesClaims(_Page):
    """Adds `<claim>/hide/`: hide it, confirm that, or show it again."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the claim."""
        view = self.admin_site.admin_view(self.hide_view)
        return [path("<int:key>/hide/", view, name="claims_claim_hide"), *super().get_urls()]

    def hide_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show what stands and the forms that are this person's; a POST is one of them."""
        claim = Claim.objects.filter(pk=key).first()
        if claim is None:
            raise Http404
        if not SECOND_PERSONS & roles_of(request):
            raise PermissionDenied
        refused = _answered(request, {"hide": _hide, "confirm_hiding": _confirm, "lift_hiding": _lift}, claim)
        if refused is None:
            return HttpResponseRedirect(request.path)
        hidings = list(claim.hidings.select_related("by", "confirmed_by", "lifted_by"))
        context = {
            **_shared(self, request, claim, "Hide, or show again", refused),
            "hidings": hidings,
            "open": next((hiding for hiding in hidings if hiding.lifted_at is None), None),
            "may_hide": bool(HIDERS & roles_of(request)),
            "me": staff(request),
        }
        return TemplateResponse(request, "admin/claims/claim/hide.html", context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the page of a public claim to those who may."""
        claim = context.get("original")
        if claim is not None and claim.newest and SECOND_PERSONS & roles_of(request):
            context["hide_url"] = reverse("admin:claims_claim_hide", args=[claim.pk])
        return super().render_change_form(request, context, *args, **kwargs)


class WithholdsEditions(_Page):
    """Adds `<edition>/withhold/`: one editor asks, another confirms by typing which edition it is."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the edition."""
        view = self.admin_site.admin_view(self.withhold_view)
        return [path("<int:key>/withhold/", view, name="claims_edition_withhold"), *super().get_urls()]

    def withhold_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show what was asked and the form that is this person's; a POST is one of them."""
        edition = Edition.objects.select_related("text", "review__claim").filter(pk=key).first()
        if edition is None:
            raise Http404
        if not HIDERS & roles_of(request):
            raise PermissionDenied
        refused = _answered(request, {"ask_withholding": _ask, "confirm_withholding": _confirm_erasure}, edition)
        if refused is None:
            return HttpResponseRedirect(request.path)
        asked = Withholding.objects.select_related("asked_by", "confirmed_by").filter(edition=edition).first()
        context = {
            **_shared(self, request, edition, "Withhold this edition", refused),
            "asked": asked,
            "mine": asked is not None and asked.asked_by_id == staff(request).pk,
            "name": name_of(edition),
        }
        return TemplateResponse(request, "admin/claims/edition/withhold.html", context)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the page to editors."""
        if context.get("original") is not None and HIDERS & roles_of(request):
            context["withhold_url"] = reverse("admin:claims_edition_withhold", args=[context["original"].pk])
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Hiding)
class HidingAdmin(ReadOnlyAdmin):
    """Every emergency, the newest first; decided on the page under the claim."""

    list_display = ["claim", "reason_en", "by", "at", "confirmed_by", "lifted_by", "decided"]
    list_filter = [("confirmed_at", admin.EmptyFieldListFilter), ("lifted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["claim", "by", "confirmed_by", "lifted_by"]
    search_fields = ["claim__slug", "claim__heading_en", "claim__heading_th", "reason_en", "reason_th"]
    date_hierarchy = "at"
    fields = [
        *("claim", ("reason_en", "reason_th"), ("by", "at"), ("confirmed_by", "confirmed_at")),
        *(("lifted_by", "lifted_at"), "lifting_note", "decided"),
    ]

    @admin.display(description="confirm or lift")
    def decided(self, hiding: Hiding) -> SafeString | str:
        """Where to; nothing once it is lifted."""
        if hiding.lifted_at is not None:
            return "—"
        return format_html('<a href="{}">Open</a>', reverse("admin:claims_claim_hide", args=[hiding.claim_id]))


def name_of(edition: Edition) -> str:
    """What is typed before a text is erased, so that it is not another one's."""
    return f"{edition.slug} {edition.number}"


def _answered(
    request: HttpRequest, verbs: dict[str, Callable[[HttpRequest, Any], object]], row: Any
) -> Sequence[str] | None:
    """Carry out a POST: None when it was done, else why not; nothing was refused to who only looks."""
    if request.method != "POST":
        return ()
    verb = request.POST.get("_do", "")
    if verb not in verbs:
        return ["Choose what is to be done."]
    ask_who_decides(request, verb)
    try:
        verbs[verb](request, row)
    except NotAllowed as refusal:
        return reasons_of(refusal)
    messages.success(request, _DONE[verb])
    return None


def _shared(page: Any, request: HttpRequest, row: Any, title: str, refused: Sequence[str]) -> dict[str, Any]:
    return {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": row,
        "title": title,
        "refused": refused,
        "typed": request.POST,
    }


def _reason(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("reason_en", ""), request.POST.get("reason_th", "")


def _hide(request: HttpRequest, claim: Claim) -> None:
    hide(claim=claim, reason=_reason(request), by=staff(request), now=timezone.now())


def _confirm(request: HttpRequest, claim: Claim) -> None:
    confirm_hiding(hiding=_standing(request, claim), by=staff(request), now=timezone.now())


def _lift(request: HttpRequest, claim: Claim) -> None:
    note = request.POST.get("note", "")
    lift_hiding(hiding=_standing(request, claim), note=note, by=staff(request), now=timezone.now())


def _standing(request: HttpRequest, claim: Claim) -> Hiding:
    """Return the hiding that was before the person's eyes: a newer one is another decision."""
    key = request.POST.get("hiding", "")
    found = claim.hidings.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise NotAllowed(["It is not hidden: open this page again."])
    return found


def _ask(request: HttpRequest, edition: Edition) -> None:
    ask_withholding(edition=edition, reason=_reason(request), by=staff(request), now=timezone.now())


def _confirm_erasure(request: HttpRequest, edition: Edition) -> None:
    asked = Withholding.objects.filter(edition=edition).first()
    if asked is None:
        raise NotAllowed(["Nobody has asked for it."])
    if request.POST.get("name", "").strip() != name_of(edition):
        raise NotAllowed([f"Type “{name_of(edition)}”, so that no other text is erased."])
    confirm_withholding(withholding=asked, by=staff(request), now=timezone.now(), seen=_moment(request))


def _moment(request: HttpRequest) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        raise NotAllowed(["Open this page again: it does not say which request you read."]) from None
