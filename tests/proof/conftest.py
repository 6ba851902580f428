"""One sealed site for the session, copied for each test that changes it."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from tests.cli.conftest import run  # noqa: F401 - the fixture that runs commands
from tests.proof.making import make_site


@pytest.fixture(scope="session")
def sealed(tmp_path_factory):
    root = tmp_path_factory.mktemp("proof")
    return make_site(root / "site", root / "keys")


@pytest.fixture
def site(sealed, tmp_path):
    """A copy that the test may change."""
    shutil.copytree(sealed.folder, tmp_path / "site")
    return replace(sealed, folder=tmp_path / "site")
