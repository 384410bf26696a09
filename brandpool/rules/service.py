"""When a letter of the office counts as delivered: the first day of every reply period."""

from dataclasses import dataclass
from datetime import date

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.rules.explained import Step
from brandpool.rules.law import in_force
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """How a letter came; exactly one of the ways starts the period.

    received: postmark or hand-over; e_dispatched: sent electronically, with entered_system where
    the day it entered the party's system can be proved; agent_received: the agent's receipt, which
    is the owner's (owner_received is kept for the record); notice_published: served by publication.
    """

    received: date | None = None
    e_dispatched: date | None = None
    entered_system: date | None = None
    agent_received: date | None = None
    owner_received: date | None = None
    notice_published: date | None = None

    def delivered(self, ref: Reference, received_name: str = "received") -> tuple[date, Step]:
        """The day of service and its step (实施条例第十条).

        Raises UserError where no way or more than one is given, or the dates contradict.
        """
        way = self._only_way(received_name)
        regulation = in_force(ref.law["regulation"], getattr(self, way))
        article = regulation["service_article"]
        match way:
            case "agent_received":
                day = self.agent_received
                note = said("委托代理的，送达代理机构视为送达当事人")
            case "e_dispatched":
                return self._electronic(Period.parse(regulation["e_document"]), article)
            case "notice_published":
                assert self.notice_published is not None
                day = add(self.notice_published, Period.parse(regulation["public_service"]))
                note = said(
                    "公告发布于{notice_published}，满{public_service}日",
                    notice_published=self.notice_published,
                    public_service=regulation["public_service"][:-1],
                )
            case "entered_system":
                day, note = self.entered_system, said("以能证明的进入系统日期为准")
            case _:
                day, note = getattr(self, way), said("以收到之日为准")
        assert day is not None
        return day, Step(said("送达"), article, day, note=note)

    def _only_way(self, received_name: str) -> str:
        ways = ["received", "e_dispatched", "agent_received", "notice_published"]
        given = [name for name in ways if getattr(self, name) is not None]
        if not given:
            given = [n for n in ("entered_system", "owner_received") if getattr(self, n)][:1]
        if len(given) == 1:
            return given[0]
        names = [received_name, *ways[1:]]
        if not given:
            raise UserError(f"{'、'.join(names)}：请填写其中一项，作为期限的起算日")
        spelled = "、".join(received_name if name == "received" else name for name in given)
        raise UserError(f"{spelled}：只能填写其中一项，期限只有一个起算日")

    def _electronic(self, wait: Period, article: str) -> tuple[date, Step]:
        assert self.e_dispatched is not None
        if self.entered_system is None:
            day = add(self.e_dispatched, wait)
            note = said(
                "电子文件于{e_dispatched}发出，满{count}日视为送达",
                e_dispatched=self.e_dispatched,
                count=wait.count,
            )
        elif self.entered_system < self.e_dispatched:
            raise UserError("entered_system：进入系统日早于发文日 e_dispatched")
        else:
            day = self.entered_system
            note = said(
                "电子文件于{e_dispatched}发出；以能证明的进入系统日期为准",
                e_dispatched=self.e_dispatched,
            )
        return day, Step(said("送达"), article, day, note=note)
