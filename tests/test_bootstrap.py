"""From a clone to a running program: what set-up decides, on real files and real programs."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import main
from bootstrap import environment, libraries, packages, stamps
from bootstrap.speech import SetupError

ROOT = Path(__file__).parent.parent
LOCKS = [stamps.RUNTIME_LOCK, stamps.TEST_LOCK]
BOOTSTRAP = [ROOT / "main.py", *sorted((ROOT / "bootstrap").glob("*.py"))]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone without an environment, whose lock names nothing."""
    (tmp_path / "main.py").symlink_to(ROOT / "main.py")
    (tmp_path / "bootstrap").symlink_to(ROOT / "bootstrap")
    for lock in LOCKS:
        (tmp_path / lock).write_text("")
    for module in (stamps, environment):
        monkeypatch.setattr(module, "ROOT", str(tmp_path))
        monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    return tmp_path


def made(clone: Path, lock: str = stamps.RUNTIME_LOCK) -> None:
    """An environment as a finished set-up leaves it."""
    python = Path(stamps.venv_python())
    python.parent.mkdir(parents=True, exist_ok=True)
    if not python.exists():
        python.symlink_to(sys.executable)
    stamps.write_stamp(lock, f"{stamps.digest(lock)} 3.11")


@pytest.mark.parametrize("file", BOOTSTRAP, ids=lambda file: file.name)
def test_the_bootstrap_parses_on_an_old_python_and_imports_the_standard_library(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 5))
    at_once = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name.name for node in at_once if isinstance(node, ast.Import) for name in node.names}
    names |= {str(node.module) for node in at_once if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names | {"bootstrap"}
    assert not any(isinstance(node, ast.JoinedStr | ast.AnnAssign) for node in ast.walk(tree))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert len(requirements) > 10
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==[0-9][^ ]* ; ", requirement)
        assert "--hash=sha256:" in requirement


def test_qt_is_pinned_to_what_starts_on_uos_and_kylin() -> None:
    text = (ROOT / stamps.RUNTIME_LOCK).read_text()
    pins = re.findall(r"^pyside6-essentials==(\S+) ; (.*) \\$", text, re.MULTILINE)
    by_machine = {"aarch64" if "aarch64" in marker else "x86_64": pin for pin, marker in pins}
    assert by_machine["aarch64"] == "6.8.0.2"
    assert (6, 8) <= tuple(map(int, by_machine["x86_64"].split("."))) <= (6, 9, 3)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--sample"], True),
        (["--pool", "甲.pool"], True),
        (["--pool=甲.pool"], True),
        (["--pool", "甲.pool", "list"], False),
        (["外勤包.brandpack"], True),
        (["pack", "merge", "外勤包.brandpack"], False),
        (["import", "enterprise", "名单.xls"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_only_options_mean_the_window(words: list[str], window: bool) -> None:
    assert main.wants_window(words) is window


def test_an_environment_is_current_only_with_the_stamp_of_this_lock(bare: Path) -> None:
    lock = stamps.RUNTIME_LOCK
    assert not stamps.is_current(lock)
    made(bare)
    assert stamps.is_current(lock)
    (bare / lock).write_text("other==1\n")
    assert not stamps.is_current(lock)


def test_a_stamp_does_not_depend_on_line_ends(bare: Path) -> None:
    (bare / stamps.RUNTIME_LOCK).write_bytes(b"a==1\nb==2\n")
    unix = stamps.digest(stamps.RUNTIME_LOCK)
    (bare / stamps.RUNTIME_LOCK).write_bytes(b"a==1\r\nb==2\r\n")
    assert stamps.digest(stamps.RUNTIME_LOCK) == unix


def test_an_environment_whose_python_has_gone_is_not_current(bare: Path) -> None:
    made(bare)
    Path(stamps.venv_python()).unlink()
    assert not stamps.is_current(stamps.RUNTIME_LOCK)


def test_an_install_cut_short_leaves_no_valid_stamp(bare: Path) -> None:
    made(bare)
    stamps.write_stamp(stamps.RUNTIME_LOCK, "begun")
    assert not stamps.is_current(stamps.RUNTIME_LOCK)


@pytest.mark.slow
def test_half_made_environments_are_made_anew(bare: Path) -> None:
    made(bare)
    stamps.write_stamp(stamps.TEST_LOCK, "begun")
    (bare / ".venv" / "half").write_text("left by the killed one")
    environment.set_up(LOCKS)
    assert not (bare / ".venv" / "half").exists()
    assert all(stamps.is_current(lock) for lock in LOCKS)


@pytest.mark.slow
def test_a_finished_environment_gains_the_test_lock_without_being_made_anew(bare: Path) -> None:
    environment.set_up([stamps.RUNTIME_LOCK])
    (bare / ".venv" / "kept").write_text("")
    environment.set_up(LOCKS)
    assert (bare / ".venv" / "kept").exists()
    assert stamps.is_current(stamps.TEST_LOCK)


@pytest.mark.slow
def test_a_wrong_hash_is_refused_and_said(bare: Path, capfd: pytest.CaptureFixture[str]) -> None:
    wrong = "six==1.17.0 --hash=sha256:" + "0" * 64 + "\n"
    (bare / stamps.RUNTIME_LOCK).write_text(wrong)
    with pytest.raises(SetupError, match="依赖未能装好"):
        environment.set_up([stamps.RUNTIME_LOCK])
    capfd.readouterr()
    assert stamps.read_stamp(stamps.RUNTIME_LOCK) == "begun"


def test_a_library_that_does_not_load_is_found_missing() -> None:
    absent = ("libdoes-not-exist.so.9", ("libdoes-not-exist9",))
    assert libraries.missing([("libc.so.6", ("libc6",)), absent]) == [absent]


def test_the_package_name_is_the_one_apt_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt = tmp_path / "apt-cache"
    apt.write_text('#!/bin/sh\ncase "$2" in *t64) echo "  Candidate: 2.80";; esac\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    both = ("libglib2.0-0", "libglib2.0-0t64")
    assert packages.choose_packages([both, both, ("libgl1",)]) == ["libglib2.0-0t64", "libgl1"]


def test_without_the_right_to_install_the_line_to_type_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("apt-get", "apt-cache"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError, match='su -c "apt-get install libgl1"'):
        packages.install_packages([("libgl1",)])


def test_the_second_start_reads_two_stamps_and_imports_nothing_of_the_set_up() -> None:
    script = (
        "import sys, main, os; main.inside = lambda: False\n"
        "os.execv = lambda *_: sys.exit(sorted(set(sys.modules) & set(sys.argv[1:])))\n"
        "main.is_current = lambda lock: bool(main.stamps_digest(lock))\n"
        "main.main(['list'])"
    ).replace("main.stamps_digest", "__import__('bootstrap.stamps').stamps.digest")
    heavy = ["subprocess", "ctypes", "shutil", "typing", "bootstrap.environment", "brandpool"]
    started = subprocess.run(
        [sys.executable, "-c", script, *heavy],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.stderr.strip() == "[]", started.stderr


def test_ci_runs_the_second_command_of_the_readme() -> None:
    commands = re.findall(
        r"^python3 main\.py.*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert commands[:2] == ["python3 main.py", "python3 main.py test"]
    assert f"exec {commands[1]}" in (ROOT / ".ci" / "run").read_text()


def test_every_dependency_has_its_line() -> None:
    described = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^    "([A-Za-z0-9-]+)[>=]', declared, re.MULTILINE)
    assert len(names) > 20
    assert [name for name in names if f"| {name} |" not in described] == []
