"""`.env.example` names every variable an installation can set, and no other."""

import ast
import re

from config.local.places import CHECKOUT

NAME = re.compile(r"^([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def example() -> list[str]:
    return NAME.findall((CHECKOUT / ".env.example").read_text())


def read_by_the_settings() -> set[str]:
    """The first argument of every env.str(…), env.int(…) and so on in the production settings."""
    tree = ast.parse((CHECKOUT / "config/settings/base.py").read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def read_by_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z0-9_]+)", (CHECKOUT / "docker-compose.yml").read_text()))


def test_the_settings_read_their_variables_through_env() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "OUTBOUND_EXTRA_PORTS", "LOG_LEVEL"} <= read_by_the_settings()
    assert "environ[" not in (CHECKOUT / "config/settings/base.py").read_text()


def test_the_example_is_complete_and_has_nothing_else() -> None:
    assert set(example()) == read_by_the_settings() | read_by_compose()
    assert len(example()) == len(set(example()))


def test_the_example_holds_no_secret() -> None:
    text = (CHECKOUT / ".env.example").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "TAMROI_OWNER_PASSWORD", "TAMROI_APP_PASSWORD"):
        assert f"\n{name}=\n" in text
