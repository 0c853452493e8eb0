"""checks.yaml: faults that its writer can mend, and what it makes of the drafts."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from budgets.figures import record_figure
from budgets.models.budget_line import BudgetLine
from budgets.vocabulary import Exactness, PeriodBasis, Phase, Provenance, Unit
from claims.figure_checks.following import follow_figures
from claims.models.figure_check import FigureCheck, Finding, Operand, Reading
from claims.models.flag import Flag
from claims.models.review import ClaimReview
from claims.publication.verbs import publish
from claims.review.verbs import approve, submit
from claims.seeding.loading.session import LoadRefused
from tests.claims.seeding.bringing import Bring, bringer, rows
from tests.claims.seeding.folders import NOW, Folder
from tests.factories.cast import Cast

FILE = "checks.yaml"
HALF = "words: {en: half, th: ครึ่งหนึ่ง}"
WAITS = "waits_for: {line: sso-public-relations, year: 2024, basis: fiscal_year, phase: allocated}"

# what to replace, with what, lines below the replaced text, field, part of the problem
SPOILT = [
    ("claim: sso-spending-growth", "claim: no-claim", 0, "checks[1].claim", "no claim “no-claim”"),
    ("assertion: 1", "assertion: 9", 0, "checks[1].assertion", "“sso-spending-growth” has no assertion 9"),
    ("assertion: 2\n", "assertion: 1\n", -1, "checks[2].number", "given to two checks of one assertion"),
    ("assertion: 1\n", "assertion: 1\n    number: 0\n", 1, "checks[1].number", "not a number from 1"),
    ("formula: value", "formula: guess", 0, "checks[1].formula", "not one of its codes"),
    ("relation: more_than", "relation: far_more", 0, "checks[3].relation", "not one of its codes"),
    ("unit: money", "unit: gold", 0, "checks[1].claimed.unit", "not one of its codes"),
    ("      currency: THB\n", "", -2, "checks[1].claimed.currency", "belongs to money"),
    ("unit: percent", "unit: percent\n      currency: THB", 1, "checks[3].claimed.currency", "belongs to money"),
    ('low: "0"', "low: 0.5", 0, "checks[3].claimed.low", "read as a float"),
    ('low: "0"', 'low: "1"', 0, "checks[3].claimed.low", "is above high"),
    ('      low: "0"\n', "", -1, "checks[3].claimed.low", "only a value can be compared"),
    ('      high: "0"\n', "", -2, "checks[3].claimed.high", "only a value can be compared"),
    ('high: "0"\n', 'high: "0"\n      high_closed: false\n', 1, "checks[3].claimed.high_closed", "leaves no number"),
    ("unit: money", 'low: "1"\n      unit: money', 0, "checks[1].claimed.low", "is not looked at"),
    (", th: ครึ่งหนึ่ง}", "}", 0, "checks[8].claimed.words.th", "is missing"),
    ("figures: [F2, F1]", "figures: [F2]", 0, "checks[3].readings[1].figures", "“Growth” takes 2 figures"),
    ("figures: [F2, F1]", "figures: [F2, F1, F3]", 0, "checks[3].readings[1].figures", "missing), not 3."),
    ("figures: [F2, F1]", "figures: []", 0, "checks[3].readings[1].figures", "an empty list"),
    ("figures: [F2, F1]", "figures: [F2, F99]", 0, "checks[3].readings[1].figures[2]", "no figure key “F99”"),
    ("figures: [F2, F1]", "figures: [F2, the rest]", 0, "checks[3].readings[1].figures[2]", "is not a name"),
    ("figures: [F2, F1]", "figures: [F2, 1]", 0, "checks[3].readings[1].figures[2]", "is read as a number"),
    ("figures: [F2, F1]", "figures: [F2, {}]", 0, "checks[3].readings[1].figures[2]", "names no figure"),
    ("figures: [F2, F1]", "figures: [F2, [F1]]", 0, "checks[3].readings[1].figures[2]", "is not a group of fields"),
    (
        "          - F1\n",
        "          - figure: F1\n            missing: {en: a, th: ก}\n",
        0,
        "checks[1].readings[1].figures[1]",
        "names a figure and says",
    ),
    (
        "          - F1\n",
        "          - missing: {en: a, th: ก}\n",
        0,
        "checks[1].readings[1].figures[1]",
        "is what the value is",
    ),
    (
        "- missing: {en: the amount",
        "- mising: {en: the amount",
        0,
        "checks[8].readings[1].figures[1].mising",
        "not a field",
    ),
    ("en: Half of the office’s whole budget", "fr: La moitié", 0, "checks[8].readings[4].words.fr", "not a field"),
    (
        "en: Half of the hotline’s budget of this fiscal year\n          th: ครึ่งหนึ่งของงบสายด่วนในปีงบประมาณนี้",
        "en: Half of the hotline’s 100 million baht\n          th: ครึ่งหนึ่งของ 100 ล้านบาทที่สายด่วนได้รับ",
        -1,
        "checks[8].readings[2].words",
        "stands twice",
    ),
    (
        "line: sso-public-relations",
        "line: no-line",
        0,
        "checks[12].readings[1].figures[2].waits_for.line",
        "no line “no-line”",
    ),
    ("year: 2024", "year: 2567000", 0, "checks[12].readings[1].figures[2].waits_for.year", "not a year of our time"),
    (", phase: allocated", "", 0, "checks[12].readings[1].figures[2].waits_for.phase", "is missing"),
    (
        "basis: fiscal_year",
        "basis: any",
        0,
        "checks[12].readings[1].figures[2].waits_for.basis",
        "not one of its codes",
    ),
    (
        "          - F4\n          - missing",
        f"          - figure: F4\n            {WAITS}\n          - missing",
        1,
        "checks[5].readings[1].figures[1].waits_for",
        "needs “missing”",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "below", "field", "problem"), SPOILT, ids=[f"{row[3]}: {row[4]}" for row in SPOILT]
)
def test_a_fault_names_its_line_and_field(
    folder: Folder, old: str, new: str, below: int, field: str, problem: str
) -> None:
    line = folder.replace(FILE, old, new)
    faults = folder.faults()
    found = [fault for fault in faults if (fault.file, fault.field) == (FILE, field)]
    assert [(fault.line, fault.remedy != "") for fault in found] == [(line + below, True)], faults
    assert problem in found[0].problem


def test_readings_without_words_are_each_told(folder: Folder) -> None:
    folder.replace(
        FILE,
        "    readings:\n      - figures:\n          - F1\n",
        "    readings:\n      - figures: [F2]\n      - figures:\n          - F1\n",
    )
    assert [fault.field for fault in folder.faults()] == ["checks[1].readings[1].words", "checks[1].readings[2].words"]


@pytest.fixture
def bring(folder: Folder, cast: Cast) -> Iterator[Bring]:
    """Loads the folder, once loaded already; what the test does is undone."""
    again = bringer(folder, cast)
    with transaction.atomic():
        again()
        yield again
        transaction.set_rollback(True)


def changed(bring: Bring) -> tuple[list[str], dict[str, int]]:
    """Load again; return what was reported and which tables grew."""
    before = rows()
    lines = bring().lines
    after = rows()
    return lines, {name: after[name] - before[name] for name in after if after[name] != before[name]}


WRITTEN = {"Entry": 1, "EntryContent": 1, "DraftEdit": 1}


@pytest.mark.parametrize(
    ("old", "new", "line", "grown"),
    [
        (HALF, "words: {en: one half, th: ครึ่งหนึ่ง}", "~ check hotline-1506/2.1: claimed_words_en", WRITTEN),
        ('low: "0.5"', 'low: "0.4"', "~ check hotline-1506/2.1: claimed_low", WRITTEN | {"Finding": 1}),
        (
            "en: Half of the office’s whole budget",
            "en: Half of all the office’s money",
            "~ reading hotline-1506/2.1/reading 4: words_en",
            WRITTEN,
        ),
        (
            "- missing: {en: the office’s whole budget, th: งบประมาณทั้งหมดของสำนักงาน}",
            "- F5",
            "~ operand hotline-1506/2.1/reading 4/figure 2: figure, missing_en, missing_th",
            WRITTEN | {"Finding": 1},
        ),
        (
            f"            {WAITS}\n",
            "",
            "~ operand public-relations/1.1/reading 1/figure 2: line, year, basis, phase",
            WRITTEN,
        ),
        (
            "  - claim: web-app-development\n    assertion: 1\n",
            "  - claim: web-app-development\n    assertion: 1\n    number: 2\n",
            "+ check web-app-development/1.2",
            WRITTEN | {"FigureCheck": 1, "Reading": 1, "Operand": 2, "Finding": 1},
        ),
    ],
)
def test_a_changed_file_changes_exactly_that(
    bring: Bring, folder: Folder, old: str, new: str, line: str, grown: dict[str, int]
) -> None:
    assert changed(bring) == ([], {})
    folder.replace(FILE, old, new)
    lines, growth = changed(bring)
    assert lines[0] == line
    assert len(lines) == (4 if line.startswith("+") else 1)
    assert growth == grown
    assert changed(bring) == ([], {})


def test_a_reading_never_computes_with_more_figures_than_the_file_has(bring: Bring, folder: Folder) -> None:
    content = (folder.path / FILE).read_text(encoding="utf-8")
    start = content.index("          - F9\n") + len("          - F9\n")
    end = content.index("  - claim: public-relations")
    (folder.path / FILE).write_text(content[:start] + content[end:], encoding="utf-8")
    lines, growth = changed(bring)
    assert lines == ["~ reading sso-plus-app/3.1/reading 1: figures"]
    assert growth == WRITTEN | {"Operand": -1, "Finding": 1}
    newest = Finding.objects.latest("pk")
    assert newest.body["reason"] == "nothing_to_compare"
    assert changed(bring) == ([], {})


def test_checks_and_readings_that_the_file_does_not_name_are_left_alone(
    bring: Bring, folder: Folder, cast: Cast
) -> None:
    check = FigureCheck.objects.get(assertion__claim__slug="hotline-1506", assertion__number=2)
    fifth = Reading.objects.create(figure_check=check, number=5, words_en="Another", words_th="อีกแบบ")
    Operand.objects.create(reading=fifth, position=1, missing_en="all", missing_th="ทั้งหมด")
    Operand.objects.create(reading=fifth, position=2, missing_en="all", missing_th="ทั้งหมด")
    content = (folder.path / FILE).read_text(encoding="utf-8")
    (folder.path / FILE).write_text(content[: content.index("  - claim: sso-e-banking-share")], encoding="utf-8")
    assert changed(bring) == ([], {})
    assert FigureCheck.objects.filter(assertion__claim__slug="sso-e-banking-share").exists()
    (folder.path / FILE).unlink()
    assert changed(bring) == ([], {})


def test_a_dry_run_tells_of_checks_and_leaves_none(bring: Bring, folder: Folder) -> None:
    folder.replace(FILE, HALF, "words: {en: one half, th: ครึ่งหนึ่ง}")
    before = rows()
    assert bring(dry_run=True).lines == ["~ check hotline-1506/2.1: claimed_words_en"]
    assert rows() == before


def submitted(cast: Cast, slug: str) -> ClaimReview:
    return submit(review=ClaimReview.objects.get(claim__slug=slug), by=cast.contributor, now=NOW)


def test_the_checks_of_a_claim_under_review_are_not_changed(bring: Bring, folder: Folder, cast: Cast) -> None:
    submitted(cast, "hotline-1506")
    folder.replace(FILE, HALF, "words: {en: one half, th: ครึ่งหนึ่ง}")
    before = rows()
    with pytest.raises(LoadRefused, match=r"take it back to draft before changing its text. Or write checks.yaml as"):
        bring()
    assert rows() == before


def test_the_checks_of_a_published_claim_are_not_changed_by_a_file(bring: Bring, folder: Folder, cast: Cast) -> None:
    review = approve(review=submitted(cast, "hotline-1506"), by=cast.reviewer, now=NOW)
    publish(review=review, by=cast.editor, now=NOW)
    assert changed(bring) == ([], {})
    folder.replace(FILE, HALF, "words: {en: one half, th: ครึ่งหนึ่ง}")
    folder.replace(FILE, "          - F5\n          - missing", "          - F6\n          - missing")
    before = rows()
    with pytest.raises(LoadRefused, match="has been published, and the file differs from it") as refused:
        bring()
    assert len(refused.value.reasons) == 1
    assert rows() == before


def test_the_first_load_raises_no_flag(bring: Bring) -> None:
    findings = Finding.objects.count()
    follow_figures(now=NOW)
    assert (Flag.objects.count(), Finding.objects.count()) == (0, findings)


def test_the_official_figure_that_the_file_waits_for_is_taken_in(bring: Bring, cast: Cast) -> None:
    line = BudgetLine.objects.get(slug="sso-public-relations")
    follow_figures(now=NOW)
    record_figure(
        by=cast.contributor,
        now=NOW,
        slug="official-public-relations-2024",
        label_en="Public relations",
        label_th="การประชาสัมพันธ์",
        agency=line.agency,
        line=line,
        value=336_000_000,
        low=336_000_000,
        high=336_000_000,
        high_closed=True,
        unit=Unit.MONEY,
        currency="THB",
        exactness=Exactness.EXACT,
        period_basis=PeriodBasis.FISCAL_YEAR,
        period_year=2024,
        phase=Phase.ALLOCATED,
        provenance=Provenance.OFFICIAL_DOCUMENT,
    )
    follow_figures(now=NOW)
    flag = Flag.objects.get()
    assert flag.claim
    assert flag.claim.slug == "public-relations"
    body = Finding.objects.latest("pk").body
    assert (body["result"], body["deviation"], body["mixed"], body["own_figures"]) == ("holds", "0", True, False)
