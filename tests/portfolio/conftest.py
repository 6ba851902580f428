"""Fixtures: a full record and its published site, made once for all that only read them."""

import shutil

import pytest

from journeyman.app import App
from journeyman.settings import Settings
from tests.conftest import Clock, FakeSandbox
from tests.portfolio import making


@pytest.fixture(scope="package")
def filled(bank, tmp_path_factory):
    """An application with something of everything; a test that changes it copies it."""
    home = tmp_path_factory.mktemp("filled") / "home"
    app = App(Settings(home=home), Clock())
    app.__dict__["bank"] = bank
    app.__dict__["sandbox"] = FakeSandbox()
    making.fill(app, home)
    yield app
    app.close()


@pytest.fixture(scope="package")
def full(filled, tmp_path_factory):
    """Its published site, to be read only."""
    site = tmp_path_factory.mktemp("full") / "site"
    filled.publishing.publish(site)
    return site


@pytest.fixture
def copy(full, tmp_path):
    """A copy of the site, to be changed."""
    return shutil.copytree(full, tmp_path / "copy")


@pytest.fixture
def own(filled, make_app, tmp_path):
    """A full application of the test's own."""
    filled.database.close()
    home = shutil.copytree(filled.publishing.home, tmp_path / "own")
    return make_app(Settings(home=home))
