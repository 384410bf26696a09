"""Which column is which field: by heading, by what the cells hold, by what was chosen before."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from brandpool.errors import UserError
from brandpool.exchange.cell_words import is_nothing
from brandpool.exchange.column_content import (
    content_score,
    is_credit_code,
    is_enterprise_name,
    is_old_number,
    tells_itself,
)
from brandpool.exchange.headings import (
    Heading,
    bare_key,
    exact_key,
    is_ordinal,
    year_heading,
)
from brandpool.exchange.ooxml import column_index
from brandpool.exchange.table import Table
from brandpool.exchange.workbook import Cell
from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind

How = Literal["exact", "normalised", "contained", "content", "remembered"]
SURE = 0.9
FORMER_NAMES, FIGURE_YEAR = "former_names", "figure_year"
"""What an enterprise's row may tell of other records: former names, the year of its figures."""
_MOSTLY = 0.8
_SAMPLE = 60
_HOLDER = re.compile(r"(?:人|单位|企业|公司|机构|主体|名称|对象|商|者|方|户)$")
_OTHER_PARTY = re.compile(
    r"代理|认证机构|发证|颁发|银行|推荐(?!企业)|主管|归口|合作|母公司|股东|检测|检验|审批|机关|受理|管理|评审(?!企业)"
    r"|质权|保险|担保|监测(?!企业)|核查(?!企业)|经办|服务机构|辅导|上级|集团|关联|出质|数据来源|工作单位|所在单位|任职|毕业"
)
_PREFIX = re.compile(r"^(?:近[一两二三四五\d]+年来?|历年|年度|全年|本年|企业|公司|实现|年末|期末)")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]{4,})[)）]")
_COUNTED = re.compile(r"\d{0,4}(?:\.0)?[.、．]?|[(（]?[\d一二三四五六七八九十百]+[)）]?[、.]?")
_DAY_WORD = re.compile(r"(?:日期|时间|日)$")
_VAGUE = frozenset({"名称", "名单", "企业", "单位", "公司"})


