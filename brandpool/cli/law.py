"""The calculator: what is the last day, and why."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption
from brandpool.errors import UserError
from brandpool.rules import catalogue


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("compute")(compute)


def compute(
    rule: Annotated[str | None, typer.Argument(help="规则编号 / rule id")] = None,
    inputs: Annotated[list[str] | None, typer.Argument(help="名称=值 / name=value")] = None,
    batch: Annotated[Path | None, typer.Option(help="JSON 文件，逐条计算")] = None,
    listed: Annotated[bool, typer.Option("--list", help="列出全部规则")] = False,
    json: JsonOption = False,
) -> None:
    """期限与费用计算器。 Compute one rule, a batch, or list the rules."""
    if listed:
        _list(json=json)
    elif batch is not None:
        shared.print_json(catalogue.batch(_cases(batch)))
    elif rule is not None:
        answer = catalogue.compute(rule, _given(inputs or []))
        if json:
            shared.print_json(answer)
        else:
            _tell(answer)
    else:
        raise UserError("请写规则编号，或用 --list 查看全部规则。")


def _list(*, json: bool) -> None:
    rules = catalogue.listing()
    if json:
        shared.print_json(rules)
        return
    rows = [
        [one["id"], one["zh"], "、".join(item["name"] for item in one["inputs"]), one["article"]]
        for one in rules
    ]
    shared.print_table("规则", ["编号", "名称", "输入", "依据"], rows)


def _cases(path: Path) -> list[Any]:
    try:
        cases = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as bad:
        raise UserError(f"{path} 无法读取（{bad}）。应为 JSON 列表。") from bad
    if not isinstance(cases, list):
        raise UserError(f"{path} 应为 JSON 列表，每项含 id、rule、input。")
    return cases


def _given(texts: list[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UserError(f"“{text}”应写成 名称=值。")
        try:
            given[name] = msgspec.json.decode(value) if value[:1] in '[{"' else value
        except msgspec.DecodeError:
            given[name] = value
    return given


def _tell(answer: dict[str, Any]) -> None:
    for key, value in answer.items():
        if key != "chain":
            shared.say(f"{key}: {value}")
    steps = [
        [
            step.get("event"),
            step.get("article"),
            step.get("raw"),
            step.get("rolled"),
            step.get("note"),
        ]
        for step in answer.get("chain", [])
    ]
    shared.print_table("依据", ["事件", "条款", "期满日", "顺延后", "说明"], steps)
