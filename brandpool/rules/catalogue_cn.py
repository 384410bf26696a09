"""The table of rules of Chinese law and of identifiers."""

from brandpool.rules.cn_mark import (
    mark_validity,
    non_use_risk,
    non_use_window,
    renewal_status,
    unopposed_registration,
)
from brandpool.rules.cn_procedure import non_use_answer, opposition, reply
from brandpool.rules.complaints import (
    clue_check,
    complaint_acceptance,
    complaint_mediation,
    reporter_told,
)
from brandpool.rules.identifiers import credit_code, trademark_number
from brandpool.rules.inputs import Input
from brandpool.rules.invalidation import invalidation_limit
from brandpool.rules.masks import mask
from brandpool.rules.nice import nice_edition
from brandpool.rules.notice import public_notice
from brandpool.rules.rule import Output, Rule
from brandpool.rules.well_known import (
    law_in_force,
    wellknown_act_on_reply,
    wellknown_duration,
    wellknown_file_decision,
    wellknown_province_review,
    wellknown_report_up,
)
from brandpool.rules.well_known_wording import wording_ban

REGISTRATION = Input("registration_date", "date", "核准注册日", "registration date")
PUBLICATION = Input("preliminary_publication", "date", "初步审定公告日", "preliminary publication")
AS_OF = Input("as_of", "date", "查询日", "as of")
RENEWALS = Input("renewals", "int", "已续展次数", "times renewed")
LAW = Input("law", "choice", "适用的商标法版本", "version of the Trademark Law", ("2019", "2026"))
SERVICE = (
    Input("e_dispatched", "date", "电子发文日", "sent electronically", one_of="service"),
    Input("entered_system", "date", "可证明的进入系统日", "entered the system (proved)"),
    Input("agent_received", "date", "代理机构收到日", "agent received", one_of="service"),
    Input("owner_received", "date", "本人收到日（有代理的不起算）", "owner received"),
    Input("notice_published", "date", "公告送达的公告日", "service published", one_of="service"),
)
LETTERS = (
    "refusal_review", "partial_refusal_division", "correction", "examination_opinion",
    "opposition_answer", "further_evidence", "non_registration_review", "cancellation_review",
    "lawsuit", "non_use_answer", "madrid_correction", "madrid_payment",
)  # fmt: skip
GROUNDS = ("相对理由", "绝对理由", "恶意注册驰名商标")
ROUTES = ("异议(对方申请日)", "无效宣告(争议商标申请日)", "行政查处(请求日)", "司法(侵权行为日)")
MASK_KINDS = (
    "姓名", "手机", "座机", "电话", "身份证", "邮箱", "地址", "银行卡", "微信",
    "护照", "统一社会信用代码",
)  # fmt: skip

VALID_TO = Output("valid_to", "专用权届满日", "valid to")
TERM = (
    VALID_TO,
    Output("renewal_opens", "续展申请期开始", "renewal opens"),
    Output("grace_to", "宽展期届满日", "grace ends"),
    Output("next_term_starts", "下一届起始日", "next term starts"),
)
DUE = Output("due", "截止日", "due")
WORK_BY = Output("work_by", "最迟工作日", "work by")
DELIVERED = Output("deemed_delivered", "视为送达日", "deemed delivered")
PERIOD_END = Output("period_end", "期限届满日（顺延前）", "period end before rolling")

