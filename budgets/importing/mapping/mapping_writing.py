"""The verb of column mappings: stored whole, with every fault told at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.importing.mapping.objects import SpecRefused
from budgets.importing.mapping.spec_reading import read_spec
from budgets.models.mapping import ColumnMapping
from ledger.recording import record


class MappingRefused(Exception):
    """The mapping cannot be stored; carries one sentence per fault."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def write_mapping(*, mapping: ColumnMapping, save_parts: Callable[[], None], by: User, now: datetime) -> ColumnMapping:
    """Store a new or changed mapping with its aliases (`save_parts`) and return it.

    Imports keep the mapping as it was when they were asked for, so one that was used may be changed; its name may not.
    Raises MappingRefused with every fault.
    """
    with transaction.atomic():
        mapping.changed_at = now
        reasons = [*_faults(mapping), *_renamed(mapping)]
        if reasons:
            raise MappingRefused(reasons)
        mapping.save()
        save_parts()
        record(
            "mapping.written",
            subject_kind="mapping",
            subject_id=str(mapping.pk),
            content={"name": mapping.name, "spec": _digest(mapping.spec), "user": str(by.pk)},
        )
    return mapping


def _faults(mapping: ColumnMapping) -> list[str]:
    reasons = []
    try:
        mapping.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            reasons += [message if name == "__all__" else f"{name}: {message}" for message in messages]
    try:
        read_spec(mapping.spec)
    except SpecRefused as refused:
        reasons += [str(fault) for fault in refused.faults]
    return reasons


def _renamed(mapping: ColumnMapping) -> list[str]:
    if mapping._state.adding:
        return []
    stored = ColumnMapping.objects.select_for_update().get(pk=mapping.pk)
    if stored.name == mapping.name or not stored.imports.exists():
        return []
    return [f"Imports were made with “{stored.name}”: it keeps its name. Make another mapping for another name."]


def _digest(spec: object) -> str:
    """SHA-256 (hex) of the mapping's JSON, its keys in order."""
    written = json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
