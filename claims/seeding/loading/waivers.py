"""The rules that a dossier sets aside in public: an editor's word, not the contributor's who loads."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.authorship import Frozen, newest_edition, subject_of
from claims.models.claim import Claim
from claims.models.waiver import Waiver
from claims.review.moving import NotAllowed
from claims.review.waiving import waive, withdraw_waiver
from claims.seeding.loading.session import Session
from claims.seeding.schema.story import DossierHead, WaiverEntry


def load_waivers(session: Session, head: DossierHead, *, editor: User | None) -> None:
    """Set each rule aside for the claims that the file names (none named: all); without an editor, only report them."""
    standing = {(waiver.claim_id, waiver.rule): waiver for waiver in _standing(session)}
    for entry in head.waivers:
        for slug in entry.claims or sorted(session.claims):
            claim = session.claims[slug]
            _load(session, entry, claim, standing.get((claim.pk, entry.rule)), editor)
    session.stop_if_refused()


def _standing(session: Session) -> list[Waiver]:
    return list(Waiver.objects.standing().filter(claim__in=session.claims.values()))


def _load(session: Session, entry: WaiverEntry, claim: Claim, waiver: Waiver | None, editor: User | None) -> None:
    name = f"{claim.slug}/{entry.rule}"
    reason = (entry.reason.en, entry.reason.th)
    if waiver is not None and (waiver.reason_en, waiver.reason_th) == reason:
        session.report.note("waiver", name, "unchanged")
    elif newest_edition(subject_of(claim)):
        session.refuse(f"“{claim}” has been published: an editor sets “{entry.rule}” aside in the admin.")
    elif editor is None:
        session.report.left.append(name)
    else:
        try:
            if waiver is not None:
                withdraw_waiver(waiver=waiver, by=editor, now=session.now)
            waive(claim=claim, rule=entry.rule, reason=reason, by=editor, now=session.now)
        except (NotAllowed, Frozen) as refusal:
            session.refuse(f"dossier.yaml, waivers, {name}: {refusal}")
        else:
            session.report.note("waiver", name, "changed" if waiver else "created", ("reason",))
