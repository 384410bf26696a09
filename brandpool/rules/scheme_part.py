"""One object of a scheme file, read key by key, with its place for every message."""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.scheme import Plain, Words

_MISSING = object()


class Part:
    """An object of the file; `done` refuses the keys that nobody read, so that no typo is lost."""

    def __init__(self, data: Any, place: str) -> None:
        self.place = place
        if not isinstance(data, dict):
            raise self.wrong("", _("这里应是用花括号括起来的一组项目"))
        self._data = data
        self._read: set[str] = set()

    def wrong(self, key: str, what: str) -> UserError:
        """The error that says where in the file, and what."""
        where = f"{self.place}.{key}" if key and self.place else key or self.place
        return UserError(_("方案内容有误，{where}：{what}。").format(where=where, what=what))

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self._data.get(key) is not None

    def raw(self, key: str, default: Any = _MISSING) -> Any:
        """The value as JSON has it."""
        self._read.add(key)
        value = self._data.get(key)
        if value is not None:
            return value
        if default is _MISSING:
            raise self.wrong(key, _("缺少这一项"))
        return default

    def text(self, key: str, default: Any = _MISSING) -> str:
        """A text that is not blank, unless there is a default."""
        value = self.raw(key, default)
        if not isinstance(value, str) or (default is _MISSING and not value.strip()):
            raise self.wrong(key, _("应填写文字"))
        return value

    def number(self, key: str, default: Any = _MISSING, least: int = 0) -> Any:
        """A whole number, not below `least`."""
        value = self.raw(key, default)
        if value is default:
            return value
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.wrong(key, _("应为不小于 {least} 的整数").format(least=least))
        return value

    def flag(self, key: str) -> bool:
        """A yes or no, no by default."""
        value = self.raw(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, _("应为 true 或 false"))
        return value

    def day(self, key: str, default: Any = _MISSING) -> Any:
        """A date as 2026-01-31."""
        value = self.raw(key, default)
        if value is default:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(key, _("日期应写成 2026-01-31 的样子")) from None

    def word(self, key: str, known: Collection[str]) -> str:
        """One of some known words."""
        value = self.text(key)
        if value not in known:
            text = _("不认识“{value}”，可用 {known}")
            raise self.wrong(key, text.format(value=value, known="、".join(known)))
        return value

    def words(self) -> Words:
        """The labels zh and en of this object."""
        return Words(self.text("zh"), self.text("en", ""))

    def words_of(self, key: str) -> Words:
        """The labels under a key; empty ones where it is left out."""
        return self.part(key).finished_words() if self.has(key) else Words()

    def finished_words(self) -> Words:
        """The labels of an object that has nothing else."""
        words = self.words()
        self.done()
        return words

    def plain(self, key: str) -> Plain | tuple[Plain, ...]:
        """A text, number or yes/no, or a list of them."""
        value = self.raw(key)
        if isinstance(value, list):
            return tuple(self._single(key, item) for item in value)
        return self._single(key, value)

    def _single(self, key: str, value: Any) -> Plain:
        if isinstance(value, float):
            return Decimal(str(value))
        if isinstance(value, str | int | Decimal):
            return value
        raise self.wrong(key, _("应为文字、数字、true/false，或它们的列表"))

    def part(self, key: str) -> "Part":
        """The object under a key."""
        return Part(self.raw(key), f"{self.place}.{key}" if self.place else key)

    def parts(self, key: str, *, needed: bool = False) -> Iterator["Part"]:
        """The objects of a list under a key."""
        items = self.raw(key, [])
        if not isinstance(items, list) or (needed and not items):
            raise self.wrong(key, _("应为至少有一项的列表") if needed else _("应为列表"))
        for number, item in enumerate(items):
            place = f"{key}[{number + 1}]"
            yield Part(item, f"{self.place}.{place}" if self.place else place)

    def done(self) -> None:
        """Refuse what was not read: a key with a value that the format does not know there."""
        unknown = [key for key in self._data if key not in self._read and self.has(key)]
        if unknown:
            text = _("不认识的项目（{keys}），请核对拼写")
            raise self.wrong("", text.format(keys="、".join(unknown)))
