"""The shipped pack, read once."""

import pytest

from engine.compliance import Pack, load_pack


@pytest.fixture(scope="session")
def medical() -> Pack:
    return load_pack()
