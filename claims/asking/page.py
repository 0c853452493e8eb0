"""A letter as it stands on paper and in an e-mail, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from claims.asking import wording
from claims.asking.deadline import day_of, due_on, last_day
from claims.models.asking import RequestLetter
from claims.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Page:
    """What the letter says. `paragraphs` are groups of lines; nothing in them is markup."""

    lang: str
    sender: tuple[str, ...]
    number: str
    day: str
    to: tuple[str, ...]
    subject: str
    salutation: str
    paragraphs: tuple[tuple[str, ...], ...]
    closing: str
    signature: tuple[str, ...]

    @property
    def text(self) -> str:
        """The letter as plain text."""
        lang = self.lang
        to = (f"{wording.TO[lang]} {self.to[0]}", *self.to[1:])
        head = f"{wording.NUMBER[lang]} {self.number}"
        subject = f"{wording.SUBJECT[lang]} {self.subject}"
        address = [subject, "\n".join(to)] if lang == "th" else ["\n".join(to), subject]
        parts = ["\n".join(self.sender), head, self.day, *address, self.salutation]
        parts += ["\n".join(lines) for lines in self.paragraphs]
        parts += [self.closing, "\n".join(self.signature)]
        return "\n\n".join(part for part in parts if part) + "\n"


def compose(letter: RequestLetter, *, now_on: date, link: str = "") -> Page:
    """Return the letter as it is on a day; without a link it says where the link stands.

    A letter that is handed over keeps the date under which it was written, so that every print of it is the same.
    """
    lang, day = letter.lang, date_of(letter, now_on=now_on)
    office, days = letter.office, letter.working_days
    values = {
        "{link}": link or wording.NO_LINK[lang],
        "{link_until}": wording.day_text(last_day(office, delivered_on=day, working_days=days), lang),
        "{due_on}": wording.day_text(due_on(office, delivered_on=day, working_days=days), lang),
        "{working_days}": str(letter.working_days),
    }
    body = wording.filled(letter.body.strip(), values)
    contact = settings.CONTACT_EMAIL
    return Page(
        lang=lang,
        sender=tuple(
            line for line in (wording.NAME[lang], wording.WHO_WE_ARE[lang], settings.PUBLIC_ORIGIN, contact) if line
        ),
        number=wording.number_text(letter.year, letter.serial, lang),
        day=wording.day_text(day, lang),
        to=(letter.to_name, *_lines(office.postal_address)),
        subject=letter.subject,
        salutation=wording.SALUTATION[lang],
        paragraphs=tuple(_lines(part) for part in body.split("\n\n") if part.strip()),
        closing=wording.CLOSING[lang],
        signature=tuple(line for line in (letter.prepared_by.get_full_name(), wording.SIGNATURE[lang]) if line),
    )


def date_of(letter: RequestLetter, *, now_on: date) -> date:
    """Return the date that stands on the letter: of an e-mail the day it goes out, else the day it was written."""
    return now_on if letter.channel == Channel.EMAIL else day_of(letter.prepared_at)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
