"""A ministry with two offices, two documents about the same year that disagree, and drafts that nobody may see."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.budget_line import BudgetLine
from tests.factories.budgets import Row, make_import, make_line
from tests.factories.cast import Cast, make_cast
from tests.factories.nouns import AgencyFactory


@dataclass(frozen=True)
class Budget:
    """What is in the database."""

    cast: Cast
    ministry: Agency
    office: Agency
    plan: BudgetLine
    staff: BudgetLine
    hotline: BudgetLine
    bill: BudgetImport
    other: BudgetImport
    draft: BudgetImport


def make_budget(cast: Cast) -> Budget:
    """Two published documents and one that is not."""
    ministry = AgencyFactory.create(slug="mol", name_en="Ministry of Labour", name_th="กระทรวงแรงงาน")
    office = AgencyFactory.create(slug="soc", name_en="Social Office", name_th="สำนักงานประกันสังคม", parent=ministry)
    plan = make_line(office, "Personnel plan", "แผนงานบุคลากรภาครัฐ")
    staff = make_line(office, "Staff salaries", "เงินเดือนบุคลากร", plan)
    hotline = make_line(office, "Hotline 1506", "สายด่วน 1506", plan)
    bill = make_import(
        cast.contributor,
        [
            Row(plan, 2022, "400"), Row(staff, 2022, "276000000"), Row(staff, 2021, "200000000"),
            Row(staff, 2019, "150000000"), Row(hotline, 2022, "124000000.50"),
            Row(staff, 2022, "100000000", phase="disbursed"),
        ],
        published_by=cast.editor,
    )  # fmt: skip
    other = make_import(
        cast.contributor, [Row(staff, 2022, "280000000", low="275000000", high="285000000")], dataset="book-2565",
        title_en="Budget book", title_th="สมุดงบประมาณ", provenance="media", published_by=cast.editor,
    )  # fmt: skip
    draft = make_import(
        cast.contributor, [Row(staff, 2022, "999"), Row(make_line(office, "Secret", "ลับ"), 2022, "5")], dataset="draft"
    )
    return Budget(cast, ministry, office, plan, staff, hotline, bill, other, draft)


@pytest.fixture
def budget(db: None) -> Budget:
    """A budget of a test's own."""
    return make_budget(make_cast())