@dataclass(frozen=True, slots=True)
class Match:
    """That a column may be a field (or a measure of a year), how sure (0–1), and why."""

    field: str
    column: int
    confidence: float
    how: How
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of a measure; the year is None when neither heading nor title names one."""

    measure: str
    year: int | None
    column: int


@dataclass(slots=True)
class Proposal:
    """What each column of a table seems to be.

    `sure` maps field names to columns; `unsure` gives, for fields that the clerk should be asked
    about, the columns in question, best first; `figures` are measure × year columns;
    `unmapped` are headings that no field answers to; `missing` are required fields without a
    column; `signature` identifies the headings, so that the answer can be remembered; `notes`
    tell which columns were taken for what they hold.
    """

    sure: dict[str, int] = field(default_factory=dict)
    unsure: dict[str, list[Match]] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    unmapped: list[Heading] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    signature: str = ""
    notes: list[str] = field(default_factory=list)


def known_headings(fields: Iterable[Field]) -> frozenset[str]:
    """The exact keys of all headings these fields go by, for finding the heading row."""
    return frozenset(exact_key(text) for one in fields for text in one.headings() if text)


def signature(table: Table) -> str:
    """A short mark of the headings in their order: equal for every file of the same kind."""
    texts = [exact_key(heading.text) for heading in table.headings]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def remember(table: Table, mapping: Mapping[str, int]) -> dict[str, str]:
    """A chosen mapping (field → column) in a form that fits every table of equal signature."""
    names = {column: name for name, column in mapping.items()}
    return {
        str(place): names[heading.column]
        for place, heading in enumerate(table.headings)
        if heading.column in names
    }


def propose(
    table: Table,
    fields: Sequence[Field],
    measures: Sequence[Field] = (),
    remembered: Mapping[str, str] | None = None,
) -> Proposal:
    """What the columns of the table seem to be.

    `fields` carry their names (`Field.named`); `measures` are fields that a heading may name
    together with a year (2023年营业收入); `remembered` is what `remember` gave for an earlier table
    of the same signature and settles everything. Hidden columns are proposed but never sure.
    """
    proposal = Proposal(signature=signature(table))
    if remembered is not None:
        proposal.sure = {
            name: table.headings[int(place)].column
            for place, name in remembered.items()
            if int(place) < len(table.headings)
        }
        proposal.matches = [Match(n, c, 1.0, "remembered") for n, c in proposal.sure.items()]
    samples = {heading.column: _sample(table, heading.column) for heading in table.headings}
    columns = [one for one in table.headings if not _numbers_rows(one, samples[one.column])]
    proposal.figures = _figures(table, columns, measures, fields, samples)
    taken = {figure.column for figure in proposal.figures}
    free = [heading for heading in columns if heading.column not in taken]
    if remembered is None:
        found = [match for one in fields for match in _matches(one, free, samples, table.headless)]
        _settle(proposal, found, {heading.column for heading in columns if heading.hidden})
        proposal.notes = _taken_by_content(proposal, fields, columns)
    if all(figure.year is not None for figure in proposal.figures):
        proposal.sure.pop(FIGURE_YEAR, None)
    used = {*proposal.sure.values(), *taken}
    used |= {match.column for matches in proposal.unsure.values() for match in matches}
    proposal.unmapped = [heading for heading in columns if heading.column not in used]
    proposal.missing = [
        one.name for one in fields if one.required and one.name not in proposal.sure
    ]
    return proposal


def _taken_by_content(
    proposal: Proposal, fields: Sequence[Field], headings: Sequence[Heading]
) -> list[str]:
    labels = {one.name: one.label(lang()) for one in fields}
    texts = {heading.column: heading.text for heading in headings}
    return [
        _("“{heading}”一列按内容认作“{field}”。").format(
            heading=texts[match.column], field=labels[match.field]
        )
        for match in proposal.matches
        if match.how == "content" and proposal.sure.get(match.field) == match.column
    ]


def chosen(table: Table, fields: Sequence[Field], answers: Mapping[str, str]) -> dict[str, int]:
    """Columns named by the clerk or on the command line: field name or label → heading or letter.

    Raises UserError naming the field or column that does not exist.
    """
    mapping: dict[str, int] = {}
    for called, place in answers.items():
        one = next((f for f in fields if called in (f.name, f.zh, f.en)), None)
        if one is None:
            raise UserError(_("没有名为“{field}”的字段。").format(field=called))
        mapping[one.name] = _column(table, place)
    return mapping


def _column(table: Table, place: str) -> int:
    wanted = exact_key(place)
    for heading in table.headings:
        if exact_key(heading.text) == wanted or place == heading.text:
            return heading.column
    for heading in table.headings:
        if exact_key(heading.parts[-1]) == wanted:
            return heading.column
    if re.fullmatch(r"[A-Za-z]{1,3}", place):
        column = column_index(place.upper())
        if column < table.sheet.width:
            return column
    shown = "、".join(heading.text for heading in table.headings)
    raise UserError(
        _("表中没有“{place}”这一列，现有：{headings}。").format(place=place, headings=shown)
    )


def _sample(table: Table, column: int) -> list[Cell]:
    step = max(len(table.rows) // 300, 1)
    cells = (row.cells[column] for row in islice(table.rows, 0, None, step))
    return list(islice((cell for cell in cells if not is_nothing(cell)), _SAMPLE))


def _numbers_rows(heading: Heading, sample: Sequence[Cell]) -> bool:
    """Whether the column only numbers the rows; one that is called 编号 may hold real numbers."""
    counted = all(_COUNTED.fullmatch(str(cell).strip()) for cell in sample)
    return is_ordinal(heading.parts[-1]) and counted


def _matches(
    one: Field,
    headings: Sequence[Heading],
    samples: Mapping[int, list[Cell]],
    headless: bool,
) -> list[Match]:
    found = []
    exact = {exact_key(text) for text in one.headings() if text}
    bare = {bare_key(text) for text in one.headings() if text}
    headed = {h.column: _by_heading(one, h, exact, bare) for h in headings}
    looked_at = headings if tells_itself(one) else [h for h in headings if headed[h.column]]
    contents = {h.column: content_score(one, samples[h.column]) for h in looked_at}
    elsewhere = is_enterprise_name(one) and max(contents.values(), default=0) >= _MOSTLY
    for heading in headings:
        content, match = contents.get(heading.column, 0.5), headed[heading.column]
        if match is None:
            if content >= _MOSTLY and tells_itself(one):
                sure = headless and is_credit_code(one)
                found.append(Match(one.name, heading.column, SURE if sure else 0.6, "content"))
        elif elsewhere and content < 0.2 and exact_key(heading.parts[-1]) in _VAGUE:
            found.append(Match(one.name, heading.column, 0.7, "exact"))
        else:
            found.append(_weighed(match, content, one, heading))
    if is_enterprise_name(one):
        some = [h for h in headings if contents[h.column] >= _MOSTLY and not h.hidden]
        return _told_apart(found, [h for h in some if len(samples[h.column]) > headless])
    return found


def _told_apart(found: list[Match], named: Sequence[Heading]) -> list[Match]:
    """Of the columns that hold names of enterprises (`named`) the one that is meant.

    A known heading decides, unless it stands there twice; else the only column under a heading
    such as 商标注册人; else the only column at all that is not about another party. Where several
    may be meant, none is sure.
    """
    known = [m for m in found if m.how in ("exact", "normalised") and m.confidence >= SURE]
    twins = [h for h in named if h.column in {m.column for m in known}]
    if known and len({exact_key(h.text) for h in twins}) == len(twins):
        return found
    own = [h for h in named if not _OTHER_PARTY.search(h.text)]
    likely = [h for h in own if _HOLDER.search(bare_key(h.parts[-1]))] or own
    only = likely[0].column if len(likely) == 1 else None
    return [
        replace(match, confidence=SURE if match.column == only else min(match.confidence, 0.8))
        for match in found
    ]


def _by_heading(one: Field, heading: Heading, exact: set[str], bare: set[str]) -> Match | None:
    whole = "".join(heading.parts)
    leaf = heading.parts[-1]
    if exact_key(whole) in exact or (len(heading.parts) > 1 and exact_key(leaf) in exact):
        place = exact_key(whole) in exact
        return Match(one.name, heading.column, 1.0 if place else 0.94, "exact")
    if bare_key(whole) in bare or exact_key(whole) in bare or bare_key(whole) in exact:
        return Match(one.name, heading.column, 0.95, "normalised")
    if one.kind is Kind.DATE and _DAY_WORD.sub("", bare_key(whole)) in {
        _DAY_WORD.sub("", key) for key in bare if _DAY_WORD.search(key)
    }:
        return Match(one.name, heading.column, 0.91, "normalised")
    if len(heading.parts) > 1 and bare_key(leaf) in bare:
        return Match(one.name, heading.column, 0.92, "normalised")
    if tells_itself(one) and any(exact_key(inner) in exact for inner in _IN_BRACKETS.findall(leaf)):
        return Match(one.name, heading.column, 0.8, "contained")
    score = max((_contained(key, bare_key(whole)) for key in bare), default=0.0)
    return Match(one.name, heading.column, score, "contained") if score else None


def _contained(alias: str, heading: str) -> float:
    """How much of the longer of the two the shorter one is, if it stands at an end of it."""
    short, long = sorted((alias, heading), key=len)
    if len(short) < 2 or not (long.endswith(short) or (long.startswith(short) and alias == short)):
        return 0.0
    return 0.4 + 0.4 * len(short) / len(long)


def _weighed(match: Match, content: float, one: Field, heading: Heading) -> Match:
    """The match with its confidence moved by what the cells hold."""
    confidence = match.confidence
    if match.how == "contained":
        if tells_itself(one) and _OTHER_PARTY.search(heading.text):
            confidence *= 0.5
        elif content >= _MOSTLY and tells_itself(one):
            confidence = SURE + match.confidence / 20
        elif content < 0.3:
            confidence *= 0.5
    elif content < 0.3 and (match.confidence < 1 or is_old_number(one)):
        confidence = 0.7
    elif tells_itself(one) and content < 0.1:
        confidence -= 0.06
    return Match(match.field, match.column, confidence, match.how)


def _settle(proposal: Proposal, found: list[Match], hidden: set[int]) -> None:
    """Give every field its best column and every column one field; the rest must be asked."""
    proposal.matches = sorted(found, key=lambda match: (-match.confidence, match.column))
    taken_columns: set[int] = set()
    for match in proposal.matches:
        if match.confidence < SURE or match.column in hidden:
            continue
        if match.field in proposal.sure or match.column in taken_columns:
            continue
        proposal.sure[match.field] = match.column
        taken_columns.add(match.column)
    open_matches = defaultdict(list)
    for match in proposal.matches:
        if match.field not in proposal.sure and match.column not in taken_columns:
            open_matches[match.field].append(match)
    proposal.unsure = dict(open_matches)


def _figures(
    table: Table,
    headings: Sequence[Heading],
    measures: Sequence[Field],
    fields: Sequence[Field],
    samples: Mapping[int, list[Cell]],
) -> list[Figure]:
    """Columns that name a measure, and of which year; without a year only if no field fits."""
    title_years = [found.year for title in table.titles if (found := year_heading(title))]
    title_year = title_years[-1] if title_years else None
    by_row = known_headings(one for one in fields if one.name == FIGURE_YEAR)
    if any(exact_key(heading.parts[-1]) in by_row for heading in headings):
        title_year = None
    ordinary = known_headings(fields)
    figures: dict[tuple[str, int | None], Figure] = {}
    for heading in headings:
        if heading.hidden:
            continue
        dated = year_heading("".join(heading.parts))
        if dated is None and exact_key("".join(heading.parts)) in ordinary:
            continue
        measure = _measure(heading, measures)
        if measure is None or content_score(measure, samples[heading.column]) < 0.3:
            continue
        year = dated.year if dated else title_year
        figures.setdefault((measure.name, year), Figure(measure.name, year, heading.column))
    return list(figures.values())


def _measure(heading: Heading, measures: Sequence[Field]) -> Field | None:
    """The measure a heading names, whether the year stands in it, above it or below it."""
    texts = ["".join(heading.parts), *reversed(heading.parts)]
    for text in texts:
        dated = year_heading(text)
        rest = dated.rest if dated else text
        keys = {exact_key(rest), bare_key(rest), _PREFIX.sub("", bare_key(rest))}
        for one in measures:
            if keys & {exact_key(known) for known in one.headings()}:
                return one
    return None
