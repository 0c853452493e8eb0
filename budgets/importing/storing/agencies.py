"""Which agency a name in a file means, and new ones where a mapping lets an import make them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection

from budgets.importing.cells.names import BadName, clean_name
from budgets.importing.mapping.objects import nearest
from budgets.models.agency import Agency, Jurisdiction
from budgets.vocabulary import AgencyKind

JOINER = "\u001f"
MOST_DIFFERENT = 100_000
_DEEPEST = 32
_SUGGESTED = 100

UNKNOWN = "No agency has this name: correct the name, add an alias to the mapping, or let the mapping create agencies."
SEVERAL = "Several agencies have this name: name the one above it in the mapping too, or rename one."
TOO_MANY = f"The file names more than {MOST_DIFFERENT:,} agencies: is this column the agency?"


class AgencyBook:
    """Agencies of a country by name. A name that is to be created gets a provisional key below zero."""

    def __init__(self, jurisdiction: Jurisdiction, *, create: bool) -> None:
        """Read all agencies of the country: thousands at most, and one query."""
        self.jurisdiction, self.create = jurisdiction, create
        self.to_create: list[tuple[str, ...]] = []
        self._known: dict[tuple[str, ...], int] = {}
        self._refused: dict[tuple[str, ...], str] = {}
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        self._above: dict[int, int | None] = {}
        rows = Agency.objects.filter(jurisdiction=jurisdiction).values_list("pk", "parent_id", "name_en", "name_th")
        for key, above, *names in rows.iterator():
            self._above[key] = above
            for name in names:
                self._by_name[_cleaned(name)].add(key)

    def find(self, path: tuple[str, ...]) -> int:
        """Return the key of the agency at the end of a path of names; raises BadName for none, or several."""
        known = self._known.get(path)
        if known is not None:
            return known
        reason = self._refused.get(path)
        if reason is None:
            if len(self._known) + len(self._refused) >= MOST_DIFFERENT:
                raise BadName(TOO_MANY)
            try:
                known = self._known[path] = self._found(path) or self._provisional(path)
                return known
            except BadName as error:
                reason = self._refused[path] = str(error)
        raise BadName(reason)

    def _found(self, path: tuple[str, ...]) -> int | None:
        able = self._by_name.get(path[-1], set())
        if len(able) > 1 and len(path) > 1:
            parents = self._by_name.get(path[-2], set())
            able = {key for key in able if self._above[key] in parents}
        if len(able) > 1:
            raise BadName(SEVERAL)
        return next(iter(able), None)

    def _provisional(self, path: tuple[str, ...]) -> int:
        if not self.create:
            # A look at every agency: for the first wrong names it helps, for thousands it takes minutes.
            like = nearest(path[-1], self._by_name) if len(self._refused) < _SUGGESTED else None
            raise BadName(f"{UNKNOWN} The nearest is “{like}”." if like else UNKNOWN)
        if len(path) > 1 and path[:-1] not in self._known:
            self._known[path[:-1]] = self._found(path[:-1]) or self._provisional(path[:-1])
        self.to_create.append(path)
        return -len(self.to_create)

    def wanted(self, provisional: Collection[int]) -> list[int]:
        """Return the provisional keys that are needed for some of them: theirs, and those above."""
        paths = {self.to_create[-key - 1][:depth] for key in provisional for depth in range(1, 1 + _DEEPEST)}
        return [-place for place, path in enumerate(self.to_create, 1) if path in paths]

    def created(self, provisional: Collection[int], *, lang: str) -> dict[int, int]:
        """Store agencies that are to be created; return their keys by the provisional ones."""
        real: dict[int, int] = {}
        for key in self.wanted(provisional):
            path = self.to_create[-key - 1]
            above = self._known.get(path[:-1])
            agency = Agency(
                slug=_slug(self.jurisdiction, path),
                kind=_kind(path[-1]),
                jurisdiction=self.jurisdiction,
                parent_id=None if above is None else real.get(above, above),
                name_en=path[-1],
                name_th=path[-1],
                lang=lang,
            )
            # One by one: a parent's key is needed by its parts, and there are few.
            agency.save(force_insert=True)
            real[key] = agency.pk
        return real


def _cleaned(name: str) -> str:
    try:
        return clean_name(name)
    except BadName:
        return name


def _kind(name: str) -> AgencyKind:
    ministry = name.startswith("กระทรวง") or name.casefold().startswith(("ministry", "ministria", "secretaría de"))
    return AgencyKind.MINISTRY if ministry else AgencyKind.OFFICE


def _slug(jurisdiction: Jurisdiction, path: tuple[str, ...]) -> str:
    """ASCII, and the same for the same path of names in every installation."""
    text = JOINER.join((jurisdiction.code, *path))
    return f"agency-{hashlib.sha256(text.encode()).hexdigest()[:20]}"
