"""The code lists of enterprises and of their yearly figures, with the words real sheets use."""

from brandpool.models.field import Choice

STATUSES = (
    Choice(
        "in_business",
        "在业",
        "In business",
        (
            "存续",
            "在营",
            "开业",
            "正常",
            "在营（开业）",
            "存续（在营、开业、在册）",
            "在册",
            "营业",
        ),
    ),
    Choice("moved_out", "迁出", "Moved out", ("已迁出", "外迁", "迁往市外")),
    Choice("deregistered", "注销", "Deregistered", ("已注销", "企业注销")),
    Choice(
        "revoked",
        "吊销",
        "Licence revoked",
        ("已吊销", "吊销，未注销", "吊销未注销", "吊销，已注销"),
    ),
    Choice("suspended", "歇业", "Suspended", ("停业", "清算")),
)

SIZES = (
    Choice("large", "大型", "Large", ("大", "大型企业", "L")),
    Choice("medium", "中型", "Medium", ("中", "中型企业", "M")),
    Choice("small", "小型", "Small", ("小", "小型企业", "S")),
    Choice("micro", "微型", "Micro", ("微", "微型企业", "XS", "小微企业")),
)

CURRENCIES = (
    Choice("CNY", "人民币", "Renminbi", ("元", "RMB", "人民币元", "￥", "¥")),
    Choice("USD", "美元", "US dollar", ("美金", "US$", "$")),
    Choice("EUR", "欧元", "Euro", ("€",)),
    Choice("HKD", "港元", "Hong Kong dollar", ("港币", "HK$")),
    Choice("JPY", "日元", "Yen", ("日圆",)),
    Choice("GBP", "英镑", "Pound sterling", ("£",)),
    Choice("CHF", "瑞士法郎", "Swiss franc"),
    Choice("TWD", "新台币", "New Taiwan dollar", ("台币",)),
    Choice("SGD", "新加坡元", "Singapore dollar", ("新元",)),
    Choice("AUD", "澳元", "Australian dollar", ("澳大利亚元",)),
    Choice("CAD", "加元", "Canadian dollar", ("加拿大元",)),
    Choice("KRW", "韩元", "Won", ("韩圆",)),
)

MEASURES = (
    Choice(
        "revenue",
        "营业收入",
        "Revenue",
        ("营收", "销售收入", "主营业务收入", "营业总收入", "年销售额", "销售额", "年产值", "产值"),
    ),
    Choice(
        "brand_revenue",
        "品牌产品收入",
        "Brand revenue",
        ("自主品牌收入", "自主品牌产品销售收入", "品牌销售收入"),
    ),
    Choice("exports", "出口额", "Exports", ("出口交货值", "自营出口额", "出口创汇", "进出口额")),
    Choice(
        "tax",
        "纳税额",
        "Tax paid",
        (
            "缴税额",
            "上缴税收",
            "税收",
            "实缴税金",
            "纳税总额",
            "利税",
            "实缴税收",
            "实缴税额",
            "入库税收",
            "税收总额",
        ),
    ),
    Choice("net_profit", "净利润", "Net profit", ("利润", "利润总额")),
    Choice(
        "advertising",
        "广告投入",
        "Advertising",
        ("广告费", "广告宣传费", "品牌宣传投入", "宣传费用"),
    ),
    Choice("market_share", "市场占有率", "Market share", ("市占率", "市场份额", "国内市场占有率")),
    Choice(
        "patents",
        "有效专利数",
        "Patents in force",
        ("专利数", "授权专利数", "专利数量", "有效专利", "发明专利数"),
    ),
    Choice(
        "staff",
        "从业人员",
        "Staff",
        ("员工人数", "职工人数", "从业人数", "人员规模", "职工总数", "参保人数"),
    ),
)

MEASURE_UNITS = {"market_share": "%", "patents": "件", "staff": "人"}
