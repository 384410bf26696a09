"""The shipped templates: the figures of GB/T 9704-2012 in their XML, fonts, tables, sameness."""

import importlib.util
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandpool.exchange import gongwen

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "resources" / "templates").glob("*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
names = [path.stem for path in TEMPLATES]


def part(path: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(path) as held:
        return ET.fromstring(held.read(name))


def sections(path: Path) -> Iterator[ET.Element]:
    return part(path, "word/document.xml").iter(f"{W}sectPr")


def of(element: ET.Element, tag: str) -> dict[str, str]:
    found = element.find(f"{W}{tag}")
    assert found is not None, tag
    return {key.removeprefix(W): value for key, value in found.attrib.items()}


def papers() -> list[tuple[Path, ET.Element]]:
    """The sections that are laid out as official papers; lists have margins of their own."""
    return [
        (path, section)
        for path in TEMPLATES
        for section in sections(path)
        if of(section, "docGrid").get("type") == "linesAndChars"
    ]


def test_every_page_is_a4() -> None:
    for path in TEMPLATES:
        for section in sections(path):
            size = of(section, "pgSz")
            assert sorted((size["w"], size["h"])) == ["11906", "16838"], path.name


def test_the_text_stands_where_the_standard_puts_it() -> None:
    assert len(papers()) >= 5
    for path, section in papers():
        size = {key: int(value) for key, value in of(section, "pgSz").items()}
        edges = {key: int(value) for key, value in of(section, "pgMar").items()}
        assert gongwen.mm(edges["top"]) == pytest.approx(37, abs=0.1), path.name
        assert gongwen.mm(edges["left"]) == pytest.approx(28, abs=0.1)
        width = size["w"] - edges["left"] - edges["right"]
        height = size["h"] - edges["top"] - edges["bottom"]
        assert gongwen.mm(width) == pytest.approx(156, abs=0.1)
        assert gongwen.mm(height) == pytest.approx(225, abs=0.1)


def test_twenty_two_lines_of_twenty_eight_characters_fit_and_one_more_does_not() -> None:
    for _path, section in papers():
        grid = of(section, "docGrid")
        line = int(grid["linePitch"])
        character = 16 * 20 + int(grid["charSpace"]) / 4096 * 20
        assert 22 * line <= 225 * gongwen.TWIPS_PER_MM < 23 * line
        assert 28 * character <= 156 * gongwen.TWIPS_PER_MM < 29 * character
        assert 28 * (320 + gongwen.CHARACTER_TWIPS) <= 156 * gongwen.TWIPS_PER_MM + 1


LOOKS = {
    "Normal": ("仿宋", "32"),
    "Title": ("方正小标宋简体", "44"),
    "Heading1": ("黑体", "32"),
    "Heading2": ("楷体", "32"),
    "Heading3": ("仿宋", "32"),
    "Footer": ("宋体", "28"),
    "AnnexLabel": ("黑体", "32"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_body_title_and_levels_have_their_fonts_and_sizes(path: Path) -> None:
    styles = {
        one.get(f"{W}styleId"): one for one in part(path, "word/styles.xml").iter(f"{W}style")
    }
    for key, (font, size) in LOOKS.items():
        run = styles[key].find(f"{W}rPr")
        assert run is not None
        assert (of(run, "rFonts")["eastAsia"], of(run, "sz")["val"]) == (font, size), key
    assert styles["Heading3"].find(f"{W}rPr/{W}b") is not None
    paragraph = styles["BodyText"].find(f"{W}pPr")
    assert paragraph is not None
    assert of(paragraph, "ind")["firstLineChars"] == "200"


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_every_font_is_named_for_chinese_too_and_in_the_theme(path: Path) -> None:
    with zipfile.ZipFile(path) as held:
        parts = [name for name in held.namelist() if name.endswith(".xml")]
    named = set()
    for name in parts:
        for fonts in part(path, name).iter(f"{W}rFonts"):
            named.add(fonts.get(f"{W}eastAsia"))
            assert fonts.get(f"{W}ascii") == fonts.get(f"{W}eastAsia"), name
    assert named <= set(gongwen.FALLBACKS)
    for kind in ("majorFont", "minorFont"):
        theme = next(part(path, "word/theme/theme1.xml").iter(f"{A}{kind}"))
        for script in ("latin", "ea"):
            one = theme.find(f"{A}{script}")
            assert one is not None
            assert one.get("typeface") in gongwen.FALLBACKS
    listed = {one.get(f"{W}name") for one in part(path, "word/fontTable.xml").iter(f"{W}font")}
    assert listed == set(gongwen.FALLBACKS)


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_every_table_has_its_grid_and_a_header_that_comes_again(path: Path) -> None:
    for table in part(path, "word/document.xml").iter(f"{W}tbl"):
        columns = table.findall(f"{W}tblGrid/{W}gridCol")
        whole = of(table.find(f"{W}tblPr") or ET.Element("x"), "tblW")["w"]
        assert sum(int(column.get(f"{W}w", "0")) for column in columns) == int(whole)
        if of(table.find(f"{W}tblPr") or ET.Element("x"), "tblStyle")["val"] == "ListTable":
            first = table.find(f"{W}tr/{W}trPr/{W}tblHeader")
            assert first is not None
        for cell in table.iter(f"{W}tcPr"):
            assert int(of(cell, "tcW")["w"]) > 0


def test_page_numbers_stand_between_dashes_on_the_outer_side() -> None:
    path = next(path for path in TEMPLATES if path.stem == "report")
    assert part(path, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("odd", "right"), ("even", "left")):
        foot = part(path, f"word/footer-{name}.xml")
        paragraph = foot.find(f"{W}p/{W}pPr")
        assert paragraph is not None
        assert of(paragraph, "jc")["val"] == side
        words = "".join(text.text or "" for text in foot.iter(f"{W}t"))
        assert words == "— 1 —"
        assert next(foot.iter(f"{W}fldSimple")).get(f"{W}instr") == "PAGE"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("templates", ROOT / "tools" / "templates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_the_templates_on_disk_are_those_that_the_program_makes(
    maker: ModuleType, tmp_path: Path
) -> None:
    assert sorted(maker.TEMPLATES) == [path.name for path in TEMPLATES]
    for path in TEMPLATES:
        maker.TEMPLATES[path.name]().save(tmp_path / path.name)
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_machine_that_lacks_a_font_says_what_stands_in_for_it() -> None:
    known = ["FangSong", "SimHei", "楷体_GB2312", "simsun", "华文中宋"]
    found = {one.wanted: one.got for one in gongwen.substitutions(known)}
    assert found == {"方正小标宋简体": "华文中宋", "楷体": "楷体_GB2312"}
    assert {one.got for one in gongwen.substitutions([])} == {""}
    assert gongwen.substitutions(list(gongwen.FALLBACKS)) == []


words = st.text(alphabet="国年A1月 ", max_size=60)


@settings(deadline=None)
@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.lists(words, min_size=n, max_size=n), min_size=1, max_size=6)
    ),
    st.integers(3_000, 16_000),
)
def test_columns_share_out_the_whole_width(texts: list[list[str]], whole: int) -> None:
    widths = gongwen.shared_out(whole, texts)
    assert sum(widths) == whole
    assert min(widths) > 0


def test_a_code_keeps_its_line_and_long_texts_share_the_rest() -> None:
    texts = [["序号", "企业名称", "信用代码"], ["1", "宁波" * 12, "91330200144069541X"]]
    number, name, code = gongwen.shared_out(8844, texts)
    assert code > 18 * 105
    assert name > code > number


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("升级名单公示", ["升级名单公示"]),
        (
            "关于2026年第四季度拟升级企业名单的呈批件",
            ["关于2026年第四季度", "拟升级企业名单的呈批件"],
        ),
        ("甲" * 30, ["甲" * 15, "甲" * 15]),
    ],
)
def test_a_long_title_breaks_into_lines_of_like_length(title: str, lines: list[str]) -> None:
    assert gongwen.headline(title).split("\n") == lines


def test_a_filled_list_gets_column_widths_and_stays_whole(tmp_path: Path) -> None:
    from brandpool.exchange import word
    from brandpool.reports.documents.content import Listing

    path = next(path for path in TEMPLATES if path.stem == "letter")
    table = Listing(("序号", "商标", "注册号"), (("1", "朝阳" * 20, "12345678"),), "标题")
    context = {
        "title": "函", "number": None, "to": "某公司", "paragraphs": [], "tables": [table],
        "closing": [], "station": "站", "day": "今日", "clerk": "", "phone": "", "reply": [],
    }  # fmt: skip
    word.render(path, context, tmp_path / "a.docx")
    made = docx.Document(str(tmp_path / "a.docx")).tables[0]
    widths = [column.width for column in made.columns]
    assert widths[1] > widths[2] > widths[0] > 0
    assert all(p.paragraph_format.keep_with_next for c in made.rows[0].cells for p in c.paragraphs)