CHINESE: tuple[Rule, ...] = (
    Rule(
        "cn.mark_validity", mark_validity, "有效期、续展期与宽展期", "term, renewal and grace",
        "商标法第三十九、四十条（2026：第四十三、四十四条）；实施条例第十二条",
        (REGISTRATION, RENEWALS), TERM,
    ),
    Rule(
        "cn.renewal_status", renewal_status, "续展所处阶段", "renewal status",
        "商标法第四十条（2026：第四十四条）",
        (REGISTRATION, AS_OF, Input("renewed", "bool", "本届已续展", "already renewed"), RENEWALS),
        (Output("renewal_status", "续展阶段", "renewal status"), *TERM),
    ),
    Rule(
        "cn.opposition", opposition, "异议期", "opposition period",
        "商标法第三十三条（2026：第三十六条）；实施条例第十二条",
        (PUBLICATION, LAW),
        (
            PERIOD_END,
            Output("last_filing_day", "最后递交日", "last filing day"),
            Output("registration_date_if_unopposed", "无异议时的注册日", "registered if unopposed"),
            Output("end_if_3_months", "按三个月届满", "end if three months"),
            Output("end_if_2_months", "按二个月届满", "end if two months"),
            Output("alert_on", "预警日（较早者）", "alert on the earlier day"),
            Output("flag", "标记", "flag"),
            Output("alert_on_earlier", "按较早日预警", "alert on the earlier"),
        ),
    ),
    Rule(
        "cn.unopposed_registration", unopposed_registration, "无异议的注册日与专用期",
        "registration of an unopposed mark", "商标法第三十三、三十九条（2026：第三十六、四十三条）",
        (PUBLICATION, LAW), (Output("registration_date", "核准注册日", "registration date"), *TERM),
    ),
    Rule(
        "cn.non_use_risk", non_use_risk, "撤三可被提起日", "open to non-use cancellation",
        "商标法第四十九条（2026：第五十七条）；实施条例第六十六条",
        (
            Input("registration_published", "date", "注册公告日", "registration published"),
            Input("last_dated_use", "date", "最近一次有日期的使用", "last dated use"),
            AS_OF,
        ),
        (
            Output("attackable_from", "可被申请撤销之日", "attackable from"),
            Output("attackable", "已可被撤", "attackable now"),
            Output("days_left", "剩余天数", "days left"),
        ),
    ),
    Rule(
        "cn.non_use_answer", non_use_answer, "撤三答辩举证期", "answer to a non-use request",
        "实施条例第十、十二、六十六条",
        (
            Input("notice_received", "date", "收到通知日", "notice received", one_of="service"),
            Input("received", "date", "收到日（同上）", "received (the same)", one_of="service"),
            *SERVICE,
        ),
        (DELIVERED, PERIOD_END, DUE),
    ),
    Rule(
        "cn.non_use_window", non_use_window, "撤三使用证据所属期间", "years evidence must cover",
        "商标法第四十九条；实施条例第六十六、六十七条",
        (Input("cancellation_applied", "date", "申请撤销日", "cancellation applied for"),),
        (Output("window_from", "起", "from"), Output("window_to", "止", "to")),
    ),
    Rule(
        "cn.invalidation_limit", invalidation_limit, "无效宣告的期限", "limit for invalidation",
        "商标法第四十四、四十五条（2026：第五十、五十一条）",
        (
            REGISTRATION,
            Input("ground", "choice", "理由（条号或文字）", "ground (article or words)", GROUNDS),
            Input("bad_faith", "bool", "恶意注册", "bad faith"),
            Input("well_known", "bool", "请求人商标驰名", "well-known mark"),
            LAW,
        ),
        (
            Output("time_limit", "期限（空为无期限）", "time limit, none if empty"),
            PERIOD_END,
            Output("last_filing_day", "最后递交日", "last filing day"),
        ),
    ),
    Rule(
        "cn.reply", reply, "收文后的答复、复审、起诉期限", "answering a letter",
        "实施条例第十、十二条",
        (
            Input("received", "date", "收到日", "received", one_of="service"),
            Input("letter", "choice", "来文种类", "kind of letter", LETTERS, one_of="length"),
            Input("days", "int", "期限（日）", "days", one_of="length"),
            Input("months", "int", "期限（月）", "months", one_of="length"),
            *SERVICE,
        ),
        (DELIVERED, PERIOD_END, DUE),
    ),
    Rule(
        "cn.complaint_acceptance", complaint_acceptance, "投诉受理时限", "accepting a complaint",
        "市场监管总局令第20号；2026-04-15起第121号",
        (Input("received", "date", "收到投诉日", "complaint received"),), (DUE,),
    ),
    Rule(
        "cn.complaint_mediation", complaint_mediation, "投诉调解期限", "mediating a complaint",
        "令第20号（45个工作日）；2026-04-15起令第121号第二十三条（60日）",
        (Input("accepted", "date", "受理日", "accepted"),),
        (Output("terminate_mediation_on", "终止调解日", "terminate mediation on"), WORK_BY),
    ),
    Rule(
        "cn.clue_check", clue_check, "违法线索核查时限", "checking a clue",
        "市场监管总局令第20号；2026-04-15起第121号",
        (Input("found", "date", "发现线索日", "found"),),
        (DUE, Output("extendable_to", "可延长至", "extendable to")),
    ),
    Rule(
        "cn.reporter_told", reporter_told, "实名举报告知时限", "telling a reporter",
        "市场监管总局令第20号；2026-04-15起第121号",
        (Input("filing_decision", "date", "立案与否的决定日", "decision on opening a case"),),
        (DUE,),
    ),
    Rule(
        "cn.wellknown_report_up", wellknown_report_up, "驰名：立案后报送", "well-known: report up",
        "驰名商标认定和保护规定第十一条",
        (Input("case_filed", "date", "立案日", "case opened"),), (DUE, WORK_BY),
    ),
    Rule(
        "cn.wellknown_province_review", wellknown_province_review, "驰名：省级审查报送",
        "well-known: province review", "驰名商标认定和保护规定第十二条",
        (Input("received", "date", "省级收到日", "province received"),), (DUE, WORK_BY),
    ),
    Rule(
        "cn.wellknown_act_on_reply", wellknown_act_on_reply, "驰名：批复后处理",
        "well-known: acting on the reply", "驰名商标认定和保护规定第十四条",
        (Input("reply_date", "date", "批复日", "reply"),), (DUE, WORK_BY),
    ),
    Rule(
        "cn.wellknown_file_decision", wellknown_file_decision, "驰名：处罚决定报备",
        "well-known: filing the decision", "驰名商标认定和保护规定第十四条",
        (Input("province_received", "date", "省级收到处罚决定日", "province received"),),
        (DUE, WORK_BY),
    ),
    Rule(
        "cn.wellknown_wording", wording_ban, "驰名：宣传用语", "well-known: advertising ban",
        "商标法2019第十四条、第五十三条；商标法2026第六十四条",
        (Input("on", "date", "发现日", "day of finding"),),
        (
            Output("banned", "禁止使用", "forbidden"),
            Output("law", "法律版本", "law"),
            Output("article", "禁止条款", "article"),
            Output("penalty_article", "罚则条款", "penalty article"),
            Output("fine_least", "罚款下限（元）", "least fine (yuan)"),
            Output("fine_most", "罚款上限（元）", "most fine (yuan)"),
            Output("fine", "罚款", "fine"),
        ),
    ),
    Rule(
        "cn.wellknown_duration", wellknown_duration, "驰名：持续时间", "well-known: duration",
        "驰名商标认定和保护规定第九条",
        (
            Input("anchor_date", "date", "基准日", "anchor date"),
            Input("registered_on", "date", "注册日", "registered on"),
            Input("first_use", "date", "首次使用日", "first use"),
            Input("route", "choice", "途径", "route", ROUTES),
        ),
        (
            Output("duration_ok", "时间已满", "long enough"),
            Output("by", "依据", "by"),
            Output("earliest_ok", "最早满足日", "earliest day"),
        ),
    ),
    Rule(
        "cn.law_in_force", law_in_force, "适用的商标法版本", "law in force",
        "商标法2019；商标法2026（2027-01-01起施行）",
        (Input("event_date", "date", "事件日期", "date of the event"),),
        (
            Output("law", "法律版本", "law"),
            Output("in_force_from", "施行日", "in force from"),
            Output("wkm_term", "驰名用语", "verb for well-known marks"),
            Output("wkm_articles", "驰名条款", "articles on well-known marks"),
        ),
    ),
    Rule(
        "cn.public_notice", public_notice, "公示期", "public notice", "公示通知载明的期限",
        (
            Input("published", "date", "公示发布日", "published"),
            Input("n", "int", "天数", "days"),
            Input("count_first", "bool", "发布当日计入", "count the first day"),
            Input("working_days", "bool", "按工作日", "working days"),
        ),
        (Output("start", "起", "from"), Output("end", "止", "to")),
    ),
    Rule(
        "cn.nice_edition", nice_edition, "尼斯分类版本", "Nice edition",
        "国家知识产权局关于启用尼斯分类新版本的通知",
        (Input("filing_date", "date", "申请日", "filing date"),),
        (
            Output("edition", "版本", "edition"),
            Output("in_force_from", "启用日", "in force from"),
            Output("spectacles_class", "眼镜所在类", "class of spectacles"),
        ),
    ),
    Rule(
        "id.credit_code", credit_code, "统一社会信用代码", "credit code", "GB 32100-2015；GB 11714",
        (Input("uscc", "text", "代码", "code"),),
        (
            Output("valid", "校验通过", "valid"),
            Output("normalized", "规范写法", "normalized"),
            Output("kind", "种类", "kind"),
            Output("reason", "原因", "reason"),
            Output("suggestion", "可能应为", "probably meant"),
            Output("category", "机构类别", "category"),
            Output("department", "登记管理部门", "department"),
            Output("synthetic", "测试用代码", "made-up code"),
        ),
    ),
    Rule(
        "id.trademark_number", trademark_number, "商标注册号", "trademark number", "商标号格式",
        (Input("raw", "text", "号码", "number"),),
        (
            Output("valid", "写法正确", "valid"),
            Output("normalized", "规范写法", "normalized"),
            Output("kind", "种类", "kind"),
            Output("warning", "提示", "warning"),
            Output("reason", "原因", "reason"),
        ),
    ),
    Rule(
        "privacy.mask", mask, "脱敏", "masking", "个人信息保护法第六、五十一条",
        (
            Input("kind", "choice", "种类", "kind", MASK_KINDS),
            Input("raw", "text", "原文", "text"),
        ),
        (Output("masked", "脱敏后", "masked"),),
    ),
)  # fmt: skip
