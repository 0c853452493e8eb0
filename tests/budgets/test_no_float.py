"""Money never passes through a binary fraction: 0.1 + 0.2 is not 0.3, and nobody could say what was lost where."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BUDGETS = Path(__file__).resolve().parents[2] / "budgets"
MODULES = sorted(path for path in BUDGETS.rglob("*.py") if "migrations" not in path.parts)

EXACT_MATHS = {"ceil", "comb", "floor", "gcd", "isqrt", "lcm", "prod"}
FLOAT_NAMES = {"float", "complex", "FloatField", "fsum"}


def floats_in(source: str) -> list[str]:
    """A line for each place in a module where a binary fraction is written, made or let in."""
    return [f"line {node.lineno}: {what}" for node, what in _found(ast.parse(source))]


def _found(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node, f"the literal {node.value}"
        elif isinstance(node, ast.Name) and node.id in FLOAT_NAMES:
            yield node, node.id
        elif isinstance(node, ast.Attribute) and node.attr in FLOAT_NAMES:
            yield node, node.attr
        elif isinstance(node, ast.Import) and any(
            alias.name in ("math", "cmath", "statistics") for alias in node.names
        ):
            yield node, "a whole module of floating-point mathematics"
        elif isinstance(node, ast.ImportFrom) and node.module == "math":
            yield from ((node, alias.name) for alias in node.names if alias.name not in EXACT_MATHS)
        elif isinstance(node, ast.Call) and _reads_json(node) and "parse_float" not in _keywords(node):
            yield node, "JSON read without parse_float"


def _reads_json(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in ("load", "loads")
        and isinstance(function.value, ast.Name)
        and function.value.id == "json"
    )


def _keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BUDGETS)))
def test_no_module_of_budgets_touches_a_float(path: Path) -> None:
    assert floats_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "half = 0.5",
        "big = 1e9",
        "value = float(text)",
        "def scaled(value: float) -> int: ...",
        "value: dict[str, float] = {}",
        "import math",
        "from math import sqrt",
        "amount = models.FloatField()",
        "rows = json.loads(text)",
        "rows = json.load(file, object_hook=kept)",
    ],
)
def test_what_lets_a_float_in_is_noticed(source: str) -> None:
    assert len(floats_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'half = Decimal("0.5")',
        "from math import ceil, floor",
        "rows = json.loads(text, parse_float=Decimal)",
        'words = "a float"',
        "third = Fraction(1, 3)",
    ],
)
def test_exact_numbers_pass(source: str) -> None:
    assert floats_in(source) == []
