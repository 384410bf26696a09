"""The bundled font draws every name, in the window and in charts, whatever the machine has."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from pytestqt.qtbot import QtBot

FONT = Path(__file__).parent.parent / "resources" / "fonts" / "NotoSansCJKsc-Regular.otf"
WORDS = "商标品牌培育库（2026—2027）：升、降、退出 −5 %，宁波𬭎㛃𠅤公司"


def test_qt_has_every_character(qtbot: QtBot) -> None:
    number = QFontDatabase.addApplicationFont(str(FONT))
    assert QFontDatabase.applicationFontFamilies(number) == ["Noto Sans CJK SC"]
    font = QRawFont(str(FONT), 12.0)
    assert [char for char in WORDS if not font.supportsCharacter(ord(char))] == []


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_matplotlib_draws_every_character_without_a_warning(tmp_path: Path, kind: str) -> None:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    figure = Figure()
    figure.text(0.1, 0.5, WORDS, fontproperties=FontProperties(fname=str(FONT)))
    figure.savefig(tmp_path / f"chart.{kind}")  # a missing glyph is a warning, and so an error
    assert 1_000 < (tmp_path / f"chart.{kind}").stat().st_size < 200_000


def test_its_licence_goes_with_it() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT.parent / "OFL.txt").read_text("utf-8")
