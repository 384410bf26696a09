"""The four letters of a station (四书): their prose; the facts come from the pool."""

from collections.abc import Callable

from template_sheet import Sheet

Signature = Callable[[Sheet], None]


def letters(signature: Signature) -> dict[str, Callable[[], Sheet]]:
    """The builders of the four templates by file name."""
    return {
        "letter_register.docx": lambda: _register(signature),
        "letter_use.docx": lambda: _use(signature),
        "letter_manage.docx": lambda: _manage(signature),
        "letter_protect.docx": lambda: _protect(signature),
    }


def _begun() -> Sheet:
    sheet = Sheet("{{ title }}")
    sheet.p("Title", "{{ title }}")
    sheet.p("Subtitle", "{{ number }}")
    sheet.p("Salutation", "{{ to }}：")
    return sheet


def _ended(sheet: Sheet, signature: Signature) -> Sheet:
    """Who writes and, on a line of its own, who took it."""
    sheet.p("BodyText", "以上情况根据本站掌握的资料整理，商标的权利状态以商标注册簿为准。")
    signature(sheet)
    sheet.p("BodyText", "签收人：　　　　　　签收日期：　　　年　　月　　日")
    return sheet


def _owners(sheet: Sheet, heading: str) -> None:
    with sheet.when("owners"):
        sheet.p("Heading1", heading)
        sheet.p("BodyText", "下列商标的登记权利人与贵单位名称不一致：")
        sheet.table(
            ("商标", "注册号（类别）", "登记权利人", "建议"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.owner }}", "{{ row.advice }}"),
            "row in owners",
            widths=(2, 3, 4, 6),
        )


def _manage(signature: Signature) -> Sheet:
    sheet = _begun()
    sheet.p("BodyText", "经梳理，截至{{ day }}，贵单位的商标有下列事项需要办理或关注，特此提示。")
    with sheet.when("renewals"):
        sheet.p("Heading1", "续展")
        sheet.p(
            "BodyText",
            "下列商标需要办理续展（{{ renewal_law }}）。期满前未能办理的，可在宽展期内办理；"
            "宽展期满仍未办理的，商标将失去保护。已办理质押的，请同时告知质权人。",
        )
        sheet.table(
            ("商标", "注册号（类别）", "届满日", "宽展期届满日", "目前阶段", "质押"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.due }}", "{{ row.grace_to }}",
             "{{ row.stage }}", "{{ row.pledged }}"),
            "row in renewals",
            widths=(3, 4, 4, 4, 3, 2),
        )  # fmt: skip
    with sheet.when("unused"):
        sheet.p("Heading1", "使用")
        sheet.p(
            "BodyText",
            "下列商标没有足够的使用证据，他人可以申请撤销（{{ unused_law }}）。请按核准的"
            "标志和商品使用商标，并保存带有日期、商标、商品和使用人的合同、发票、包装和广告。",
        )
        sheet.table(
            ("商标", "注册号（类别）", "最近使用证据", "可被申请撤销之日", "缺少证据的年度"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.last_use }}",
             "{{ row.attackable_from }}", "{{ row.gaps }}"),
            "row in unused",
            widths=(3, 4, 4, 4, 5),
        )  # fmt: skip
    _owners(sheet, "名义")
    return _ended(sheet, signature)


