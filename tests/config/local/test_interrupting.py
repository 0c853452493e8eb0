"""A signal in the middle of starting a server waits until the server stands."""

import os
import signal
import threading

import pytest

from config.local.interrupting import uninterrupted


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_acts_at_the_end_and_once(number: signal.Signals) -> None:
    heard: list[int] = []
    before = signal.signal(number, lambda signum, frame: heard.append(signum))
    try:
        with uninterrupted():
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)
            assert heard == []
        assert heard == [number]
        os.kill(os.getpid(), number)
        assert heard == [number, number], "afterwards the former handler is back"
    finally:
        signal.signal(number, before)


def test_what_the_handler_raises_reaches_the_caller() -> None:
    done = False
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        done = True
    assert done


def test_other_threads_have_no_signals_to_hold_back() -> None:
    passed = threading.Event()

    def start() -> None:
        with uninterrupted():
            passed.set()

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert passed.is_set()
