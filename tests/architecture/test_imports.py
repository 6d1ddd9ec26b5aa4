"""Which way imports point, and that the generic top-level names are ours alone."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_imports_keep_their_contracts() -> None:
    lint_imports = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([lint_imports], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["depesche", "services", "shared"])
def test_no_other_distribution_installs_a_package_of_our_name(name: str) -> None:
    owners = packages_distributions().get(name)

    # An editable install lists no files, so it owns none by this account.
    assert owners in (None, ["depesche"])
