"""Loading again changes exactly what differs."""

from decimal import Decimal

import pytest

from budgets.models.figure import Figure
from claims.models.claim import Claim
from ledger.models import Entry
from tests.claims.seeding.bringing import Bring, rows
from tests.claims.seeding.folders import Folder

GROWTH = "claims/sso-spending-growth.yaml"


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
