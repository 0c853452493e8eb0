"""Every rule is explained, in both languages and in the documentation, and none can be asked without an answer."""

import re
from pathlib import Path

import pytest

from claims.review.gates.rule import Gate, Level
from claims.review.gates.table import BY_CODE, GATES

STANDARDS = Path(__file__).parents[3] / "docs" / "standards.md"
LEVELS = {Level.MUST: "stops everything", Level.JUDGED: "stops the approval", Level.SHOULD: "shown only"}


def lines() -> dict[str, str]:
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", STANDARDS.read_text(), re.MULTILINE))


def test_the_documentation_lists_the_rules_of_the_table_and_no_others() -> None:
    assert list(lines()) == [gate.code for gate in GATES]
    assert len(BY_CODE) == len(GATES) >= 25


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_a_rule_is_documented_as_it_is(gate: Gate) -> None:
    level = LEVELS[gate.level] + (", may be waived" if gate.waivable else "")
    assert lines()[gate.code] == f"{gate.met_en} | {level} | {', '.join(gate.serves) or '—'}"


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_a_rule_says_what_to_do_and_what_holds_in_both_languages(gate: Gate) -> None:
    thai = re.compile("[ก-๙]")
    assert gate.en.endswith(".")
    assert gate.met_en.endswith(".")
    assert gate.en != gate.met_en
    assert thai.search(gate.th)
    assert thai.search(gate.met_th)
    assert not thai.search(gate.en + gate.met_en)


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_what_protects_people_or_the_record_cannot_be_waived(gate: Gate) -> None:
    held = {
        "claimant",
        "attested",
        "both_languages",
        "extreme_needs_primary",
        "redaction",
        "no_minor",
        "legal_sign_off",
    }
    assert not (gate.code in held and gate.waivable)
    assert not (gate.waivable and gate.level is not Level.MUST), "a rule that stops nothing needs no waiver"


@pytest.mark.parametrize("commitment", ["IFCN 1", "IFCN 2", "IFCN 4", "IFCN 5", "EFCSN"])
def test_every_commitment_that_software_can_serve_is_served(commitment: str) -> None:
    assert any(commitment in gate.serves for gate in GATES)
