"""The table of rules of the Madrid System."""

from brandpool.rules.designation import designation_status
from brandpool.rules.fee_basis import fee_basis_date
from brandpool.rules.identifiers import parse_irn
from brandpool.rules.inputs import Input
from brandpool.rules.madrid_dates import (
    add_period,
    central_attack,
    dependency_ends,
    expire,
    ir_date,
    priority_ok,
    renewal,
    subsequent_date,
    transformation_deadline,
)
from brandpool.rules.madrid_fees import fee_application, fee_renewal, fee_subsequent
from brandpool.rules.madrid_refusal import (
    opposition_limit,
    refusal_in_time,
    refusal_limit,
    response_limit,
)
from brandpool.rules.madrid_small_fees import (
    CONTINUED,
    FREE,
    RECORDINGS,
    abandoned_refund,
    classification_fee,
    continued_processing,
    fee_recording,
)
from brandpool.rules.maintenance import maintenance
from brandpool.rules.rule import Output, Rule

IR_DATE = Input("ir_date", "date", "国际注册日", "IR date")
OFFICE_RECEIVED = Input("office_received", "date", "原属局收到日", "received by the Office")
IB_RECEIVED = Input("ib_received", "date", "国际局收到日", "received by the IB")
MISSING = Input("missing_element_received", "date", "缺少要素补齐日", "missing element received")
PARTY = Input("party", "text", "缔约方代码", "party")
PARTIES = Input("parties", "parties", "缔约方", "parties")
NOTIFIED = Input("notified", "date", "国际局通知该局之日", "notified to the Office")
HOLDER = Input("holder_cp", "text", "注册人缔约方", "Contracting Party of the holder")
OFFICE = Input("office", "choice", "按哪个局的工作日", "whose open days", ("IB", "CN"))
CLASSES = Input("classes", "count", "类别数", "classes")
BY_PARTY = Input("classes_by_cp", "counts_by_party", "个别缔约方的类别数", "classes by party")
ON = Input("on", "date", "费率基准日", "day of the tariff")
COLLECTIVE = Input("collective", "bool", "集体或证明商标", "collective or certification mark")
COLOUR = Input("colour", "bool", "彩色图样", "reproduction in colour")
LENGTH = (
    Input("start", "date", "起算日", "start"),
    Input("length", "int", "长度", "length"),
    Input("unit", "choice", "单位", "unit", ("d", "w", "m", "y")),
)
OPPOSITION = (
    Input("opposition_start", "date", "异议期起始日", "opposition period starts"),
    Input("opposition_end", "date", "异议期届满日", "opposition period ends"),
)
FILED = Input("opposition_filed", "date", "异议提出日", "opposition filed")

VALUE = Output("value", "日期", "date")
ROLLED = Output("rolled", "顺延后", "rolled")
BILL = (
    Output("basic", "基本费", "basic fee"),
    Output("supplementary", "附加费", "supplementary fee"),
    Output("parties", "各缔约方", "parties"),
    Output("total", "合计（瑞郎）", "total (CHF)"),
    Output("rows", "明细", "rows"),
    Output("second_part", "第二段单独规费", "second part of individual fees"),
)

