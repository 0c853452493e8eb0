"""What every endpoint does alike: negotiate, count, read the query, answer with a validator, or say 304."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api import conditional, cursors
from claims.api.parameters import Parameter, read_query
from claims.api.problems import BAD_QUERY, NOT_FOUND, Fault, Problem, in_query
from claims.api.schema.inspecting import DeclaredSchema
from claims.api.splicing import JsonText
from claims.api.throttling import PerMinute
from claims.api.wording import Both

Version = tuple[Any, ...]
LANGUAGES = "en, th"


@dataclass(frozen=True, slots=True)
class Operation:
    """What an endpoint is: the one declaration that is read, checked and documented."""

    id: str
    tag: str
    summary: Both
    about: Both
    answer: str
    """Name of the component that describes the answer."""
    parameters: Sequence[Parameter] = ()
    path: Mapping[str, str] = field(default_factory=dict)
    """Example values of the address's own parts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON text, and what it depends on; without a version the bytes themselves are it."""

    body: JsonText
    version: Version | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    """`Link` header: relation to URL."""


class JsonOnly(BaseContentNegotiation):
    """Every answer is JSON; `Accept` may only agree or be refused."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> None:
        """Nothing is ever parsed: the API is read-only."""
        return

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """JSON, unless the reader refuses it. Raises NotAcceptable."""
        if not request._request.accepts("application/json"):
            raise NotAcceptable
        return JSONRenderer(), "application/json"


class PublicView(APIView):
    """A read-only endpoint. Subclasses declare `operation` and answer; they may tell a version cheaply."""

    operation: ClassVar[Operation]
    max_age: ClassVar[int] = conditional.MAX_AGE_SECONDS
    http_method_names = ["get", "head", "options"]
    content_negotiation_class = JsonOnly
    throttle_classes = [PerMinute]
    schema = DeclaredSchema()

    def check(self, query: Mapping[str, Any]) -> None:
        """Refuse what only this endpoint can tell, before a version may say 304. Raises Problem."""

    def version(self, query: Mapping[str, Any], **path: Any) -> Version | None:
        """What the answer depends on, read more cheaply than the answer itself; None when there is no such way."""
        return None

    def answer(self, query: Mapping[str, Any], **path: Any) -> Answer:
        """The answer. Raises Problem."""
        raise NotImplementedError

    def get(self, request: Request, **path: Any) -> HttpResponse:
        """Answer, or say that nothing has changed."""
        plain = request._request
        query = read_query(plain.GET, self.operation.parameters)
        self.check(query)
        asked = plain.META.get("QUERY_STRING", "")
        if "HTTP_IF_NONE_MATCH" in plain.META and (version := self.version(query, **path)) is not None:
            known = conditional.version_etag(plain.path, asked, *version)
            if unchanged := conditional.not_modified(plain, known, max_age=self.max_age):
                return unchanged
        answer = self.answer(query, **path)
        body = answer.body.encode()
        if answer.version is None:
            etag = conditional.body_etag(body)
        else:
            etag = conditional.version_etag(plain.path, asked, *answer.version)
        unchanged = conditional.not_modified(plain, etag, max_age=self.max_age)
        return unchanged or self._respond(plain, body, etag, answer.links)

    # The stubs know only answers that are rendered.
    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Say which methods there are (in `Allow`); browsers' own questions are answered before they get here."""
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response

    def _respond(self, request: HttpRequest, body: bytes, etag: str, links: Mapping[str, str]) -> HttpResponse:
        response = HttpResponse(body, content_type="application/json")
        response.headers["Content-Length"] = str(len(body))
        response.headers["Content-Language"] = LANGUAGES
        if links:
            response.headers["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
        if request.method == "HEAD":
            response.content = b""
        return conditional.with_policy(response, etag, max_age=self.max_age)


def url(path: str, **query: object) -> str:
    """The absolute URL of a path of ours."""
    return f"{settings.PUBLIC_ORIGIN}{path}{'?' + urlencode(query, doseq=True) if query else ''}"


def following(request: Request, cursor: str, *, leave_out: Sequence[str] = ()) -> str:
    """The URL of what comes after: the same query with another cursor."""
    given = {
        name: values for name, values in request._request.GET.lists() if name != "cursor" and name not in leave_out
    }
    return url(request._request.path, **given, cursor=cursor)


def read_cursor(cursor: str | None, order: str, *kinds: Any) -> tuple[Any, ...] | None:
    """The values of a cursor parameter. Raises Problem."""
    if cursor is None:
        return None
    try:
        return cursors.decode(cursor, order, *kinds)
    except cursors.BadCursor as error:
        raise Problem(BAD_QUERY, error.detail, [Fault(error.detail, in_query("cursor"))]) from None


def not_published(slug: str) -> Problem:
    """The 404 of an entry."""
    return Problem(
        NOT_FOUND,
        Both("Nothing is published under “{slug}” here.", "ไม่มีรายการที่เผยแพร่ในชื่อ “{slug}” ที่นี่").within(slug=slug),
    )
