"""The closed lists of letters, links and what comes back through them, in both languages."""

from __future__ import annotations

from budgets.vocabulary import BilingualChoices


class LetterState(BilingualChoices):
    """Where a letter stands; computed from its row, never stored."""

    DRAFT = "draft", "ร่าง", "Draft"  # its text may be changed
    QUEUED = "queued", "รอส่ง", "To be sent"  # a worker sends it at its next look
    RETRYING = "retrying", "ส่งไม่สำเร็จ กำลังลองใหม่", "Not sent yet, trying again"
    GIVEN_UP = "given_up", "ยุติการส่ง", "Given up"  # by the worker after its attempts, or by a person
    DELIVERED = "delivered", "ส่งแล้ว", "Delivered"  # there is a request, and its clock runs


class LinkState(BilingualChoices):
    """Whether a one-time link can still be answered by."""

    OPEN = "open", "ใช้ได้", "Open"
    USED = "used", "ใช้แล้ว", "Used"
    EXPIRED = "expired", "หมดอายุ", "Expired"
    REVOKED = "revoked", "ยกเลิกแล้ว", "Revoked"
    UNKNOWN = "unknown", "ไม่รู้จัก", "Not known"
