"""What is worth a check comes out as a candidate, with its amounts, a guess of its kind, and why."""

import signal
from collections.abc import Iterator

import pytest

from claims.candidates.candidate import MOST_CHARACTERS, Candidate, TextTooLong
from claims.candidates.finding import candidates_in
from claims.candidates.signs import SIGNS
from claims.vocabulary import AssertionKind

# A report of our own in the shape of a newspaper's: six matters, an answer, and what is none.
REPORT = """date 2026-03-01 Share this story
Malee Suksai, a Chonburi MP, outlined several issues in a post after a forum on Saturday.
She said the spending of the office has risen over three years, from 3 billion baht in 2021 to 5.2 billion in 2024.
Its call centre is allocated 80 million baht. Half of the sum was spent on rent.
Ms Malee questioned whether the 450 million baht spent on a new meter system was necessary.
The mobile app reportedly cost 120 million baht following rumours of irregularities, she said.
Ms Malee also suggested the training budget had been wasted on courses that were redundant.
According to the MP, the office's advertising failed to reach young people.
Water office director-general Somchai Jaidee said the office was planning to clarify the issues.
I think the new logo is beautiful.
"""


def _only(text: str) -> Candidate:
    [found] = candidates_in(text)
    return found


def test_every_matter_of_a_report_is_a_likely_candidate_and_the_rest_is_not() -> None:
    found = candidates_in(REPORT)
    likely = [each.text for each in found if each.is_likely]
    for words in ("5.2 billion", "80 million", "Half of", "450 million", "120 million", "wasted", "advertising failed"):
        assert any(words in text for text in likely), words
    assert [each.text for each in found if not each.is_likely] == [
        "date 2026-03-01 Share this story",
        "Malee Suksai, a Chonburi MP, outlined several issues in a post after a forum on Saturday.",
        "I think the new logo is beautiful.",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The hotline of the office cost 100 million baht.", AssertionKind.FIGURE),
        ("สายด่วนของสำนักงานใช้งบ 100 ล้านบาท", AssertionKind.FIGURE),
        ("The director took bribes from a contractor of 5 million baht.", AssertionKind.ALLEGATION),
        ("มีการฮั้วประมูลโครงการ 5 ล้านบาท", AssertionKind.ALLEGATION),
        ("There are rumours of bribes of 5 million baht.", AssertionKind.RUMOUR),
        ("มีข่าวลือว่าผู้อำนวยการรับสินบน", AssertionKind.RUMOUR),
        ("Why did the app cost 276 million baht?", AssertionKind.QUESTION),
        ("แอปราคา 276 ล้านบาท คุ้มค่าหรือไม่", AssertionKind.QUESTION),
        ("The training budget was wasted on useless courses.", AssertionKind.JUDGEMENT),
        ("งบฝึกอบรมสิ้นเปลืองและซ้ำซ้อนกับหน่วยงานอื่น", AssertionKind.JUDGEMENT),
        ("The office opened a branch in Chonburi last month.", AssertionKind.FACT),
    ],
)
def test_the_kind_is_guessed_and_the_riskier_guess_wins(text: str, kind: AssertionKind) -> None:
    assert _only(text).kind is kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Spending rose faster than ever in the office.", "comparison"),
        ("รายจ่ายของสำนักงานเพิ่มขึ้นเป็นครั้งแรก", "comparison"),
        ("The minister promised a new system for everybody.", "promise"),
        ("รัฐมนตรีให้คำมั่นกับผู้ประกันตนทั้งประเทศ", "promise"),
        ("Subscribers are unable to pay through the app.", "denial"),
        ("ผู้ประกันตนไม่สามารถจ่ายเงินผ่านแอปพลิเคชัน", "denial"),
        ("In my view the minister is a friendly person.", "opinion"),
        ("ผมคิดว่ารัฐมนตรีเป็นคนที่มีอัธยาศัยดี", "opinion"),
        ("พิมพ์", "fragment"),
    ],
)
def test_a_reason_is_given_in_words_in_both_languages(text: str, code: str) -> None:
    [reason] = [each for each in _only(text).reasons if each.code == code]
    assert reason.en
    assert reason.th


def test_opinions_and_questions_weigh_against_a_sentence() -> None:
    assert _only("The office should spend 5 million baht.").worth < _only("The office spent 5 million baht.").worth
    assert _only("Did the office spend 5 million baht?").worth < _only("The office spent 5 million baht.").worth


def test_every_sign_has_its_own_code_and_weight() -> None:
    assert len({sign.code for sign in SIGNS}) == len(SIGNS)
    assert all(sign.weight for sign in SIGNS)


def test_amounts_are_marked_where_they_stand_and_a_year_is_no_amount() -> None:
    text = "ข่าว\nIn 2024 the office spent 276 million baht, or 5% more."
    found = candidates_in(text)[-1]
    assert [text[each.start : each.end] for each in found.amounts] == ["276 million baht", "5%"]
    assert len(found.quantities) == 3


def test_a_sentence_that_stands_twice_is_one_candidate() -> None:
    text = "The office spent 5 million baht.\nThe  office spent 5 million baht."
    assert [each.start for each in candidates_in(text)] == [0]


def test_a_text_that_is_too_long_is_refused_in_both_languages() -> None:
    with pytest.raises(TextTooLong, match="50,001 characters, and at most 50,000") as refused:
        candidates_in("a" * (MOST_CHARACTERS + 1))
    assert "50,001 ตัวอักษร" in refused.value.sentence["th"]


HOSTILE = {
    "letters": "a", "numbers": "1 ", "thai": "ก", "spaces": " ", "quotes": "”", "capitals": "A ", "stops": "1. ",
    "said": "X, said ", "says": "กล่าวก ", "that": "กล่าวว่า ", "names": "นายกก กก ", "ranks": "พ.ต.", "brackets": "(",
    "according": "according to ", "lines": "A\n", "items": "1) a 2) b ", "order": "ประการที่ 1 ", "ends": "; ",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_read_to_its_end(piece: str, patience: None) -> None:
    text = (piece * MOST_CHARACTERS)[:MOST_CHARACTERS]
    for found in candidates_in(text):
        assert text[found.start : found.end] == found.text


@pytest.fixture
def patience() -> Iterator[None]:
    """Half a minute of the processor, whatever else the machine does: a pattern that doubles its work has no end."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, 30)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
