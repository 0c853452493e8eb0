"""The two commands: what they print, what they refuse, and that the demo publishes everything exactly once."""

import time
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from claims.models.claim import Claim
from claims.models.edition import Edition
from claims.models.evidence import EvidenceCitation
from claims.models.public_status import PublicStatus
from claims.models.review import ClaimReview, ReviewDecision
from claims.models.source import Source
from claims.review.transitions import Role
from claims.review.verbs import submit
from claims.seeding.demo import FIRST_CASE, password_of
from claims.vocabulary import ReviewState
from tests.claims.seeding.bringing import rows
from tests.claims.seeding.folders import NOW, Folder
from tests.conftest import connected_to
from tests.databases import cloned_database
from tests.factories.cast import Cast, member


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


class TestLoadDossier:
    """`manage.py load_dossier`."""

    def test_it_loads_and_says_what_it_did(self, folder: Folder, cast: Cast) -> None:
        first = run("load_dossier", str(folder.path))
        assert "claim: 8 created, 0 changed, 0 unchanged" in first
        assert "two other persons review and publish" in first
        assert "Nothing to do" in run("load_dossier", str(folder.path), "--by", "contributor")
        assert set(ClaimReview.objects.values_list("state", flat=True)) == {ReviewState.DRAFTED}

    def test_a_dry_run_says_so_and_stores_nothing(self, folder: Folder, cast: Cast) -> None:
        before = rows()
        printed = run("load_dossier", str(folder.path), "--dry-run")
        assert "+ claim hotline-1506" in printed
        assert "Dry run: nothing was stored." in printed
        assert rows() == before

    def test_a_faulty_folder_fails_with_every_fault_and_leaves_nothing(self, folder: Folder, cast: Cast) -> None:
        before = rows()
        line = folder.replace("figures.yaml", 'value: "965000000"', "value: 965.0")
        folder.replace("actors.yaml", "kind: fund", "kind: purse")
        with pytest.raises(CommandError, match="was not loaded") as refused:
            run("load_dossier", str(folder.path))
        assert f"figures.yaml:{line}: figures[3].value: " in str(refused.value)
        assert "actors.yaml:" in str(refused.value)
        assert rows() == before

    def test_a_refused_load_fails_with_its_reasons(self, folder: Folder, cast: Cast) -> None:
        folder.replace("dossier.yaml", "url: https://www.bangkokpost.com", "url: http://10.0.0.1")
        with pytest.raises(CommandError, match="was not loaded"):
            run("load_dossier", str(folder.path))

    @pytest.mark.parametrize("name", ["editor", "nobody"])
    def test_only_a_contributor_loads(self, folder: Folder, cast: Cast, name: str) -> None:
        with pytest.raises(CommandError, match="is not an active contributor"):
            run("load_dossier", str(folder.path), "--by", name)

    def test_who_loads_must_be_said_when_there_are_several_contributors_or_none(
        self, folder: Folder, cast: Cast
    ) -> None:
        member(Role.CONTRIBUTOR, "second")
        with pytest.raises(CommandError, match="more than one contributor: give --by"):
            run("load_dossier", str(folder.path))
        User.objects.filter(groups__name=Role.CONTRIBUTOR).update(is_active=False)
        with pytest.raises(CommandError, match="There is no contributor"):
            run("load_dossier", str(folder.path))


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in which the demo ran once, without a practice site; what it printed."""
    with cloned_database("demo") as name, django_db_blocker.unblock(), connected_to(name):
        yield run("load_demo")


@pytest.fixture
def demo(shown: str) -> Iterator[str]:
    """The same; what the test does is undone."""
    with transaction.atomic():
        yield shown
        transaction.set_rollback(True)


class TestLoadDemo:
    """`manage.py load_demo`."""

    def test_production_refuses_it(self, settings: Settings) -> None:
        settings.ENVIRONMENT = "production"
        with pytest.raises(CommandError, match="development only"):
            run("load_demo")

    def test_every_claim_is_published_once_by_two_persons(self, demo: str) -> None:
        assert "Published 8 claims, two persons each." in demo
        assert set(PublicStatus.objects.values_list("slug", flat=True)) == {
            path.stem for path in (FIRST_CASE / "claims").iterdir()
        }
        assert set(Edition.objects.values_list("number", flat=True)) == {1}
        kinds = list(Edition.objects.values_list("subject_kind", flat=True))
        assert {kind: kinds.count(kind) for kind in set(kinds)} == {"claim": 8, "dossier": 1, "person": 3, "agency": 7}
        for review in ClaimReview.objects.all():
            assert review.state == ReviewState.PUBLISHED
            assert review.submitted_by
            assert review.approved_by
            assert review.published_by
            names = (review.submitted_by.username, review.approved_by.username, review.published_by.username)
            assert names == ("contributor", "reviewer", "editor")

    def test_the_rumour_was_cleared_for_legal_risk_and_nothing_else(self, demo: str) -> None:
        cleared = ReviewDecision.objects.filter(verb="clear_legal_risk")
        assert [one.review.claim.slug for one in cleared] == ["sso-plus-app"]
        assert cleared[0].by.username == "editor"

    def test_the_public_statuses_say_what_the_report_said(self, demo: str) -> None:
        found = PublicStatus.objects.filter(number__isnull=False).order_by("number")
        assert [one.statements_code for one in found] == [
            "will_clarify", "will_clarify", "will_clarify", "partly", "will_clarify", "will_clarify",
        ]  # fmt: skip
        everything = PublicStatus.objects.all()
        assert {(one.stance, one.request_code, one.rating) for one in everything} == {
            ("neither", "none_sought", "not_yet_rated")
        }
        assert {one.last_searched_on for one in everything} == {None}

    def test_there_is_one_account_per_role_and_no_superuser(self, demo: str) -> None:
        assert "Made 5 demo accounts." in demo
        assert set(User.objects.values_list("username", flat=True)) == {role.value for role in Role}
        for role in Role:
            user = User.objects.get(username=role.value)
            assert user.check_password(password_of(role))
            assert (user.is_staff, user.is_superuser) == (True, False)
            assert [group.name for group in user.groups.all()] == [role.value]

    def test_running_it_again_changes_nothing_and_is_quick(self, demo: str) -> None:
        before = rows()
        start = time.monotonic()
        assert "nothing was changed" in run("load_demo")
        assert time.monotonic() - start < 1
        assert rows() == before

    def test_loading_the_dossier_after_publication_changes_nothing(self, demo: str) -> None:
        before = rows()
        assert "Nothing to do" in run("load_dossier", str(FIRST_CASE))
        assert rows() == before

    def test_what_somebody_wrote_since_is_left_alone(self, demo: str) -> None:
        Claim.objects.filter(slug="training-waste").update(heading_en="MP says something else")
        before = rows()
        run("load_demo")
        assert rows() == before
        assert Claim.objects.get(slug="training-waste").heading_en == "MP says something else"

    def test_a_password_that_somebody_changed_stays(self, demo: str) -> None:
        user = User.objects.get(username="editor")
        user.set_password("another")
        user.save()
        run("load_demo")
        user.refresh_from_db()
        assert user.check_password("another")


def test_the_practice_site_is_cited_before_publication_when_there_is_one(db: None, settings: Settings) -> None:
    settings.OUTBOUND_LOCAL_SITE = "127.0.0.1:8123"
    run("load_demo")
    source = Source.objects.get(url="http://127.0.0.1:8123/report")
    assert "Local practice page" in source.title
    (citation,) = EvidenceCitation.objects.filter(source=source)
    assert citation.claim
    assert (citation.claim.slug, citation.stance) == ("sso-spending-growth", "context")
    status = PublicStatus.objects.get(slug="sso-spending-growth")
    assert str(citation.public_id) in status.edition.text.body
    before = rows()
    run("load_demo")
    assert rows() == before


def test_a_claim_of_the_case_that_others_are_judging_is_left_to_them(folder: Folder, cast: Cast) -> None:
    run("load_dossier", str(folder.path))
    submit(review=ClaimReview.objects.get(claim__slug="training-waste"), by=cast.contributor, now=NOW)
    assert "Published 7 claims" in run("load_demo")
    assert ClaimReview.objects.get(claim__slug="training-waste").state == ReviewState.IN_REVIEW