def _register(signature: Signature) -> Sheet:
    sheet = _begun()
    sheet.p("BodyText", "为帮助贵单位完善商标布局，根据截至{{ day }}掌握的情况，提出以下注册建议。")
    with sheet.when("none"):
        sheet.p("Heading1", "申请注册")
        sheet.p(
            "BodyText",
            "库中没有贵单位的有效商标或在途申请。商标自核准注册之日起受保护，请就正在使用和"
            "准备使用的品牌，按实际经营的商品和服务尽早申请注册，申请前先作在先权利查询。",
        )
    with sheet.when("classes"):
        sheet.p("Heading1", "类别")
        sheet.p("BodyText", "下列品牌只在部分类别注册，贵单位的其他商标已涉及所缺的类别：")
        sheet.table(
            ("品牌", "已有类别", "建议核对的类别"),
            ("{{ row.mark }}", "{{ row.held }}", "{{ row.lacking }}"),
            "row in classes",
            widths=(3, 5, 5),
        )
    with sheet.when("lost"):
        sheet.p("Heading1", "已失效的商标")
        sheet.p("BodyText", "下列商标已经失效且没有替代的注册，仍在使用的，请尽快重新申请：")
        sheet.table(
            ("商标", "注册号（类别）", "原因"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.why }}"),
            "row in lost",
            widths=(3, 4, 6),
        )
    with sheet.when("markets"):
        sheet.p("Heading1", "境外")
        sheet.p(
            "BodyText",
            "下列出口地没有查到贵单位受保护的商标。可通过马德里体系指定，或向当地单独申请：",
        )
        sheet.table(
            ("出口地", "现状"),
            ("{{ row.market }}", "{{ row.state }}"),
            "row in markets",
            widths=(1, 2),
        )
    _owners(sheet, "名义")
    return _ended(sheet, signature)


def _use(signature: Signature) -> Sheet:
    sheet = _begun()
    sheet.p("BodyText", "为帮助贵单位规范使用商标、积累品牌价值，提出以下指导意见。")
    with sheet.when("evidence"):
        sheet.p("Heading1", "使用证据")
        sheet.p("BodyText", "截至{{ day }}，近三年各商标已留存和缺少使用证据的年度如下：")
        sheet.table(
            ("商标", "注册号（类别）", "已有证据的年度", "缺少证据的年度"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.proved }}", "{{ row.gaps }}"),
            "row in evidence",
            widths=(3, 4, 5, 5),
        )
        sheet.p(
            "BodyText",
            "证据应能同时看出商标、商品、使用人和日期，合同、发票和商品照片能相互对应的最好。",
        )
    with sheet.when("licences"):
        sheet.p("Heading1", "许可")
        sheet.p(
            "BodyText",
            "下列商标正在许可他人使用。许可未经备案的，不得对抗善意第三人；被许可人应在商品上"
            "标明自己的名称和商品产地。",
        )
        sheet.table(
            ("商标", "注册号（类别）", "被许可人", "届满日", "备案号"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.licensee }}", "{{ row.ends }}",
             "{{ row.recorded }}"),
            "row in licences",
            widths=(3, 4, 5, 4, 3),
        )  # fmt: skip
    sheet.p("Heading1", "规范标注")
    sheet.p(
        "BodyText",
        "按核准注册的标志使用，不自行改变；注册标记只用于核定的商品和服务。"
        "{% if ban.article %}不得将“驰名商标”字样用于商品、商品包装或者容器上，"
        "或者用于广告宣传、展览以及其他商业活动（{{ ban.article }}）。{% endif %}",
    )
    return _ended(sheet, signature)


def _protect(signature: Signature) -> Sheet:
    sheet = _begun()
    with sheet.when("seen"):
        sheet.p(
            "BodyText",
            "{{ seen_on }}，我们在贵单位的经营活动中发现使用“驰名商标”字样（{{ where }}）。",
        )
        with sheet.when("ban.article"):
            sheet.p(
                "BodyText",
                "{{ ban.article }}规定，生产、经营者不得将“驰名商标”字样用于商品、商品包装或者"
                "容器上，或者用于广告宣传、展览以及其他商业活动中。违反的，依照"
                "{{ ban.penalty_article }}，由市场监督管理部门责令改正，{{ ban.fine }}。",
            )
        sheet.p(
            "BodyText",
            "请立即停止使用，清理库存包装、网页、宣传册和展示物料，并将整改情况书面告知我们。"
            "驰名的认定只在个案中有效，不是荣誉称号。",
        )
    with sheet.when("attacked"):
        sheet.p("Heading1", "正在被申请撤销或无效的商标")
        sheet.p("BodyText", "请在法定期限内答辩并提交证据，需要时可向我们申请维权援助：")
        sheet.table(
            ("商标", "注册号（类别）", "情况"),
            ("{{ row.mark }}", "{{ row.number }}", "{{ row.why }}"),
            "row in attacked",
            widths=(3, 4, 6),
        )
    return _ended(sheet, signature)
