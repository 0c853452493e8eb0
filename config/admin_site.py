from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The order of the work. A model that stands nowhere here comes at the end, so that a new one is never lost.
SECTIONS: Mapping[str, tuple[str | Promise, Sequence[str]]] = {
    "claims": (_("Claims"), ("claim", "dossier", "assertion", "claimreview", "reviewdecision", "draftedit")),
    "evidence": (_("Evidence"), ("evidencecitation", "source", "evidencedocument", "flag")),
    "answers": (
        _("Answers"),
        ("officialresponse", "responsecoverage", "responserequest", "statementsearch"),
    ),
    "money": (
        _("Figures"),
        ("figurecheck", "figure", "budgetline", "budgetimport", "columnmapping", "fiscalyear", "jurisdiction"),
    ),
    "actors": (_("People and agencies"), ("person", "office", "agency")),
    "public": (_("What is public"), ("publicstatus", "edition", "publisheditem")),
    "machines": (
        _("Machines and history"),
        ("hostincident", "sourcecheck", "snapshot", "acceptedversion", "watchentry", "entry", "cursor", "heartbeat"),
    ),
}
# Which sections come first for whom; the others follow in the order above.
FIRST: Mapping[str, Sequence[str]] = {
    "operations": ("machines", "evidence"),
    "auditor": ("public", "machines", "claims"),
}
OTHER = "other"


class TamroiAdminSite(AdminSite):
    """The editors' side. Every ModelAdmin lives in its own app; names, order and the desk are decided here."""

    site_title = _("Tamroi desk")
    site_header = _("Tamroi desk")
    index_title = _("The desk")
    site_url = "/"
    enable_nav_sidebar = True
    empty_value_display = "—"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Nothing is deleted in bulk: every deletion is a row of a form, saved by a verb.
        self.disable_action("delete_selected")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The worklist first, the models below it."""
        from claims.admin.access import roles_of
        from claims.admin.desk import queues_of

        user = request.user
        queues = []
        if isinstance(user, User):
            visible = [model["object_name"].lower() for app in self._models(request) for model in app["models"]]
            queues = queues_of(user, roles_of(request), may_see=visible)
        return super().index(request, {"queues": queues, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Models by the part of the work that they belong to, in the order of the person's role."""
        apps = self._models(request, app_label)
        if app_label is not None:
            return apps
        from claims.admin.access import roles_of

        found = {model["object_name"].lower(): model for app in apps for model in app["models"]}
        sections: list[Any] = [
            {"name": name, "app_label": code, "app_url": "", "has_module_perms": True, "models": models}
            for code, (name, wanted) in ordered_sections(roles_of(request))
            if (models := [found.pop(model) for model in wanted if model in found])
        ]
        if found:
            rest = sorted(found.values(), key=lambda model: str(model["name"]))
            other = {"name": _("Other"), "app_label": OTHER, "app_url": "", "has_module_perms": True, "models": rest}
            sections.append(other)
        return sections

    def _models(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return super().get_app_list(request, app_label)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """In development, the page says which accounts there are."""
        return super().login(request, {"demo_accounts": demo_accounts(), **(extra_context or {})})


def ordered_sections(roles: frozenset[str]) -> list[tuple[str, tuple[str | Promise, Sequence[str]]]]:
    """(code, (name, models)) in the order of the first role that has its own."""
    first = next((FIRST[role] for role in FIRST if role in roles), ())
    codes = [*first, *(code for code in SECTIONS if code not in first)]
    return [(code, SECTIONS[code]) for code in codes]


def demo_accounts() -> list[tuple[str, str]]:
    """(name, password) of the demo accounts; none outside development."""
    if not settings.DEBUG or settings.ENVIRONMENT != "development":
        return []
    from claims.review.transitions import Role
    from claims.seeding.demo import password_of

    return [(role.value, password_of(role)) for role in Role]
