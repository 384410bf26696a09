"""The pool page: what is shown, and that only a confirmed decision moves anybody."""

import hashlib
import sqlite3
from collections import Counter
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from brandpool import i18n
from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import FormerName
from brandpool.services import history, notices, schemes, tiers
from brandpool.services.notices import NoticeOrder, Proposal
from brandpool.ui.main_window import MainWindow
from brandpool.ui.move_form import MoveForm
from brandpool.ui.notice_form import NoticeForm
from brandpool.ui.pool_filter import PoolFilter
from brandpool.ui.pool_notices import ObjectionForm
from brandpool.ui.pool_page import BOARD, LIST, NOTICES, PoolPage
from brandpool.ui.pool_reading import Due
from tests.services import ladders
from tests.services.ladders import LADDER, order
from tests.ui.conftest import Settle

TODAY = date.today()
LONG_AGO = date(TODAY.year - 3, 1, 5)
LATELY = TODAY - timedelta(days=30)


@pytest.fixture
def staffed(pool: Pool) -> list[str]:
    """Twelve enterprises: four outside, four on the first tier, three on the second, one gone."""
    rows = [
        {
            "name": f"宁波第{n:02d}机械有限公司",
            "street": ("梅墟", "新明", None)[n % 3],
            "industry": ("软件业", "食品制造业")[n % 2],
            "brand_officer": "周敏" if n % 2 else None,
            "established": date(2010, 1, 1),
            "status": "deregistered" if n == 5 else None,
        }
        for n in range(12)
    ]
    with pool.write("载入方案", who="测试员") as session:
        ladders.save(session)
        ids = ladders.enterprises(session, rows)
        journal.insert(session, FormerName, [{"enterprise_id": ids[0], "name": "甬江电器厂"}])
    with pool.write("入库", who="测试员") as session:
        moves = [order(e, "one", LONG_AGO if n < 6 else LATELY) for n, e in enumerate(ids[4:], 4)]
        tiers.move(session, moves, TODAY)
    with pool.write("升级", who="测试员") as session:
        day = LATELY + timedelta(days=1)
        tiers.move(session, [order(e, "two", day) for e in ids[8:11]], TODAY)
        tiers.move(session, [order(ids[11], None, day, exit_reason="wish")], TODAY)
    return ids


@pytest.fixture
def page(staffed: list[str], window: MainWindow, settle: Settle) -> PoolPage:
    page = window.visit("pool")
    assert isinstance(page, PoolPage)
    settle()
    return page


@pytest.fixture
def content(pool: Pool) -> "Content":
    return Content(pool)


class Content:
    """The whole file as one number."""

    def __init__(self, pool: Pool) -> None:
        self._path = pool.path

    def now(self) -> str:
        with sqlite3.connect(self._path) as file:
            text = "\n".join(file.iterdump())
        file.close()
        return hashlib.sha256(text.encode()).hexdigest()


def form(page: QWidget) -> MoveForm:
    (found,) = [f for f in page.findChildren(MoveForm) if f.isVisible()]
    return found


def forms(page: QWidget) -> list[MoveForm]:
    return [f for f in page.findChildren(MoveForm) if f.isVisible()]


def cards(page: PoolPage, tier: str | None) -> list[str]:
    column = next(c for c in page.board.columns if c.tier == tier)
    return [row.name for row in column.list.cards.rows]


