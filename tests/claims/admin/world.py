"""At least `n` rows of every noun, so that every list of the admin has something to show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile

from budgets.figures import record_figure
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.models.fiscal_year import FiscalYear
from budgets.vocabulary import AliasTarget, Exactness, Phase, Provenance, Unit
from claims.models.claim import Claim
from claims.models.dossier import DossierNote
from claims.models.event import Event
from claims.models.evidence import EvidenceDocument
from claims.models.figure_attribution import FigureAttribution
from claims.models.figure_check import FigureCheck, Finding, Operand, Reading
from claims.models.flag import Flag
from claims.models.heartbeat import Heartbeat
from claims.models.incident import HostIncident
from claims.models.people import PersonAlias, Tenure
from claims.models.response import ResponseRequest, StatementSearch
from claims.models.snapshot import Snapshot
from claims.models.source import Source, SourceCheck
from claims.models.watch import AcceptedVersion, WatchEntry
from claims.vocabulary import Coverage, FlagCode, Outcome, SaidBasis, SourceHealth
from ledger.models import Cursor
from tests.factories.budgets import Row, make_import
from tests.factories.cast import Cast
from tests.factories.claims import NOW, draft_claim, publish_claim, respond
from tests.factories.nouns import AgencyFactory, DossierFactory, OfficeFactory, PersonFactory


def fill(cast: Cast, n: int, *, start: int = 0) -> list[Claim]:
    """Add `n` published claims with everything around them; call again with another `start` to add more."""
    return [_add(cast, start + number) for number in range(n)]


def _add(cast: Cast, number: int) -> Claim:
    dossier = DossierFactory.create()
    person = PersonFactory.create()
    office = OfficeFactory.create()
    claim = draft_claim(by=cast.contributor, person=person, dossier=dossier, number=1)
    response = respond({claim: Coverage.PARTLY}, by=cast.contributor, dossier=dossier)
    DossierNote.objects.create(dossier=dossier, position=1, text_en="A note.", text_th="หมายเหตุ")
    Event.objects.create(claim=claim, position=1, text_en="It happened.", text_th="เกิดขึ้น")
    PersonAlias.objects.create(person=person, name="อีกชื่อ", lang="th")
    Tenure.objects.create(person=person, office=office)
    line = BudgetLine.objects.create(
        slug=f"line-{number}", agency=AgencyFactory.create(), name_en=f"Line {number}", name_th=f"รายการ {number}"
    )
    FiscalYear.objects.create(
        jurisdiction=dossier.jurisdiction,
        year=2000 + number,
        starts_on=date(1999 + number, 10, 1),
        ends_on=date(2000 + number, 9, 30),
    )
    figure = record_figure(
        by=cast.contributor,
        now=NOW,
        slug=f"figure-{number}",
        label_en=f"Spending {number}",
        label_th=f"รายจ่าย {number}",
        agency=line.agency,
        line=line,
        value=Decimal(4_000_000),
        low=Decimal(4_000_000),
        high=Decimal(4_000_000),
        low_closed=True,
        high_closed=True,
        unit=Unit.MONEY,
        currency="THB",
        exactness=Exactness.EXACT,
        phase=Phase.UNSTATED,
        provenance=Provenance.CLAIMANT,
    )
    FigureAttribution.objects.create(
        figure=figure, claim=claim, basis=SaidBasis.SAID, said_by=person, said_by_words_en="She", said_by_words_th="เธอ"
    )
    publish_claim(claim, cast)
    _watch(claim)
    _machines(cast, number)
    _import(cast, line, number)
    _check(claim, figure)
    EvidenceDocument.objects.create(
        title_en=f"Paper {number}",
        title_th=f"เอกสาร {number}",
        file=ContentFile(b"text", name=f"{number:064d}.txt"),
        sha256=f"{number:064d}",
        size=4,
        received_at=NOW,
    )
    ResponseRequest.objects.create(
        claim=claim, office=office, asked_on=date(2026, 1, 1), due_on=date(2026, 2, 1), sent_by=cast.editor
    )
    StatementSearch.objects.create(
        claim=claim,
        searched_on=date(2026, 3, 1),
        searched_by=cast.contributor,
        where_en="The ministry's site",
        where_th="เว็บไซต์กระทรวง",
        words="ประกันสังคม",
        words_lang="th",
        found_en="Nothing.",
        found_th="ไม่พบ",
    )
    Heartbeat.objects.create(name=f"chain-{number}", at=NOW)
    Cursor.objects.create(name=f"follower-{number}")
    assert response.pk is not None
    return claim


def _import(cast: Cast, line: BudgetLine, number: int) -> None:
    made = make_import(cast.contributor, [Row(line, 2022, "100")], dataset=f"bill-{number}")
    made.mapping.aliases.create(target=AliasTarget.AGENCY, written=f"กรมท {number}", meant="กรม")


def _check(claim: Claim, figure: Figure) -> None:
    assertion = claim.assertions.get()
    words = {"claimed_words_en": "4 million", "claimed_words_th": "4 ล้าน"}
    check = FigureCheck.objects.create(
        assertion=assertion, formula="value", relation="equals", claimed_low=4, claimed_high=4,
        claimed_unit="money", claimed_currency="THB", **words,
    )  # fmt: skip
    reading = Reading.objects.create(figure_check=check)
    Operand.objects.create(reading=reading, position=1, figure=figure)
    body = {"sum": {"en": "4", "th": "4"}, "why": {"en": "", "th": ""}, "notes": [], "own_figures": True}
    Finding.objects.create(reading=reading, result="holds", cause="edit", body=body, digest="0" * 64, computed_at=NOW)


def _machines(cast: Cast, number: int) -> None:
    kept = Snapshot.objects.latest("pk")
    AcceptedVersion.objects.create(source=kept.source, snapshot=kept, reason="Checked.", by=cast.reviewer, at=NOW)
    WatchEntry.objects.create(key=f"entry-{number}", url=kept.source.url, source=kept.source, added_at=NOW)
    HostIncident.objects.create(
        host=f"host-{number}.example", outcome=Outcome.TIMEOUT, failing=3, watched=9, opened_at=NOW, last_seen_at=NOW
    )


def _watch(claim: Claim) -> None:
    source = Source.objects.filter(citations__claim=claim).get()
    snapshot = Snapshot.objects.create(
        source=source, sha256="a" * 64, size=9, storage_name="a", text="It.", taken_at=NOW
    )
    SourceCheck.objects.create(
        source=source, outcome=Outcome.DNS_ERROR, snapshot=snapshot, checked_at=NOW, last_seen_at=NOW
    )
    Source.objects.filter(pk=source.pk).update(
        health=SourceHealth.SUSPECT, failing_since=NOW, last_outcome=Outcome.DNS_ERROR, last_checked_at=NOW
    )
    Flag.objects.create(
        code=FlagCode.QUOTE_LOST, claim=claim, source=source, citation=claim.citations.get(), opened_at=NOW
    )
