"""The verb by which a person takes a version of a source as what it is compared with from now on."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from budgets.texts import faults
from claims.models.evidence import EvidenceCitation
from claims.models.flag import Flag
from claims.models.snapshot import Snapshot
from claims.models.source import Source
from claims.models.watch import AcceptedVersion
from claims.sources.affected import affected_by, mark_statuses_due
from claims.sources.citations import Verdict, apply_verdicts
from claims.sources.folding import fold_text
from claims.sources.quote import Quote, find_quote
from claims.sources.watched import Cited
from claims.vocabulary import FlagCode, QuoteState
from ledger.recording import record

_LONGEST_REASON = 500
_NOTE = 300  # characters of a flag's closing note


class VersionRefused(Exception):
    """A version cannot become the baseline; carries one sentence."""


def accept_version(*, source: Source, snapshot: Snapshot, reason: str, by: User, now: datetime) -> AcceptedVersion:
    """Make `snapshot` the baseline of `source`, close its “page changed” flag with the reason, look again at once.

    Raises `VersionRefused` for a version of another source, the one that is the baseline already, and a reason that is
    empty, too long or has forbidden characters. The page is accepted, not what became of a quote: an edited or lost
    quote stays so until its citation is changed or a look finds it whole.
    """
    reason = reason.strip()
    _check_reason(reason)
    with transaction.atomic():
        locked = Source.objects.select_for_update().get(pk=source.pk)
        if snapshot.source_id != locked.pk:
            raise VersionRefused("This version is one of another source; choose a version of this source.")
        if locked.accepted_snapshot_id == snapshot.pk:
            raise VersionRefused("This version is the baseline already; choose another one.")
        accepted = AcceptedVersion.objects.create(
            source=locked, snapshot=snapshot, previous=locked.accepted_snapshot, reason=reason, by=by, at=now
        )
        # Validators belong to the body that came last, so the next look asks for the whole page. A look that runs
        # keeps its lease; it finds the baseline moved and leaves it alone.
        Source.objects.filter(pk=locked.pk).update(
            accepted_snapshot=snapshot, etag="", last_modified="", next_check_at=now
        )
        source.refresh_from_db(fields=["accepted_snapshot", "etag", "last_modified", "next_check_at"])
        apply_verdicts(_judged(locked, snapshot), now=now)
        changed = Flag.objects.open().filter(code=FlagCode.PAGE_CHANGED, source=locked)
        changed.update(closed_at=now, closed_by=by, closing_note=reason[:_NOTE])
        mark_statuses_due(affected_by([locked.pk], now=now), now=now)
        record(
            "source.version_accepted",
            subject_kind="source",
            subject_id=locked.public_id,
            content={
                "snapshot": snapshot.sha256,
                "previous": accepted.previous.sha256 if accepted.previous else "",
                "reason": reason,
                "user": str(by.pk),
            },
        )
    return accepted


def _check_reason(reason: str) -> None:
    if not reason:
        raise VersionRefused("A reason is needed: say why this version is taken as the baseline.")
    if len(reason) > _LONGEST_REASON:
        raise VersionRefused(f"The reason is longer than {_LONGEST_REASON} characters; shorten it.")
    for fault in faults(reason):
        raise VersionRefused(fault)


def _judged(source: Source, snapshot: Snapshot) -> list[Verdict]:
    """What the accepted text says of quotes that nobody has looked for yet.

    The other states are what the last look found, and stay: the kept text is the article only, so it can neither lose
    a quote nor make an edited one whole.
    """
    text = fold_text(snapshot.text)
    is_pdf = "pdf" in snapshot.content_type.lower()
    out = []
    unseen = EvidenceCitation.objects.filter(source=source, quote_state=QuoteState.UNCHECKED)
    for citation in unseen.select_for_update(of=("self",)).order_by("pk"):
        quote = Quote(citation.quote_exact, citation.quote_prefix, citation.quote_suffix)
        found = find_quote(quote, text, is_pdf=is_pdf)
        if found.state is not QuoteState.LOST:
            cited = Cited(citation.pk, str(citation.public_id), quote, QuoteState.UNCHECKED)
            words = found.found if found.state is QuoteState.EDITED else ""
            out.append(Verdict(cited, found.state, words, found.similarity))
    return out
