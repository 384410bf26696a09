"""Brand guidance stations: who works there and which areas they look after on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.record import Record
from brandpool.models.station import Station, StationArea, StationStaff
from brandpool.rules.periods import Period, add
from brandpool.services import records
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, live

_KIND = Station.kind()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a station on the day asked for."""

    id: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Area:
    """An area a station looks after on the day asked for."""

    id: str
    area: str
    liaison: str
    enterprises: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One station as it stands on a day.

    `a_year_old`: it has run for a year, which an application for stars asks for; None where the
    day of opening is not known. `lacking` names what the profile does not say.
    """

    station: str
    name: str
    on: date
    open: bool
    a_year_old: bool | None
    star: int | None
    office_area: Decimal | None
    funds: Decimal | None
    staff: tuple[Person, ...]
    areas: tuple[Area, ...]
    lacking: tuple[str, ...]


def profile(session: Session, station: str, on: date) -> Profile:
    """The profile of a station on a day. Raises UserError when it has been deleted."""
    row = records.get(session, Station, station)
    opened = row["opened_on"]
    old = add(opened, Period(1, "y")) <= on if isinstance(opened, date) else None
    star, area, funds = row["star"], row["office_area"], row["funds"]
    told: dict[str, object] = {
        _("建站日期"): opened,
        _("承建单位"): row["carrier"],
        _("负责人"): row["head"],
        _("地址"): row["address"],
        _("办公面积"): area,
        _("年度经费"): funds,
    }
    staff, areas = _staff(session, station, on), _areas(session, station, on)
    told |= {_("人员"): staff or None, _("片区"): areas or None}
    return Profile(
        station, str(row["name"] or ""), on, _is_open(row.values, on), old,
        star if isinstance(star, int) else None,
        area if isinstance(area, Decimal) else None,
        funds if isinstance(funds, Decimal) else None,
        staff, areas, tuple(name for name, value in told.items() if value in (None, "")),
    )  # fmt: skip


def open_stations(session: Session, on: date) -> Counted:
    """在运行的服务站 on a day."""
    rows = [row["id"] for row in live(session, Station) if _is_open(row, on)]
    text = _("{day} 已建站、未撤站的品牌指导服务站。").format(day=on)
    return Counted(len(rows), _("个"), keys(_KIND, rows), text)


def _is_open(row: LedgerRow, on: date) -> bool:
    return (row["opened_on"] is None or row["opened_on"] <= on) and not by_day(row["closed_on"], on)


def _staff(session: Session, station: str, on: date) -> tuple[Person, ...]:
    rows = _of(session, StationStaff, station, "joined_on", "left_on", on)
    return tuple(Person(row["id"], row["name"] or "", row["post"] or "") for row in rows)


def _areas(session: Session, station: str, on: date) -> tuple[Area, ...]:
    rows = _of(session, StationArea, station, "since", "until", on)
    return tuple(
        Area(row["id"], row["area"] or "", row["liaison"] or "", row["enterprises"]) for row in rows
    )


def _of(
    session: Session, model: type[Record], station: str, begins: str, ends: str, on: date
) -> list[LedgerRow]:
    return [
        row
        for row in live(session, model)
        if row["station_id"] == station
        and (row[begins] is None or row[begins] <= on)
        and not by_day(row[ends], on)
    ]
