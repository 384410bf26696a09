"""Code lists of marks: status buckets with the office's words for them, events, letters, types."""

import json
from collections.abc import Mapping

from brandpool.models.field import Choice
from brandpool.paths import resources

_BUCKETS: Mapping[str, tuple[str, str]] = {
    "申请中": ("applied", "Applied for"),
    "初审公告": ("published", "Preliminarily published"),
    "异议中": ("opposed", "Opposed"),
    "驳回/复审中": ("refused", "Refused or under review"),
    "已注册": ("registered", "Registered"),
    "续展期内": ("renewable", "In the renewal window"),
    "宽展期": ("grace", "In grace"),
    "撤销/无效程序中": ("attacked", "Cancellation or invalidation pending"),
    "已失效": ("dead", "No longer in force"),
    "其他待核": ("unclear", "To be verified"),
}


def _words() -> Mapping[str, str]:
    path = resources() / "reference" / "status_words.json"
    words: Mapping[str, str] = json.loads(path.read_text("utf-8"))["words"]
    return words


STATUS_WORDS: Mapping[str, str] = {word: _BUCKETS[zh][0] for word, zh in _words().items()}
"""The office's flow words and the bucket each belongs to, as a code of STATUSES."""

STATUSES = tuple(
    Choice(code, zh, en, tuple(word for word, bucket in STATUS_WORDS.items() if bucket == code))
    for zh, (code, en) in _BUCKETS.items()
)
STATUS_OF_ZH: Mapping[str, str] = {choice.zh: choice.code for choice in STATUSES}

MARK_TYPES = (
    Choice("ordinary", "一般", "Ordinary", ("一般商标", "普通商标", "普通")),
    Choice("collective", "集体", "Collective", ("集体商标",)),
    Choice("certification", "证明", "Certification", ("证明商标", "地理标志证明商标")),
    Choice("special", "特殊", "Special", ("特殊商标", "特殊标志")),
)

MARK_FORMS = (
    Choice("word", "文字", "Word", ("0", "文字商标", "普通文字")),
    Choice("device", "图形", "Device", ("1", "图案", "图形商标")),
    Choice("combined", "图文组合", "Combined", ("2", "复合", "组合", "组合商标", "文字及图")),
    Choice("three_dimensional", "三维标志", "Three-dimensional", ("立体", "立体商标")),
    Choice("colours", "颜色组合", "Colours", ("颜色组合商标",)),
    Choice("sound", "声音", "Sound", ("声音商标",)),
)

EVENTS = (
    Choice("filed", "提出申请", "Filed", ("商标注册申请", "申请收文")),
    Choice("preliminary_publication", "初步审定公告", "Preliminary publication", ("初审公告",)),
    Choice("opposition", "被提异议", "Opposition filed", ("商标异议申请", "异议申请")),
    Choice("opposition_decided", "异议决定", "Opposition decided", ("异议裁定",)),
    Choice("refusal", "驳回", "Refusal", ("驳回通知", "驳回通知发文")),
    Choice("partial_refusal", "部分驳回", "Partial refusal", ("部分驳回通知",)),
    Choice("review_filed", "申请复审", "Review filed", ("驳回复审", "申请驳回复审")),
    Choice("review_decided", "复审决定", "Review decided", ("驳回复审决定",)),
    Choice("registration", "核准注册", "Registration", ("注册公告", "商标已注册")),
    Choice("renewal_filed", "提交续展", "Renewal filed", ("续展申请", "商标续展")),
    Choice("renewal_granted", "核准续展", "Renewal granted", ("续展核准", "续展公告")),
    Choice("non_use_filed", "被申请撤三", "Non-use cancellation filed", ("撤三申请",)),
    Choice("non_use_decided", "撤三决定", "Non-use cancellation decided", ("撤销决定",)),
    Choice("invalidation_filed", "被请求无效宣告", "Invalidation filed", ("无效宣告申请",)),
    Choice("invalidation_decided", "无效宣告裁定", "Invalidation decided", ("无效宣告",)),
    Choice("court_action", "提起诉讼", "Court action", ("起诉", "行政诉讼")),
    Choice("transfer", "转让", "Transfer", ("转让核准", "商标转让")),
    Choice("name_change", "变更名义地址", "Change of name or address", ("变更", "商标变更")),
    Choice("licence", "许可备案", "Licence recorded", ("使用许可备案",)),
    Choice("pledge", "质权登记", "Pledge recorded", ("质押登记",)),
    Choice("freeze", "冻结", "Frozen by a court", ("查封",)),
    Choice("cancelled", "注销", "Cancelled", ("商标注销", "注销公告")),
    Choice("letter", "收到来文", "Letter received", ("来文", "通知书")),
    Choice("other", "其他", "Other"),
)

OUTCOMES = (
    Choice("kept", "商标维持", "Mark kept", ("维持", "不成立", "准予注册", "核准", "不予撤销")),
    Choice("partly_lost", "部分丧失", "Partly lost", ("部分成立", "部分撤销", "部分驳回")),
    Choice("lost", "商标丧失", "Mark lost", ("成立", "不予注册", "撤销", "宣告无效", "驳回")),
    Choice("withdrawn", "撤回", "Withdrawn", ("撤案",)),
)

LETTERS = (
    Choice("refusal_review", "驳回通知书", "Refusal"),
    Choice("partial_refusal_division", "部分驳回通知书（分割）", "Partial refusal (division)"),
    Choice("correction", "补正通知书", "Correction notice"),
    Choice("examination_opinion", "审查意见书", "Examiner's opinion"),
    Choice("opposition_answer", "异议答辩通知书", "Opposition: answer"),
    Choice("further_evidence", "补充证据通知", "Further evidence"),
    Choice("non_registration_review", "不予注册决定书", "Non-registration"),
    Choice("cancellation_review", "撤销决定书", "Cancellation"),
    Choice("lawsuit", "复审决定、无效裁定", "Decision open to court action"),
    Choice("non_use_answer", "提供使用证据通知书", "Non-use: evidence"),
    Choice("madrid_correction", "马德里申请补正通知", "Madrid: correction"),
    Choice("madrid_payment", "马德里申请缴费通知", "Madrid: payment"),
)
"""Letters that start a period; the codes are those of the law's data, which knows the period."""

DELIVERIES = (
    Choice("paper", "纸质邮寄或直接递交", "Post or by hand", ("纸质", "邮寄", "直接送达")),
    Choice("electronic", "电子送达", "Electronic", ("电子", "电子文件")),
    Choice("publication", "公告送达", "By publication", ("公告",)),
)
RECIPIENTS = (
    Choice("owner", "本人", "Owner", ("企业", "申请人")),
    Choice("agent", "代理机构", "Agent", ("代理", "代理人")),
)
