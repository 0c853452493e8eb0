"""The first case says exactly what the report says: numbers, dates, hedges, and who says what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from budgets.vocabulary import Exactness, PeriodBasis, Phase, Unit
from claims.seeding.demo import FIRST_CASE
from claims.seeding.reading import read_dossier
from claims.seeding.schema.base import Entry, Text
from claims.seeding.schema.folder import DossierFile
from claims.seeding.schema.money import FigureEntry
from claims.seeding.schema.story import CitationEntry, ClaimFile
from claims.vocabulary import Coverage, SaidBasis, Stance
from tests.claims.seeding.numbers import numbers_in

KINDS = {
    "sso-spending-growth": ["figure"] * 6,
    "hotline-1506": ["figure", "figure", "fact"],
    "web-app-development": ["figure", "question"],
    "sso-plus-app": ["figure", "rumour", "figure", "fact"],
    "training-waste": ["judgement", "judgement", "fact"],
    "public-relations": ["figure", "judgement", "judgement", "fact"],
    "sso-benefits-not-affected": ["fact", "fact"],
    "sso-e-banking-share": ["fact", "figure"],
}
SIX = list(KINDS)[:6]

FIGURES = {
    "F1": ("4000000000", Unit.MONEY, "2020", 1, "ratchanok-srinok", SaidBasis.SAID),
    "F2": ("6610000000", Unit.MONEY, "2023", 3, "ratchanok-srinok", SaidBasis.SAID),
    "F3": ("965000000", Unit.MONEY, "2020", 3, "ratchanok-srinok", SaidBasis.IMPLIED),
    "F4": ("2000000000", Unit.MONEY, "2024", 1, "ratchanok-srinok", SaidBasis.IMPLIED),
    "F5": ("100000000", Unit.MONEY, "currently", 1, "ratchanok-srinok", SaidBasis.IMPLIED),
    "F6": (None, Unit.RATIO, "this year’s budget", None, "ratchanok-srinok", SaidBasis.IMPLIED),
    "F7": ("550000000", Unit.MONEY, "2023", 2, "ratchanok-srinok", SaidBasis.SAID),
    "F8": ("276000000", Unit.MONEY, None, 3, "ratchanok-srinok", SaidBasis.REPORTEDLY),
    "F9": ("1.5", Unit.STARS, None, 2, "ratchanok-srinok", SaidBasis.SAID),
    "F10": ("336000000", Unit.MONEY, "2024 fiscal year", 3, "ratchanok-srinok", SaidBasis.SAID),
    "F11": ("96", Unit.PERCENT, None, 2, "marasri-jairangsri", SaidBasis.SAID),
    "F12": (None, Unit.YEARS, "2020 to 2023", None, "ratchanok-srinok", SaidBasis.SAID),
    "F13": ("21", Unit.MEMBERS, None, None, None, SaidBasis.REPORT),
    "F14": ("7", Unit.SEATS, "December 2023", None, None, SaidBasis.REPORT),
    "F15": ("6", Unit.ISSUES, None, None, None, SaidBasis.REPORT),
}


@pytest.fixture(scope="module")
def case() -> DossierFile:
    return read_dossier(FIRST_CASE)


def claim(case: DossierFile, slug: str) -> ClaimFile:
    return next(one for one in case.claims if one.slug == slug)


def figure(case: DossierFile, key: str) -> FigureEntry:
    return next(one for one in case.figures if one.key == key)


def entries(value: object) -> Iterator[Entry]:
    """Every entry in an entry, itself first."""
    if isinstance(value, Entry):
        yield value
        for field in fields(value):
            if field.name != "at":
                yield from entries(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from entries(item)


def everything(case: DossierFile) -> Iterator[Entry]:
    for part in (case.head, case.actors, case.claims, case.responses, case.lines, case.figures, case.checks):
        yield from entries(part)


def test_there_are_six_claims_and_two_of_officials_outside_the_numbering(case: DossierFile) -> None:
    assert [(one.slug, one.number) for one in case.claims] == [
        *((slug, number) for number, slug in enumerate(SIX, 1)),
        ("sso-benefits-not-affected", None),
        ("sso-e-banking-share", None),
    ]
    assert {one.claimants for one in case.claims[:6]} == {("ratchanok-srinok",)}
    assert [one.claimants for one in case.claims[6:]] == [("boonsong-thapchaiyuth",), ("marasri-jairangsri",)]


def test_the_assertions_of_each_claim_are_of_the_right_kinds(case: DossierFile) -> None:
    assert {one.slug: [str(part.kind) for part in one.assertions] for one in case.claims} == KINDS


def test_every_figure_has_its_value_unit_period_exactness_and_speaker(case: DossierFile) -> None:
    found = {
        one.key: (
            None if one.value is None else str(one.value),
            one.unit,
            one.period.words.en if one.period else None,
            one.significant_digits,
            one.said_by.person,
            one.said_by.basis,
        )
        for one in case.figures
    }
    assert found == FIGURES


def test_figures_in_words_keep_their_words_and_what_they_stand_for(case: DossierFile) -> None:
    half, span = figure(case, "F6"), figure(case, "F12")
    assert half.words
    assert half.interval
    assert span.words
    assert span.interval
    assert (half.words.en, half.interval.low, half.interval.high) == ("half", Decimal("0.5"), Decimal("0.5"))
    assert (span.words.en, span.interval.low, span.interval.high) == ("the past four years", Decimal(3), Decimal(4))
    assert {key for key in FIGURES if figure(case, key).exactness is Exactness.WORDS} == {"F6", "F12"}
    assert {key for key in FIGURES if figure(case, key).exactness is Exactness.EXACT} == {"F13", "F14", "F15"}


def test_only_the_public_relations_figure_says_fiscal_year_and_its_currency_is_not_written(case: DossierFile) -> None:
    bases = {key: period.basis for key in FIGURES if (period := figure(case, key).period)}
    assert bases.pop("F10") is PeriodBasis.FISCAL_YEAR
    assert bases.pop("F14") is PeriodBasis.CALENDAR_YEAR  # a month of the calendar
    assert set(bases.values()) == {PeriodBasis.YEAR_UNKNOWN}
    assert [key for key in FIGURES if not figure(case, key).currency_written] == ["F10"]
    period = figure(case, "F10").period
    assert period
    assert (period.earliest, period.latest) == (date(2023, 10, 1), date(2024, 9, 30))
    assert {key for key in FIGURES if figure(case, key).phase is not Phase.UNSTATED} == {"F5", "F10"}


def test_the_eighteen_cells_of_the_matrix(case: DossierFile) -> None:
    cells = [(one.slug, row.claim, row.coverage, row.assertion) for one in case.responses for row in one.coverage]
    assert len({(slug, about) for slug, about, _, _ in cells}) == len(cells) == 18
    assert Counter(coverage for _, _, coverage, _ in cells) == {
        Coverage.WILL_CLARIFY: 6,
        Coverage.OTHER_POINT: 6,
        Coverage.PARTLY: 1,
        Coverage.NOT_MENTIONED: 5,
    }
    assert [cell[1:] for cell in cells if cell[2] is Coverage.PARTLY] == [("sso-plus-app", Coverage.PARTLY, 4)]
    assert {row.stance for one in case.responses for row in one.coverage} == {Stance.NEITHER}
    assert {about for _, about, _, _ in cells} == set(SIX)


def test_the_statements_have_their_speakers_and_dates_and_the_undated_one_stays_undated(case: DossierFile) -> None:
    found = [(one.speaker, one.for_agency, one.said.earliest, one.said.latest) for one in case.responses]
    assert found == [
        ("boonsong-thapchaiyuth", "sso", date(2025, 2, 17), date(2025, 2, 17)),
        ("boonsong-thapchaiyuth", None, date(2025, 2, 17), date(2025, 2, 17)),
        ("marasri-jairangsri", None, None, date(2025, 2, 18)),
    ]
    undated = case.responses[2].note
    assert undated
    assert "no date" in undated.en
    assert "ไม่ระบุวันที่" in undated.th


def test_the_post_is_dated_by_an_interval_and_is_not_captured(case: DossierFile) -> None:
    for one in case.claims[:6]:
        first = next(appearance for appearance in one.appearances if appearance.first)
        assert (first.date.earliest, first.date.latest) == (date(2025, 2, 15), date(2025, 2, 17))
        assert not first.captured


def test_the_events_have_the_dates_of_the_report(case: DossierFile) -> None:
    assert [(one.date.earliest, one.date.latest) for one in case.head.events] == [
        (date(2023, 12, 1), date(2023, 12, 31)),
        (date(2025, 2, 15), date(2025, 2, 15)),
        (date(2025, 2, 15), date(2025, 2, 17)),
        (date(2025, 2, 17), date(2025, 2, 17)),
        (None, date(2025, 2, 18)),
        (date(2025, 2, 18), date(2025, 2, 18)),
    ]


def test_dates_of_holding_an_office_are_unknown(case: DossierFile) -> None:
    tenures = [tenure for person in case.actors.people for tenure in person.tenures]
    assert len(tenures) == 5
    assert {(one.start.earliest, one.start.latest, one.end.earliest, one.end.latest) for one in tenures} == {
        (None,) * 4
    }


def test_people_have_names_in_two_scripts_and_the_other_spelling(case: DossierFile) -> None:
    names = {one.key: (one.name.en, one.name.th, [alias.name for alias in one.aliases]) for one in case.actors.people}
    assert names == {
        "ratchanok-srinok": ("Ratchanok Srinok", "รักชนก ศรีนอก", ["Rukchanok Srinork"]),
        "boonsong-thapchaiyuth": ("Boonsong Thapchaiyuth", "บุญสงค์ ทัพชัยยุทธ์", []),
        "marasri-jairangsri": ("Marasri Jairangsri", "มารศรี ใจรังษี", []),
    }


AMBIGUITIES = [
    ("hotline-1506", 2, ["at least four ways", "fiscal year", "calendar year", "whole budget"]),
    ("web-app-development", 1, ["presupposed", "broken", "unknown"]),
    ("sso-plus-app", 1, ["Reportedly", "550 million baht", "unknown"]),
    ("public-relations", 1, ["The word baht is missing"]),
    ("sso-benefits-not-affected", 2, ["ambiguous"]),
]


@pytest.mark.parametrize(("slug", "number", "words"), AMBIGUITIES)
def test_every_ambiguity_is_kept_with_its_assertion(
    case: DossierFile, slug: str, number: int, words: list[str]
) -> None:
    hedge = claim(case, slug).assertions[number - 1].hedge
    assert hedge
    assert [word for word in words if word not in hedge.en] == []


def test_the_lead_is_a_note_and_the_numbering_is_said_to_be_ours(case: DossierFile) -> None:
    notes = " ".join(note.en for note in case.head.notes)
    assert "overseas visits" in notes
    assert "order of issues are ours" in notes
    assert not any("overseas" in one.heading.en for one in case.claims)
    reading = case.responses[0].note
    assert reading
    assert "all six is our reading" in reading.en


def test_headings_are_attributed_in_both_languages(case: DossierFile) -> None:
    people = {one.key: one.name for one in case.actors.people}
    for one in case.claims:
        name = people[one.claimants[0]]
        assert name.en in one.heading.en
        assert name.th in one.heading.th


def test_the_rumour_stands_in_its_assertion_alone(case: DossierFile) -> None:
    spoken = [text for one in everything(case) if isinstance(one, Text) for text in (one.en, one.th)]
    about = [text for text in spoken if any(word in text for word in ("rumour", "irregularit", "ข่าวลือ", "ความผิดปกติ"))]
    rumour = claim(case, "sso-plus-app").assertions[1]
    assert rumour.hedge
    assert sorted(about) == sorted([rumour.text.en, rumour.text.th, rumour.hedge.en, rumour.hedge.th])
    assert rumour.text.en.startswith("Ratchanok Srinok said there were rumours")
    quoted = [one for one in everything(case) if isinstance(one, CitationEntry) and "rumour" in one.quote.exact]
    assert [one.assertion for one in quoted] == [2]


WORDS_OF_BLAME = [
    "รับปาก",
    "เงียบ",
    "เบี่ยงประเด็น",
    "แฉ",
    "ซัด",
    "อ้างว่า",
    "ยอมรับว่า",
    "สูญเปล่า",
    "ไม่โปร่งใส",
    "ตัดสิน",
    "อีแบงกิ้ง",
    "พันล้านบาท",
]


def test_the_house_style_is_kept(case: DossierFile) -> None:
    texts = [one for one in everything(case) if isinstance(one, Text)]
    assert [text.th for text in texts for word in WORDS_OF_BLAME if word in text.th] == []
    assert [text.th for text in texts if "ส.ส." in text.th] == []


def test_both_languages_of_every_text_carry_the_same_numbers(case: DossierFile) -> None:
    texts = [one for one in everything(case) if isinstance(one, Text)]
    assert len(texts) > 150
    differing = [(str(text.at.path), text.en, text.th) for text in texts if numbers_in(text.en) != numbers_in(text.th)]
    assert differing == []


def test_both_languages_of_every_text_name_the_same_people_and_agencies(case: DossierFile) -> None:
    names = [person.name for person in case.actors.people] + [agency.name for agency in case.actors.agencies]
    names.sort(key=lambda name: -len(name.en))
    for text in (one for one in everything(case) if isinstance(one, Text)):
        rest = text.en
        for name in names:
            if name.en in rest:
                assert name.th in text.th, (name.en, text.en, text.th)
                rest = rest.replace(name.en, "")  # the office is not named where its board is


def test_our_translations_carry_the_numbers_of_their_quotes(case: DossierFile) -> None:
    cited = [one for one in everything(case) if isinstance(one, CitationEntry)]
    assert len(cited) == 29
    for one in cited:
        assert one.translation
        assert numbers_in(one.quote.exact) == numbers_in(one.translation), one.key


def test_quotes_are_short(case: DossierFile) -> None:
    assert max(len(one.quote.exact) for one in everything(case) if isinstance(one, CitationEntry)) <= 130
