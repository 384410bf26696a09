"""Make ``.venv`` match the locks: with uv where it is, with venv and pip otherwise."""

import os
import shutil
import subprocess
import sys
import time

from bootstrap.packages import install_packages
from bootstrap.speech import SetupError, say
from bootstrap.stamps import (
    ROOT,
    RUNTIME_LOCK,
    VENV,
    digest,
    is_current,
    read_stamp,
    venv_python,
    write_stamp,
)

PYTHONS = ((3, 11), (3, 12), (3, 13))


def find_python() -> str:
    """A Python that serves: this one, or one on the PATH; SetupError names what is needed."""
    if sys.version_info[:2] in PYTHONS:
        return getattr(sys, "_base_executable", None) or sys.executable
    say(
        "当前 Python 是 %d.%d，寻找 3.11–3.13……" % sys.version_info[:2],
        "This is Python %d.%d; looking for 3.11-3.13." % sys.version_info[:2],
    )
    where = ["-c", "import sys; print(sys.executable)"]
    asked = [["python%d.%d" % version, *where] for version in PYTHONS]
    asked += [["py", "-%d.%d" % version, *where] for version in PYTHONS]  # Windows' launcher
    asked += [["uv", "python", "find", "--no-project", "--no-python-downloads", ">=3.11,<3.14"]]
    for command in asked:
        if not shutil.which(command[0]):
            continue
        answer = subprocess.run(
            command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if answer.returncode == 0:
            return answer.stdout.decode(sys.getfilesystemencoding()).strip()
    raise SetupError(
        "需要 Python 3.11、3.12 或 3.13（当前 %d.%d），请先安装，例如：apt install python3.11 "
        "python3.11-venv" % sys.version_info[:2],
        "Python 3.11, 3.12 or 3.13 is needed (this is %d.%d); please install one."
        % sys.version_info[:2],
    )


def version_of(python: str) -> str:
    """The major.minor version of an interpreter."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.check_output([python, "-c", code]).decode("ascii").strip()


def succeeds(*command: str) -> bool:
    """Run a program, letting it speak for itself; True when it ends well."""
    return subprocess.call(list(command), stdin=subprocess.DEVNULL) == 0


def create_venv(python: str, uv: "str | None") -> bool:
    """Put an empty environment where the old one was."""
    say("建立 Python 环境 .venv……", "Making the Python environment .venv.")
    if os.path.isdir(VENV):
        write_stamp(RUNTIME_LOCK, "begun")
        shutil.rmtree(VENV)
    if uv:
        return succeeds(uv, "venv", "--quiet", "--no-project", "--python", python, VENV)
    probe = [python, "-c", "import ensurepip, venv"]
    if subprocess.call(probe, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) != 0:
        say("缺少 venv 组件。", "Python's venv part is missing.")
        install_packages([("python%s-venv" % version_of(python), "python3-venv")])
    return succeeds(python, "-m", "venv", VENV)


def install(lock: str, uv: "str | None") -> bool:
    """Install a lock's packages, each checked against its hash; the stamp is written last."""
    say(
        "按 %s 安装依赖（首次需下载，约一两分钟）……" % lock,
        "Installing what %s names (the first time it downloads: a minute or two)." % lock,
    )
    write_stamp(lock, "begun")
    if uv:
        command = [uv, "pip", "install", "--compile-bytecode", "--python", venv_python()]
    else:
        command = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    if not succeeds(*command, "--requirement", os.path.join(ROOT, lock)):
        return False
    if sys.platform != "win32":
        os.sync()  # the stamp must not reach the disk before what it vouches for
    write_stamp(lock, "%s %s" % (digest(lock), version_of(venv_python())))
    return True


def prepare(locks: "list[str]") -> None:
    """Make the environment match the locks; what an interrupted set-up left is made anew.

    An environment without the stamp of the runtime lock, or whose stamp differs, is thrown away:
    nothing can be said about what is in it.
    """
    python = find_python()
    found = shutil.which("uv")
    for uv in [found, None] if found else [None]:
        fresh = not is_current(RUNTIME_LOCK) or any(
            read_stamp(lock) and not is_current(lock) for lock in locks
        )
        if fresh and not create_venv(python, uv):
            continue
        if all(is_current(lock) or install(lock, uv) for lock in locks):
            return
        if uv:
            say("uv 未成功，改用 pip。", "uv did not succeed; trying pip.")
    raise SetupError(
        "依赖未能装好（原因见上）。请检查网络或 pip 镜像设置后重新运行，未完成的会自动重做。",
        "The dependencies could not be installed (see above). Check the network or pip's mirror "
        "and start again; what was left half done is made anew.",
    )


class Alone:
    """Only one set-up at a time; a killed one leaves no lock behind."""

    def __enter__(self) -> None:
        self.file = open(os.path.join(ROOT, ".venv.lock"), "a")
        told = False
        while not self.locked():
            if not told:
                say("另一个窗口正在准备环境，等待……", "Another start is setting up; waiting.")
            told = True
            time.sleep(0.5)

    def locked(self) -> bool:
        """Take the lock if nobody has it."""
        try:
            if sys.platform == "win32":
                import msvcrt

                self.file.seek(0)
                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def __exit__(self, *error: object) -> None:
        self.file.close()


def set_up(locks: "list[str]") -> None:
    """Prepare the environment unless another start has just done so."""
    try:
        with Alone():
            if not all(is_current(lock) for lock in locks):
                prepare(locks)
    except OSError as error:
        raise SetupError(
            "无法准备 %s：%s" % (VENV, error), "Cannot make %s: %s" % (VENV, error)
        ) from error
    say("环境已就绪。", "The environment is ready.")