def drop(
    page: PoolPage, names: list[str], tier: str | None, target: str | None, *, on_card: bool = False
) -> None:
    """Let cards of one tier fall onto another column, as the mouse would."""
    columns = {c.tier: c.list for c in page.board.columns}
    source, goal = columns[tier], columns[target]
    model = source.cards
    places = [i for i, row in enumerate(model.rows) if row.name in names]
    data = model.mimeData([model.index(place) for place in places])
    place = QPointF(30, 30 if on_card else goal.viewport().height() - 5)
    move, left, none = (
        Qt.DropAction.MoveAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    over = QDragMoveEvent(place.toPoint(), move, data, left, none)
    goal.dragMoveEvent(over)
    assert over.isAccepted() == (tier != target)
    event = QDropEvent(place, move, data, left, none)
    goal.dropEvent(event)


def test_board_list_and_counts_show_the_same_enterprises(page: PoolPage) -> None:
    assert page.state is not None
    counts = {c.tier: len(c.list.cards.rows) for c in page.board.columns}
    assert counts == {None: 5, "one": 4, "two": 3, "three": 0}
    page.turn(LIST)
    assert Counter(row.tier for row in page.list.lines.rows) == Counter(
        {tier: number for tier, number in counts.items() if number}
    )
    for due in Due:
        page.show_only(PoolFilter(due=due))
        shown = int(page.filters.due[due].text().split()[-1])
        assert shown == len(page.shown) == page.list.lines.rowCount()


def test_the_column_says_how_many_of_how_many(page: PoolPage) -> None:
    page.show_only(PoolFilter(street="梅墟"))
    two = next(c for c in page.board.columns if c.tier == "two")
    assert "1/3" in two.title.text()
    assert page.bar.count.text() == "已筛选 4/12"
    page.bar.clear.click()
    assert page.bar.count.text() == "共 12 条"


def test_filters_are_kept_when_switching_a_hundred_times(
    page: PoolPage, window: MainWindow, settle: Settle
) -> None:
    choice = PoolFilter(street="梅墟", industry="软件业", tier="one", text="机械")
    page.show_only(choice)
    names = [row.name for row in page.shown]
    for turn in range(100):
        page.turn((BOARD, LIST, NOTICES)[turn % 3])
        if turn % 10 == 0:
            window.visit("history")
            window.visit("pool")
            settle()
    page.turn(LIST)
    assert page.filters.choice == choice
    assert [row.name for row in page.list.lines.rows] == names
    assert page.filters.street.currentData() == "梅墟"
    assert page.filters.text.text() == "机械"
    assert "已筛选" in page.bar.count.text()


@pytest.mark.parametrize("text", ["甬江", "yjdq", "nbd00", "第00"])
def test_words_find_names_and_former_names_and_pinyin(page: PoolPage, text: str) -> None:
    page.show_only(PoolFilter(text=text))
    found = [row.name for row in page.shown]
    assert found == ([] if text == "yjdq" else ["宁波第00机械有限公司"])


@pytest.mark.parametrize("on_card", [False, True])
def test_a_dropped_card_opens_the_form_and_esc_changes_nothing(
    page: PoolPage, settle: Settle, content: Content, on_card: bool
) -> None:
    before, stood = content.now(), cards(page, "one")
    drop(page, [stood[0]], "one", "two", on_card=on_card)
    assert cards(page, "one") == stood
    settle()
    opened = form(page)
    assert f"{stood[0]}：一级 → 二级" in opened.head.text()
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    settle()
    assert not forms(page)
    assert cards(page, "one") == stood
    assert content.now() == before


def test_esc_asks_before_a_reason_is_thrown_away(
    page: PoolPage, settle: Settle, content: Content, said: list[str]
) -> None:
    before = content.now()
    drop(page, [cards(page, "one")[0]], "one", "two")
    settle()
    opened = form(page)
    QTest.keyClicks(opened.lines["reason"].editor, "abc")
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    assert said == ["这张单子还没有办理。"]
    assert content.now() == before


def test_a_card_dropped_on_its_own_column_is_left_alone(page: PoolPage, settle: Settle) -> None:
    drop(page, [cards(page, "one")[0]], "one", "one")
    settle()
    assert not forms(page)


def test_foreign_data_is_not_taken(page: PoolPage) -> None:
    data = QMimeData()
    data.setText("宁波")
    model = page.board.columns[1].list.cards
    nowhere = QModelIndex()
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, nowhere)


