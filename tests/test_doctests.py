"""The examples in docstrings are tests."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import overprint
from overprint.catalogue import HEAVY

MODULES = [
    module.name
    for module in pkgutil.walk_packages(overprint.__path__, "overprint.")
    if not module.name.startswith(HEAVY) or module.name.startswith("overprint.cli")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
