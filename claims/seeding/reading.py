"""A dossier folder -> `DossierFile`, or every fault in it at once."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from claims.seeding.building import Builder, EntryType, Mention
from claims.seeding.checking import check
from claims.seeding.computable import check_computable
from claims.seeding.faults import Faults, FaultyDossier, Place
from claims.seeding.nodes import MAX_FILE_BYTES, compose
from claims.seeding.schema.actors import ActorsFile
from claims.seeding.schema.answers import ResponsesFile
from claims.seeding.schema.checks import ChecksFile
from claims.seeding.schema.folder import DossierFile
from claims.seeding.schema.money import FiguresFile
from claims.seeding.schema.story import ClaimFile, DossierHead

MAX_CLAIMS = 200
_HEAD, _ACTORS, _RESPONSES = "dossier.yaml", "actors.yaml", "responses.yaml"
_FIGURES, _CHECKS = "figures.yaml", "checks.yaml"
_LINK = "a link, which could lead out of the folder"
_PARTS = (_HEAD, _ACTORS, _RESPONSES, _FIGURES, _CHECKS)


def read_dossier(folder: Path) -> DossierFile:
    """Read and check the folder; raises `FaultyDossier` with every fault, never anything else for its content."""
    faults = Faults()
    builder = Builder(faults)
    claim_paths = _claim_paths(folder, faults)
    head = _part(folder, _HEAD, DossierHead, builder, required=True)
    actors = _part(folder, _ACTORS, ActorsFile, builder, required=True)
    responses = _part(folder, _RESPONSES, ResponsesFile, builder, required=False)
    figures = _part(folder, _FIGURES, FiguresFile, builder, required=False)
    checks = _part(folder, _CHECKS, ChecksFile, builder, required=False)
    read = [_part(folder, f"claims/{path.name}", ClaimFile, builder, required=True) for path in claim_paths]
    claims = tuple(claim for claim in read if claim is not None)
    _check_names(builder.named, builder.referred, faults)
    for claim in claims:
        check_file_name(claim, faults)
    check(
        head=head,
        actors=actors,
        claims=claims,
        responses=responses.responses if responses else (),
        figures=figures.figures if figures else (),
        faults=faults,
    )
    check_computable(checks.checks if checks else (), claims, faults)
    if head is None or actors is None or faults.found:  # a part that could not be read has noted why
        raise FaultyDossier(faults.found)
    return DossierFile(
        head=head,
        actors=actors,
        claims=tuple(sorted(claims, key=lambda claim: (claim.number is None, claim.number or 0, claim.slug))),
        responses=responses.responses if responses else (),
        lines=figures.lines if figures else (),
        figures=figures.figures if figures else (),
        checks=checks.checks if checks else (),
    )


def check_file_name(claim: ClaimFile, faults: Faults) -> None:
    """Note a claim that stands in a file of another name: two files would then claim one slug unseen."""
    if claim.at.file != f"claims/{claim.slug}.yaml":
        faults.add(
            claim.at.of("slug"), f"“{claim.slug}” is not the name of its file.", f"Name the file {claim.slug}.yaml."
        )


def _claim_paths(folder: Path, faults: Faults) -> list[Path]:
    if not folder.is_dir():
        faults.add(Place(str(folder), 0, ""), "is not a folder.", "Give the folder that holds dossier.yaml.")
        return []
    for stray in sorted(folder.glob("*.yaml")) + sorted(folder.glob("*.yml")):
        if stray.name not in _PARTS:
            faults.add(
                Place(stray.name, 0, ""), "is not a file of a dossier.", f"Known files: {', '.join(_PARTS)}, claims/."
            )
    if (folder / "claims").is_symlink():
        faults.add(Place("claims", 0, ""), f"cannot be read: it is {_LINK}.", "Put an ordinary folder there.")
        return []
    paths = sorted((folder / "claims").glob("*.yaml"))
    for stray in sorted((folder / "claims").glob("*.yml")):
        faults.add(Place(f"claims/{stray.name}", 0, ""), "would not be read.", "Let its name end in .yaml.")
    if not paths:
        faults.add(Place("claims", 0, ""), "holds no claim.", "Write one file per claim: claims/<slug>.yaml.")
    if len(paths) > MAX_CLAIMS:
        faults.add(Place("claims", 0, ""), f"holds more than {MAX_CLAIMS} claims.", "Split the dossier.")
        return []
    return paths


def _part(folder: Path, name: str, cls: type[EntryType], builder: Builder, *, required: bool) -> EntryType | None:
    content = _bytes(folder, name, builder.faults, required=required)
    if content is None:
        return None
    node = compose(name, content, builder.faults)
    return None if node is None else builder.entry(node, cls, Place(name, node.start_mark.line + 1, ""))


def _bytes(folder: Path, name: str, faults: Faults, *, required: bool) -> bytes | None:
    try:
        with _open(folder, name) as file:
            return file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        if required and folder.is_dir():
            faults.add(Place(name, 0, ""), "is missing.", "Add it; docs/dossier-format.md says what it holds.")
    except _Odd as odd:
        faults.add(Place(name, 0, ""), f"cannot be read: it is {odd}.", "Put an ordinary file there.")
    except OSError as error:
        faults.add(Place(name, 0, ""), f"cannot be read: {error.strerror}.", "Check the file and its permissions.")
    return None


class _Odd(Exception):
    pass


def _open(folder: Path, name: str) -> BinaryIO:
    # Step by step from an open folder, so that no link is followed, not even one that appears meanwhile;
    # O_NONBLOCK, because opening a pipe would wait for its writer.
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        *parents, last = Path(name).parts
        for parent in parents:
            upper, at = at, os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(upper)
        handle = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _Odd(_LINK) from error
        raise
    finally:
        os.close(at)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _Odd("a folder, a pipe or a device")
    return os.fdopen(handle, "rb")


def _check_names(named: list[Mention], referred: list[Mention], faults: Faults) -> None:
    first: dict[tuple[str, str], Mention] = {}
    for mention in named:
        known = first.setdefault((mention.kind, mention.name), mention)
        if known is not mention:
            faults.add(
                mention.place,
                f"“{mention.name}” names two entries (the other: {known.place.file}:{known.place.line}).",
                "Give one of them another name.",
            )
    for mention in referred:
        if (mention.kind, mention.name) not in first:
            names = sorted(name for kind, name in first if kind == mention.kind)
            known_names = f"Known: {', '.join(names[:20])}." if names else f"No {mention.kind} is written down yet."
            faults.add(mention.place, f"there is no {mention.kind} “{mention.name}”.", known_names)
