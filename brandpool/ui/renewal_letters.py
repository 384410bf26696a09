"""The letter that reminds an enterprise of its renewals: one sheet each, in Chinese, with reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.models.enterprise import Enterprise
from brandpool.models.trademark import Trademark
from brandpool.services import records
from brandpool.services.renewals import RenewalRow
from brandpool.ui.paper import PAGE_BREAK, escaped, table

_HEADINGS = (
    "商标",
    "注册号（类别）",
    "专用权届满日",
    "可申请续展之日起",
    "宽展期届满日",
    "目前阶段",
)
_STAGES = {"window": "续展期内", "grace": "宽展期内", "over": "宽展期已过"}


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes, as far as the pool knows."""

    enterprise: str
    name: str
    contact: str
    address: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, from the settings."""

    station: str
    clerk: str


def addressees(session: Session, rows: Sequence[RenewalRow]) -> dict[str, Addressee]:
    """The enterprises of these renewals, by id."""
    wanted = list(dict.fromkeys(row.enterprise_id for row in rows if row.enterprise_id))
    found = {}
    for one in records.rows(session, Enterprise, wanted):
        address = one["business_address"] or one["registered_address"] or ""
        name, contact = str(one["name"] or ""), str(one["contact"] or "")
        found[one.id] = Addressee(one.id, name, contact, str(address))
    return found


def letters(
    rows: Sequence[RenewalRow], known: Mapping[str, Addressee], sender: Sender, on: date
) -> list[str]:
    """One letter as HTML per enterprise, in the order of the renewals; each names all its marks."""
    mine: dict[str, list[RenewalRow]] = {}
    for row in rows:
        if row.enterprise_id in known:
            mine.setdefault(str(row.enterprise_id), []).append(row)
    return [_letter(known[one], some, sender, on) for one, some in mine.items()]


def bound(found: Sequence[str]) -> str:
    """Letters as one document, each on its own sheet."""
    return f"<div style='font-size:12pt; line-height:150%'>{PAGE_BREAK.join(found)}</div>"


def _letter(to: Addressee, rows: Sequence[RenewalRow], sender: Sender, on: date) -> str:
    contact = f"（联系人：{escaped(to.contact)}）" if to.contact else ""
    address = f"<p>地址：{escaped(to.address)}</p>" if to.address else ""
    lines = (
        (r.name, r.number, r.due, r.opens, r.grace_to, _STAGES[r.stage])
        for r in sorted(rows, key=lambda row: row.last_day)
    )
    return (
        "<h2 align='center'>商标续展提醒函</h2>"
        f"<p><b>{escaped(to.name)}</b>{contact}：</p>{address}"
        f"<p>经梳理，截至{_spelled(on)}，贵单位下列注册商标需要办理续展：</p>"
        f"{table(_HEADINGS, lines)}{_advice(rows)}"
        "<p>请于收到本函后尽快回复是否续展。续展由权利人自行或委托依法设立的商标代理机构办理；"
        "以上日期以商标注册簿为准。</p>"
        f"<p align='right'>{escaped(sender.station) or '商标品牌指导站'}<br>"
        f"经办人：{escaped(sender.clerk)}<br>{_spelled(on)}</p>"
        "<hr><p><b>回执</b>　□ 全部续展　□ 部分续展（请注明注册号）　□ 不再续展</p>"
        "<p>说明：</p>"
        "<p>经办人：　　　　　电话：　　　　　　　单位（盖章）　　　　年　　月　　日</p>"
    )


def _advice(rows: Sequence[RenewalRow]) -> str:
    """What the law says of these renewals, by the articles their dates rest on."""
    told = []
    home = [row for row in rows if row.kind == Trademark.kind()]
    if home:
        articles = "、".join(dict.fromkeys(_article(row) for row in home if _article(row)))
        told.append(
            f"国内注册商标（{escaped(articles)}）：应在期满前十二个月内办理续展；未能办理的，"
            "可在六个月的宽展期内办理；期满未办理续展的，注销其注册商标。"
        )
    if len(home) < len(rows):
        told.append(
            "马德里国际注册（共同实施细则第30条）：届满前六个月起可缴费续展；"
            "届满后六个月内可补办，另缴基本费百分之五十的附加费；逾期不可补救。"
        )
    if any(row.stage == "over" for row in rows):
        told.append("宽展期已过的，请尽快核对登记簿；确未续展的，可考虑重新申请注册。")
    if any(row.pledges for row in rows):
        told.append("其中已办理质押的商标，续展或放弃前请告知质权人。")
    return "".join(f"<p>{text}</p>" for text in told)


def _article(row: RenewalRow) -> str:
    return next((s.article for s in row.explained.chain if "可申请续展" in s.event), "")


def _spelled(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
