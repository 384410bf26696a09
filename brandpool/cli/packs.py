"""The pack commands: out, open, home, merge, receipt, inspect."""

import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from brandpool import settings
from brandpool.cli import records as record_commands
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.db.attachments import Attachments
from brandpool.db.merge import ALREADY, CHANGED, CONFLICT, GONE, NEW
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import backups, pack_home, pack_key, pack_out, pack_receipt, packs
from brandpool.exchange.pack_home import Foreseen
from brandpool.exchange.pack_out import Order
from brandpool.exchange.packs import Maker, Opened
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.services import pack_contents
from brandpool.services import packs as register
from brandpool.services.records import Query

VARIABLE = "BRANDPOOL_PASSPHRASE"
_WEEKS_OUT = timedelta(days=14)
_WORDS = {NEW: "新增", CHANGED: "修改", CONFLICT: "冲突", GONE: "删除", ALREADY: "已在库中"}
_SORTS = {"out": "带出的外勤包", "home": "带回的外勤包", "receipt": "回执"}

FileArgument = Annotated[Path, typer.Argument(help="外勤包文件 / the pack")]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        help=f"口令在这个文件的第一行（也可用环境变量 {VARIABLE}，否则询问）/ its first line",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    group = typer.Typer(no_args_is_help=True, help="外勤包：带出、打开、带回、合并、回执。")
    group.command("out")(take_out)
    group.command("open")(open_pack)
    group.command("home")(bring_home)
    group.command("merge")(merge)
    group.command("receipt")(give_receipt)
    group.command("inspect")(inspect)
    app.add_typer(group, name="pack")


def take_out(
    enterprises: Annotated[
        list[str] | None, typer.Argument(help="企业名称、代码或拼音，可多个")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="FIELD=VALUE 或 FIELD~片段，可重复")
    ] = None,
    made_for: Annotated[str, typer.Option("--for", help="领用人（默认：操作人）")] = "",
    until: Annotated[str | None, typer.Option(help="归还期限 YYYY-MM-DD（默认两周）")] = None,
    purpose: Annotated[str, typer.Option(help="用途")] = "",
    personal: Annotated[bool, typer.Option("--personal", help="带上联系人和电话")] = False,
    originals: Annotated[bool, typer.Option("--originals", help="带上附件原件")] = False,
    estimate: Annotated[bool, typer.Option("--estimate", help="只估算大小，不制作")] = False,
    out: Annotated[Path | None, typer.Option(help="写成这个文件")] = None,
    passphrase_file: PassphraseOption = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """制作外勤包：选中的企业，加密成一个文件。 Take enterprises out in one sealed file."""
    maker = _maker(who)
    chosen = _chosen(enterprises or [], where or [], pool)
    opened = shared.open_pool(pool)
    if estimate:
        with opened.read() as session:
            files = Attachments(opened.path)
            told = pack_contents.estimate(session, files, chosen, originals=originals)
        _answer(told, f"约 {_megabytes(told.size)}，{told.enterprises} 家企业。", json=json)
        return
    today = date.today()
    day = shared.day_of(until) if until else today + _WEEKS_OUT
    order = Order(
        tuple(chosen), made_for or maker.who, day,
        purpose=purpose, personal=personal, originals=originals,
    )  # fmt: skip
    target = out or opened.path.with_name(f"外勤包_{order.made_for}_{today:%Y%m%d}{packs.SUFFIX}")
    key = pack_key.new(_passphrase(passphrase_file, twice=True))
    made = pack_out.create(opened, order, target, key, maker, today=today)
    opened.close()
    text = (
        f"已写入 {made.path}：{made.enterprises} 家企业，{made.records} 条记录，"
        f"{made.files} 个附件，{_megabytes(made.size)}，{day} 前归还。"
    )
    missing = f"另有 {len(made.missing)} 个附件文件不在本机。" if made.missing else ""
    _answer(made, text + missing, json=json)


def open_pack(
    file: FileArgument,
    target: Annotated[Path, typer.Option("--as", help="新建的外勤副本文件 / the new pool")],
    passphrase_file: PassphraseOption = None,
    json: JsonOption = False,
) -> None:
    """在外勤电脑上打开外勤包，新建外勤副本。 Make a laptop's pool from a pack."""
    opened = packs.unlock(file, _passphrase(passphrase_file))
    made = pack_out.open_as(opened, target, today=date.today())
    made.close()
    told = {"file": target, "outing": opened.manifest.outing, "until": opened.manifest.expires}
    text = f"已新建外勤副本 {target}，请于 {opened.manifest.expires} 前归还。"
    _answer(told, text, json=json)


