"""Every text of the window has an English translation, and the compiled catalogue is current."""

import importlib.util
import re
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from brandpool import i18n

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def catalogue() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "tools" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["catalogue"] = module
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated(catalogue: ModuleType) -> None:
    assert catalogue.untranslated(catalogue.current()) == []


def test_the_catalogue_on_disk_holds_exactly_the_texts_of_the_program(
    catalogue: ModuleType,
) -> None:
    assert catalogue.PO.read_bytes() == catalogue.as_po(catalogue.current())
    assert catalogue.MO.read_bytes() == catalogue.as_mo(catalogue.current())


def test_translations_keep_the_placeholders(catalogue: ModuleType) -> None:
    for entry in catalogue.known():
        if entry.id:
            wanted = sorted(re.findall(r"{\w*[^}]*}", str(entry.id)))
            assert sorted(re.findall(r"{\w*[^}]*}", str(entry.string))) == wanted, entry.id


def test_a_document_speaks_chinese_while_the_window_stays_english() -> None:
    heard: list[str] = []
    i18n.use("en")
    try:
        with i18n.speaking("zh"):
            other = threading.Thread(target=lambda: heard.append(i18n.lang()))
            other.start()
            other.join()
            heard.append(i18n.lang())
        heard.append(i18n.lang())
    finally:
        i18n.use("zh")
    assert heard == ["en", "zh", "en"]
