"""Exceptions of a fetch to one of the fifteen outcomes. The order matters: subclasses before their parents."""

from __future__ import annotations

import socket
from dataclasses import dataclass

import aiohttp
from aiohttp import http_exceptions

from claims.outbound import decoding
from claims.outbound.body import BodyTooLarge
from claims.outbound.policy import Refused


@dataclass(frozen=True, slots=True)
class Failure:
    """Outcome code, reason code, and what it is about."""

    outcome: str
    reason: str
    about: str = ""
    permanent: bool = False


def classify(error: BaseException, *, has_headers: bool) -> Failure:
    """The outcome of a fetch that ended in `error`; what nobody foresaw is `unavailable`, with the type's name."""
    for judge in (_ours, _on_the_way, _in_the_answer):
        if failure := judge(error):
            return failure
    if isinstance(error, TimeoutError):
        return Failure("timeout", "slow_body" if has_headers else "slow_headers")
    if isinstance(error, OSError):
        return _connect(error)
    return Failure("unavailable", "connection_failed", type(error).__name__)


def _ours(error: BaseException) -> Failure | None:
    """Our own rules and bounds."""
    match error:
        case Refused():
            return Failure("refused", error.code, error.about, permanent=True)
        case BodyTooLarge():
            return Failure("too_large", "body_too_large", str(error))
        case decoding.TooLarge():
            return Failure("too_large", "unpacks_too_large")
        case decoding.UnknownEncoding():
            return Failure("unsupported", "encoding_unknown", str(error))
        case decoding.BrokenEncoding():
            return Failure("unavailable", "encoding_broken", str(error))
    return None


def _on_the_way(error: BaseException) -> Failure | None:
    """Until the connection stands."""
    match error:
        case aiohttp.ClientConnectorDNSError() | socket.gaierror():
            return _dns(error)
        case aiohttp.ClientConnectorCertificateError():
            return Failure("tls_error", "certificate_invalid", _certificate(error))
        case aiohttp.ClientSSLError():
            return Failure("tls_error", "tls_failed", str(getattr(error, "os_error", ""))[:120])
        case aiohttp.ClientConnectorError():
            return _connect(error.os_error)
    return None


def _in_the_answer(error: BaseException) -> Failure | None:
    """After it stood."""
    match error:
        case http_exceptions.LineTooLong():
            return Failure("too_large", "headers_too_large")
        case aiohttp.ClientPayloadError():
            return Failure("unavailable", "answer_truncated")
        case aiohttp.ClientResponseError() | http_exceptions.HttpProcessingError():
            if "more than" in str(error) or "too long" in str(error).lower():
                return Failure("too_large", "headers_too_large")
            return Failure("unavailable", "answer_malformed", str(getattr(error, "message", ""))[:80])
        case aiohttp.ClientConnectionError() | ConnectionError() if not isinstance(error, TimeoutError):
            return Failure("unavailable", "connection_broken")
    return None


def _dns(error: BaseException) -> Failure:
    cause = getattr(error, "os_error", error)
    if getattr(cause, "errno", None) in (socket.EAI_AGAIN, socket.EAI_FAIL):
        return Failure("dns_error", "name_unanswered")
    if "name_without_address" in str(cause):
        return Failure("dns_error", "name_without_address")
    return Failure("dns_error", "name_unknown")


def _connect(error: OSError) -> Failure:
    if isinstance(error.__cause__, Refused):  # judged at the socket
        return Failure("refused", error.__cause__.code, error.__cause__.about, permanent=True)
    if isinstance(error, ConnectionRefusedError):
        return Failure("unavailable", "connection_refused")
    return Failure("unavailable", "connection_failed", error.strerror or type(error).__name__)


def _certificate(error: aiohttp.ClientConnectorCertificateError) -> str:
    return str(getattr(error.certificate_error, "verify_message", ""))[:120]
