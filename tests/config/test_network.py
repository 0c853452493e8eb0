import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_no_test_reaches_another_machine() -> None:
    with (
        socket.socket() as outside,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outside.connect(("192.0.2.1", 80))
