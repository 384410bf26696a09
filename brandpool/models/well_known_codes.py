"""Code lists of well-known mark protection: routes, verdicts, factors, figures, stages."""

from brandpool.models.field import Choice

ROUTES = (
    Choice(
        "opposition",
        "异议、不予注册复审",
        "Opposition",
        ("异议", "商标异议", "不予注册复审", "异议程序"),
    ),
    Choice("invalidation", "无效宣告", "Invalidation", ("商标无效", "无效", "争议")),
    Choice(
        "administrative", "行政查处", "Administrative enforcement", ("行政", "查处", "投诉查处")
    ),
    Choice("court", "司法", "Court", ("诉讼", "法院", "司法程序", "民事诉讼")),
)

READINESS = (
    Choice("supportable", "可支持", "Supportable", ("材料齐备", "齐备")),
    Choice("gaps", "缺项", "Gaps", ("材料不齐", "有缺项")),
    Choice("not_yet", "未到期", "Not yet", ("时间未满",)),
    Choice("refused", "否决", "Refused", ("不予支持",)),
)

OUTCOMES = (
    Choice("protected", "作为驰名予以保护", "Protected as well-known", ("认定驰名", "确认驰名")),
    Choice("not_protected", "未予驰名保护", "Not protected", ("不予认定", "未认定", "未确认")),
    Choice("not_examined", "未审查驰名事实", "Fame not examined", ("无须认定", "未涉及驰名")),
    Choice("mediated", "调解结案（不涉及驰名）", "Mediated: says nothing of fame", ("调解",)),
    Choice("withdrawn", "撤回", "Withdrawn", ("撤诉", "撤回请求")),
    Choice("returned", "材料退回", "Material returned", ("退回",)),
)

FACTORS = (
    Choice("awareness", "知晓程度", "Awareness", ("公众知晓程度", "市场调查", "行业排名")),
    Choice("use", "使用历史与范围", "Use", ("持续使用", "使用时间", "注册历史")),
    Choice("advertising", "广告宣传", "Advertising", ("宣传", "广告")),
    Choice("protection", "受保护记录", "Protection on record", ("保护记录", "驰名保护")),
    Choice("business", "经营数据", "Business figures", ("审计报告", "纳税证明", "其他因素")),
    Choice("ownership", "权属", "Ownership", ("权利证明", "注册证", "主体资格")),
    Choice("infringement", "侵权事实", "Infringement", ("侵权", "对方商标", "取证")),
    Choice("statement", "请求书与真实性承诺", "Request and statement", ("承诺", "请求书", "声明")),
)

FIGURES = (
    Choice("revenue", "销售收入", "Revenue", ("营业收入", "销售额")),
    Choice("market_share", "市场占有率", "Market share", ("市场份额",)),
    Choice("net_profit", "净利润", "Net profit", ("利润",)),
    Choice("tax", "纳税额", "Tax paid", ("纳税", "上缴税金")),
    Choice("sales_region", "销售区域", "Sales region", ("销售地区", "销售范围")),
)

UNITS = (
    Choice("yuan", "元", "yuan", ("人民币元",)),
    Choice("ten_thousand_yuan", "万元", "10,000 yuan", ("万",)),
    Choice("hundred_million_yuan", "亿元", "100 million yuan", ("亿",)),
    Choice("percent", "%", "%", ("百分比", "％")),
)

STAGES = (
    Choice("request_filed", "提出请求", "Request filed", ("提交请求", "递交申请", "请求")),
    Choice("office_received", "国家局收到", "Received by the office", ("收到申请", "受理申请")),
    Choice("notice_expired", "公告期满", "Notice period over", ("异议期满",)),
    Choice("case_filed", "立案", "Case opened", ("行政立案", "法院立案")),
    Choice("returned", "材料退回", "Material returned", ("退回",)),
    Choice("reported_up", "报送请示", "Reported upward", ("上报", "报送省级")),
    Choice("province_received", "省级收到材料", "Province received", ("省局收到",)),
    Choice("province_reported", "省级报送", "Province passed on", ("省局报送",)),
    Choice("reply", "国家局批复", "Reply", ("批复",)),
    Choice("decided", "作出决定或裁判", "Decided", ("处理决定", "裁定", "判决", "决定")),
    Choice("province_told", "省级收到处罚决定书", "Province got the decision", ("抄报省局",)),
    Choice("decision_filed", "处罚决定报备", "Decision filed", ("报备",)),
    Choice("court_action", "起诉", "Court action", ("提起诉讼",)),
    Choice("appealed", "上诉", "Appealed", ("提起上诉",)),
    Choice("other", "其他", "Other"),
)
