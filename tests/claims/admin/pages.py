"""Pages of the admin as a browser meets them: what a form shows is what it sends back."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models.claim import Claim


def signed_in(user: User) -> Client:
    """A browser in which `user` is signed in, and which sends CSRF tokens like one."""
    client = Client()
    client.force_login(user)
    return client


class _Fields(HTMLParser):
    """Collects what the form of an id would send."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.data: dict[str, list[str]] = {}
        self._textarea = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        if not self.inside:
            return
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file"):
            ticked = given.get("type") in ("checkbox", "radio")
            if ticked and "checked" not in given:
                return
            self.data.setdefault(name, []).append(given.get("value", "on" if ticked else ""))
        elif tag == "textarea":
            self._textarea = name
            self.data[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.data.setdefault(self._select, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.data[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # The first newline after the tag is not content; a browser sends CRLF.
            self.data[self._textarea] = [self.data[self._textarea][0].removeprefix("\n").replace("\n", "\r\n")]
            self._textarea = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self.inside = False


def shown(response: Any, form_id: str = "claim_form") -> dict[str, Any]:
    """What the form in a page would send if nobody touched it."""
    parser = _Fields(form_id)
    parser.feed(response.content.decode())
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in parser.data.items()
        if "__prefix__" not in name
    }


def claim_url(claim: Claim) -> str:
    """The page of a claim."""
    return reverse("admin:claims_claim_change", args=[claim.pk])


def move(client: Client, claim: Claim, verb: str, **data: str) -> Any:
    """Press a button of the panel, as it stands on the page now; `data` replaces what it would send."""
    review = claim.reviews.order_by("-number").first()
    assert review is not None
    fields = {"review": str(review.public_id), "seen": review.content_hash} | data
    return client.post(reverse("admin:claims_claim_move", args=[claim.pk, verb]), fields, follow=True)


def new_row(prefix: str, number: int, values: Mapping[str, Any], total: int | None = None) -> dict[str, Any]:
    """What a row that was added to a form sends; `total` is how many rows the form then has."""
    return {f"{prefix}-TOTAL_FORMS": str(total or number + 1)} | {
        f"{prefix}-{number}-{name}": value for name, value in values.items()
    }
