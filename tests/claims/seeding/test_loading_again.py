"""Loading again changes exactly what differs, and never what others judge or the public reads."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from budgets.models.budget_line import BudgetLine
from budgets.models.figure import Figure
from claims.models.assertion import Assertion
from claims.models.claim import Claim
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.people import Office, Person, PersonAlias
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.publication.verbs import publish
from claims.review.verbs import approve, submit
from claims.seeding.demo import FIRST_CASE
from claims.seeding.loading.session import LoadRefused
from ledger.models import Entry
from tests.claims.seeding.bringing import Bring, bringer, rows
from tests.claims.seeding.folders import NOW, Folder
from tests.conftest import connected_to
from tests.databases import cloned_database
from tests.factories.cast import Cast, make_cast

GROWTH = "claims/sso-spending-growth.yaml"


@pytest.fixture(scope="module")
def loaded_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """A database that holds the drafts of the first case: loading costs a second, and most tests begin there."""
    with cloned_database("case") as name, django_db_blocker.unblock(), connected_to(name):
        cast = make_cast()
        bringer(Folder(FIRST_CASE), cast)()
        yield cast


@pytest.fixture
def again(loaded_database: Cast, folder: Folder) -> Iterator[Bring]:
    """Loads the folder into a database that holds the first case; what the test does is undone."""
    with transaction.atomic():
        yield bringer(folder, loaded_database)
        transaction.set_rollback(True)


def test_everything_goes_through_the_verbs(again: Bring) -> None:
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert {verb: verbs.count(verb) for verb in set(verbs)} == {
        "jurisdiction.registered": 1,
        "agency.registered": 7,
        "office.registered": 5,
        "budget_line.registered": 4,
        "person.registered": 3,
        "source.watched": 1,
        "dossier.registered": 1,
        "dossier.revised": 1,  # its own figures
        "evidence.cited": 29,
        "claim.registered": 8,
        "claim.revised": 6,  # figures of claims that have any
        "response.recorded": 3,
        "figure.recorded": 15,
        "figure_check.written": 13,
    }


def test_figures_stand_with_their_intervals_and_speakers(again: Bring) -> None:
    figure = Figure.objects.get(slug="sso-spending-2020")
    assert (figure.value, figure.low, figure.high) == (Decimal(4 * 10**9), Decimal("3.5e9"), Decimal("4.5e9"))
    assert (figure.low_closed, figure.high_closed) == (True, False)
    attribution = figure.attributions.get()
    assert attribution.claim
    assert attribution.citation
    assert attribution.assertion
    assert attribution.said_by
    assert attribution.claim.slug == "sso-spending-growth"
    assert attribution.citation.quote_exact == "from 4 billion baht in 2020 to 6.61 billion baht in 2023"
    assert (attribution.assertion.number, attribution.said_by.slug) == (1, "ratchanok-srinok")
    own = Figure.objects.filter(attributions__dossier__isnull=False).order_by("attributions__position")
    assert [one.slug for one in own] == ["sso-board-members", "sso-board-employee-seats", "key-issues"]
    half = Figure.objects.get(slug="sso-hotline-rental-share")
    assert (half.value, half.words_en, half.low, half.high) == (None, "half", Decimal("0.5"), Decimal("0.5"))
    exact = Figure.objects.get(slug="sso-board-members")
    assert (exact.low, exact.high, exact.low_closed, exact.high_closed) == (Decimal(21), Decimal(21), True, True)


def test_loading_twice_changes_nothing(again: Bring) -> None:
    before = rows()
    report = again()
    assert (report.total("created"), report.total("changed")) == (0, 0)
    assert report.lines == []
    assert rows() == before


def test_a_dry_run_of_a_change_tells_it_and_leaves_it(again: Bring, folder: Folder) -> None:
    before = rows()
    folder.replace(GROWTH, "en: Facebook post", "en: Public Facebook post")
    assert again(dry_run=True).lines == ["~ appearance sso-spending-growth/social_post 1: where_en"]
    assert rows() == before


def changed(bring: Bring) -> tuple[list[str], dict[str, int]]:
    """Load again; return what was reported and which tables grew."""
    before = rows()
    lines = bring().lines
    after = rows()
    return lines, {name: after[name] - before[name] for name in after if after[name] != before[name]}


EDIT = {"Entry": 1, "EntryContent": 1, "DraftEdit": 1}


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "grown"),
    [
        (
            "claims/training-waste.yaml",
            "en: The programmes were redundant.",
            "en: They were redundant.",
            "~ assertion training-waste/2: text_en",
            EDIT,
        ),
        (
            "claims/training-waste.yaml",
            "number: 5\n",
            "",
            "~ claim training-waste: number",
            EDIT,
        ),
        (
            "claims/training-waste.yaml",
            "agencies: [sso]",
            "agencies: [sso, ssf]",
            "~ claim training-waste: agencies (ssf)",
            EDIT | {"Claim_agencies": 1},
        ),
        (
            "claims/training-waste.yaml",
            "exact: training budget had been",
            "exact: the training budget had been",
            "~ citation training-waste/training-wasted: quote_exact",
            EDIT,
        ),
        (
            "claims/training-waste.yaml",
            "locator: {en: Paragraph 8,",
            "locator: {en: Paragraph eight,",
            "~ citation training-waste/training-wasted: locator_en",
            EDIT,
        ),
        (
            "dossier.yaml",
            "en: The “Hack the SSO Budget” forum, on",
            "en: A forum on",
            "~ event sso-budget-2025/event 2: text_en",
            EDIT,
        ),
        (
            "dossier.yaml",
            "period: {earliest: 2025-02-15,",
            "period: {",
            "~ dossier sso-budget-2025: period_earliest",
            EDIT,
        ),
        (
            "dossier.yaml",
            "peoples-party, progressive-social-security, house-budget-committee]",
            "peoples-party, progressive-social-security]",
            None,
            {},
        ),
        (
            "dossier.yaml",
            "    title: MP raises concern",
            "    title: An MP raises concern",
            "~ source bangkok-post-2025-02-18: title",
            {"Entry": 1, "EntryContent": 1, "DraftEdit": 9},  # eight claims and the dossier
        ),
        (
            "actors.yaml",
            "abbreviation: {en: PP,",
            "abbreviation: {en: P.P.,",
            "~ agency peoples-party: abbreviation_en",
            EDIT,
        ),
        (
            "actors.yaml",
            "title: {en: Bangkok MP,",
            "title: {en: MP,",
            "~ office bangkok-mp: title_en",
            {"Entry": 1, "EntryContent": 1, "DraftEdit": 7},
        ),
        (
            "actors.yaml",
            "Srinork, lang: en}",
            "Srinork, lang: en}\n      - {name: Ms Ratchanok, lang: en}",
            "+ alias ratchanok-srinok/Ms Ratchanok",
            EDIT | {"PersonAlias": 1},
        ),
        (
            "figures.yaml",
            "name: {en: App development,",
            "name: {en: Apps,",
            "~ budget line sso-app-development: name_en",
            EDIT,
        ),
        (
            "figures.yaml",
            "words: {en: Ratchanok Srinok,",
            "words: {en: the MP,",
            "~ attribution sso-spending-growth/F1: said_by_words_en",
            EDIT,
        ),
        (
            "responses.yaml",
            "label:\n      en: Alternative",
            "label:\n      en: Other",
            "~ response alternative-payment-options: label_en",
            {"Entry": 1, "EntryContent": 1, "DraftEdit": 7},  # six claims and the dossier
        ),
        (
            "responses.yaml",
            "coverage: partly",
            "coverage: answered",
            "~ coverage alternative-payment-options/sso-plus-app: coverage",
            {"Entry": 1, "EntryContent": 1, "DraftEdit": 7},
        ),
        (
            "responses.yaml",
            "locator: {en: Paragraph 13,",
            "locator: {en: Paragraph thirteen,",
            "~ citation alternative-payment-options/payment-options: locator_en",
            {"Entry": 1, "EntryContent": 1, "DraftEdit": 7},
        ),
    ],
)
def test_a_changed_file_changes_exactly_that(
    again: Bring,
    folder: Folder,
    file: str,
    old: str,
    new: str,
    line: str | None,
    grown: dict[str, int],
) -> None:
    folder.replace(file, old, new)
    lines, growth = changed(again)
    assert lines == ([line] if line else [])
    growth.pop("Claim_agencies", None)
    grown = {name: count for name, count in grown.items() if name != "Claim_agencies"}
    assert growth == grown
    assert changed(again) == ([], {})


def test_a_changed_amount_supersedes_the_figure_and_its_attribution_moves_on(again: Bring, folder: Folder) -> None:
    folder.replace("figures.yaml", 'value: "6610000000"', 'value: "6620000000"')
    lines, growth = changed(again)
    assert lines == [
        "~ figure sso-spending-2023: value, low, high",
        "~ attribution sso-spending-growth/F2: figure",
        "~ operand sso-spending-growth/2.1/reading 1/figure 1: figure",
        "~ operand sso-spending-growth/3.1/reading 1/figure 1: figure",
    ]
    assert growth == {"Figure": 1, "Finding": 2, "Entry": 4, "EntryContent": 4, "DraftEdit": 3}
    old, new = Figure.objects.get(slug="sso-spending-2023"), Figure.objects.get(slug="sso-spending-2023-2")
    assert (old.value, old.superseded_by, new.value) == (Decimal("6.61e9"), new, Decimal("6.62e9"))
    assert not old.attributions.exists()
    assert changed(again) == ([], {})
    folder.replace("figures.yaml", 'value: "6620000000"', 'value: "6630000000"')
    again()
    assert Figure.objects.get(slug="sso-spending-2023-3").value == 6_630_000_000


def test_a_new_claim_in_the_folder_is_registered_beside_the_standing_ones(again: Bring, folder: Folder) -> None:
    content = (folder.path / "claims/sso-benefits-not-affected.yaml").read_text(encoding="utf-8")
    content = content.replace("slug: sso-benefits-not-affected", "slug: benefits-again")
    content = content.replace("key: benefits-not-affected", "key: again-1").replace("key: managed-sep", "key: again-2")
    (folder.path / "claims/benefits-again.yaml").write_text(content, encoding="utf-8")
    report = again()
    assert report.counts["claim"] == {"created": 1, "unchanged": 8}
    assert Claim.objects.get(slug="benefits-again").assertions.count() == 2


def test_what_people_added_by_hand_is_left_alone(again: Bring) -> None:
    person = Person.objects.get(slug="marasri-jairangsri")
    PersonAlias.objects.create(person=person, name="Somebody wrote this", lang="en")
    assert again().lines == []
    assert person.aliases.count() == 1


def submitted(cast: Cast, slug: str) -> ClaimReview:
    return submit(review=ClaimReview.objects.get(claim__slug=slug), by=cast.contributor, now=NOW)


def published(cast: Cast, slug: str) -> None:
    review = approve(review=submitted(cast, slug), by=cast.reviewer, now=NOW)
    publish(review=review, by=cast.editor, now=NOW)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("claims/training-waste.yaml", "en: The programmes were redundant.", "en: They were redundant."),
        ("claims/training-waste.yaml", "exact: training budget", "exact: the training budget"),
        ("responses.yaml", "en: Alternative payment", "en: Other payment"),
    ],
)
def test_a_claim_under_review_is_not_changed(
    again: Bring, folder: Folder, loaded_database: Cast, file: str, old: str, new: str
) -> None:
    submitted(loaded_database, "training-waste")
    before = rows()
    assert again().lines == []
    folder.replace(file, old, new)
    with pytest.raises(LoadRefused, match="take it back to draft before changing its text"):
        again()
    assert rows() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "reasons"),
    [
        (GROWTH, "en: The strategic budget doubled", "en: It doubled", 1),
        (GROWTH, "exact: has risen", "exact: had risen", 1),
        ("dossier.yaml", "title:\n  en: Six issues", "title:\n  en: 6 issues", 1),
        ("dossier.yaml", "exact: outlined six", "exact: she outlined six", 1),
        ("actors.yaml", "name: {en: Marasri Jairangsri,", "name: {en: Marasri J,", 1),
        ("actors.yaml", "abbreviation: {en: PP,", "abbreviation: {en: P,", 1),
        ("responses.yaml", "en: Alternative payment", "en: Other payment", 1),
        ("figures.yaml", 'value: "6610000000"', 'value: "6620000000"', 1),
        ("figures.yaml", "words: {en: Ratchanok Srinok,", "words: {en: the MP,", 1),
        ("figures.yaml", 'value: "21"', 'value: "22"', 1),
    ],
)
def test_published_words_are_not_changed_by_a_file(
    again: Bring, folder: Folder, loaded_database: Cast, file: str, old: str, new: str, reasons: int
) -> None:
    published(loaded_database, "sso-spending-growth")
    before = rows()
    assert again().lines == []
    folder.replace(file, old, new)
    with pytest.raises(LoadRefused, match="has been published, and the file differs from it") as refused:
        again()
    assert len(refused.value.reasons) == reasons
    assert "revise it in the admin" in refused.value.reasons[0]
    assert rows() == before


def test_a_slug_that_another_dossier_has_is_refused(again: Bring, folder: Folder) -> None:
    folder.replace("dossier.yaml", "slug: sso-budget-2025", "slug: another-dossier")
    before = rows()
    with pytest.raises(LoadRefused, match="stands already, in sso-budget-2025: give this one another slug") as refused:
        again()
    assert len(refused.value.reasons) == 8
    assert rows() == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("dossier.yaml", "title: MP raises", "title: An MP raises"),
        ("actors.yaml", "title: {en: Bangkok MP,", "title: {en: MP,"),
        ("figures.yaml", "name: {en: Strategic budget,", "name: {en: Strategy,"),
    ],
)
def test_words_that_published_pages_share_are_not_changed_by_a_file(
    again: Bring, folder: Folder, loaded_database: Cast, file: str, old: str, new: str
) -> None:
    published(loaded_database, "sso-spending-growth")
    before = rows()
    folder.replace(file, old, new)
    with pytest.raises(LoadRefused, match="stands on pages that have been published"):
        again()
    assert rows() == before


def test_a_changed_quote_counts_as_unchecked_and_is_looked_for_again(again: Bring, folder: Folder) -> None:
    cited = EvidenceCitation.objects.filter(quote_exact__startswith="training budget had been")
    cited.update(quote_state="intact", quote_state_at=NOW)
    Source.objects.update(next_check_at=None)
    folder.replace("claims/training-waste.yaml", "exact: training budget had", "exact: the training budget had")
    again()
    citation = EvidenceCitation.objects.get(quote_exact__startswith="the training budget had been")
    assert (citation.quote_state, citation.quote_state_at) == ("unchecked", None)
    assert Source.objects.get().next_check_at == NOW


def test_all_refusals_are_told_at_once(again: Bring, folder: Folder, loaded_database: Cast) -> None:
    submitted(loaded_database, "training-waste")
    submitted(loaded_database, "hotline-1506")
    folder.replace("claims/training-waste.yaml", "en: The programmes were redundant.", "en: They were redundant.")
    folder.replace("claims/hotline-1506.yaml", "en: Half of this year’s budget was", "en: Half was")
    with pytest.raises(LoadRefused) as refused:
        again()
    assert len(refused.value.reasons) == 2


def test_loading_again_costs_a_number_of_queries_that_does_not_grow_with_the_texts(
    again: Bring,
) -> None:
    with CaptureQueriesContext(connection) as queries:
        again()
    assert len(queries) < 160
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_everything_has_a_name_that_the_file_gave_it(again: Bring) -> None:
    assert Dossier.objects.get().agencies.count() == 7
    assert Office.objects.get(slug="bangkok-mp").agency is None
    assert BudgetLine.objects.count() == 4
    assert Source.objects.get().next_check_at == NOW
    assert Assertion.objects.get(claim__slug="sso-plus-app", number=2).kind == "rumour"
    assert OfficialResponse.objects.get(position=1).slug == "sso-planned-to-clarify"
    assert ResponseCoverage.objects.filter(assertion__isnull=False).count() == 1
    assert EvidenceCitation.objects.filter(dossier__isnull=False).count() == 4
    assert EvidenceCitation.objects.filter(response__isnull=False).count() == 3
