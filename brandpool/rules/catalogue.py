"""All rules in one table: what the calculator and `compute` offer, ask for and answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from brandpool.errors import UserError
from brandpool.rules.catalogue_cn import CHINESE
from brandpool.rules.catalogue_madrid import MADRID
from brandpool.rules.reference import Reference
from brandpool.rules.rule import Rule


def rules() -> tuple[Rule, ...]:
    """Every rule, Chinese law first, in the order the calculator lists them."""
    return (*CHINESE, *MADRID)


def rule(rule_id: str) -> Rule:
    """The rule of that id; UserError if there is none."""
    for each in rules():
        if each.id == rule_id:
            return each
    raise UserError(f"rule：没有编号为“{rule_id}”的规则，可用 compute --list 查看全部")


def compute(rule_id: str, given: Mapping[str, Any], ref: Reference | None = None) -> dict[str, Any]:
    """One answer as JSON: its values, whether it is provisional, and its chain.

    Raises UserError with a sentence that names the input.
    """
    return rule(rule_id).explain(given, ref).as_json()


def batch(cases: Sequence[Any], ref: Reference | None = None) -> list[dict[str, Any]]:
    """One entry per case {"id", "rule", "input"}: with its result, or with its error."""
    return [_answered(case, ref) for case in cases]


def listing() -> list[dict[str, Any]]:
    """Every rule with its inputs, outputs and article."""
    return [each.as_json() for each in rules()]


def _answered(case: Any, ref: Reference | None) -> dict[str, Any]:
    if not isinstance(case, Mapping):
        return {"id": None, "rule": None, "error": "每一项须为含 id、rule、input 的对象"}
    entry = {"id": case.get("id"), "rule": case.get("rule")}
    given = case.get("input", {})
    if not isinstance(given, Mapping):
        return {**entry, "error": "input：须为名称与值的对照"}
    try:
        return {**entry, "result": compute(str(case.get("rule", "")), given, ref)}
    except UserError as problem:
        return {**entry, "error": str(problem)}
