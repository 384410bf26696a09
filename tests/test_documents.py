"""The guides name every command and only options that exist; their pictures and links are there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from brandpool.cli.main import commands

ROOT = Path(__file__).resolve().parent.parent
GUIDES = (ROOT / "docs" / "guide.md", ROOT / "docs" / "guide.zh-CN.md")
PAGES = (*GUIDES, ROOT / "README.md", ROOT / "README.zh-CN.md")


def options() -> dict[str, set[str]]:
    """Every command with its options, one of a group under both words."""
    return dict(_options(typer.main.get_command(commands()), ()))


def _options(group: Any, words: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _options(command, (*words, name))
        else:
            told = {word for parameter in command.params for word in parameter.opts}
            yield " ".join((*words, name)), told


def examples(guide: Path) -> list[tuple[str, str]]:
    """The lines of the command table: the command, and what an example types."""
    text = guide.read_text(encoding="utf-8")
    return re.findall(r"^\| `([\w -]+)` \|.*\| `([^`]+)` \|$", text, flags=re.MULTILINE)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_command_stands_in_the_guide_with_an_example(guide: Path) -> None:
    assert sorted(name for name, _example in examples(guide)) == sorted(options())


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_examples_use_options_that_exist(guide: Path) -> None:
    known = options()
    for name, example in examples(guide):
        words = example.removeprefix(name).split()
        assert example.startswith(name)
        assert {word for word in words if word.startswith("--")} <= known[name], example


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", line.strip("# \n").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("http"):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_pictures_are_used_and_small() -> None:
    text = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        assert f"pictures/{picture.name}" in text
        assert picture.stat().st_size < 150_000
