"""One load from beginning to end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.outbound.policy import Policy
from claims.review.transitions import Role
from claims.seeding.loading.actors import load_actors, load_source
from claims.seeding.loading.checks import load_checks
from claims.seeding.loading.claims import load_claim
from claims.seeding.loading.dossiers import load_dossier
from claims.seeding.loading.figures import load_figures, load_lines
from claims.seeding.loading.report import Report
from claims.seeding.loading.responses import load_responses
from claims.seeding.loading.session import LoadRefused, Session
from claims.seeding.schema.folder import DossierFile


def load(dossier: DossierFile, *, policy: Policy, by: User, now: datetime, dry_run: bool = False) -> Report:
    """Bring a dossier into the drafts and report what was done; a dry run does it all and takes it back.

    Ends at drafts: whoever loads is the author, and two other persons publish. Raises `LoadRefused` with every reason,
    and then nothing is left behind.
    """
    if not by.is_active or not by.groups.filter(name=Role.CONTRIBUTOR).exists():
        raise LoadRefused([f"{by.get_username()} is not a contributor: give --by the name of one who is."])
    session = Session(by=by, now=now, policy=policy)
    with _one_transaction(dry_run=dry_run):
        _load_all(session, dossier)
    return session.report


@contextmanager
def _one_transaction(*, dry_run: bool) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Two loads at once would both find nothing and both create it: the second waits and finds the first one's rows.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('claims.seeding'))")
        yield
        transaction.set_rollback(dry_run)


def _load_all(session: Session, dossier: DossierFile) -> None:
    load_actors(session, dossier.actors)
    for source in dossier.head.sources:
        load_source(session, source)
    session.stop_if_refused()
    load_dossier(session, dossier.head)
    session.stop_if_refused()
    for claim in dossier.claims:
        load_claim(session, claim, dossier.head)
    session.stop_if_refused()
    load_responses(session, dossier.responses)
    session.stop_if_refused()
    load_lines(session, dossier.lines)
    session.stop_if_refused()
    load_figures(session, dossier.figures)
    session.stop_if_refused()
    load_checks(session, dossier.checks)
    session.stop_if_refused()
