"""Word files from templates: what is filled in, what is refused, and that no clock is in them."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from brandpool import paths
from brandpool.errors import UserError
from brandpool.exchange import word
from brandpool.exchange.word import Picture

Template = Callable[..., Path]


@pytest.fixture
def template(tmp_path: Path) -> Template:
    """Makes a template of paragraphs, and of one table when rows are given."""

    def make(*lines: str, rows: tuple[tuple[str, ...], ...] = ()) -> Path:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for place, cells in enumerate(rows):
                for cell, text in zip(table.rows[place].cells, cells, strict=True):
                    cell.text = text
        path = tmp_path / "模板.docx"
        document.save(str(path))
        return path

    return make


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def png() -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(held, "png")
    return held.getvalue()


def test_names_loops_tables_and_pictures_are_filled(template: Template, tmp_path: Path) -> None:
    path = template(
        "关于{{ title }}的请示",
        "{%p for line in lines %}",
        "{{ loop.index|numeral }}、{{ line }}",
        "{%p endfor %}",
        "{{ chart }}",
        rows=(
            ("企业", "质押金额"),
            ("{%tr for row in rows %}", ""),
            ("{{ row.name }}", "{{ row.amount|wan }}"),
            ("{%tr endfor %}", ""),
        ),
    )
    rows = [{"name": f"第{n}公司", "amount": Decimal(10_000 * n)} for n in (1, 2, 3)]
    target = tmp_path / "请示.docx"
    word.render(
        path,
        {"title": "入库", "lines": ["甲", "乙"], "chart": Picture(png(), 60), "rows": rows},
        target,
    )
    made = docx.Document(str(target))
    assert texts(made) == ["关于入库的请示", "一、甲", "二、乙", ""]
    cells = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert cells == [
        ["企业", "质押金额"],
        ["第1公司", "1万元"],
        ["第2公司", "2万元"],
        ["第3公司", "3万元"],
    ]
    assert [shape.width.mm for shape in made.inline_shapes] == [60]


def test_nothing_is_a_dash_and_dates_have_no_padding_zeros(
    template: Template, tmp_path: Path
) -> None:
    path = template("{{ nothing }}|{{ day }}|{{ yes }}|{{ money }}|{{ blank }}|{{ zero }}")
    context = {
        "nothing": None,
        "day": date(2026, 1, 2),
        "yes": True,
        "money": Decimal("12.50"),
        "blank": "",
        "zero": 0,
    }
    word.render(path, context, tmp_path / "a.docx")
    assert texts(docx.Document(str(tmp_path / "a.docx"))) == ["—|2026年1月2日|是|12.5||0"]


def test_every_unknown_name_is_listed_and_no_file_is_written(
    template: Template, tmp_path: Path
) -> None:
    path = template(
        "{{ titel }}",
        "{% if never %}{{ hidden }}{% endif %}",
        "{%p for row in rows %}",
        "{{ row.nmae }}{{ row.name.first }}",
        "{%p endfor %}",
    )
    target = tmp_path / "不应有.docx"
    with pytest.raises(UserError) as refused:
        word.render(path, {"never": False, "rows": [{"name": {}}]}, target)
    told = str(refused.value)
    for name in ("titel", "hidden", "row.nmae", "row.name.first"):
        assert name in told
    assert "never" not in told
    assert list(tmp_path.glob("*不应有*")) == []


def test_a_header_may_not_name_the_unknown_either(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ nobody }}"
    document.save(str(tmp_path / "t.docx"))
    with pytest.raises(UserError, match="nobody"):
        word.render(tmp_path / "t.docx", {}, tmp_path / "a.docx")
    word.render(tmp_path / "t.docx", {"nobody": "宁波高新区"}, tmp_path / "a.docx")
    header = docx.Document(str(tmp_path / "a.docx")).sections[0].header
    assert header.paragraphs[0].text == "宁波高新区"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("{{ title",), "标记"),
        (("{% for a in rows %}",), "标记"),
        (("{%p if rows %}", "甲"), "标记"),
        (("{% if rows %}", "甲", "{% endif %}"), None),
        (("{% for a in title %}甲", "乙{% endfor %}"), None),
        (("{{ rows|nofilter }}",), "标记"),
        (("{{ rows + title }}",), "填写失败"),
    ],
)
def test_a_broken_template_is_refused_and_a_whole_one_is_well_formed(
    template: Template, tmp_path: Path, lines: tuple[str, ...], told: str | None
) -> None:
    path, target = template(*lines), tmp_path / "out.docx"
    context = {"title": "甲乙", "rows": [1]}
    if told is None:
        word.render(path, context, target)
        assert docx.Document(str(target)).paragraphs
    else:
        with pytest.raises(UserError, match=told):
            word.render(path, context, target)
        assert not target.exists()


def test_a_mark_around_half_a_paragraph_is_refused_not_cut(
    template: Template, tmp_path: Path
) -> None:
    path = template("前", "{% if rows %}甲", "{%p endif %}", "后")
    with pytest.raises(UserError, match="放错了位置"):
        word.render(path, {"rows": []}, tmp_path / "out.docx")


def test_a_template_reaches_nothing_but_its_data(template: Template, tmp_path: Path) -> None:
    path = template("{{ title.__class__.__mro__ }}")
    with pytest.raises(UserError, match="__class__"):
        word.render(path, {"title": "甲"}, tmp_path / "out.docx")


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(b"not a zip")
    with pytest.raises(UserError, match="不是 Word 文档"):
        word.render(path, {}, tmp_path / "out.docx")
    with pytest.raises(UserError, match="打不开"):
        word.render(tmp_path / "没有.docx", {}, tmp_path / "out.docx")


def test_the_same_data_gives_the_same_bytes_at_another_time(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = template("{{ title }}", "{{ chart }}")
    context = {"title": "甲", "chart": Picture(png(), 30), "day": date(2026, 11, 22)}
    first = word.render(path, context, tmp_path / "一.docx")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3 * 365 * 86_400)
    assert word.render(path, context, tmp_path / "二.docx") == first
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "一.docx") as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(str(tmp_path / "一.docx")).core_properties
    assert properties.created is not None
    assert properties.created.date() == date(2026, 11, 22)


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=30))
def test_any_text_comes_out_as_it_went_in(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("text")
    document = docx.Document()
    document.add_paragraph("[{{ text }}]")
    document.save(str(folder / "t.docx"))
    made = docx.Document(io.BytesIO(word.filled(folder / "t.docx", {"text": text})))
    kept = "".join(c for c in text if c in "\t\n" or (c.isprintable() or ord(c) >= 0x80))
    kept = "".join(c for c in kept if not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    assert made.paragraphs[0].text == f"[{kept}]"


def test_the_stations_own_template_wins(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    shipped = tmp_path / "resources" / "templates"
    for folder in (own, shipped):
        folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "own_templates", lambda: own)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "resources")
    (shipped / "notice.docx").write_bytes(b"")
    assert word.template("notice.docx") == shipped / "notice.docx"
    (own / "notice.docx").write_bytes(b"")
    assert word.template("notice.docx") == own / "notice.docx"
    with pytest.raises(UserError, match="no-such"):
        word.template("no-such.docx")
