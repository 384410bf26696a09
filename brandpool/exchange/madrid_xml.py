"""International registrations from XML files of the Gazette and ROMARIN kind."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.madrid_codes import SCOPES
from brandpool.services.madrid_events import normalised_irn
from brandpool.services.madrid_register import RegisterExtract, RegisterRecord

ROOT = "MARKGR"
DESIGNATED = ("DESAG", "DESPG", "DESPG2")
CHUNK = 1 << 16


def parse_xml(path: Path) -> list[RegisterExtract]:
    """The registrations of a file, each with its current state and its records.

    Reads MARKGR elements (INTREGN, INTREGD, EXPDATE, OOCD) with CURRENT and any record whose tag
    is in the code list. Raises UserError for a file that is no XML, that declares entities, or that
    holds no registration.
    """
    found = [extract_of(element) for element in _registrations(path)]
    if not found:
        raise UserError(_("{file} 中没有国际注册（MARKGR）。请核对文件。").format(file=path.name))
    return found


def extract_of(mark: Element) -> RegisterExtract:
    """One registration from its MARKGR element."""
    current = _child(mark, "CURRENT")
    source = current if current is not None else mark
    image = _first(source, "IMAGE")
    number = _value(mark, "INTREGN")
    return RegisterExtract(
        irn=normalised_irn(number),
        name=(image.get("TEXT", "") if image is not None else "") or _value(source, "MARKVE"),
        holder=_holder(source),
        ir_date=_day(_value(mark, "INTREGD")),
        expiry=_day(_value(mark, "EXPDATE")),
        origin=_value(mark, "OOCD"),
        classes=";".join(dict.fromkeys(_classes(source))),
        goods=_goods(source),
        colour=True if _first(source, "COLMARI") is not None else None,
        parties=tuple(dict.fromkeys(_parties(source, shallow=current is None))),
        basics=tuple(_basics(source)),
        records=tuple(_records(mark)),
    )


def _registrations(path: Path) -> Iterator[Element]:
    """Each MARKGR element as soon as it is complete; the rest of the file is not kept."""
    parser = expat.ParserCreate(namespace_separator="}")
    done: list[Element] = []
    state = _Collector(done)
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.data
    parser.EntityDeclHandler = _refuse_entity
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
                yield from done
                done.clear()
            parser.Parse(b"", True)
            yield from done
    except expat.ExpatError as bad:
        text = _("{file} 不是完整的 XML 文件（第 {line} 行）。请重新下载。")
        raise UserError(text.format(file=path.name, line=bad.lineno)) from bad


class _Collector:
    """Builds the MARKGR elements and nothing else."""

    def __init__(self, done: list[Element]) -> None:
        self.done = done
        self.depth = 0
        self.builder = TreeBuilder()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == ROOT and not self.depth:
            self.builder = TreeBuilder()
        if self.depth or tag == ROOT:
            self.depth += 1
            self.builder.start(tag, attributes)

    def end(self, name: str) -> None:
        if not self.depth:
            return
        self.depth -= 1
        self.builder.end(name.rpartition("}")[2])
        if not self.depth:
            self.done.append(self.builder.close())

    def data(self, text: str) -> None:
        if self.depth:
            self.builder.data(text)


def _refuse_entity(*_declaration: object) -> None:
    raise UserError(_("文件中定义了 XML 实体，可能有害，没有读取。请向来源索取不含实体的文件。"))


def _records(mark: Element) -> Iterator[RegisterRecord]:
    for element in mark:
        tag = element.get("TRANTYP", element.tag)
        if tag in SCOPES:
            yield RegisterRecord(
                tag=tag,
                regrdat=_day(_value(element, "REGRDAT")),
                notdate=_day(_value(element, "NOTDATE")),
                regedat=_day(_value(element, "REGEDAT")),
                office=_value(element, "INTOFF"),
                document_id=_value(element, "DOCID"),
                gazette=_value(element, "GAZNO"),
                published=_day(_value(element, "PUBDATE")),
                parties=tuple(dict.fromkeys(_parties(element))),
                opposition_start=_day(_value(element, "OPPERS")),
                opposition_end=_day(_value(element, "OPPERE")),
            )
        elif element.tag not in {"CURRENT", "MARKGR"}:
            yield from _records(element)


def _parties(element: Element, *, shallow: bool = False) -> Iterator[str]:
    """Codes of the parties an element lists; shallow: only in groups that are its children."""
    groups = list(element) if shallow else list(element.iter())
    for group in groups:
        if group.tag in DESIGNATED:
            for code in group.iter("DCPCD"):
                yield from _text(code).split()
    if not shallow:
        yield from (_text(code) for code in element.findall("DCPCD") if _text(code))


def _basics(element: Element) -> Iterator[tuple[str, str, date | None]]:
    for kind, number, day, basis in (
        ("BASREGGR", "BASREGN", "BASREGD", "registration"),
        ("BASAPPGR", "BASAPPN", "BASAPPD", "application"),
    ):
        for group in element.iter(kind):
            text = _value(group, number)
            if text:
                yield basis, text, _day(_value(group, day))


def _classes(element: Element) -> Iterator[str]:
    for group in element.iter("BASICGS"):
        for goods in group.iter("GSGR"):
            number = _value(goods, "NICCLAI")
            if number.isdigit():
                yield str(int(number))


def _goods(element: Element) -> str:
    parts = []
    for group in element.iter("BASICGS"):
        for goods in group.iter("GSGR"):
            words = " ".join(" ".join(goods.itertext()).split())
            parts.append(f"{_value(goods, 'NICCLAI')} {words}".strip())
    return "\n".join(parts)


def _holder(element: Element) -> str:
    group = _first(element, "HOLGR")
    name = _first(group, "NAME") if group is not None else None
    return " ".join(" ".join(name.itertext()).split()) if name is not None else ""


def _value(element: Element, name: str) -> str:
    """An attribute, or the text of the child of that name."""
    given = element.get(name)
    if given is not None:
        return given.strip()
    child = _child(element, name)
    return _text(child) if child is not None else ""


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if child.tag == name), None)


def _first(element: Element, name: str) -> Element | None:
    return next(element.iter(name), None)


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _day(text: str) -> date | None:
    """YYYYMMDD or YYYY-MM-DD; None for nothing and for zeros."""
    digits = text.replace("-", "")[:8]
    if len(digits) != 8 or not digits.isdigit() or digits == "00000000":
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
