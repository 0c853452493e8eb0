"""Asking for an import: the file is kept, and the row waits for a worker."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from budgets.importing.jobs import ImportRefused, refusals
from budgets.importing.mapping.rows import shown
from budgets.importing.mapping.spec import Spec
from budgets.importing.mapping.spec_reading import read_spec
from budgets.importing.reading.uploads import DESCRIPTION, SUFFIXES, judge_upload, lay_out_package, write_to
from budgets.models.agency import Agency
from budgets.models.budget_import import BudgetImport
from budgets.models.mapping import ColumnMapping
from budgets.vocabulary import ImportState

FOLDER = "imports"
_CHUNK = 1 << 20


def request_import(
    *,
    mapping: ColumnMapping,
    file: File[bytes],
    table: File[bytes] | None = None,
    dataset: str = "",
    given: Mapping[str, str],
    dry_run: bool,
    by: User,
    now: datetime,
) -> BudgetImport:
    """Keep an uploaded file and return the import that waits for a worker.

    `table` is the CSV file of a package, whose description is `file`. `dataset` is the mapping's name when empty.
    `given` holds what the mapping asks for, no more. Nothing enters the ledger before the file is read. Raises
    ImportRefused with every reason.
    """
    with refusals():
        spec = read_spec(mapping.spec)
        _refuse_answers(spec, given)
        if table is not None and spec.layout.format != "package":
            raise ImportRefused(["Only a mapping of the format package reads a second file: leave it out."])
        with _kept(file, table, spec) as (path, name), transaction.atomic():
            return BudgetImport.objects.create(
                mapping=mapping,
                spec=mapping.spec,
                dataset=dataset or mapping.name,
                given=dict(given),
                file=name,
                file_name=shown(file.name or "", 200),
                file_digest=_digest(path),
                file_size=sum(each.stat().st_size for each in _files(path)),
                dry_run=dry_run,
                **_document(mapping),
                **_asked(by, now),
            )


def import_checked(*, budget_import: BudgetImport, by: User, now: datetime) -> BudgetImport:
    """Ask for the import that a dry run tried, of the same file and with the mapping as it was tried; return it.

    Raises ImportRefused when it was no dry run, has not been read, or is asked for already.
    """
    with transaction.atomic():
        tried = BudgetImport.objects.select_for_update().get(pk=budget_import.pk)
        if not tried.dry_run or tried.state != ImportState.CHECKED:
            raise ImportRefused(
                [f"This import is “{ImportState(tried.state).label}”: only one that was tried is asked."]
            )
        same = BudgetImport.objects.filter(file=tried.file.name, dry_run=False)
        if same.filter(state__in=(ImportState.WAITING, ImportState.DONE)).exists():
            raise ImportRefused(["This file was imported already, or waits for it: look at the newest imports."])
        return BudgetImport.objects.create(
            mapping=tried.mapping,
            spec=tried.spec,
            dataset=tried.dataset,
            given=tried.given,
            file=tried.file.name,
            file_name=tried.file_name,
            file_digest=tried.file_digest,
            file_size=tried.file_size,
            dry_run=False,
            **_document(tried),
            **_asked(by, now),
        )


def _document(row: ColumnMapping | BudgetImport) -> dict[str, Any]:
    """The document that the figures come from."""
    return {name: getattr(row, name) for name in ("title_en", "title_th", "source_url", "provenance")}


def _asked(by: User, now: datetime) -> dict[str, Any]:
    return {"state": ImportState.WAITING, "imported_by": by, "requested_at": now}


def _refuse_answers(spec: Spec, given: Mapping[str, str]) -> None:
    wanted = spec.given()
    reasons = [f"The mapping asks for the {each}: say which." for each in sorted(wanted) if not given.get(each)]
    reasons += [f"The mapping does not ask for the {each}: leave it empty." for each in given if each not in wanted]
    slug = given.get("agency")
    if slug and not Agency.objects.filter(slug=slug).exists():
        reasons.append(f"There is no agency “{slug}”: create it, or choose another.")
    if reasons:
        raise ImportRefused(reasons)


@contextmanager
def _kept(file: File[bytes], table: File[bytes] | None, spec: Spec) -> Iterator[tuple[Path, str]]:
    """The upload in a folder of its own, under a name of ours: its path and its name in the storage.

    The folder is gone again when the row cannot be stored.
    """
    name = f"{FOLDER}/{uuid4().hex}"
    folder = Path(default_storage.path(name))
    folder.mkdir(parents=True)
    try:
        if spec.layout.format == "package":
            path = lay_out_package(folder, file, table, spec.layout.sheet)
        else:
            path = folder / f"budget{SUFFIXES[spec.layout.format]}"
            judge_upload(file, spec.layout.format)
            write_to(file, path)
        yield path, f"{name}/{path.name}"
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _files(path: Path) -> list[Path]:
    """The file; of a package its description, and then its table."""
    if path.name != DESCRIPTION:
        return [path]
    return [path, *sorted(each for each in path.parent.rglob("*") if each.is_file() and each != path)]


def _digest(path: Path) -> str:
    """SHA-256 (hex) of the file; of a package, of its description and then its table."""
    digest = hashlib.sha256()
    for each in _files(path):
        with each.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