def bring_home(
    out: Annotated[Path | None, typer.Option(help="写成这个文件")] = None,
    interim: Annotated[bool, typer.Option("--interim", help="中途交换，还不归还")] = False,
    passphrase_file: PassphraseOption = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """在外勤电脑上：写出要带回的记录和照片。 Write what goes home from a laptop."""
    opened = shared.open_pool(pool)
    maker = _maker(who)
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    target = out or opened.path.with_name(f"带回_{maker.who}_{stamp}{packs.SUFFIX}")
    key = pack_home.unlock_own(opened, _passphrase(passphrase_file))
    told = pack_home.go_home(opened, target, key, maker, finished=not interim)
    opened.close()
    names = "、".join(str(path) for path in told.paths)
    text = f"已写入 {names}：{told.steps} 步操作，{told.files} 个附件。合并后请取回回执。"
    missing = f"另有 {len(told.missing)} 个附件文件不在本机。" if told.missing else ""
    drafts = f"还有 {told.drafts} 份没有写完的走访留在本机，没有带回。" if told.drafts else ""
    _answer(told, text + missing + drafts, json=json)


def merge(
    file: FileArgument,
    preview: Annotated[bool, typer.Option("--preview", help="只预演，不写入")] = False,
    receipt: Annotated[Path | None, typer.Option(help="回执写成这个文件")] = None,
    free: Annotated[
        bool, typer.Option("--free", help="读入回执后移除已确认的原件，保留缩略图")
    ] = False,
    passphrase_file: PassphraseOption = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """合并带回的外勤包并出具回执；在外勤电脑上读入回执。 Merge a pack, or read a receipt."""
    opened = packs.unlock(file, _passphrase(passphrase_file))
    target = shared.open_pool(pool)
    if opened.manifest.sort == "receipt":
        _confirm(target, opened, free=free, json=json)
    elif preview:
        _preview(pack_home.preview(target, opened), json=json)
    else:
        _merge(target, opened, receipt, _maker(who), json=json)
    target.close()


def give_receipt(
    files: Annotated[list[Path], typer.Argument(help="已合并的外勤包，可多卷 / merged packs")],
    out: Annotated[Path | None, typer.Option(help="写成这个文件")] = None,
    passphrase_file: PassphraseOption = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """为已合并的外勤包（再次）出具回执。 Confirm what of merged packs has arrived."""
    passphrase = _passphrase(passphrase_file)
    opened = [packs.unlock(file, passphrase) for file in files]
    target = shared.open_pool(pool)
    path = out or _beside(files[-1])
    steps, number = pack_receipt.receipt(target, opened, path, _maker(who))
    target.close()
    told = {"file": path, "steps": steps, "files": number}
    _answer(told, f"已写入回执 {path}：{steps} 步操作，{number} 个附件。", json=json)


def inspect(
    file: FileArgument, passphrase_file: PassphraseOption = None, json: JsonOption = False
) -> None:
    """查看外勤包的说明，不写入任何内容。 Tell what a pack is; writes nothing."""
    opened = packs.unlock(file, _passphrase(passphrase_file))
    manifest = opened.manifest
    told: dict[str, Any] = {
        name: getattr(manifest, name) for name in manifest.__struct_fields__ if name != "made"
    }
    told["made"] = {name: getattr(manifest.made, name) for name in manifest.made.__struct_fields__}
    told["parts"] = [{"name": p.name, "size": p.size, "sha256": p.sha256} for p in manifest.parts]
    if json:
        shared.print_json(told)
        return
    made = manifest.made
    rows = [
        ("类别", _SORTS[manifest.sort]),
        ("编号", manifest.outing),
        ("制作", f"{made.station} {made.who} {made.at:%Y-%m-%d %H:%M}"),
        ("领用人", manifest.made_for),
        ("归还期限", manifest.expires or ""),
        ("企业", manifest.enterprises or ""),
        ("附件", len(opened.files)),
        ("卷", f"{manifest.volume[0]}/{manifest.volume[1]}"),
        ("库版本", manifest.schema),
    ]
    shared.print_table(file.name, ["项目", "内容"], rows)


def _chosen(words: list[str], where: list[str], pool: Path | None) -> list[str]:
    """The ids of the enterprises that are named or that satisfy the conditions."""
    if not words and not where:
        raise UserError("请写出企业名称，或用 --where 选定企业。")
    found = [record_commands.find_one(Enterprise, word, pool) for word in words]
    if where:
        filters = tuple(record_commands.filter_of(Enterprise, text) for text in where)
        with shared.reading(pool) as session:
            found += [record for record, _name in register.chosen(session, Query(filters))]
    if not found:
        raise UserError("没有符合条件的企业，没有制作外勤包。请放宽条件。")
    return list(dict.fromkeys(found))


def _passphrase(file: Path | None, *, twice: bool = False) -> str:
    """From the file, else the environment, else the person; never from the command line."""
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as bad:
            raise UserError(f"口令文件 {file} 无法读取（{bad}）。请核对位置。") from bad
        return lines[0] if lines else ""
    told = os.environ.get(VARIABLE)
    if told is not None:
        return told
    if not sys.stdin.isatty():
        raise UserError(f"没有口令。请用 --passphrase-file 或环境变量 {VARIABLE} 给出。")
    return str(typer.prompt("口令", hide_input=True, confirmation_prompt=twice))


def _merge(pool: Pool, opened: Opened, receipt: Path | None, maker: Maker, *, json: bool) -> None:
    pack_home.examine(pool, opened)
    backups.restore_point(pool, "merge", settings.load().backup_folder)
    result = pack_home.take_in(pool, opened, maker, today=date.today())
    with pool.read() as session:
        office = register.copy_of(session) is None
    told: dict[str, Any] = {
        "records": result.records, "files_new": result.files_new,
        "files_known": result.files_known, "returned": result.returned, "receipt": None,
    }  # fmt: skip
    lines = [f"附件：新存 {result.files_new} 个，已有 {result.files_known} 个。"]
    if result.records is not None:
        one = result.records
        lines.append(
            f"记录：新增 {one.new}，修改 {one.changed}，删除 {one.gone}，待裁定 {one.conflicts}。"
        )
    if office:
        path = receipt or _beside(opened.path)
        steps, number = pack_receipt.receipt(pool, [opened], path, maker)
        told["receipt"] = {"file": path, "steps": steps, "files": number}
        lines.append(f"回执 {path}，请带回外勤电脑。")
    _answer(told, "\n".join(lines), json=json)


def _confirm(pool: Pool, opened: Opened, *, free: bool, json: bool) -> None:
    news = pack_receipt.confirm(pool, opened)
    files, size = pack_receipt.release(pool) if free else (0, 0)
    told = {
        "steps": news.steps, "files": news.files, "steps_open": news.steps_open,
        "files_open": news.files_open, "freed_files": files, "freed_bytes": size,
    }  # fmt: skip
    text = (
        f"回执确认：{news.steps} 步操作、{news.files} 个附件；"
        f"尚待确认：{news.steps_open} 步、{news.files_open} 个。"
    )
    freed = f"已移除 {files} 个原件，腾出 {_megabytes(size)}。" if free else ""
    _answer(told, text + freed, json=json)


def _preview(told: Foreseen, *, json: bool) -> None:
    if json:
        shared.print_json(told)
        return
    rows: list[tuple[Any, ...]] = []
    for record in told.records.records if told.records else ():
        model = by_kind()[record.kind]
        head = (_WORDS[record.what], model.zh, record.title)
        if not record.fields or record.what == ALREADY:
            rows.append((*head, "", "", "", ""))
        for line in record.fields:
            declared = fields(model)[line.field]
            shown = [declared.shown(value) for value in (line.base, line.office, line.theirs)]
            rows.append((*head, declared.zh, *shown))
    headings = ["结果", "类别", "记录", "项目", "带出时", "库中", "带回"]
    counts = [
        f"{word} {told.records.count(what) if told.records else 0}" for what, word in _WORDS.items()
    ]
    footer = (
        f"{'，'.join(counts)}；附件：新 {told.files_new}，已有 {told.files_known}，"
        f"待其他卷 {told.lacking}。没有写入任何内容。"
    )
    shared.print_table("合并预演", headings, rows[:200], footer)


def _maker(who: str) -> Maker:
    own = settings.load()
    return Maker(who or own.clerk, own.station)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.stem}.回执{datetime.now():%Y%m%d-%H%M%S}{packs.SUFFIX}")


def _answer(told: Any, text: str, *, json: bool) -> None:
    if json:
        shared.print_json(told)
    else:
        shared.say(text)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"
