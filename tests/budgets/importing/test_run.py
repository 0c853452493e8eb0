"""An import stores what is new or changed in one transaction, and nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from budgets.figures import retract_figure, supersede_figure
from budgets.importing.jobs import ImportRefused
from budgets.importing.report import Report
from budgets.importing.run import import_budget
from budgets.importing.storing import writing
from budgets.importing.storing.duplicates import SAME
from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from budgets.vocabulary import Exactness, Provenance
from ledger.models import Entry
from tests.budgets.importing.mappings import LATER, MONEY, NOW, ROWS, imported, make_mapping, written
from tests.budgets.test_figures import fields
from tests.factories.cast import UserFactory
from tests.factories.nouns import AgencyFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def by(db: None) -> User:
    person: User = UserFactory.create()
    return person


def counts(report: Report) -> tuple[int, int, int, int]:
    """New, changed, unchanged and missing amounts."""
    return report.new, report.changed, report.unchanged, report.missing


def test_a_file_becomes_agencies_lines_and_figures(tmp_path: Path, by: User) -> None:
    report = imported(written(tmp_path, ROWS), make_mapping(), by)
    assert (counts(report), report.new_agencies, report.new_lines, report.rows) == ((3, 0, 0, 0), 2, 5, 3)
    figure = Figure.objects.get(source_line=3)
    assert {figure.value, figure.low, figure.high} == {Decimal(200)}
    assert figure.high_closed
    assert (figure.exactness, figure.period_year, figure.period_basis, figure.slug) == (
        Exactness.EXACT, 2022, "fiscal_year", None,
    )  # fmt: skip
    assert (figure.label_th, figure.phase, figure.provenance) == ("ข้อ 2", "proposed", Provenance.OFFICIAL_DOCUMENT)
    line = figure.line
    assert line is not None
    assert line.parent is not None
    assert (line.name_th, line.lang, line.depth, line.parent.name_th, line.parent.depth) == (
        "ข้อ 2",
        "th",
        2,
        "แผน 1",
        1,
    )
    assert line.slug.startswith("line-")
    assert figure.agency == line.agency
    assert (line.agency.name_th, line.agency.kind, line.agency.lang) == ("กระทรวง ก", "ministry", "th")


def test_one_import_is_one_entry_of_the_ledger(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, ROWS), make_mapping(), by, dataset="bill-2565")
    stored = BudgetImport.objects.get()
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_id, entry.refs) == (
        "budget.imported", str(stored.public_id), {"import": str(stored.public_id)},
    )  # fmt: skip
    assert entry.content.content["new"] == "3"
    assert (stored.state, stored.dataset, stored.imported_by, stored.file_name) == ("done", "bill-2565", by, "bill.csv")
    assert Report.from_json(stored.report).new == 3


def test_the_same_file_again_changes_nothing(tmp_path: Path, by: User) -> None:
    path, mapping = written(tmp_path, ROWS), make_mapping()
    imported(path, mapping, by)
    before = list(Figure.objects.order_by("pk").values())
    assert counts(imported(path, mapping, by, now=LATER)) == (0, 0, 3, 0)
    assert list(Figure.objects.order_by("pk").values()) == before
    assert (Entry.objects.count(), BudgetImport.objects.count()) == (1, 1)


def test_a_changed_amount_supersedes_and_a_missing_one_stands(tmp_path: Path, by: User) -> None:
    mapping = make_mapping()
    imported(written(tmp_path, ROWS), mapping, by)
    changed = "กระทรวง ก,แผน 1,ข้อ 1,2565,150\nกระทรวง ก,แผน 2,,2565,7\n"
    report = imported(written(tmp_path, changed), mapping, by, now=LATER)
    assert counts(report) == (1, 1, 0, 1)
    assert any("1 figures of the data set are of agencies or periods" in note for note in report.notes)
    old = Figure.objects.get(value=100)
    assert old.superseded_by is not None
    assert (old.superseded_by.value, old.superseded_by.recorded_at) == (Decimal(150), LATER)
    assert set(Figure.objects.standing().values_list("value", flat=True)) == {150, 200, 300, 7}


def test_a_dry_run_reports_the_same_and_leaves_nothing(tmp_path: Path, by: User) -> None:
    path, mapping = written(tmp_path, ROWS), make_mapping()
    tried = imported(path, mapping, by, dry_run=True)
    assert [kind.objects.count() for kind in (Figure, BudgetLine, Agency, BudgetImport, Entry)] == [0] * 5
    assert tried == imported(path, mapping, by)


def test_rows_that_are_refused_do_not_stop_the_others(tmp_path: Path, by: User) -> None:
    report = imported(written(tmp_path, ROWS + "กระทรวง ก,แผน 1,ข้อ 9,2565,1.5\n"), make_mapping(), by)
    assert (report.new, report.refused, report.rows) == (3, 1, 4)
    assert (report.refused_rows[0].line, report.refused_rows[0].column) == (5, "Amount")


@pytest.mark.parametrize(
    ("duplicates", "values", "names"),
    [("refuse", {200}, {"ข้อ 2"}), ("add_up", {105, 200}, {"ข้อ 1", "ข้อ 2"}),
     ("number", {100, 5, 200}, {"ข้อ 1", "ข้อ 1 (2)", "ข้อ 2"})],
)  # fmt: skip
def test_rows_of_the_same_key_are_settled_as_the_mapping_says(
    tmp_path: Path, by: User, duplicates: str, values: set[int], names: set[str]
) -> None:
    rows = "ก,แผน,ข้อ 1,2565,100\nก,แผน,ข้อ 2,2565,200\nก,แผน,ข้อ 1,2565,5\n"
    mapping = make_mapping(duplicates=duplicates)
    report = imported(written(tmp_path, rows), mapping, by)
    assert set(Figure.objects.values_list("value", flat=True)) == values
    assert set(Figure.objects.values_list("label_th", flat=True)) == names
    assert report.reasons == ({SAME: 2} if duplicates == "refuse" else {})
    assert not imported(written(tmp_path, rows), mapping, by).changes()


def test_a_number_that_the_file_gives_itself_is_not_given_again(tmp_path: Path, by: User) -> None:
    rows = "ก,แผน,ข้อ,2565,1\nก,แผน,ข้อ,2565,2\nก,แผน,ข้อ (2),2565,3\n"
    report = imported(written(tmp_path, rows), make_mapping(duplicates="number"), by)
    assert (report.new, report.reasons) == (1, {SAME: 2})


def test_rounded_amounts_keep_their_interval(tmp_path: Path, by: User) -> None:
    measure = MONEY | {"scale": "1000000", "smallest": None}
    imported(written(tmp_path, "ก,แผน,ข้อ,2565,12.5\n"), make_mapping(measures=[measure]), by)
    figure = Figure.objects.get()
    assert (figure.value, figure.low, figure.high) == tuple(map(Decimal, (12_500_000, 12_450_000, 12_550_000)))
    assert (figure.exactness, figure.significant_digits, figure.high_closed) == ("significant_figures", 3, False)


def test_what_the_mapping_asks_for_must_be_given(tmp_path: Path, by: User) -> None:
    agency = AgencyFactory.create(slug="pao-phayao")
    mapping = make_mapping(agency={"given": True}, period={"given": True, "basis": "fiscal_year"})
    path = written(tmp_path, "x,แผน,ข้อ,,5\n")
    with pytest.raises(ImportRefused, match="asks for the agency") as refused:
        imported(path, mapping, by, given={"colour": "red"})
    assert len(refused.value.reasons) == 3
    with pytest.raises(ImportRefused, match="no agency “nobody”"):
        imported(path, mapping, by, given={"agency": "nobody", "period": "2566"})
    with pytest.raises(ImportRefused, match="soon"):
        imported(path, mapping, by, given={"agency": "pao-phayao", "period": "soon"})
    imported(path, mapping, by, given={"agency": "pao-phayao", "period": "พ.ศ. ๒๕๖๖"})
    assert Figure.objects.get(agency=agency).period_year == 2023


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"A,B\n1,2\n", "no column “Ministry”"), (b"", "is empty"), (b"Ministry,Plan\n\xff\xfe", "Ministry")],
)
def test_a_file_that_does_not_fit_is_refused_whole(tmp_path: Path, by: User, content: bytes, words: str) -> None:
    path = tmp_path / "bill.csv"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=words):
        imported(path, make_mapping(), by)
    with pytest.raises(ImportRefused):
        imported(tmp_path / "missing.csv", make_mapping("other"), by)
    assert not Entry.objects.exists()


def test_a_faulty_mapping_is_refused_with_every_fault(tmp_path: Path, by: User) -> None:
    with pytest.raises(ImportRefused, match=r"measures: .*\nperiod: "):
        imported(written(tmp_path, ROWS), make_mapping(measures=[], period=None), by)


def test_another_data_set_stands_beside_and_is_a_conflict(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, ROWS), make_mapping(), by)
    other = written(tmp_path, "กระทรวง ก,แผน 1,ข้อ 1,2565,100\nกระทรวง ก,แผน 1,ข้อ 2,2565,250\n")
    report = imported(other, make_mapping("second"), by)
    assert (counts(report), report.conflicts) == ((2, 0, 0, 0), 1)
    (row,) = report.conflict_rows
    assert (row.line, row.ours, row.theirs) == ("ข้อ 2", Decimal(250), Decimal(200))
    assert (row.dataset, row.period) == ("bill", "2022")
    assert Figure.objects.standing().filter(label_th="ข้อ 2").count() == 2


def test_two_readings_of_one_document_must_agree_on_whole_agencies(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, "กระทรวง ก,แผน,ก,2565,100\nกระทรวง ข,แผน,ก,2565,5\n"), make_mapping(), by)
    mapping = make_mapping("second")
    mapping.title_en = "Bill bill"
    mapping.save()
    rows = "กระทรวง ก,แผน,damaged,2565,101\nกระทรวง ข,แผน,broken,2565,5\n"
    report = imported(written(tmp_path, rows), mapping, by)
    (row,) = report.conflict_rows
    assert (row.agency, row.line, row.ours, row.theirs) == ("กระทรวง ก", "", Decimal(101), Decimal(100))


def test_figures_that_people_recorded_are_never_superseded(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, ROWS), make_mapping(), by)
    line = BudgetLine.objects.get(name_th="ข้อ 2")
    Figure.objects.create(
        **fields(agency=line.agency, line=line, phase="proposed", period_basis="fiscal_year", period_year=2022),
        recorded_at=NOW,
    )
    mapping = BudgetImport.objects.get().mapping
    report = imported(written(tmp_path, "กระทรวง ก,แผน 1,ข้อ 2,2565,250\n"), mapping, by)
    assert (report.changed, report.conflicts) == (1, 1)
    assert report.conflict_rows[0].dataset == "sso-spending-2020"
    assert Figure.objects.standing().filter(slug="sso-spending-2020").exists()


def test_what_a_person_took_back_or_corrected_stays_so(tmp_path: Path, by: User) -> None:
    path, mapping = written(tmp_path, ROWS), make_mapping()
    imported(path, mapping, by)
    retract_figure(figure=Figure.objects.get(value=100), reason="A misprint.", by=by, now=NOW)
    supersede_figure(figure=Figure.objects.get(value=200), by=by, now=NOW, **fields())
    report = imported(path, mapping, by)
    assert counts(report) == (0, 0, 3, 0)
    assert "2 amounts were retracted or corrected by a person" in report.notes[-1]
    assert imported(written(tmp_path, ROWS.replace("100", "110")), mapping, by).new == 1


def test_totals_are_over_the_amounts_as_read(tmp_path: Path, by: User) -> None:
    rows = ROWS + "รวม,,,,600\n"
    mapping = make_mapping(totals=[{"where": {"column": "Ministry", "values": ["รวม"]}, "over": []}])
    report = imported(written(tmp_path, rows), mapping, by)
    assert (report.totals_agree, report.total_rows, report.sums[0].total) == (1, 1, Decimal(600))


def test_sums_that_are_not_the_expected_ones_stop_the_import(tmp_path: Path, by: User) -> None:
    path, mapping = written(tmp_path, ROWS), make_mapping()
    with pytest.raises(ImportRefused, match="adds up to 600, and 601 is expected: the difference is 1") as refused:
        imported(path, mapping, by, expected={"Amount": Decimal(601), "Amuont": Decimal(1)})
    assert len(refused.value.reasons) == 2
    assert refused.value.report is not None
    assert not Figure.objects.exists()
    assert imported(path, mapping, by, expected={"Amount": Decimal(600)}).new == 3


def test_a_strict_import_refuses_every_refusal(tmp_path: Path, by: User) -> None:
    path, mapping = written(tmp_path, ROWS + "ก,แผน,ข้อ,2565,1.5\n"), make_mapping()
    with pytest.raises(ImportRefused, match="1 amounts are refused, and none may be"):
        imported(path, mapping, by, strict=True)
    assert not Figure.objects.exists()


def test_somebody_imports(tmp_path: Path, by: User) -> None:
    with pytest.raises(ImportRefused, match="who imports"):
        import_budget(path=written(tmp_path, ROWS), mapping=make_mapping(), by=None, now=NOW)


def test_progress_is_told(tmp_path: Path, by: User) -> None:
    told: list[int] = []
    imported(written(tmp_path, ROWS), make_mapping(), by, on_progress=told.append)
    assert told == [3]


def test_figures_are_stored_in_chunks(tmp_path: Path, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHUNK", 2)
    mapping = make_mapping()
    imported(written(tmp_path, ROWS), mapping, by)
    imported(written(tmp_path, ROWS.replace("00\n", "1\n")), mapping, by)
    assert list(Figure.objects.standing().order_by("pk").values_list("value", flat=True)) == [11, 21, 31]


def test_names_that_would_break_the_copy_arrive_whole(tmp_path: Path, by: User) -> None:
    imported(written(tmp_path, 'ก,\\N,"a\\tb ""c"" \\\\ \\.",2565,1\n'), make_mapping(), by)
    line = Figure.objects.get().line
    assert line is not None
    assert line.parent is not None
    assert (line.name_th, line.parent.name_th) == ('a\\tb "c" \\\\ \\.', "\\N")
