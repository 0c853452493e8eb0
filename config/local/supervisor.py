"""honcho's Manager, made safe for a Ctrl-C in the first moments, with a word to say once everything runs."""

import threading
from collections.abc import Callable

from honcho.manager import Manager


class Supervisor(Manager):  # type: ignore[misc]  # honcho has no types
    """Runs processes until one ends or a signal comes, then stops them all (after five seconds, by force)."""

    def __init__(self, *, when_started: Callable[[], None]) -> None:
        super().__init__()
        self.when_started = when_started
        self._asked_to_stop = False

    def terminate(self) -> None:
        """honcho stops processes by number, and fails when a signal comes before it knows the number of each."""
        self._asked_to_stop = True
        if super()._all_started():
            super().terminate()

    def _all_started(self) -> bool:
        started: bool = super()._all_started()
        if started and self._asked_to_stop:
            super().terminate()
        return started

    def _start(self) -> None:
        super()._start()
        # Not before: honcho forks, and a fork copies the locks of other threads as they are.
        threading.Thread(target=self.when_started, daemon=True).start()