def test_a_move_is_one_step_and_one_undo(
    page: PoolPage, settle: Settle, pool: Pool, window: MainWindow
) -> None:
    names = cards(page, None)[:3]
    drop(page, names, None, "one")
    settle()
    opened = form(page)
    assert opened.confirm_button.text() == "确认变动 3 家"
    opened.lines["reason"].put("评审会决定")
    opened.lines["document_no"].put("甬高新市监〔2026〕9号")
    opened.confirm()
    settle()
    assert set(names) <= set(cards(page, "one"))
    assert {row.name for row in page.chosen()} == set(names)
    with pool.read() as session:
        step = history.next_undo(session)
        assert step is not None
        assert (step.records, step.why) == (3, f"入库：{names[0]} 等 3 家 → 一级")
    window.steps.undo.trigger()
    settle()
    assert not set(names) & set(cards(page, "one"))


def test_without_a_reason_nothing_moves(page: PoolPage, settle: Settle, content: Content) -> None:
    before = content.now()
    drop(page, cards(page, None)[:1], None, "one")
    settle()
    opened = form(page)
    opened.confirm()
    settle()
    assert opened.isVisible()
    assert opened.lines["reason"].remark.text() == "请写明变动理由。"
    assert content.now() == before


def test_the_override_is_asked_for_only_where_needed_and_says_why(
    page: PoolPage, settle: Settle, pool: Pool, staffed: list[str]
) -> None:
    drop(page, ["宁波第07机械有限公司"], "one", "two")
    settle()
    assert form(page).lines["override"].isHidden()
    form(page).close()
    settle()
    drop(page, ["宁波第06机械有限公司"], "one", "three")
    settle()
    opened = form(page)
    assert not opened.lines["override"].isHidden()
    assert "越过了“二级”" in opened.complaint.text()
    assert "没有“营业收入”的年度数据" in opened.complaint.text()
    opened.lines["reason"].put("会议决定")
    opened.confirm()
    assert opened.lines["override"].remark.text() == "请写明为什么照此变动。"
    opened.lines["override"].put("区政府专题会议纪要")
    opened.confirm()
    settle()
    with pool.read() as session:
        last = tiers.history(session, staffed[6], TODAY)[-1]
        assert (last.tier, last.override) == ("three", "区政府专题会议纪要")


def test_leaving_asks_for_the_exit_reason_and_coming_back_keeps_history(
    page: PoolPage, settle: Settle, pool: Pool, staffed: list[str]
) -> None:
    drop(page, ["宁波第08机械有限公司"], "two", None)
    settle()
    opened = form(page)
    assert not opened.exit_reason.isHidden()
    assert "没有选择退出原因" in opened.refusal.text()
    opened.exit_reason.setCurrentIndex(opened.exit_reason.findData("wish"))
    opened.weigh()
    opened.lines["reason"].put("企业申请")
    settle()
    opened.confirm()
    settle()
    assert "宁波第08机械有限公司" in cards(page, None)
    drop(page, ["宁波第11机械有限公司"], None, "one")
    settle()
    form(page).lines["reason"].put("重新申报")
    form(page).confirm()
    settle()
    with pool.read() as session:
        whats = [row.what for row in tiers.history(session, staffed[11], TODAY)]
    assert whats == ["entry", "exit", "reentry"]


