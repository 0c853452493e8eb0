"""What hiding and withholding share: who may decide, what must be said, and how the public row tells of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User

from claims.authorship import Conflicted, refuse_interested
from claims.models.claim import Claim
from claims.models.public_status import PublicStatus
from claims.publication.status import status_document, take_change_no
from claims.review.moving import NotAllowed
from claims.review.transitions import Role

LONGEST_REASON = 300
_TOLD = ("state", "notices", "content_updated_at", "version", "change_no", "content_change_no", "body")


def refuse_others(claim: Claim, by: User, roles: Collection[Role]) -> None:
    """Raise `NotAllowed` when the person's role or interests keep them from deciding about the claim."""
    if not by.is_active or not by.groups.filter(name__in=roles).exists():
        raise NotAllowed([f"This needs the role {' or '.join(sorted(roles))}."])
    try:
        refuse_interested(claim, by)
    except Conflicted as conflict:
        raise NotAllowed([str(conflict)]) from conflict


def both_reasons(reason: tuple[str, str]) -> tuple[str, str]:
    """Return the English and the Thai reason without blanks around them, or raise `NotAllowed`."""
    en, th = (text.strip() for text in reason)
    if not en or not th:
        raise NotAllowed(["Say why in both languages: readers see it."])
    if max(len(en), len(th)) > LONGEST_REASON:
        raise NotAllowed([f"A reason has {LONGEST_REASON} characters at most."])
    return en, th


def locked_status(claim: Claim) -> PublicStatus:
    """Lock the public row of a claim whose lock is held, or raise `NotAllowed` when it is not public."""
    rows = PublicStatus.objects.select_for_update(of=("self",)).select_related("edition")
    status = rows.filter(claim=claim).first()
    if status is None:
        raise NotAllowed(["It is not public: there is nothing to take out of sight."])
    return status


def tell(status: PublicStatus, *, now: datetime) -> None:
    """Store a locked row's state and notices as the next visible change of content."""
    status.content_updated_at = now
    status.version += 1
    status.change_no = status.content_change_no = take_change_no()
    document = status_document(status, status.edition.number)
    status.body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    status.save(update_fields=_TOLD)
