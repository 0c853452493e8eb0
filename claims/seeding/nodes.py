"""Text of one file -> YAML nodes with their lines; nothing is constructed, and what could blow up is refused. Pure."""

from __future__ import annotations

import yaml

from claims.seeding.faults import Faults, Place

MAX_FILE_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000


class _Refused(Exception):
    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.remedy = line, problem, remedy


class BoundedLoader(yaml.SafeLoader):
    """SafeLoader's composer without anchors, aliases and tags, and with a limit on depth and size."""

    depth = 0
    composed = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        """Compose one node; refuses what a dossier never needs before it is expanded or recursed into."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave the parser untyped
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _Refused(line, "anchors (&) and aliases (*) are not allowed.", "Write the value out.")
        if getattr(event, "tag", None) is not None:
            raise _Refused(line, "tags (!) are not allowed.", "Leave the tag out; quote a text that begins with “!”.")
        self.composed += 1
        if self.composed > MAX_NODES:
            raise _Refused(line, f"the file holds more than {MAX_NODES:,} values.", "Split it.")
        if self.depth >= MAX_DEPTH:
            raise _Refused(line, f"values are nested more than {MAX_DEPTH} deep.", "Check the brackets and the indent.")
        self.depth += 1
        try:
            return super().compose_node(parent, index)  # type: ignore[arg-type]  # index is a node or a number
        finally:
            self.depth -= 1


def compose(file: str, content: bytes, faults: Faults) -> yaml.Node | None:
    """Return the root node of one file, or None after noting why there is none."""
    whole = Place(file, 1, "")
    if len(content) > MAX_FILE_BYTES:
        faults.add(whole, f"is larger than {MAX_FILE_BYTES // 1024} KB.", "Split it; a dossier is text.")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.add(Place(file, line, ""), "is not UTF-8.", "Save it in the encoding UTF-8.")
        return None
    return _compose_text(file, text, faults)


def _compose_text(file: str, text: str, faults: Faults) -> yaml.Node | None:
    try:
        node = BoundedLoader(text).get_single_node()
    except _Refused as refused:
        faults.add(Place(file, refused.line, ""), refused.problem, refused.remedy)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        faults.add(
            Place(file, line, ""), "contains a character YAML does not allow.", "Remove the invisible character."
        )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(
            Place(file, mark.line + 1 if mark else 1, ""),
            f"is not valid YAML: {error.problem or error.context}.",
            "Check the indent, the quotation marks and the colons on this line and the one before.",
        )
    except (ValueError, OverflowError) as error:  # an escape such as "\UFFFFFFFF"
        faults.add(
            Place(file, 1, ""),
            f"cannot be read as YAML: {error}.",
            "Write the letters themselves instead of their codes.",
        )
    else:
        if node is None:
            faults.add(Place(file, 1, ""), "is empty.", "Write its content or remove the file.")
        return node
    return None
