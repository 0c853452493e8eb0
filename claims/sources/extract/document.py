"""What extraction yields."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from claims.sources.folding import FoldedText, fold_text


@dataclass(frozen=True)
class Document:
    """The text of one body. Lines are blocks; `main` is the article, `visible` all that a reader can see."""

    extractor: str
    title: str = ""
    main: str = ""
    visible: str = ""
    charset: str = ""
    problem: str = ""  # reason code when there is no text to judge
    has_script_shell: bool = False  # a page that only a running browser fills
    is_pdf: bool = False

    @cached_property
    def text(self) -> str:
        """Title and article, as kept with a snapshot: the title is the first line, even when empty."""
        return f"{self.title}\n{self.main}"

    @cached_property
    def folded(self) -> FoldedText:
        """`text` in the one spelling."""
        return fold_text(self.text)

    @cached_property
    def folded_visible(self) -> FoldedText:
        """`visible` in the one spelling."""
        return fold_text(self.visible)

    @cached_property
    def text_sha256(self) -> str:
        """Digest of the folded text: equal digests mean that nothing a reader would notice has changed."""
        return hashlib.sha256(self.folded.folded.encode()).hexdigest()
