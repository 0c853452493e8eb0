"""Queues of what machines saw or failed at: quotes, figures, sources, hosts, files, and work that was given up."""

from __future__ import annotations

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from budgets.models.budget_import import BudgetImport
from budgets.vocabulary import ImportState
from claims.desk.queue import Kind, Rows, Viewer, waiting
from claims.models.asking import RequestLetter
from claims.models.desk import Alert
from claims.models.evidence import EvidenceCitation, EvidenceDocument
from claims.models.flag import Flag
from claims.models.incident import HostIncident
from claims.models.intake_text import IntakeText
from claims.models.source import Source
from claims.vocabulary import AlertState, FlagCode, IntakeState, Outcome, SourceHealth

ABOUT_QUOTES = (FlagCode.QUOTE_LOST, FlagCode.QUOTE_EDITED, FlagCode.PAGE_CHANGED)
_APART = {*ABOUT_QUOTES, FlagCode.HOST_INCIDENT, FlagCode.FINDING_CHANGED}
_OTHERS = ",".join(code.value for code in FlagCode if code not in _APART)
BURIED = {"detail__contains": {"reason": "checker_failed"}}
"""What a flag says of a source whose check never ended."""


def troubled(sources: QuerySet[Source], *, cited_only: bool) -> QuerySet[Source]:
    """Return the sources that answer badly; `cited_only` leaves out those that no quote rests on."""
    found = sources.filter(health__in=[SourceHealth.SUSPECT, SourceHealth.BROKEN])
    return found.filter(Exists(EvidenceCitation.objects.filter(source=OuterRef("pk")))) if cited_only else found


def _flags(rows: QuerySet[Flag]) -> Rows:
    about = Coalesce("claim__heading_en", "source__title", "citation__quote_exact", output_field=CharField())
    return waiting(rows, text=Coalesce(about, Value("—")), since="opened_at", note="code")


def _quotes(viewer: Viewer) -> Rows:
    return _flags(Flag.objects.open().filter(code__in=ABOUT_QUOTES))


def _findings(viewer: Viewer) -> Rows:
    return _flags(Flag.objects.open().filter(code=FlagCode.FINDING_CHANGED))


def _other_flags(viewer: Viewer) -> Rows:
    return _flags(Flag.objects.open().exclude(code__in=_APART).exclude(**BURIED))


def _buried(viewer: Viewer) -> Rows:
    return _flags(Flag.objects.open().filter(**BURIED))


def _hosts(viewer: Viewer) -> Rows:
    of = (Cast(F(name), CharField()) for name in ("failing", "watched"))
    numbers = Concat("outcome", Value(":"), next(of), Value(":"), next(of), output_field=CharField())
    return waiting(HostIncident.objects.open(), text="host", since="opened_at", note=numbers)


def _sources(viewer: Viewer) -> Rows:
    since = Coalesce(F("failing_since"), F("last_checked_at"), F("added_at"))
    return waiting(troubled(Source.objects.all(), cited_only=True), text="title", since=since, note="last_outcome")


def _unchecked_files(viewer: Viewer) -> Rows:
    rows = EvidenceDocument.objects.filter(redaction_checked_at__isnull=True)
    return waiting(rows, text="title_en", since="received_at")


def _letters(viewer: Viewer) -> Rows:
    rows = RequestLetter.objects.filter(failed_at__isnull=False, sent_at__isnull=True)
    return waiting(rows, text="claim__heading_en", since="failed_at", note="failure")


def _alerts(viewer: Viewer) -> Rows:
    return waiting(Alert.objects.filter(state=AlertState.FAILED), text="subject", since="made_at", note="failure")


def _files(viewer: Viewer) -> Rows:
    rows = BudgetImport.objects.filter(state=ImportState.FAILED)
    return waiting(rows, text="file_name", since=Coalesce(F("finished_at"), F("requested_at")), note="fault")


def _texts(viewer: Viewer) -> Rows:
    rows = IntakeText.objects.filter(state=IntakeState.FAILED)
    return waiting(rows, text="url", since="received_at")


def _flag_words(code: str) -> str:
    return str(FlagCode(code).label)


def _outcome_words(code: str) -> str:
    return str(Outcome(code).label) if code else ""


def _host_words(note: str) -> str:
    outcome, failing, watched = note.split(":")
    return f"{Outcome(outcome).label}: {int(failing):,} of {int(watched):,}"


_FLAG, _FLAGS = "claims_flag_change", "claims_flag_changelist"

EVIDENCE = (
    Kind(
        "quotes", "Quotes to look at", "No quote was lost or edited.", Flag, _quotes, page=_FLAG,
        full=("claims_flag_quotes", ""), words=_flag_words,
    ),
    Kind(
        "findings", "Stale figure checks", "No figure that a check rests on has changed.", Flag, _findings, page=_FLAG,
        full=(_FLAGS, f"code__exact={FlagCode.FINDING_CHANGED.value}"), words=_flag_words,
    ),
    Kind(
        "other_flags", "Other open flags", "No other flag is open.", Flag, _other_flags, page=_FLAG,
        full=(_FLAGS, f"code__in={_OTHERS}"), words=_flag_words,
    ),
    Kind(
        "sources", "Sources in trouble", "Every cited source that was looked at answers.", Source, _sources,
        page="claims_source_change", full=("claims_source_changelist", "in_trouble=yes"), words=_outcome_words,
    ),
    Kind(
        "hosts", "Hosts that fail", "No host fails as a whole.", HostIncident, _hosts,
        page="claims_hostincident_change", full=("claims_hostincident_changelist", ""), words=_host_words,
    ),
    Kind(
        "unchecked_files", "Files without a redaction check", "Every file was looked through.", EvidenceDocument,
        _unchecked_files, page="claims_evidencedocument_change",
        full=("claims_evidencedocument_changelist", "redaction_checked_at__isnull=True"),
    ),
)  # fmt: skip
FAILED = (
    Kind(
        "letters", "Letters that were not sent", "Every letter went out.", RequestLetter, _letters,
        page="claims_requestletter_change", full=("claims_requestletter_changelist", "failed_at__isnull=False"),
    ),
    Kind(
        "alerts", "Alerts that were not sent", "Every alert went out.", Alert, _alerts,
        page="claims_alert_change", full=("claims_alert_changelist", "state__exact=failed"),
    ),
    Kind(
        "files", "Budget files that failed", "Every budget file was read.", BudgetImport, _files,
        page="budgets_budgetimport_change", full=("budgets_budgetimport_changelist", "state__exact=failed"),
    ),
    Kind(
        "texts", "Pages that could not be read", "Every page that was given was read.", IntakeText, _texts,
        page="claims_intaketext_change", full=("claims_intaketext_changelist", "state__exact=failed"),
    ),
    Kind(
        "buried", "Sources whose check never ended", "Every check of a source came to its end.", Flag, _buried,
        page=_FLAG, full=(_FLAGS, f"code__exact={FlagCode.SOURCE_BROKEN.value}"), words=_flag_words,
    ),
)  # fmt: skip
