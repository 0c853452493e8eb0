"""Verbs of evidence: watch a source, cite a quote from it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from budgets.texts import faults
from claims.authorship import begin_edit, note_edits, subject_of
from claims.intake import sentences
from claims.models.claim import Claim
from claims.models.evidence import EvidenceCitation, EvidenceDocument
from claims.models.source import Source
from claims.outbound.policy import Policy, Refused, judge_url
from claims.uploads import MOST_BYTES, UploadRefused, judge_upload
from claims.vocabulary import Language, QuoteState
from ledger.recording import record


class EvidenceRefused(Exception):
    """A source or citation cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def watch_source(*, source: Source, policy: Policy, by: User, now: datetime) -> Source:
    """Store a new source and make it due now; raise `EvidenceRefused` when its address can never be fetched.

    `source` is unsaved and carries url, title and publisher; the address is stored as the policy normalises it.
    """
    with transaction.atomic():
        prepare_source(source, policy=policy, now=now)
        source.save(force_insert=True)
        source.refresh_from_db(fields=["public_id"])
        record(
            "source.watched",
            subject_kind="source",
            subject_id=source.public_id,
            content={"url": source.url, "user": str(by.pk)},
        )
    return source


def prepare_source(source: Source, *, policy: Policy, now: datetime) -> None:
    """Normalise and judge an unsaved source in place; raise `EvidenceRefused` with every fault."""
    try:
        target = judge_url(source.url.strip(), policy)
    except Refused as refused:
        raise EvidenceRefused([refused.sentence["en"]]) from refused
    source.url = target.url
    source.host = urlsplit(target.url).netloc
    source.added_at = now
    source.next_check_at = now
    try:
        source.full_clean(exclude=["url"] if target.is_local_site else None)
    except ValidationError as error:
        raise EvidenceRefused(sentences(error)) from error


def cite_evidence(*, citation: EvidenceCitation, by: User, now: datetime) -> EvidenceCitation:
    """Store a new citation of a claim, response or dossier and make its source due; raise `EvidenceRefused`."""
    with transaction.atomic():
        _begin_edits(citation, by=by, now=now)
        prepare_citation(citation)
        citation.save(force_insert=True)
        citation.refresh_from_db(fields=["public_id"])
        if citation.source is not None:
            Source.objects.filter(pk=citation.source.pk).update(next_check_at=now)
        record(
            "evidence.cited",
            subject_kind="citation",
            subject_id=citation.public_id,
            content={"quote": citation.quote_exact, "user": str(by.pk)},
        )
    return citation


def prepare_citation(citation: EvidenceCitation) -> None:
    """Normalise and check an unsaved citation in place; raise `EvidenceRefused` with every fault."""
    reasons: list[str] = []
    for field in ("quote_exact", "quote_prefix", "quote_suffix"):
        text = unicodedata.normalize("NFC", getattr(citation, field)).strip()
        setattr(citation, field, text)
        reasons += [f"{field}: {fault}" for fault in text_faults(text)]
    if citation.assertion is not None and citation.assertion.claim_id != citation.claim_id:
        reasons.append("assertion: It belongs to another claim; choose one of this claim's assertions.")
    try:
        citation.full_clean()
    except ValidationError as error:
        reasons += sentences(error)
    if reasons:
        raise EvidenceRefused(reasons)


def forget_observation(citation: EvidenceCitation) -> None:
    """Set an unsaved change of a quote or its place back to “not re-checked”: nobody has looked for it there yet."""
    citation.quote_state, citation.quote_state_at, citation.quote_found = QuoteState.UNCHECKED, None, ""


def check_now(*, sources: Iterable[Source], by: User, now: datetime) -> int:
    """Make sources due at once and return how many; a check that runs keeps its lease and leaves them due."""
    with transaction.atomic():
        keys = [source.pk for source in sources]
        due = Source.objects.filter(pk__in=keys).update(next_check_at=now)
        for source in Source.objects.filter(pk__in=keys).order_by("pk"):
            record("source.check_asked", subject_kind="source", subject_id=source.public_id, content=_actor(by))
    return due


def keep_document(
    *, document: EvidenceDocument, upload: UploadedFile[Any], by: User, now: datetime
) -> EvidenceDocument:
    """Store a new document under the digest of its content; raise `EvidenceRefused` when its kind is not kept.

    The kind is judged by content, never by the name or type that came with it.
    """
    try:
        kind = judge_upload(upload.name or "", upload.read(), most=MOST_BYTES)
    except UploadRefused as refused:
        raise EvidenceRefused([str(refused)]) from refused
    finally:
        upload.seek(0)
    document.sha256, document.size, document.received_at = _digest(upload), upload.size or 0, now
    with transaction.atomic():
        standing = EvidenceDocument.objects.filter(sha256=document.sha256).first()
        if standing is not None:
            raise EvidenceRefused([f"We hold this very file already: “{standing}”."])
        document.file.save(f"{document.sha256}.{kind.value}", upload, save=False)
        document.save(force_insert=True)
        document.refresh_from_db(fields=["public_id"])
        record(
            "document.kept",
            subject_kind="document",
            subject_id=document.public_id,
            content={"sha256": document.sha256, **_actor(by)},
        )
    return document


def other_language(lang: str) -> str:
    """Return the language that a quote's translation is written in."""
    return str(Language.TH if lang == Language.EN else Language.EN)


def text_faults(text: str) -> list[str]:
    """Return what is wrong with the characters of a quote, a sentence each."""
    return faults(text)


def _digest(upload: UploadedFile[Any]) -> str:
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _actor(by: User) -> dict[str, str]:
    return {"user": str(by.pk)}


def _begin_edits(citation: EvidenceCitation, *, by: User, now: datetime) -> None:
    if citation.claim is not None:
        begin_edit(citation.claim, by=by, now=now)
    elif citation.dossier is not None:
        note_edits([subject_of(citation.dossier)], by=by, now=now)
    elif citation.response is not None:
        covered: Any = Claim.objects.filter(coverage__response=citation.response).distinct()
        for claim in covered.order_by("pk"):
            begin_edit(claim, by=by, now=now)
