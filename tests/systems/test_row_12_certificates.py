"""Row 12: 贯标 20 家, 小巨人全覆盖. An expired certificate drops coverage the next day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.certificate import IpCertificate
from brandpool.models.honour import Honour
from brandpool.services import certificates
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, all_of, dates, edit, export, firm, take


def _certificate(pool: Pool, owner: str, number: str = "165IP260001R0S", **more: object) -> str:
    values = {
        "enterprise_id": owner, "standard": "gbt29490_2023", "certificate_no": number,
        "body": "中规（北京）认证有限公司", "issued": date(2024, 6, 1),
        "expires": date(2027, 5, 31), **more,
    }  # fmt: skip
    return add(pool, IpCertificate, values)


def _giant(pool: Pool, owner: str, **more: object) -> str:
    values = {
        "enterprise_id": owner, "honour": "little_giant", "level": "national",
        "batch": "第五批", "granted": date(2023, 7, 14), **more,
    }  # fmt: skip
    return add(pool, Honour, values)


def test_an_expired_certificate_drops_from_coverage_the_next_day(pool: Pool) -> None:
    first, second = firm(pool, FIRM), firm(pool, OTHER)
    title, _other = _giant(pool, first), _giant(pool, second)
    _certificate(pool, first)
    with pool.read() as session:
        last_day = certificates.coverage(session, date(2027, 5, 31))
        next_day = certificates.coverage(session, date(2027, 6, 1))
    assert (last_day.total, last_day.rows) == (Decimal("50.0"), (("honour", title),))
    assert (next_day.total, next_day.rows) == (Decimal("0.0"), ())
    assert (last_day.unit, "1 家" in last_day.definition) == ("%", True)


def test_coverage_of_nobody_is_not_a_number(pool: Pool) -> None:
    _certificate(pool, firm(pool, FIRM))
    with pool.read() as session:
        assert certificates.coverage(session, TODAY).total is None


def test_a_title_that_has_run_out_leaves_the_denominator(pool: Pool) -> None:
    first, second = firm(pool, FIRM), firm(pool, OTHER)
    _giant(pool, first)
    lapsed = _giant(pool, second, valid_until=date(2026, 7, 13))
    _certificate(pool, first)
    with pool.read() as session:
        assert certificates.coverage(session, TODAY).total == 100
        assert certificates.uncovered(session, date(2026, 7, 13)).rows == (("honour", lapsed),)
        assert certificates.uncovered(session, TODAY).total == 0


def test_an_enterprise_with_two_certificates_is_one_and_a_withdrawn_one_none(pool: Pool) -> None:
    first, second = firm(pool, FIRM), firm(pool, OTHER)
    _certificate(pool, first)
    _certificate(pool, first, "ISO-7", standard="iso56005", grade=3)
    _certificate(pool, second, "X-9", withdrawn_on=date(2026, 3, 1))
    with pool.read() as session:
        assert certificates.certified(session, TODAY).total == 1
        assert certificates.certified(session, date(2026, 2, 28)).total == 2


def test_expiry_and_surveillance_are_in_the_docket(pool: Pool) -> None:
    one = _certificate(
        pool, firm(pool, FIRM), audit_due=date(2026, 12, 1), expires=date(2027, 2, 1)
    )
    assert [entry.rule for entry in dates(pool)] == ["certificate.audit", "certificate.expires"]
    edit(pool, IpCertificate, one, audited_on=date(2026, 12, 1))
    assert [entry.rule for entry in dates(pool)] == ["certificate.expires"]


def test_a_list_of_certificates_comes_in_and_goes_out(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM), firm(pool, OTHER)
    plan = take(
        pool, tmp_path / "贯标.xlsx", IpCertificate,
        ["2026年知识产权管理体系认证企业清单"],
        ["序号", "获证组织名称", "认证依据", "证书编号", "发证机构", "认证范围", "颁证日期",
         "证书有效期",
         "监督审核日期"],
        [1, FIRM, "GB/T29490-2023", "165IP260001R0S", "中规认证", "电机的研发、生产", "2024-06-01",
         "2027年5月31日", "2026.12.1"],
        [2, OTHER, "ISO56005", "0071-5", "中知认证", "电子元件", "2025/1/5", "2028/1/4", "-"],
        ["注：数据来源于认监委网站"],
    )  # fmt: skip
    assert plan.counts()["new"] == 2, [row.reasons for row in plan.rows]
    rows = {row["certificate_no"]: row for row in all_of(pool, IpCertificate)}
    assert rows["0071-5"]["standard"] == "iso56005"
    assert rows["165IP260001R0S"]["expires"] == date(2027, 5, 31)
    lines = export(pool, tmp_path / "out.xlsx", IpCertificate, ["certificate_no", "standard"])
    assert {line["标准"] for line in lines} == {"GB/T 29490-2023", "ISO 56005"}
