"""A first load goes through the verbs, and leaves nothing behind when it is refused."""

import pytest

from budgets.models.agency import Agency, Jurisdiction
from claims.models.public_status import PublicStatus
from claims.models.review import ClaimReview
from claims.outbound.policy import Policy
from claims.seeding.loading.run import load
from claims.seeding.loading.session import LoadRefused
from claims.seeding.reading import read_dossier
from claims.vocabulary import ReviewState
from tests.claims.seeding.bringing import Bring, bringer, rows
from tests.claims.seeding.folders import NOW, Folder
from tests.factories.cast import Cast


@pytest.fixture
def bring(folder: Folder, cast: Cast) -> Bring:
    """Loads the folder into an empty database."""
    return bringer(folder, cast)


def test_the_first_case_becomes_drafts(bring: Bring) -> None:
    report = bring()
    assert (report.total("changed"), report.total("unchanged")) == (0, 0)
    assert {noun: counter["created"] for noun, counter in report.counts.items()} == {
        "jurisdiction": 1,
        "agency": 7,
        "office": 5,
        "person": 3,
        "alias": 1,
        "tenure": 5,
        "source": 1,
        "citation": 29,
        "dossier": 1,
        "note": 6,
        "event": 6,
        "claim": 8,
        "claimant": 8,
        "assertion": 26,
        "appearance": 14,
        "response": 3,
        "coverage": 18,
        "budget line": 4,
        "figure": 15,
        "attribution": 15,
        "check": 13,
        "reading": 16,
        "operand": 32,
    }
    assert set(ClaimReview.objects.values_list("state", "rating")) == {(ReviewState.DRAFTED, "not_yet_rated")}
    assert not PublicStatus.objects.exists()


def test_a_dry_run_reports_the_same_and_leaves_nothing(bring: Bring) -> None:
    before = rows()
    dry = bring(dry_run=True)
    assert rows() == before
    assert dry.counts == bring().counts


def test_a_parent_may_stand_after_its_parts_and_a_circle_is_refused(bring: Bring, folder: Folder) -> None:
    folder.replace("actors.yaml", "  - key: sso\n", "  - key: sso\n    parent: ministry-of-labour\n")
    bring()
    parent = Agency.objects.get(slug="sso").parent
    assert parent
    assert parent.slug == "ministry-of-labour"
    folder.replace("actors.yaml", "  - key: ministry-of-labour\n", "  - key: ministry-of-labour\n    parent: sso\n")
    with pytest.raises(LoadRefused, match="go round in a circle"):
        bring()


def test_who_is_no_contributor_cannot_load(folder: Folder, cast: Cast) -> None:
    before = rows()
    for user in (cast.editor, cast.auditor):
        with pytest.raises(LoadRefused, match="is not a contributor"):
            load(read_dossier(folder.path), policy=Policy(), by=user, now=NOW)
    assert rows() == before


def test_a_jurisdiction_that_stands_otherwise_is_refused(bring: Bring, db: None) -> None:
    Jurisdiction.objects.create(code="TH", name_en="Siam", name_th="สยาม")
    before = rows()
    with pytest.raises(LoadRefused, match="stands with another name_en, name_th"):
        bring()
    assert rows() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("dossier.yaml", "url: https://www.bangkokpost.com", "url: http://127.0.0.1", "dossier.yaml"),
        ("dossier.yaml", "url: https://www.bangkokpost.com", "url: ftp://www.bangkokpost.com", "dossier.yaml"),
    ],
)
def test_an_address_that_is_never_fetched_is_refused_and_nothing_is_left(
    bring: Bring, folder: Folder, file: str, old: str, new: str, reason: str
) -> None:
    before = rows()
    folder.replace(file, old, new)
    with pytest.raises(LoadRefused, match=reason):
        bring()
    assert rows() == before


def test_a_row_that_the_database_would_refuse_is_refused_with_its_reason(bring: Bring, folder: Folder) -> None:
    before = rows()
    folder.replace("actors.yaml", "fiscal_year_starts_month: 10", "fiscal_year_starts_month: 13")
    with pytest.raises(LoadRefused, match="TH: "):
        bring()
    assert rows() == before
