"""What in a free text looks like the content of a trade secret: a warning, never a verdict."""

import re

_WORDS = (
    "配方", "配比", "工艺参数", "工艺流程", "源代码", "源程序", "图纸", "技术参数", "客户名单",
    "供应商名单",
    "报价", "底价", "成本价", "进价", "标底", "密码", "口令", "算法", "实验数据", "设计方案",
)  # fmt: skip
_MEASURED = re.compile(r"\d+(?:\.\d+)?\s*(?:℃|°C|%|％|MPa|kPa|mg|ml|mL|mm|μm|nm|转/分|rpm|元/)")


def telling(text: str) -> tuple[str, ...]:
    """The words and measured values of a text that may tell a secret; empty where nothing does.

    反不正当竞争法 protects technical and commercial information that is not public; a ledger of
    the sites where it is kept has no use for it.
    """
    words = [word for word in _WORDS if word in text]
    return (*words, *(found.group() for found in _MEASURED.finditer(text)))
