"""One window per pool: a second start raises the window that is there."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 500


class OneWindow(QObject):
    """Listens, on this machine only, for a second start with the same pool."""

    def __init__(self, raise_window: Callable[[], None]) -> None:
        super().__init__()
        self._raise = raise_window
        self._server: QLocalServer | None = None

    def claim(self, pool: Path) -> bool:
        """Take this pool for this process; False if another has it, which then comes forward."""
        name = channel(pool)
        if self._server is not None and self._server.serverName() == name:
            return True
        if _call(name):
            return False
        self.release()
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(name)
        server.listen(name)
        server.newConnection.connect(self._on_call)
        self._server = server
        return True

    def release(self) -> None:
        """Let another process have the pool."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _on_call(self) -> None:
        if self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            self._raise()


def channel(pool: Path) -> str:
    """The name under which the process that has this pool can be called."""
    return "brandpool-" + hashlib.sha256(str(pool.resolve()).encode()).hexdigest()[:24]


def _call(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = socket.waitForConnected(_PATIENCE)
    socket.abort()
    return answered
