"""The schemes that come with the program, on the records that the program really keeps."""

from datetime import date

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.credit import CreditListing
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.honour import Honour
from brandpool.models.kinds import by_kind
from brandpool.models.madrid import InternationalRegistration
from brandpool.models.record import fields
from brandpool.models.trademark import Trademark
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.rules.gauge import gauge
from brandpool.rules.periods import ONE_DAY
from brandpool.rules.scheme import Count, leaves
from brandpool.rules.verdict import Truth
from brandpool.services import judging, known, schemes, tiers
from brandpool.services.decision import MoveOrder
from tests.services import ladders
from tests.services.ladders import TODAY

SCHEMES = [schemes.read_file(path) for path in schemes.shipped_files()]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.key)
def test_a_scheme_asks_only_for_fields_that_existing_records_have(scheme) -> None:
    for ladder in scheme.ladders:
        wanted = known.needs(ladder.conditions())
        assert wanted.fields <= set(fields(Enterprise))
        for kind, names in wanted.kinds.items():
            own, connected = known.NAMES.get(kind, (kind, {}))
            if own in by_kind():
                lacking = {connected.get(name, name) for name in names} - set(
                    fields(by_kind()[own])
                )
                assert not lacking, f"{kind}: connect {sorted(lacking)} in services/known.py"
        measures = fields(YearlyFigure)["measure"]
        assert all(measures.choice(code) for code in wanted.figures)


@pytest.mark.parametrize(
    ("listed", "removed", "leaves"),
    [
        (date(2026, 3, 2), None, True),
        (TODAY, None, True),
        (date(2026, 3, 2), TODAY, False),
        (date(2026, 3, 2), TODAY + ONE_DAY, True),
        (TODAY + ONE_DAY, None, False),
    ],
)
def test_the_default_scheme_proposes_that_a_listed_enterprise_leaves_while_it_is_listed(
    pool: Pool, listed: date, removed: date | None, *, leaves: bool
) -> None:
    scheme = SCHEMES[0]
    (ladder,) = scheme.ladders
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        (one,) = ladders.enterprises(session, [{"status": "in_business"}])
        order = MoveOrder(
            one, ladder.code, ladder.tiers[0].code, date(2024, 1, 1), "评审", override="补录"
        )
        tiers.move(session, [order], TODAY)
        entry = {"enterprise_id": one, "list_type": "serious", "listed_on": listed}
        journal.insert(session, CreditListing, [{**entry, "removed_on": removed}])
        mark = {"enterprise_id": one, "reg_no": "1", "nice_class": 9, "status": "registered"}
        journal.insert(session, Trademark, [mark])
    with pool.read() as session:
        found = judging.judge(session, [one], scheme, ladder.code, TODAY)[0]
    named = {verdict.condition.exit_reason for verdict in found.proposed_exits}
    assert ("dishonest" in named) is leaves
    assert (found.listing is not None) is leaves


def test_an_enterprise_climbs_the_default_ladder_condition_by_condition(pool: Pool) -> None:
    scheme = SCHEMES[0]
    (ladder,) = scheme.ladders
    marks = [{"reg_no": "1", "nice_class": 9}, {"reg_no": "1", "nice_class": 42}]

    def gap() -> str:
        with pool.read() as session:
            return judging.judge(session, [one], scheme, ladder.code, TODAY)[0].gap

    def write(model, *rows) -> None:
        with pool.write("补充", who="测试员") as session:
            journal.insert(session, model, [{**row, "enterprise_id": one} for row in rows])

    def move(tier: int, day: date) -> None:
        order = MoveOrder(one, ladder.code, ladder.tiers[tier].code, day, "评审", override="补录")
        with pool.write("变动", who="测试员") as session:
            tiers.move(session, [order], TODAY)

    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        one, other = ladders.enterprises(session, [{"status": "in_business"}, {}])
        journal.insert(
            session,
            Trademark,
            [{"enterprise_id": other, "reg_no": "9", "nice_class": 1, "status": "dead"}],
        )
        journal.insert(session, InternationalRegistration, [{"enterprise_id": other, "irn": "1"}])
    assert gap() == "差 1 件有效商标或在途申请"

    valid = {"status": "registered", "valid_until": date(2030, 5, 1)}
    write(Trademark, *({**mark, **valid, "registered_on": date(2020, 5, 2)} for mark in marks))
    assert gap() == ""
    move(0, date(2022, 1, 1))
    assert gap() == "待查：品牌实际使用满1年（“品牌首次使用日”未填写）；缺品牌负责人"

    with pool.write("补充", who="测试员") as session:
        journal.update(
            session, Enterprise, {one: {"used_since": date(2019, 1, 1), "brand_officer": "王芳"}}
        )
    assert gap() == ""
    move(1, date(2023, 1, 1))
    assert gap() == "差 3 年营业收入、纳税额数据；差 1 件马德里 或 差 3 个商标类别"

    write(InternationalRegistration, {"irn": "1500001", "ir_date": date(2024, 3, 1)})
    assert "待查：马德里国际注册1件以上" in gap()
    write(
        InternationalRegistration,
        {"irn": "1500002", "ir_date": date(2024, 3, 1), "expiry": date(2034, 3, 1)},
    )
    years = (2023, 2024, 2025)
    figures = [(one, year, name, "1", "元") for year in years for name in ("revenue", "tax")]
    with pool.write("补充", who="测试员") as session:
        ladders.figures(session, figures)
    assert gap() == ""
    move(2, date(2026, 1, 22))
    write(Honour, {"honour": "high_tech", "granted": date(2024, 1, 1)})
    assert gap().startswith("在重点层满1年差 2 个月；")

    write(Honour, {"honour": "little_giant", "granted": date(2024, 1, 1)})
    with pool.read() as session:
        found = judging.judge(session, [one], scheme, ladder.code, date(2027, 1, 22))[0]
    assert found.can_move_up
    assert found.target is not None
    assert found.target.truth is Truth.MET


@pytest.mark.parametrize(
    ("model", "values", "met"),
    [
        (WellKnownFile, {"readiness": "supportable", "assessed_on": TODAY}, 1),
        (WellKnownFile, {"readiness": "gaps", "assessed_on": TODAY}, 0),
        (WellKnownCase, {"outcome": "protected", "decided_on": TODAY}, 1),
        (WellKnownCase, {"outcome": "not_protected", "decided_on": TODAY}, 0),
        (WellKnownCase, {"outcome": "mediated", "decided_on": TODAY}, 0),
    ],
)
def test_a_complete_file_or_a_case_that_protected_counts_and_nothing_else_does(
    pool: Pool, model, values, met: int
) -> None:
    [leaf] = [
        one
        for ladder in SCHEMES[0].ladders
        for condition in ladder.conditions()
        for one in leaves(condition)
        if isinstance(one.measure, Count) and one.measure.kind == model.kind()
    ]
    with pool.write("准备", who="测试员") as session:
        [one] = ladders.enterprises(session, [{"status": "in_business"}])
        journal.insert(session, model, [{"enterprise_id": one, "mark": "朝阳", **values}])
        wanted = known.needs([leaf])
        books = known.books(session, wanted)
        [facts] = known.gather(session, wanted, {}, [one])
    measured = gauge(leaf.measure, leaf.op, leaf.unit, TODAY, books)(facts)
    assert measured.value == met
