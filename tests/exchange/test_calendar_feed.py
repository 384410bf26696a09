"""The calendar file is what RFC 5545 asks for, whatever stands in a name."""

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from brandpool.exchange import calendar_feed
from brandpool.services.docket import Entry

MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def _entry(title: str = "朝阳 18000001 第7类", due: date = date(2026, 12, 31)) -> Entry:
    return Entry(
        key="mark.letter|m1|e1|", rule="mark.letter", label="来文答复", nature="deadline",
        state="90", kind="mark_event", record="e1", subject_kind="trademark", subject="m1",
        title=title, enterprise="n1", enterprise_name="宁波朝阳机械有限公司",
        raw=date(2026, 12, 30), due=due, days_left=39, left="还有39天", reminding=False,
        provisional=True, overridden=False, settled=False, note="驳回通知书", leads=(7, 1),
        occasion="",
    )  # fmt: skip


def _unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_lasts_one_whole_day_and_reminds_before_it() -> None:
    text, number = calendar_feed.feed([_entry()], MADE)
    lines = _unfolded(text)
    assert number == 1
    assert "DTSTAMP:20261122T093000Z" in lines
    assert lines[lines.index("BEGIN:VEVENT") + 1] == "UID:mark.letter-m1-e1-@brandpool"
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert [line for line in lines if line.startswith("TRIGGER")] == [
        "TRIGGER:-P7D",
        "TRIGGER:-P1D",
    ]
    assert "顺延前 2026-12-30" in text.replace("\r\n ", "")


def test_the_same_date_has_the_same_uid_in_every_export() -> None:
    one, other = (calendar_feed.feed([_entry(due=day)], MADE)[0] for day in _TWO_DAYS)
    uids = [[line for line in _unfolded(text) if line.startswith("UID")] for text in (one, other)]
    assert uids[0] == uids[1]


_TWO_DAYS = (date(2026, 12, 31), date(2027, 1, 4))


@given(st.text())
def test_any_name_comes_back_whole_from_lines_of_75_octets(title: str) -> None:
    clean = "".join(char for char in title if char not in "\r\n" and char.isprintable())
    text, _number = calendar_feed.feed([_entry(clean)], MADE)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    [summary] = [line for line in _unfolded(text) if line.startswith("SUMMARY:")]
    plain = summary.removeprefix("SUMMARY:来文答复：")
    assert plain.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") == clean


def test_the_file_is_utf8_with_crlf(tmp_path: Path) -> None:
    path = tmp_path / "docket.ics"
    assert calendar_feed.write(path, [_entry()], MADE) == 1
    content = path.read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert "朝阳" in content.decode("utf-8")
