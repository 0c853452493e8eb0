"""What the API says when it cannot answer: RFC 9457 problems, in the reader's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework import exceptions

from claims.api.wording import Both, reader_language

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 30
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem: its code (the anchor on the documentation page), status and title."""

    code: str
    status: int
    title: Both
    meaning: Both

    @property
    def type(self) -> str:
        """The URI that names it for ever."""
        return f"{settings.PUBLIC_ORIGIN}/api/docs/#problem-{self.code}"


BAD_QUERY = ProblemKind(
    "bad-query",
    HTTPStatus.BAD_REQUEST,
    Both("The query cannot be understood", "อ่านเงื่อนไขในที่อยู่ไม่ได้"),
    Both(
        "A parameter is unknown, given twice, or has a value that it cannot have. `errors` names each of them.",
        "มีพารามิเตอร์ที่ไม่รู้จัก ส่งมาซ้ำ หรือมีค่าที่ใช้ไม่ได้ โดย `errors` ระบุไว้ทุกตัว",
    ),
)
BAD_REQUEST = ProblemKind(
    "bad-request",
    HTTPStatus.BAD_REQUEST,
    Both("The request cannot be understood", "อ่านคำขอไม่ได้"),
    Both(
        "The request itself is damaged, for example with far too many parameters.",
        "คำขอไม่สมบูรณ์ เช่น มีพารามิเตอร์มากเกินไป",
    ),
)
NOT_FOUND = ProblemKind(
    "not-found",
    HTTPStatus.NOT_FOUND,
    Both("Nothing is published here", "ไม่มีข้อมูลเผยแพร่ที่นี่"),
    Both(
        "The address names nothing that we have published. Retracted and withheld entries stay at their address.",
        "ไม่มีข้อมูลที่เผยแพร่ ณ ที่อยู่นี้ รายการที่ถอนหรือระงับการแสดงเนื้อหายังอยู่ที่ที่อยู่เดิม",
    ),
)
METHOD_NOT_ALLOWED = ProblemKind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    Both("The API can only be read", "API นี้ใช้อ่านได้อย่างเดียว"),
    Both("Use GET, HEAD or OPTIONS.", "ใช้ได้เฉพาะ GET, HEAD และ OPTIONS"),
)
NOT_ACCEPTABLE = ProblemKind(
    "not-acceptable",
    HTTPStatus.NOT_ACCEPTABLE,
    Both("The API speaks JSON only", "API นี้ตอบเป็น JSON เท่านั้น"),
    Both(
        "The Accept header leaves no room for application/json.",
        "ส่วนหัว Accept ไม่รับ application/json",
    ),
)
TOO_MANY = ProblemKind(
    "too-many-requests",
    HTTPStatus.TOO_MANY_REQUESTS,
    Both("Too many requests", "ส่งคำขอถี่เกินไป"),
    Both(
        "Wait as many seconds as the Retry-After header says. Statuses come up to 500 in one answer.",
        "โปรดรอตามจำนวนวินาทีในส่วนหัว Retry-After ทั้งนี้ขอสถานะได้ครั้งละไม่เกิน 500 รายการ",
    ),
)
INTERNAL = ProblemKind(
    "internal",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    Both("Our mistake", "ระบบของเราขัดข้อง"),
    Both("Something broke on our side; it has been logged.", "เกิดข้อผิดพลาดที่ระบบของเรา และบันทึกไว้แล้ว"),
)
UNAVAILABLE = ProblemKind(
    "unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    Both("Out of order for a moment", "ขัดข้องชั่วคราว"),
    Both(
        "The database cannot be reached or took too long. Try again after the seconds in Retry-After.",
        "ติดต่อฐานข้อมูลไม่ได้หรือใช้เวลานานเกินไป โปรดลองใหม่หลังจำนวนวินาทีใน Retry-After",
    ),
)
KINDS = (BAD_QUERY, BAD_REQUEST, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, TOO_MANY, INTERNAL, UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a sentence, and where (`#/query/limit`)."""

    detail: Both
    pointer: str


class Problem(Exception):
    """A request that cannot be answered. Every refusal of the API's own code is one of these."""

    def __init__(self, kind: ProblemKind, detail: Both | None = None, errors: Sequence[Fault] = ()) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail or kind.meaning
        self.errors = errors


def in_query(name: str) -> str:
    """A JSON pointer to a query parameter."""
    return "#/query/" + name.replace("~", "~0").replace("/", "~1")


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Django REST framework's EXCEPTION_HANDLER: every exception of a view becomes a problem."""
    request = context["request"]
    request = getattr(request, "_request", request)
    if isinstance(error, Problem):
        return respond(request, error)
    if isinstance(error, exceptions.Throttled):
        wait = max(1, int(getattr(error, "wait", None) or 1))
        return respond(request, Problem(TOO_MANY), {"Retry-After": str(wait)})
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("the database did not answer: %s", error)
        return respond(request, Problem(UNAVAILABLE), {"Retry-After": str(RETRY_SECONDS)})
    if kind := _kind_of(error):
        return respond(request, Problem(kind))
    if settings.DEBUG:
        return None  # Django's page with the traceback
    logger.error("unexpected error", exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return respond(request, Problem(INTERNAL))


def respond(request: HttpRequest, problem: Problem, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The problem as a response in the reader's language."""
    lang = reader_language()
    body = {
        "type": problem.kind.type,
        "title": problem.kind.title.of(lang),
        "status": int(problem.kind.status),
        "detail": problem.detail.of(lang),
        "instance": request.get_full_path()[:2_000],
        "errors": [{"detail": fault.detail.of(lang), "pointer": fault.pointer} for fault in problem.errors],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=problem.kind.status, content_type=CONTENT_TYPE)
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _kind_of(error: Exception) -> ProblemKind | None:
    if isinstance(error, Http404 | exceptions.NotFound | PermissionDenied):
        return NOT_FOUND
    if isinstance(error, exceptions.MethodNotAllowed):
        return METHOD_NOT_ALLOWED
    if isinstance(error, exceptions.NotAcceptable):
        return NOT_ACCEPTABLE
    if isinstance(error, SuspiciousOperation | exceptions.APIException):
        return BAD_REQUEST
    return None
