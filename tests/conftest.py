"""What holds for every test: generated cases repeat exactly, nothing reaches the network, garbage waits."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Same input, same output: generated cases are derived from the test itself. `HYPOTHESIS_PROFILE=thorough` tries more.
settings.register_profile("default", derandomize=True, database=None, deadline=None, max_examples=100)
settings.register_profile(
    "thorough", deadline=None, database=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish() -> None:
    """What thirteen thousand tests and the modules hold stays to the end: looking for garbage in it took a third."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _refuse(*_: object, **__: object) -> None:
    raise RuntimeError("A test tried to reach the network: Dechallenge works offline.")


@pytest.fixture(autouse=True, scope="session")
def _offline() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _refuse)
        patch.setattr(socket.socket, "connect_ex", _refuse)
        patch.setattr(socket, "getaddrinfo", _refuse)
        yield
