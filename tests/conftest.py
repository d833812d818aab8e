"""Settings of all tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from overprint import files

# A property holds however slow the machine is; timing is the business of benchmarks/.
settings.register_profile("overprint", parent=settings(), deadline=None)
settings.load_profile("overprint")

_OWN = Path(tempfile.mkdtemp(prefix="overprint-tests-"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `make looks` asks for."""
    parser.addoption("--store-looks", action="store_true", help="store what the themes look like now")


def pytest_configure() -> None:
    """Let no test find pages that another run has laid out; the typefaces, which take long to cut, stay."""
    cut = files.own_cache() / "fonts"
    cut.mkdir(parents=True, exist_ok=True)
    (_OWN / "fonts").symlink_to(cut)
    os.environ["OVERPRINT_CACHE"] = str(_OWN)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_OWN, ignore_errors=True)