MADRID: tuple[Rule, ...] = (
    Rule(
        "madrid.add_period", add_period, "期限加算（不顺延）", "adding a period", "Rule 4(1)-(3)",
        LENGTH, (VALUE,),
    ),
    Rule(
        "madrid.expire", expire, "期限届满（顺延）", "expiry of a period", "Rule 4(1)-(4)",
        (*LENGTH, OFFICE), (Output("raw", "顺延前", "before rolling"), ROLLED),
    ),
    Rule(
        "madrid.ir_date", ir_date, "国际注册日", "date of registration", "Art. 3(4); Rule 15(1)",
        (OFFICE_RECEIVED, IB_RECEIVED, MISSING),
        (VALUE, Output("transmission_limit", "转送期限", "transmission limit")),
    ),
    Rule(
        "madrid.priority_ok", priority_ok, "优先权是否成立", "priority in time",
        "Art. 4(2); Rule 14(2)(i); Paris Art. 4C",
        (Input("priority_date", "date", "优先权日", "priority date"), IR_DATE, OFFICE),
        (Output("value", "成立", "in time"), Output("limit", "期限", "limit")),
    ),
    Rule(
        "madrid.subsequent_date", subsequent_date, "后期指定日", "date of a subsequent designation",
        "Rule 24(6)", (IB_RECEIVED, OFFICE_RECEIVED, MISSING), (VALUE,),
    ),
    Rule(
        "madrid.refusal_limit", refusal_limit, "驳回期限", "refusal period",
        "Art. 5(2)(a), (b); Art. 9sexies(1)(b)", (PARTY, NOTIFIED, HOLDER),
        (
            VALUE,
            ROLLED,
            Output("months", "月数", "months"),
            Output("art_9sexies", "适用第九条之六", "Art. 9sexies applies"),
            Output("late_opposition_possible", "期满后可因异议驳回", "late opposition possible"),
        ),
    ),
    Rule(
        "madrid.refusal_in_time", refusal_in_time, "驳回是否及时", "refusal in time",
        "Art. 5(2); Rule 16, 18(1)(a)(iii)",
        (
            PARTY, NOTIFIED, Input("sent", "date", "驳回发出日", "refusal sent"), HOLDER,
            Input("kind", "choice", "驳回种类", "kind", ("ex_officio", "opposition")),
            Input("rule16_info_sent", "date", "第16条信息发出日", "Rule 16 information sent"),
            *OPPOSITION, FILED,
        ),
        (Output("value", "及时", "in time"), Output("last_day", "最后一日", "last day")),
    ),
    Rule(
        "madrid.opposition_limit", opposition_limit, "异议驳回期限（期满后）",
        "limit for late opposition refusals", "Art. 5(2)(c)(ii); Rule 16(1)(c)",
        (*OPPOSITION, FILED, PARTY, NOTIFIED, HOLDER), (VALUE, ROLLED),
    ),
    Rule(
        "madrid.response_limit", response_limit, "临时驳回答复期限", "answer to a refusal",
        "Rule 17(2)(vii), 17(7)",
        (
            PARTY,
            Input("kind", "choice", "驳回种类", "kind", ("ex_officio", "opposition")),
            Input("start", "date", "起算日", "start"),
            Input("printed", "date", "通知书载明的期限", "date printed in the notification"),
        ),
        (VALUE, Output("basis", "起算基准", "counted from")),
    ),
    Rule(
        "madrid.dependency_ends", dependency_ends, "依赖期届满", "end of dependency",
        "Art. 6(2), (3)", (IR_DATE,), (VALUE,),
    ),
    Rule(
        "madrid.central_attack", central_attack, "中心打击是否成立", "central attack", "Art. 6(3)",
        (
            IR_DATE,
            Input("effective", "date", "基础商标效力终止日", "basic mark ceased"),
            Input("proceeding_started", "date", "相关程序开始日", "proceeding begun"),
        ),
        (
            Output("value", "及于国际注册", "reaches the registration"),
            Output("dependency_ends", "依赖期届满", "dependency ends"),
        ),
    ),
    Rule(
        "madrid.transformation_deadline", transformation_deadline, "转变期限", "transformation",
        "Art. 9quinquies(i)", (Input("cancelled", "date", "国际注册撤销日", "cancelled"),),
        (VALUE,),
    ),
    Rule(
        "madrid.renewal", renewal, "国际注册续展", "renewal", "Art. 7; Rule 30(1)",
        (
            IR_DATE,
            Input("term", "int", "第几个十年", "which ten years"),
            Input("as_of", "date", "查询日", "as of"),
        ),
        (
            Output("window_opens", "可缴费之日", "window opens"),
            Output("due", "届满日", "due"),
            Output("due_rolled", "届满日（顺延后）", "due, rolled"),
            Output("grace_ends", "宽展期届满", "grace ends"),
            Output("grace_ends_rolled", "宽展期届满（顺延后）", "grace ends, rolled"),
            Output("term", "第几个十年", "which ten years"),
        ),
    ),
    Rule(
        "madrid.fee_basis_date", fee_basis_date, "费率基准日", "day of the tariff", "Rule 34(7)",
        (
            Input(
                "kind", "choice", "业务种类", "kind",
                ("application", "subsequent", "renewal", "other"),
            ),
            OFFICE_RECEIVED, IB_RECEIVED, Input("paid", "date", "缴费日", "paid"),
            Input("due", "date", "续展届满日", "renewal due"),
        ),
        (VALUE,),
    ),
    Rule(
        "madrid.fee_application", fee_application, "国际注册申请费", "application fees",
        "Schedule 2; Art. 8; Art. 9sexies(1)(b)",
        (
            PARTIES, CLASSES, ON, COLOUR, COLLECTIVE, BY_PARTY,
            Input("origin", "text", "原属国", "Office of origin"),
            Input("ldc", "bool", "来源国为最不发达国家", "least developed country"),
        ),
        BILL,
    ),
    Rule(
        "madrid.fee_subsequent", fee_subsequent, "后期指定费", "subsequent designation fees",
        "Schedule 5", (PARTIES, CLASSES, ON, COLLECTIVE, BY_PARTY, HOLDER), BILL,
    ),
    Rule(
        "madrid.fee_renewal", fee_renewal, "国际注册续展费", "renewal fees", "Schedule 6; Rule 30",
        (
            PARTIES, CLASSES, ON, Input("grace", "bool", "宽展期内", "in grace"), COLLECTIVE,
            BY_PARTY, Input("party_status", "words_by_party", "各缔约方状态", "status by party"),
            COLOUR, HOLDER,
        ),
        (*BILL, Output("surcharge", "宽展附加费", "surcharge")),
    ),
    Rule(
        "madrid.abandoned_refund", abandoned_refund, "视为放弃的退费", "refund on abandonment",
        "Rule 11(5), 24(5)(b)",
        (
            Input("paid", "amount", "已缴金额（瑞郎）", "paid (CHF)"),
            Input("kind", "choice", "业务种类", "kind", ("application", "subsequent")), ON,
        ),
        (Output("value", "退还（瑞郎）", "refund (CHF)"), Output("kept", "扣留", "kept")),
    ),
    Rule(
        "madrid.classification_fee", classification_fee, "分类不规范费", "classification fee",
        "Rule 12(1)(b); Schedule 4",
        (
            Input("terms", "int", "商品服务项数", "terms"),
            Input("grouped", "bool", "已按类分组", "grouped by class"),
            Input("misclassified", "int", "归类错误项数", "misclassified terms"), ON,
        ),
        (Output("value", "应缴（瑞郎）", "due (CHF)"),),
    ),
    Rule(
        "madrid.fee_recording", fee_recording, "变更登记费", "recording fees",
        "Schedule 7; Rule 36",
        (
            Input("kind", "choice", "登记种类", "kind", (*RECORDINGS, *FREE)),
            Input("registrations", "int", "国际注册件数", "registrations"), ON,
        ),
        (Output("value", "应缴（瑞郎）", "due (CHF)"),),
    ),
    Rule(
        "madrid.continued_processing", continued_processing, "继续处理", "continued processing",
        "Rule 5bis",
        (
            Input("missed", "date", "错过的期限届满日", "missed limit"),
            Input("rule", "choice", "该期限的条款", "rule of the limit", CONTINUED),
        ),
        (VALUE, ROLLED, Output("fee", "规费（瑞郎）", "fee (CHF)")),
    ),
    Rule(
        "madrid.maintenance", maintenance, "国内维护义务", "national maintenance duties",
        "US §71; PH DAU; MX; KH; MZ; CV DIU",
        (
            PARTY,
            Input("us_registration", "date", "美国注册日", "US registration date"),
            Input("base", "date", "起算日（国际注册、后期指定或给予保护日）", "base"),
            IR_DATE,
            Input("grant", "date", "给予保护（核准）日", "grant"),
            Input("registration", "date", "注册日", "registration"),
            Input("renewal", "date", "续展日", "renewal"),
            Input("gazette", "date", "续展公告日", "renewal published"),
            Input("cycle", "int", "第几个周期", "cycle"),
            Input("mid", "bool", "续展后第五年的一次", "mid-renewal"),
        ),
        (
            Output("required", "需提交", "required"),
            Output("opens", "可提交之日", "opens"),
            Output("due", "截止日", "due"),
            Output("grace_ends", "宽限期届满", "grace ends"),
            Output("extended", "延期届满", "extended"),
            Output("duty", "哪一次", "which"),
        ),
    ),
    Rule(
        "madrid.parse_irn", parse_irn, "国际注册号", "IR number", "Adm. Instr. s. 16",
        (Input("text", "text", "号码", "number"),),
        (
            Output("number", "数字部分", "number"),
            Output("suffix", "字母", "suffix"),
            Output("g_prefix", "带G", "G prefix"),
            Output("r_prefix", "R前缀", "R prefix"),
            Output("key", "识别号", "key"),
        ),
    ),
    Rule(
        "madrid.designation_status", designation_status, "指定的状态", "status of a designation",
        "Art. 4(1)(a), 5; Rule 16-19",
        (
            Input("records", "records", "记录（日期、代码）", "records"),
            Input("today", "date", "查询日", "today"),
            Input("limit", "date", "驳回期限届满日", "refusal limit"),
            PARTY, NOTIFIED, HOLDER, *OPPOSITION,
        ),
        (
            Output("value", "状态", "status"),
            Output("protected", "受保护", "protected"),
            Output("verify", "待核实", "to be verified"),
            Output("remarks", "附注", "remarks"),
            Output("transformable_until", "可转变至", "transformable until"),
        ),
    ),
)  # fmt: skip
