"""Install system packages with apt, or say the line that does."""

import os
import shutil
import subprocess
import sys

from bootstrap.speech import SetupError, say


def known_to_apt(package: str) -> bool:
    """Can apt install a package of this name?"""
    command = ["apt-cache", "policy", package]
    plain = dict(os.environ, LC_ALL="C")
    answer = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=plain
    )
    text = answer.stdout.decode("utf-8", "replace")
    return "Candidate:" in text and "Candidate: (none)" not in text


def choose_packages(wanted: "list[tuple[str, ...]]") -> "list[str]":
    """Of each group of names the first that apt knows, or the first of all; each once."""
    chosen = []
    for names in wanted:
        name = next((name for name in names if known_to_apt(name)), names[0])
        if name not in chosen:
            chosen.append(name)
    return chosen


def install_packages(wanted: "list[tuple[str, ...]]") -> None:
    """Install one package of each group with apt; without the right to, say the line to type."""
    if not shutil.which("apt-get"):
        names = " ".join(names[0] for names in wanted)
        raise SetupError(
            "请用本机的软件包管理器安装（Debian 名称）：%s" % names,
            "Please install with this system's package manager (Debian's names): %s" % names,
        )
    root = sys.platform != "win32" and os.geteuid() == 0
    sudo = shutil.which("sudo")
    if root or (sudo and sys.stdin is not None and sys.stdin.isatty()):
        run_apt(wanted, [] if root else ["sudo"])
        return
    line = "apt-get install " + " ".join(choose_packages(wanted))
    line = "sudo " + line if sudo else 'su -c "%s"' % line
    raise SetupError(
        "没有安装权限，请执行下面一行后重新启动：\n    %s\n" % line,
        "No right to install: type the line above, then start again.",
    )


def run_apt(wanted: "list[tuple[str, ...]]", before: "list[str]") -> None:
    """Install with apt, refreshing its lists only where it does not know a name."""

    def apt(*words: str) -> bool:
        quiet = [] if sys.stderr.isatty() else ["-qq"]
        command = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *quiet]
        stdin = None if before else subprocess.DEVNULL
        stdout = sys.stderr if sys.stderr.isatty() else subprocess.DEVNULL
        return subprocess.call(command + list(words), stdin=stdin, stdout=stdout) == 0

    if not all(any(known_to_apt(name) for name in names) for names in wanted):
        say("更新软件源目录（apt-get update）……", "Refreshing apt's lists.")
        apt("update")
    packages = choose_packages(wanted)
    say("安装系统软件包：%s" % " ".join(packages), "Installing these system packages.")
    line = ["install", "-y", "--no-install-recommends", *packages]
    if not apt(*line) and not (apt("update") and apt(*line)):
        raise SetupError(
            "系统软件包没有装上，请执行：apt-get install %s" % " ".join(packages),
            "The system packages could not be installed; the line above does it by hand.",
        )
