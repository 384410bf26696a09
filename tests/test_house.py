"""The house rules that tools can check: format, lint, types, layers."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_tool_has_nothing_to_say(name: str) -> None:
    tool = subprocess.run(
        [sys.executable, "-m", *CHECKS[name]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tool.returncode == 0, tool.stdout + tool.stderr


def test_imports_go_down_only() -> None:
    script = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    tool = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tool.returncode == 0, tool.stdout + tool.stderr
    assert "0 broken" in tool.stdout
