"""What each role may do to which noun, as data; Django's groups and permissions are made from it."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from claims.review.transitions import Role

# Nouns that people write. What verbs or machines write (decisions, editions, checks, ledger) nobody edits by hand.
WRITTEN = (
    "budgets.jurisdiction",
    "budgets.agency",
    "budgets.fiscalyear",
    "budgets.budgetline",
    "budgets.columnmapping",
    "budgets.mappingalias",
    "claims.person",
    "claims.personalias",
    "claims.office",
    "claims.tenure",
    "claims.dossier",
    "claims.dossiernote",
    "claims.event",
    "claims.claim",
    "claims.claimant",
    "claims.appearance",
    "claims.assertion",
    "claims.source",
    "claims.evidencedocument",
    "claims.evidencecitation",
    "claims.officialresponse",
    "claims.responsecoverage",
    "claims.responserequest",
    "claims.statementsearch",
    "claims.figureattribution",
    "claims.figurecheck",
    "claims.reading",
    "claims.operand",
    "claims.claimreview",
)
ADDED_ONLY = ("budgets.figure", "budgets.budgetimport")  # superseded, retracted or undone, never changed
READ_ONLY = (
    "claims.reviewdecision",
    "claims.reviewauthor",
    "claims.draftedit",
    "claims.edition",
    "claims.publicstatus",
    "claims.publisheditem",
    "claims.sourcecheck",
    "claims.snapshot",
    "claims.flag",
    "claims.heartbeat",
    "claims.hostincident",
    "claims.watchentry",
    "claims.acceptedversion",
    "claims.finding",
    "ledger.cursor",
    "ledger.entry",
)
CLOSED_BY_WRITERS = ("claims.flag",)
# Letting readers see an import is a decision like that about a revision.
DECIDING = frozenset({Role.REVIEWER, Role.EDITOR})

_WRITE = ("view", "add", "change", "delete")


def permissions_of(role: Role) -> set[tuple[str, str]]:
    """Return (model label, action) pairs; a view of everything for all but operations."""
    everything = {*WRITTEN, *ADDED_ONLY, *READ_ONLY}
    if role is Role.OPERATIONS:
        machines = (
            *("claims.source", "claims.sourcecheck", "claims.hostincident", "claims.watchentry", "claims.flag"),
            *("claims.heartbeat", "budgets.budgetimport", "ledger.cursor", "ledger.entry"),
        )
        return {(label, "view") for label in machines}
    granted = {(label, "view") for label in everything}
    if role is Role.AUDITOR:
        return granted
    granted |= {(label, action) for label in WRITTEN for action in _WRITE}
    granted |= {(label, "add") for label in ADDED_ONLY}
    granted |= {(label, "change") for label in CLOSED_BY_WRITERS}
    if role in DECIDING:
        granted.add(("budgets.budgetimport", "publish"))
    return granted


def ensure_roles() -> None:
    """Make the groups and set their permissions to exactly this table; idempotent."""
    with transaction.atomic():
        for role in Role:
            group, _ = Group.objects.get_or_create(name=role.value)
            group.permissions.set(_permissions(permissions_of(role)))


def _permissions(pairs: set[tuple[str, str]]) -> list[Permission]:
    wanted = set()
    for label, action in pairs:
        model = apps.get_model(label)
        wanted.add((model._meta.app_label, f"{action}_{model._meta.model_name}"))
    standing = Permission.objects.select_related("content_type")
    return [found for found in standing if (found.content_type.app_label, found.codename) in wanted]
