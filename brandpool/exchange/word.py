"""Word documents from templates: what the program knows, laid out as the station wants it.

Templates are .docx files with docxtpl's marks: `{{ name }}`, `{%p for … %}` for paragraphs,
`{%tr for … %}` for rows of a table. What a template may name is in docs/documents.md.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brandpool import paths
from brandpool.errors import UserError
from brandpool.exchange import chinese_words, gongwen
from brandpool.exchange.table_out import whole
from brandpool.i18n import _

if TYPE_CHECKING:
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]
    from jinja2 import Environment

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNDATED = date(2000, 1, 1)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a context: its file's bytes (png or jpeg) and its width on paper in mm."""

    data: bytes
    width: float


def template(name: str) -> Path:
    """The template of that file name: the station's own where it keeps one, else the shipped one.

    Raises UserError when there is none.
    """
    for folder in (paths.own_templates(), paths.resources() / "templates"):
        if (folder / name).is_file():
            return folder / name
    raise UserError(_("没有名为“{name}”的文书模板。请重新安装程序。").format(name=name))


def render(template: Path, context: Mapping[str, Any], target: Path) -> str:
    """Fill a template and write it as a .docx; returns the file's SHA-256.

    Values may be texts, numbers, dates, None (printed —), `Picture`, and lists, mappings or
    objects of these. `day` in the context dates the file's properties; the same context gives the
    same bytes. Raises UserError, and writes no file, when the template cannot be read, names
    something that is not in the context (all such names are listed), or has a mark that is not
    closed; or when the target cannot be written.
    """
    data = filled(template, context)
    return whole(target, lambda half: _write(half, data))


def filled(template: Path, context: Mapping[str, Any]) -> bytes:
    """The finished document's bytes; raises as `render` does."""
    document = _opened(template)
    unknown: list[str] = []
    world = _world(document, unknown)
    with _told(template, unknown):
        expressions = _expressions(document, world)
        unknown.extend(name for name in _names(document, world) if name not in context)
        document.render(dict(context), world, autoescape=True)
    if unknown:
        raise UserError(_unknown(template, unknown, expressions))
    gongwen.fit_tables(document.docx)
    _date(document, context)
    return _packed(document)


@contextmanager
def _told(template: Path, unknown: Sequence[str]) -> Iterator[None]:
    """What goes wrong in a template, in the clerk's words; unknown names are told later."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as bad:
        text = _(
            "模板“{name}”里有写错的标记（{why}），没有生成文件。请检查其中的 {{{{ }}}} 和 {{% %}}。"
        )
        raise UserError(text.format(name=template.name, why=bad.message)) from bad
    except SyntaxError as bad:  # of the XML
        text = _(
            "模板“{name}”里的 {{% %}} 标记放错了位置（整段用 {{%p %}}，表格整行用 {{%tr %}}），"
            "没有生成文件。（{why}）"
        )
        raise UserError(text.format(name=template.name, why=bad)) from bad
    except (TemplateError, TypeError, ValueError) as bad:
        if unknown:
            return
        text = _("模板“{name}”填写失败（{why}），没有生成文件。")
        raise UserError(text.format(name=template.name, why=bad)) from bad


def _opened(template: Path) -> DocxTemplate:
    from docx.opc.exceptions import PackageNotFoundError
    from docx.oxml import parse_xml
    from docxtpl import DocxTemplate

    class Strict(DocxTemplate):  # type: ignore[misc]
        """Refuses a body that is no longer well formed, which docxtpl would cut silently."""

        def fix_tables(self, xml: str) -> Any:
            parse_xml(xml)
            return super().fix_tables(xml)

    document = Strict(io.BytesIO(_bytes(template)))
    try:
        document.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as bad:
        raise UserError(
            _(
                "“{name}”不是 Word 文档（.docx），不能用作模板。请用 WPS 或 Word 另存为 .docx。"
            ).format(name=template.name)
        ) from bad
    return document


def _bytes(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as bad:
        raise UserError(
            _("模板“{name}”打不开（{why}）。").format(name=template.name, why=bad.strerror)
        ) from bad


def _world(document: DocxTemplate, unknown: list[str]) -> Environment:
    """Where the template's marks are worked out: no access to anything but the context."""
    from docx.shared import Mm
    from docxtpl import InlineImage
    from jinja2 import ChainableUndefined
    from jinja2.sandbox import SandboxedEnvironment

    class Unknown(ChainableUndefined):
        """A name that the context does not have; noted the moment it is looked up."""

        def __init__(
            self, hint: Any = None, obj: Any = None, name: Any = None, **_why: Any
        ) -> None:
            super().__init__(hint, obj, name)
            if name is not None:
                unknown.append(str(name))

    def printed(value: Any) -> Any:
        if isinstance(value, Unknown) or hasattr(value, "__html__"):
            return value
        if isinstance(value, Picture):
            return InlineImage(document, io.BytesIO(value.data), width=Mm(value.width))
        return _UNWRITABLE.sub("", chinese_words.spoken(value))

    world = SandboxedEnvironment(undefined=Unknown, finalize=printed, autoescape=True)
    world.filters["numeral"] = chinese_words.numeral
    world.filters["wan"] = chinese_words.wan
    world.filters["headline"] = gongwen.headline
    return world


def _source(document: DocxTemplate) -> str:
    """All of the template's text with marks: body, headers and footers."""
    parts = [document.patch_xml(document.get_xml())]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _key, part in document.get_headers_footers(uri):
            parts.append(document.patch_xml(document.get_part_xml(part)))
    return "".join(parts)


def _names(document: DocxTemplate, world: Environment) -> list[str]:
    """The names that the template expects to be given."""
    from jinja2 import meta

    return sorted(meta.find_undeclared_variables(world.parse(_source(document))))


def _expressions(document: DocxTemplate, world: Environment) -> list[str]:
    """Every dotted name in the template, as it is written there: `row.number`."""
    from jinja2 import nodes

    found = []
    for node in world.parse(_source(document)).find_all(nodes.Getattr):
        dotted, inner = node.attr, node.node
        while isinstance(inner, nodes.Getattr):
            dotted, inner = f"{inner.attr}.{dotted}", inner.node
        if isinstance(inner, nodes.Name):
            found.append(f"{inner.name}.{dotted}")
    return found


def _unknown(template: Path, unknown: list[str], expressions: list[str]) -> str:
    written: dict[str, None] = {}
    for name in unknown:
        whole_names = [e for e in expressions if e.rpartition(".")[2] == name]
        written.update(dict.fromkeys(whole_names or [name]))
    return _(
        "模板“{name}”里有程序不认识的占位符：{names}。没有生成文件。"
        "请改正模板，可用的名称见帮助“文书模板”。"
    ).format(name=template.name, names="、".join(written))


def _date(document: DocxTemplate, context: Mapping[str, Any]) -> None:
    day = context.get("day")
    stamp = datetime.combine(day if isinstance(day, date) else _UNDATED, time())
    properties = document.docx.core_properties
    properties.created = properties.modified = stamp
    properties.last_modified_by = properties.author
    properties.revision = 1


def _packed(document: DocxTemplate) -> bytes:
    loose = io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as made:
        return packed({name: made.read(name) for name in made.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts of a Word file as a zip whose bytes do not depend on the clock or the machine."""
    tight = io.BytesIO()
    with zipfile.ZipFile(tight, "w") as new:
        for name in sorted(parts, key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, parts[name])
    return tight.getvalue()


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
