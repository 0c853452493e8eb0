"""Loading again never changes what others judge, what the public reads, or what people added."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models.budget_line import BudgetLine
from claims.models.assertion import Assertion
from claims.models.dossier import Dossier
from claims.models.evidence import EvidenceCitation
from claims.models.people import Office, Person, PersonAlias
from claims.models.response import OfficialResponse, ResponseCoverage
from claims.models.review import ClaimReview
from claims.models.source import Source
from claims.publication.verbs import publish
from claims.review.verbs import approve, submit
from claims.seeding.loading.session import LoadRefused
from tests.claims.seeding.bringing import Bring, rows
from tests.claims.seeding.folders import NOW, Folder
from tests.factories.cast import Cast

GROWTH = "claims/sso-spending-growth.yaml"


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
