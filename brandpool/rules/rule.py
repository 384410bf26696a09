"""What a rule declares: its function, its labels, its law, its inputs and outputs."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from brandpool.errors import UserError
from brandpool.rules.explained import Explained
from brandpool.rules.inputs import Input
from brandpool.rules.reference import Reference

Function = Callable[..., Explained]


@dataclass(frozen=True)
class Output:
    """One value a rule answers, with its label."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True)
class Rule:
    """One rule: its id, the function that answers it, its labels, its law."""

    id: str
    function: Function
    zh: str
    en: str
    article: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]

    @cached_property
    def _parameters(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.function).parameters

    def default(self, name: str) -> Any:
        """What an input left empty stands for; None where it must be given."""
        given = self._parameters[name].default
        return None if given is inspect.Parameter.empty else given

    def is_required(self, name: str) -> bool:
        """Whether the input must be given."""
        return self._parameters[name].default is inspect.Parameter.empty

    def explain(self, given: Mapping[str, Any], ref: Reference | None = None) -> Explained:
        """The answer with its chain for inputs as a clerk gives them (texts or JSON values).

        Raises UserError naming the input that is unknown, missing or impossible.
        """
        known = {item.name: item for item in self.inputs}
        for name in given:
            if name not in known:
                raise UserError(f"{name}：{self.id} 没有这一项，可用 {'、'.join(known)}")
        arguments = {
            name: known[name].read(value)
            for name, value in given.items()
            if not known[name].is_absent(value)
        }
        for name, item in known.items():
            if name not in arguments and self.is_required(name):
                raise UserError(f"{name}：请填写{item.zh}")
        if "ref" in self._parameters:
            arguments["ref"] = ref
        return self.function(**arguments)

    def as_json(self) -> dict[str, Any]:
        """The rule as `compute --list` shows it."""
        return {
            "id": self.id,
            "zh": self.zh,
            "en": self.en,
            "article": self.article,
            "inputs": [self._input_json(item) for item in self.inputs],
            "outputs": [{"name": out.name, "zh": out.zh, "en": out.en} for out in self.outputs],
        }

    def _input_json(self, item: Input) -> dict[str, Any]:
        described = {"name": item.name, "kind": item.kind, "zh": item.zh, "en": item.en}
        more = {
            "required": self.is_required(item.name),
            "default": self.default(item.name),
            "choices": list(item.choices),
            "one_of": item.one_of,
        }
        return {**described, **more}
