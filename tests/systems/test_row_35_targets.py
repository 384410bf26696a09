"""Row 35, 2025年目标: nine targets against actual and last year; 2030 beside them; 待核."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.exchange import policy_text
from brandpool.models.target import Target, TargetFigure
from brandpool.models.trademark import Trademark
from brandpool.rules.reference import shipped
from brandpool.services import targets
from brandpool.services.targets import TargetRow
from tests.systems.ledgers import FIRM, TODAY, add, all_of, edit, export, firm, take

POLICY = Path(__file__).parent.parent / "data" / "policy_2023_10.txt"
NINE = {
    "high_value_patents": 1800, "ip_advantage": 10, "marks_in_force": 30_000, "madrid": 50,
    "pledge_amount": 600_000_000, "insured": 10, "licences": 100, "standards": 20,
    "service_cluster": None,
}  # fmt: skip


@pytest.fixture
def nine(pool: Pool) -> list[str]:
    """The targets of the policy, read from its text and confirmed one by one."""
    found = policy_text.proposals(policy_text.read(POLICY), shipped().documents["indicators"])
    made = []
    for one in found:
        with pool.write("确认目标", who="甲") as session:
            made.append(targets.enter(session, {
                "title": one.title, "indicator": one.indicator, "year": one.year,
                "operator": one.operator, "value": one.value, "unit": one.unit or None,
                "clause": one.clause, "place_from": one.start, "place_to": one.end,
                "document_no": "甬高新〔2023〕10号",
            }))  # fmt: skip
    return made


def rows(pool: Pool, year: int | None = None, on: date = TODAY) -> dict[str, TargetRow]:
    with pool.read() as session:
        return {row.indicator.code: row for row in targets.find(session, on, year)}


def test_the_nine_stand_with_clause_and_place(pool: Pool, nine: list[str]) -> None:
    found = rows(pool, 2025)
    assert {code: row.value for code, row in found.items()} == NINE
    text = POLICY.read_text("utf-8")
    for row in found.values():
        assert row.place is not None
        assert text[row.place[0] : row.place[1]] == row.clause


def test_2025_is_past_so_it_is_judged_on_its_last_day(pool: Pool, nine: list[str]) -> None:
    owner = firm(pool, FIRM)
    for number, day in (("18000001", date(2025, 6, 1)), ("18000002", date(2026, 6, 1))):
        add(pool, Trademark, {"enterprise_id": owner, "reg_no": number, "nice_class": 9,
                              "name": "朝阳", "registered_on": day})  # fmt: skip
    found = rows(pool, 2025)["marks_in_force"]
    assert (found.day, found.actual.value, found.last.value) == (date(2025, 12, 31), 1, 0)
    assert (found.state, found.pace) == ("missed", None)


def test_a_2030_period_is_added_and_the_old_one_stays(pool: Pool, nine: list[str]) -> None:
    before = rows(pool, 2025)
    with pool.write("新周期", who="甲") as session:
        made = targets.carry_over(session, nine, 2030, TODAY)
        assert len(made) == 9
    assert rows(pool, 2025) == before
    later = rows(pool, 2030)
    assert set(later) == set(NINE)
    assert later["madrid"].base == (2025, Decimal(0))
    assert later["madrid"].day == TODAY
    assert (later["madrid"].months, later["madrid"].pace) == (50, Decimal("1.0"))
    edit(pool, Target, later["madrid"].id, value=Decimal(100))
    assert rows(pool, 2025)["madrid"].value == 50


def test_a_figure_without_source_shows_to_be_verified_until_it_has_one(
    pool: Pool, nine: list[str]
) -> None:
    figure = add(pool, TargetFigure, {
        "indicator": "high_value_patents", "year": 2025, "value": Decimal(1850),
    })  # fmt: skip
    assert rows(pool, 2025)["high_value_patents"].state == "unverified"
    assert "缺数据来源、截至日，待核" in rows(pool, 2025)["high_value_patents"].actual.definition
    edit(pool, TargetFigure, figure, source="市知识产权局通报")
    assert rows(pool, 2025)["high_value_patents"].state == "unverified"
    edit(pool, TargetFigure, figure, as_of=date(2025, 12, 31))
    now = rows(pool, 2025)["high_value_patents"]
    assert (now.state, now.actual.value) == ("met", 1850)


def test_the_named_target_is_done_or_not_with_its_proof(pool: Pool, nine: list[str]) -> None:
    assert rows(pool, 2025)["service_cluster"].state == "unverified"
    told = {"indicator": "service_cluster", "year": 2025, "source": "国知办函〔2025〕1号",
            "as_of": date(2025, 9, 1)}  # fmt: skip
    figure = add(pool, TargetFigure, {**told, "done": False})
    assert rows(pool, 2025)["service_cluster"].state == "missed"
    edit(pool, TargetFigure, figure, done=True)
    assert rows(pool, 2025)["service_cluster"].state == "met"


def test_targets_and_figures_come_in_and_go_out_as_sheets(pool: Pool, tmp_path: Path) -> None:
    planned = take(
        pool, tmp_path / "目标.xlsx", Target,
        ["2030年知识产权目标任务分解表"],
        ["序号", "指标名称", "指标类别", "目标年度", "目标要求", "目标值", "单位", "牵头单位"],
        [1, "有效注册商标", "商标有效注册量", 2030, "超过", "4万", "件", "市场监管分局"],
        [2, "年质押金额", "知识产权年质押金额", "2030年", "达到", "10亿", "元", "财政局"],
        [3, "示范区", "服务业集聚示范区", 2030, "建成", None, None, "管委会办公室"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new"] * 3
    told = {row["indicator"]: row for row in all_of(pool, Target)}
    assert (told["marks_in_force"]["value"], told["marks_in_force"]["operator"]) == (
        40_000, "exceed",
    )  # fmt: skip
    assert told["pledge_amount"]["value"] == 1_000_000_000
    planned = take(
        pool, tmp_path / "数据.xlsx", TargetFigure,
        ["指标", "统计年度", "完成数", "提供单位", "数据截至日期"],
        ["高价值发明专利", 2026, 1742, "科创局", "2026.10.31"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new"]
    [row] = export(pool, tmp_path / "出.xlsx", TargetFigure, ["indicator", "value", "source"])
    assert (row["指标"], row["数据来源"]) == ("高价值发明专利拥有量", "科创局")
