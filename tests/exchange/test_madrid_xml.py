"""Register extracts as XML: read, applied, and applied again without a second copy of anything."""

from datetime import date
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.madrid_xml import parse_xml
from brandpool.models.madrid import (
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.services import madrid, madrid_events, madrid_register, madrid_rows, records

XML = """<?xml version="1.0" encoding="UTF-8"?>
<ROMARIN>
 <MARKGR INTREGN="1274024" INTREGD="20150709" EXPDATE="20350709" OOCD="CN">
  <CURRENT>
   <HOLGR><NAME><NAMEL>Ningbo Sunrise</NAMEL><NAMEL>Machinery Co., Ltd.</NAMEL></NAME></HOLGR>
   <IMAGE TEXT="SUNRISE" TYPE="TIF"/>
   <BASICGS><GSGR NICCLAI="09"><GSTERMEN>Computers.</GSTERMEN></GSGR>
            <GSGR NICCLAI="35"><GSTERMEN>Advertising.</GSTERMEN></GSGR></BASICGS>
   <BASGR><BASREGGR><BASREGD>20140307</BASREGD><BASREGN>11524343</BASREGN></BASREGGR></BASGR>
   <DESPG><DCPCD>AU</DCPCD><DCPCD>EM</DCPCD><DCPCD>US</DCPCD></DESPG>
   <DESPG2><DCPCD>CH</DCPCD></DESPG2>
  </CURRENT>
  <ENN REGRDAT="20151001" NOTDATE="20151015" GAZNO="2015/40">
   <DESPG><DCPCD>AU</DCPCD><DCPCD>EM</DCPCD></DESPG><DESPG2><DCPCD>CH</DCPCD></DESPG2>
  </ENN>
  <EXN REGRDAT="20180301" REGEDAT="20180115" NOTDATE="20180315">
   <DESPG><DCPCD>US</DCPCD></DESPG>
  </EXN>
  <RFNT INTOFF="US" REGRDAT="20190110" NOTDATE="20190124" DOCID="D1"/>
  <R18NV INTOFF="US" REGRDAT="20190910" NOTDATE="20190920" DOCID="D2"/>
  <GP18N INTOFF="AU" REGRDAT="20160404" NOTDATE="20160420"/>
  <LIN REGRDAT="20200101"><DESPG><DCPCD>AU</DCPCD><DCPCD>EM</DCPCD></DESPG></LIN>
  <REN REGRDAT="20250601" REGEDAT="20250709" GAZNO="2025/24" PUBDATE="20250618"/>
 </MARKGR>
 <MARKGR INTREGN="1300001A" INTREGD="20160101" EXPDATE="20260101" OOCD="CN"/>
</ROMARIN>
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "extract.xml"
    path.write_text(XML, "utf-8")
    return path


def test_a_registration_is_read_with_its_state_and_records(file: Path) -> None:
    first, second = parse_xml(file)
    assert (first.irn, first.name, first.holder) == (
        "1274024", "SUNRISE", "Ningbo Sunrise Machinery Co., Ltd.",
    )  # fmt: skip
    assert (first.ir_date, first.expiry) == (date(2015, 7, 9), date(2035, 7, 9))
    assert first.classes == "9;35"
    assert first.parties == ("AU", "EM", "US", "CH")
    assert first.basics == (("registration", "11524343", date(2014, 3, 7)),)
    assert [record.tag for record in first.records] == [
        "ENN", "EXN", "RFNT", "R18NV", "GP18N", "LIN", "REN",
    ]  # fmt: skip
    assert second.irn == "1300001A"


def test_an_extract_is_applied_once_however_often(file: Path, pool: Pool, enterprise: str) -> None:
    extracts = parse_xml(file)
    owners = {"Ningbo Sunrise Machinery Co., Ltd.": enterprise}
    with pool.write("导入", who="测试员") as session:
        first = madrid_register.apply(session, extracts, owners, "extract.xml")
    with pool.write("再次导入", who="测试员") as session:
        second = madrid_register.apply(session, extracts, owners, "extract.xml")
    assert (first.registrations, first.designations) == (2, 4)
    assert first.events > 0
    assert (second.registrations, second.designations, second.events) == (0, 0, 0)
    with pool.read() as session:
        assert records.count(session, InternationalRegistration) == 2
        assert records.count(session, Designation) == 4
        [ir] = [r for r in madrid_rows.registrations(session) if r.irn == "1274024"]
        [us] = [d for d in madrid_rows.designations(session, [ir.id])[ir.id] if d.party == "US"]
        assert (us.designated_on, us.notified, us.route) == (
            date(2018, 1, 15), date(2018, 3, 15), "subsequent",
        )  # fmt: skip
        matrix = madrid.matrix(session, date(2026, 11, 22))
        row = next(row for row in matrix.rows if row.number == "1274024")
        assert row.status == "已国际注册"
        assert row.cells["US"][0].status == "给予保护"
        assert row.cells["AU"][0].remarks == ("删减",)
        assert row.cells["CH"][0].status == "默示保护"
        limit = row.cells["CH"][0].refusal_limit
        assert limit is not None
        assert limit["value"] == date(2016, 10, 15)


def test_an_event_entered_by_hand_is_completed_and_not_doubled(
    file: Path, pool: Pool, enterprise: str
) -> None:
    bare = [e.__class__(irn=e.irn, name=e.name, ir_date=e.ir_date, parties=e.parties,
                        records=e.records[:2]) for e in parse_xml(file)]  # fmt: skip
    with pool.write("导入", who="测试员") as session:
        madrid_register.apply(session, bare, {}, "x")
        [us] = [
            d
            for d in madrid_rows.designations(
                session, [r.id for r in madrid_rows.registrations(session)]
            ).popitem()[1]
            if d.party == "US"
        ]
        typed = madrid_events.record_event(
            session, us.id, {"tag": "RFNT", "dated": date(2019, 1, 10), "note": "来函"}
        )
        madrid_register.apply(session, parse_xml(file), {}, "x")
        [refusal] = [
            r
            for r in records.rows(
                session, DesignationEvent, records.find(session, DesignationEvent)
            )
            if r["tag"] == "RFNT"
        ]
    assert refusal.id == typed
    assert (refusal["document_id"], refusal["note"]) == ("D1", "来函")


def test_a_holder_that_is_no_enterprise_of_the_pool_is_said(file: Path, pool: Pool) -> None:
    with pool.write("导入", who="测试员") as session:
        applied = madrid_register.apply(session, parse_xml(file), {}, "x")
        assert records.count(session, IrEvent) == 3
    assert "请补填所属企业" in applied.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><x><MARKGR INTREGN="1"/>&a;</x>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    ],
)
def test_entities_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text)
    with pytest.raises(UserError, match="实体"):
        parse_xml(path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("<x><MARKGR", "完整"), ("no xml", "完整"), ("<x/>", "没有国际注册"), ("", "完整")],
)
def test_what_is_no_extract_is_refused_with_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text)
    with pytest.raises(UserError, match=sentence):
        parse_xml(path)
