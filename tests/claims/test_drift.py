"""Where reprints and later statements differ from a claim, and where they only look different."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.drift.comparing import compare
from claims.drift.difference import Difference, Kind, Known
from claims.drift.of_claim import drift_of, names_of, text_of
from claims.models.claim import Claim
from claims.models.people import PersonAlias, Tenure
from claims.vocabulary import Coverage
from tests.factories.cast import Cast
from tests.factories.claims import cite, draft_claim, publish_claim, respond
from tests.factories.nouns import AgencyFactory, OfficeFactory, PersonFactory

MP = Known(
    is_person=True,
    names=("Anong Suksai", "อนงค์ สุขใส", "Anonk Sooksai"),
    roles=frozenset({"mp"}),
)
OFFICIAL = Known(
    is_person=True,
    names=("Prasit Thongdee", "ประสิทธิ์ ทองดี"),
    roles=frozenset({"permanent_secretary"}),
)
OFFICE = Known(is_person=False, names=("Water Office", "สำนักงานน้ำ", "WO", "สนน."))
NAMES = (MP, OFFICIAL, OFFICE)
CLAIM = (
    "MP Anong Suksai said the Water Office reportedly spent 276 million baht on its meter app in 2023.\n"
    "The training budget rose from 965 million baht in 2020 to two billion baht in 2024, "
    "said Anong Suksai, a Bangkok MP.\n"
    "The office set aside 336 million for public relations in the 2024 fiscal year.\n"
    "Users rated the app 1.5 stars, and half of the callers gave up."
)
CLAIM_TH = (
    "สส. อนงค์ สุขใส กล่าวว่ามีรายงานว่าสำนักงานน้ำใช้เงิน 276 ล้านบาทกับแอปมิเตอร์ในปี 2566\n"
    "งบฝึกอบรมเพิ่มจาก 965 ล้านบาทในปี 2563 เป็น 2,000 ล้านบาทในปี 2567\n"
    "สำนักงานตั้งงบประชาสัมพันธ์ 336 ล้านบาทในปีงบประมาณ 2567\n"
    "ผู้ใช้ให้คะแนนแอป 1.5 ดาว และผู้โทรเข้าครึ่งหนึ่งวางสายไปก่อน"
)


def differences(was: str, now: str, claim: str = CLAIM) -> list[Difference]:
    """What is found when one expression of the claim stands otherwise in a reprint."""
    assert was in claim
    return compare(claim, claim.replace(was, now), NAMES)


def only(was: str, now: str, claim: str = CLAIM) -> Difference:
    """The one difference there is."""
    [found] = differences(was, now, claim)
    return found


def test_a_copy_of_the_claim_differs_in_nothing() -> None:
    assert compare(CLAIM, CLAIM, NAMES) == []
    assert compare(CLAIM_TH, CLAIM_TH, NAMES) == []


def test_the_other_language_says_the_same() -> None:
    assert compare(CLAIM, CLAIM_TH, NAMES) == []
    assert compare(CLAIM_TH, CLAIM, NAMES) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("276 million baht", "฿0.276bn"),
        ("276 million baht", "276 ล้านบาท"),
        ("276 million baht", "276,000,000 baht"),
        ("276 million baht", "276 million"),
        ("two billion baht", "2,000 million baht"),
        ("two billion baht", "1.96 billion baht"),
        ("in 2023", "in B.E. 2566"),
        ("in the 2024 fiscal year", "in fiscal year 2567"),
        ("reportedly spent", "allegedly spent"),
        ("half of the callers", "50% of the callers gave up, half of them"),
        ("Anong Suksai", "Anonk Sooksai"),
        ("said Anong Suksai, a Bangkok MP", "she said"),
    ],
)
def test_what_is_only_written_otherwise_is_no_difference(was: str, now: str) -> None:
    assert differences(was, now) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [("276 ล้านบาท", "๒๗๖ ล้านบาท"), ("2566", "๒๕๖๖"), ("ปี 2566", "ปี ค.ศ. 2023"), ("2,000 ล้านบาท", "2 พันล้านบาท")],
)
def test_thai_digits_scales_and_calendars_are_no_difference(was: str, now: str) -> None:
    assert differences(was, now, CLAIM_TH) == []


def test_another_currency_is_told_with_both_wordings_and_its_place() -> None:
    found = only("276 million baht", "276 million ringgit")
    assert found.kind is Kind.UNIT
    assert found.sentence == "Currency: the claim says “276 million baht”, the text says “276 million ringgit”."
    reprint = CLAIM.replace("276 million baht", "276 million ringgit")
    assert reprint[found.start : found.end] == found.found == "276 million ringgit"


def test_a_currency_that_the_claim_leaves_out_is_still_its_own() -> None:
    assert only("336 million for", "336 million ringgit for").kind is Kind.UNIT


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("276 million", "276 billion", "1,000 times as much"),
        ("965 million", "965 billion", "1,000 times as much"),
        ("two billion", "two million", "one 1,000th of it"),
        ("276 million", "300 million", "more"),
        ("1.5 stars", "2.5 stars", "more"),
        ("336 million", "366 million", "more"),
    ],
)
def test_another_magnitude_is_told_with_the_factor(was: str, now: str, told: str) -> None:
    found = only(was, now)
    assert found.kind is Kind.MAGNITUDE
    assert found.sentence.endswith(f", {told}.")


def test_another_word_for_a_share_is_another_magnitude() -> None:
    found = only("half of the callers", "a quarter of the callers")
    assert (found.kind, found.claimed) == (Kind.MAGNITUDE, "half")


@pytest.mark.parametrize("lang", ["en", "th"])
def test_a_thai_reprint_with_another_scale_is_found_from_both_languages(lang: str) -> None:
    claim = CLAIM if lang == "en" else CLAIM_TH
    reprint = CLAIM_TH.replace("276 ล้านบาท", "276 พันล้านบาท")
    [found] = compare(claim, reprint, NAMES)
    assert (found.kind, found.found) == (Kind.MAGNITUDE, "276 พันล้านบาท")


@pytest.mark.parametrize("lang", ["en", "th"])
def test_an_english_reprint_in_ringgit_is_found_from_both_languages(lang: str) -> None:
    claim = CLAIM if lang == "en" else CLAIM_TH
    [found] = compare(claim, CLAIM.replace("276 million baht", "276 million ringgit"), NAMES)
    assert (found.kind, found.found) == (Kind.UNIT, "276 million ringgit")


def test_another_year_of_an_amount_is_told() -> None:
    found = only("app in 2023", "app in 2024")
    assert found.kind is Kind.PERIOD
    assert found.sentence == "Period: the claim gives “276 million baht” for 2023, the text for 2024."


def test_two_years_that_changed_places_are_told() -> None:
    text = CLAIM.replace("baht in 2020 to", "baht in 1999 to").replace("baht in 2024", "baht in 2020")
    assert [each.kind for each in compare(CLAIM, text.replace("1999", "2024"), NAMES)] == [Kind.PERIOD, Kind.PERIOD]


def test_a_year_without_an_amount_is_told_where_the_words_are_the_same() -> None:
    claim = "The group won every seat of the employees on the pension board in December 2023."
    [found] = compare(claim, claim.replace("2023", "2024"), NAMES)
    assert (found.kind, found.claimed, found.found) == (Kind.PERIOD, "2023", "2024")


def test_a_fiscal_year_that_became_a_year_is_told() -> None:
    found = only("in the 2024 fiscal year", "in 2024")
    assert found.kind is Kind.PERIOD
    assert found.sentence.endswith("for fiscal year 2024, the text does not say that it is a fiscal year.")
    assert only("in the 2024 fiscal year", "in calendar year 2024").sentence.endswith("calls it a calendar year.")


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("reportedly spent", "spent", "the claim says “reportedly” of “276 million baht”, the text leaves that out"),
        ("from 965 million", "from about 965 million", "the text says “about” of “965 million baht”"),
        (
            "reportedly spent 276",
            "spent nearly 276",
            "the claim says “reportedly” of “276 million baht”, the text “nearly”",
        ),
    ],
)
def test_a_hedge_that_was_dropped_added_or_changed_is_told(was: str, now: str, told: str) -> None:
    found = only(was, now)
    assert found.kind is Kind.HEDGE
    assert told in found.sentence


def test_a_hedge_is_compared_across_languages() -> None:
    [found] = compare(CLAIM, CLAIM_TH.replace("มีรายงานว่า", ""), NAMES)
    assert found.kind is Kind.HEDGE


def test_an_amount_that_is_missing_from_its_sentence_is_told() -> None:
    found = only("spent 276 million baht on", "spent money on")
    assert (found.kind, found.claimed, found.found) == (Kind.MISSING, "276 million baht", "")


def test_a_text_that_does_not_mention_an_amount_lacks_nothing() -> None:
    assert compare(CLAIM, "The minister opened a bridge on Monday. It cost 12 million baht.", NAMES) == []


def test_other_amounts_in_the_same_text_are_no_difference() -> None:
    text = f"{CLAIM}\nThe city also bought 12 buses for 84 million baht, and 5,400 people rode them for 20 baht each."
    assert compare(CLAIM, text, NAMES) == []


def test_a_hedge_of_an_equal_share_of_something_else_is_no_difference() -> None:
    assert compare(CLAIM, "Almost half of the rice harvest was lost to floods.", NAMES) == []


@pytest.mark.parametrize("claim", [CLAIM, CLAIM_TH])
@pytest.mark.parametrize("name", ["Anong Suksia", "Anong Suksay"])
def test_a_misspelled_name_is_told_and_an_alias_is_not(claim: str, name: str) -> None:
    [found] = compare(claim, CLAIM.replace("Anong Suksai", name), NAMES)
    assert (found.kind, found.found) == (Kind.NAME, name)


def test_a_misspelled_thai_name_is_told() -> None:
    assert only("อนงค์ สุขใส", "อนงค์ สุขไส", CLAIM_TH).kind is Kind.NAME


def test_another_speaker_of_the_same_sentence_is_told() -> None:
    claim = "Prasit Thongdee said subscribers had other ways to pay, with 96% of payments made through banks."
    [found] = compare(claim, claim.replace("Prasit Thongdee", "Anong Suksai"), NAMES)
    assert (found.kind, found.found) == (Kind.NAME, "Anong Suksai")
    [unknown] = compare(claim, claim.replace("Prasit Thongdee", "Malee Jaidee"), NAMES)
    assert (unknown.kind, unknown.found) == (Kind.NAME, "Malee Jaidee")
    assert compare(claim, claim.replace("Prasit Thongdee", "He"), NAMES) == []


@pytest.mark.parametrize("claim", [CLAIM, CLAIM_TH])
@pytest.mark.parametrize(
    ("reprint", "word"),
    [
        (CLAIM.replace("a Bangkok MP", "a Bangkok senator").replace("MP Anong", "Senator Anong"), "Senator"),
        (CLAIM_TH.replace("สส. อนงค์", "สว. อนงค์"), "สว."),
        (CLAIM_TH.replace("สส. อนงค์", "รัฐมนตรีช่วยว่าการกระทรวงแรงงาน อนงค์"), "รัฐมนตรีช่วยว่าการ"),
    ],
)
def test_another_title_of_a_person_is_told(claim: str, reprint: str, word: str) -> None:
    [found] = compare(claim, reprint, NAMES)
    assert (found.kind, found.found) == (Kind.ROLE, word)


def test_a_title_without_a_name_is_told_where_the_sentence_is_the_same() -> None:
    claim = "According to the MP, callers of the hotline wait for hours and give up in the end."
    [found] = compare(claim, claim.replace("MP", "senator"), NAMES)
    assert found.sentence == "Role: the claim says “MP”, the text says “senator”."


def test_a_title_of_somebody_else_is_no_difference() -> None:
    text = CLAIM + "\nThe minister told Anong Suksai that the senator Malee Jaidee had asked the same."
    assert compare(CLAIM, text, NAMES) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Aa1 .,%ลป\n๒bn", max_size=120))
def test_any_text_can_be_compared_and_is_equal_to_itself(text: str) -> None:
    assert compare(text, text, NAMES) == []
    for found in compare(CLAIM, text, NAMES):
        assert found.start == -1 or text[found.start : found.end]


def says(cast: Cast, **fields: Any) -> Claim:
    claim = draft_claim(by=cast.contributor, **fields)
    claim.agencies.add(AgencyFactory.create(name_en="Water Office", abbreviation_en="WO", abbreviation_th="สนน."))
    return claim


def test_a_draft_is_compared_in_the_language_of_the_text(cast: Cast) -> None:
    claim = says(cast, summary_en="It cost 276 million baht.", summary_th="ใช้เงิน 276 ล้านบาท")
    assert "276 million baht" in text_of(claim, "en")
    assert "276 ล้านบาท" in text_of(claim, "th")
    assert drift_of(claim, "It cost 276 million baht.") == []
    assert [each.kind for each in drift_of(claim, "ใช้เงิน 276 ล้านริงกิต")] == [Kind.UNIT]


def test_the_edition_counts_and_not_a_draft_that_has_moved_on(cast: Cast) -> None:
    claim = says(cast, summary_en="It cost 276 million baht.")
    publish_claim(claim, cast)
    Claim.objects.filter(pk=claim.pk).update(summary_en="It cost 276 million ringgit.")
    assert drift_of(claim, "It cost 276 million baht.") == []
    [found] = drift_of(claim, "It cost 276 million ringgit.")
    assert found.kind is Kind.UNIT


def test_quotes_of_the_claim_count_and_those_of_statements_do_not(cast: Cast) -> None:
    claim = says(cast)
    cite(claim, by=cast.contributor, quote="the meter app cost 276 million baht")
    assert "the meter app cost 276 million baht" in text_of(claim, "en")
    publish_claim(claim, cast)
    assert "the meter app cost 276 million baht" in text_of(claim, "en")
    assert "276" not in text_of(claim, "th")


def test_names_come_with_aliases_offices_and_whoever_answered(cast: Cast) -> None:
    person = PersonFactory.create(name_en="Anong Suksai")
    PersonAlias.objects.create(person=person, name="Anonk Sooksai", lang="en")
    Tenure.objects.create(person=person, office=OfficeFactory.create(title_en="Bangkok MP", title_th="สส.กรุงเทพมหานคร"))
    claim = says(cast, person=person)
    respond({claim: Coverage.PARTLY}, by=cast.contributor, speaker=PersonFactory.create(name_en="Prasit Thongdee"))
    known = {each.names[0]: each for each in names_of(claim)}
    assert "Anonk Sooksai" in known["Anong Suksai"].names
    assert known["Anong Suksai"].roles == {"mp"}
    assert known["Prasit Thongdee"].is_person
    assert "WO" in known["Water Office"].names
