"""Signatures that every library of the standard accepts."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime

import pytest

from claims.alerting.signing import new_secret, signed_headers


def test_the_published_example_of_the_scheme_comes_out() -> None:
    headers = signed_headers(
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=datetime.fromtimestamp(1_614_265_330, tz=UTC),
        body=b'{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_is_256_random_bits_written_as_the_standard_does() -> None:
    one, other = new_secret(), new_secret()
    assert one.startswith("whsec_")
    assert len(b64decode(one.removeprefix("whsec_"), validate=True)) == 32
    assert one != other


def test_a_secret_that_is_not_base64_is_an_error_and_no_weaker_key() -> None:
    with pytest.raises(ValueError, match="base64"):
        signed_headers(secret="whsec_a-b_cdef", message_id="m", at=datetime.now(tz=UTC), body=b"")
