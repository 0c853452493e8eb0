"""Where to begin, and what is said of addresses that do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api.base import Answer, JsonOnly, Operation, PublicView, url
from claims.api.problems import NOT_FOUND, Problem
from claims.api.splicing import text
from claims.api.throttling import PerMinute
from claims.api.wording import Both

_LISTS = ("claims", "statuses", "dossiers", "responses", "evidence", "figures", "people", "agencies", "budget-lines")


class Index(PublicView):
    """Links to everything."""

    operation = Operation(
        id="index",
        tag="Start",
        summary=Both("Where everything is", "จุดเริ่มต้น"),
        about=Both("Links to every list, the schema and the documentation.", "ลิงก์ไปยังทุกรายการ สคีมา และเอกสาร"),
        answer="Index",
    )

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """No query."""
        lists = {name.replace("-", "_"): url(f"/api/v1/{name}/") for name in _LISTS}
        return Answer(text({**lists, "schema": url("/api/v1/schema/"), "documentation": url("/api/docs/")}))


class Nowhere(APIView):
    """Every other address below /api/: a problem, or the address with its slash."""

    schema = None
    content_negotiation_class = JsonOnly
    throttle_classes = [PerMinute]

    def get(self, request: Request, rest: str) -> HttpResponse:
        """Redirect where only the final slash is missing. Raises Problem."""
        plain = request._request
        if not plain.path.endswith("/") and _exists(f"{plain.path_info}/"):
            return HttpResponsePermanentRedirect(plain.get_full_path(force_append_slash=True))
        raise Problem(NOT_FOUND)


def _exists(path: str) -> bool:
    try:
        return resolve(path).url_name != "nowhere"
    except Resolver404:
        return False
