"""One browser for the tests of a file."""

from collections.abc import Iterator

import pytest

from tests.documents.page.browser import Browser, find_browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = find_browser()
    if program is None:
        pytest.skip("not installed: chromium")
    running = Browser(program, tmp_path_factory.mktemp("browser"))
    yield running
    running.close()