@pytest.mark.parametrize("view", [BOARD, LIST])
def test_ctrl_arrows_open_the_form_for_the_selected(
    page: PoolPage, settle: Settle, view: int, staffed: list[str]
) -> None:
    page.turn(view)
    if view == BOARD:
        page.board.choose({staffed[4], staffed[6]})
        target: QWidget = next(c for c in page.board.columns if c.tier == "one").list
    else:
        page.list.choose({staffed[4], staffed[6]})
        target = page.list
    QTest.keyClick(target, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settle()
    opened = form(page)
    assert {o.order.tier for o in opened.weighed} == {"two"}
    assert len(opened.weighed) == 2
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    QTest.keyClick(target, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert {o.order.tier for o in form(page).weighed} == {None}


def test_enter_opens_the_card(page: PoolPage, window: MainWindow, settle: Settle) -> None:
    cards_of_one = next(c for c in page.board.columns if c.tier == "one").list
    cards_of_one.setCurrentIndex(cards_of_one.cards.index(0))
    QTest.keyClick(cards_of_one, Qt.Key.Key_Return)
    settle()
    assert window.current_key() == "enterprises"


def test_arrows_walk_between_columns_and_a_selection_belongs_to_one(page: PoolPage) -> None:
    outside, one = page.board.columns[0].list, page.board.columns[1].list
    outside.selectAll()
    QTest.keyClick(outside, Qt.Key.Key_Right)
    assert one.currentIndex().isValid()
    assert {row.tier for row in page.chosen()} == {"one"}


def test_the_lists_of_what_is_due(page: PoolPage) -> None:
    def names(due: Due) -> list[str]:
        page.show_only(PoolFilter(due=due))
        return [row.name[3:5] for row in page.shown]

    assert names(Due.UP) == ["00", "01", "02", "03", "07", "11"]
    assert names(Due.EXIT) == ["05"]
    assert names(Due.OVERSTAYED) == ["04", "05"]
    assert {"04", "05", "08", "10"} == set(names(Due.REVIEW))


def test_those_who_cannot_be_moved_can_be_taken_off_the_form(
    page: PoolPage, settle: Settle, pool: Pool
) -> None:
    page.turn(LIST)
    page.list.selectAll()
    page._ask_next()
    settle()
    opened = form(page)
    opened.aim.setCurrentIndex(next(i for i in range(9) if opened.aim.itemText(i) == "一级"))
    opened.aim.changed.emit()
    settle()
    assert not opened.confirm_button.isEnabled()
    opened.view.drop_refused.click()
    settle()
    assert opened.confirm_button.isEnabled()
    assert not [one for one in opened.weighed if one.refusals]


def test_the_judgement_says_value_threshold_source_and_gap(
    page: PoolPage, settle: Settle, staffed: list[str]
) -> None:
    page.board.choose({staffed[4]})
    settle()
    told = page.judgement.told
    assert told is not None
    text = page.judgement.text.toPlainText()
    assert told.name == "宁波第04机械有限公司"
    assert "未满足" in text
    assert "有品牌负责人" in text
    assert "现状：未填写" in text
    assert "标准：不少于 2 年" in text
    assert "来源：企业“品牌负责人”" in text
    assert "缺品牌负责人" in text


def test_a_past_day_shows_the_pool_as_it_stood(page: PoolPage, settle: Settle) -> None:
    page.day.put(LONG_AGO + timedelta(days=1))
    page.refresh()
    settle()
    assert Counter(row.tier for row in page.shown) == {None: 10, "one": 2}
    assert page.past.isVisible()


def test_a_notice_is_published_and_its_moves_follow_after_its_end(
    page: PoolPage, settle: Settle, pool: Pool, staffed: list[str]
) -> None:
    page.show_only(PoolFilter(due=Due.UP))
    page.turn(LIST)
    page.list.selectAll()
    page._ask_notice()
    (notice,) = page.findChildren(NoticeForm)
    notice.lines["published"].put(date(2026, 3, 2))
    notice._count()
    assert "2026-03-09" in notice.end.text()
    assert "公示5个工作日届满" in notice.chain.toPlainText()
    notice.publish()
    settle()
    row = page.notices.table.chosen()
    assert row is not None
    assert len(row.waiting) == 6
    page.notices.move_button.click()
    settle()
    opened = form(page)
    assert {o.order.notice_id for o in opened.weighed} == {row.row.id}
    opened.lines["reason"].put("公示期满无异议")
    opened.confirm()
    settle()
    assert not forms(page)
    row = page.notices.table.chosen()
    assert row is not None
    assert not row.waiting


def test_an_unpublished_year_is_marked_provisional(page: PoolPage, settle: Settle) -> None:
    page.turn(LIST)
    page.list.selectAll()
    page._ask_notice()
    (notice,) = page.findChildren(NoticeForm)
    notice.lines["published"].put(date(2099, 9, 28))
    notice._count()
    assert "待核" in notice.end.text()
    notice.close()


def test_another_ladder_has_its_own_columns_and_drops_a_tier_filter_that_it_lacks(
    page: PoolPage, settle: Settle, pool: Pool
) -> None:
    page.show_only(PoolFilter(tier="one", street="梅墟"))
    with pool.write("载入", who="测试员") as session:
        schemes.load_file(session, schemes.shipped_files()[1])
    settle()
    assert page.ladder.count() == 5
    page.ladder.setCurrentIndex(page.ladder.findText("知名商标库"))
    page.ladder.activated.emit(page.ladder.currentIndex())
    settle()
    assert [c.label for c in page.board.columns] == ["梯队外", "入库培育", "重点推荐"]
    assert page.filters.choice == PoolFilter(street="梅墟")


def test_a_notice_opens_on_its_ladder(
    page: PoolPage, settle: Settle, pool: Pool, window: MainWindow, staffed: list[str]
) -> None:
    with pool.write("公示", who="测试员") as session:
        schemes.load_file(session, schemes.shipped_files()[1])
        lines = (Proposal(staffed[0], "renowned_marks_entry"),)
        wanted = NoticeOrder("入库公示", "renowned_marks", LATELY, lines, 5, receives="科室")
        notice = notices.publish(session, wanted)
    window.open_record("public_notice", notice)
    settle()
    row = page.notices.table.chosen()
    assert row is not None
    assert row.row.id == notice
    assert page.ladder.currentText() == "知名商标库"
    row_texts = page.notices.table.rows.shown[0].texts
    assert row_texts[3] == "已期满，待办理"


def test_an_objection_is_noted_under_its_notice(
    page: PoolPage, settle: Settle, pool: Pool, staffed: list[str]
) -> None:
    with pool.write("公示", who="测试员") as session:
        wanted = NoticeOrder("升级公示", LADDER, LATELY, (Proposal(staffed[7], "two"),))
        notices.publish(session, wanted)
    page.turn(NOTICES)
    settle()
    page.notices.object_button.click()
    (noted,) = page.findChildren(ObjectionForm)
    noted.who.setText("某公司")
    noted.save()
    settle()
    assert noted.refusal.text() == "请填写异议人和异议内容。"
    noted.what.setPlainText("商标有争议")
    noted.save()
    settle()
    assert "某公司" in page.notices.objections.text()
    assert "商标有争议" in page.notices.objections.text()


def test_without_a_scheme_in_force_the_page_says_what_to_do(page: PoolPage, settle: Settle) -> None:
    page.day.put(date(2001, 1, 1))
    page.refresh()
    settle()
    assert page.empty.isVisible()
    assert "没有施行中的梯队方案" in page.empty.text()


def test_ten_thousand_cards_cost_no_widgets(page: PoolPage) -> None:
    assert page.state is not None
    column = page.board.columns[1]
    before = len(column.list.findChildren(QWidget))
    column.fill(list(page.state.rows) * 200, 2400)
    column.list.scrollToBottom()
    assert column.list.cards.rowCount() == 2400
    assert len(column.list.findChildren(QWidget)) == before


def test_the_page_opens_in_english(staffed: list[str], window: MainWindow, settle: Settle) -> None:
    i18n.use("en")
    page = PoolPage(window.shell)
    page.show()
    settle()
    assert page.state is not None
    assert len(page.shown) == 12
    page.close()
    page.deleteLater()


def test_the_ladder_in_force_is_offered(page: PoolPage) -> None:
    assert page.ladder.currentData() == (LADDER, "steps@1")
