"""Loading, and counting what it left."""

from collections.abc import Callable

from django.apps import apps

from claims.outbound.policy import Policy
from claims.seeding.loading.report import Report
from claims.seeding.loading.run import load
from claims.seeding.reading import read_dossier
from tests.claims.seeding.folders import NOW, Folder
from tests.factories.cast import Cast

Bring = Callable[..., Report]


def rows() -> dict[str, int]:
    """Count every row of our own tables."""
    models = [model for label in ("ledger", "budgets", "claims") for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


def bringer(folder: Folder, cast: Cast) -> Bring:
    """Return what loads the folder as the contributor."""

    def bring_in(*, dry_run: bool = False) -> Report:
        return load(read_dossier(folder.path), policy=Policy(), by=cast.contributor, now=NOW, dry_run=dry_run)

    return bring_in
