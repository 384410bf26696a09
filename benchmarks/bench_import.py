"""Import of 30,000 enterprises × 20 columns against its floor, in one run.

Floor: read the sheet with python-calamine, write the same cells with sqlite3's `executemany`.
Ours: find the table, map, check, compare with the pool, write rows and journal, commit.
Each runs in a process of its own; time is its best of three, memory its highest.

    python benchmarks/bench_import.py [rows]
"""

import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ROWS = 30_000
ROUNDS = 3
MOST_RATIO, MOST_MEGABYTES = 3.0, 400.0
HEADINGS = (
    *("企业名称", "统一社会信用代码", "工商注册号", "登记状态", "所属街道", "注册地址", "经营地址"),
    *("所属行业", "企业规模", "成立日期", "注册资本（万元）", "注册资本币种", "法定代表人"),
    *("联系人", "联系电话", "电子邮箱", "品牌负责人", "主要产品", "标签", "备注"),
)
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def main() -> int:
    """Make the file, run both, print the ratio; 1 when a target is missed."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        subprocess.run([sys.executable, __file__, "--list", str(file), str(rows)], check=True)
        runs = [(_measured("floor", file), _measured("ours", file)) for _ in range(ROUNDS)]
    floor = min(run[0]["seconds"] for run in runs)
    ours = min(run[1]["seconds"] for run in runs)
    memory = max(run[1]["megabytes"] for run in runs)
    parts = min((run[1] for run in runs), key=lambda run: run["seconds"])["parts"]
    print(f"{rows:,} rows × {len(HEADINGS)} columns")
    print(f"floor  {floor:6.2f} s  {max(run[0]['megabytes'] for run in runs):5.0f} MB")
    print(f"ours   {ours:6.2f} s  {memory:5.0f} MB   {parts}")
    print(f"ratio  {ours / floor:6.2f}   (at most {MOST_RATIO:g}, {MOST_MEGABYTES:g} MB)")
    return int(ours / floor > MOST_RATIO or memory > MOST_MEGABYTES)


def run_floor(file: Path, folder: Path) -> dict[str, float]:
    """Read and write, nothing else."""
    import python_calamine

    target = sqlite3.connect(folder / "floor.db")
    target.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"c{n}" for n in range(len(HEADINGS)))
    marks = ", ".join("?" * len(HEADINGS))
    target.execute(f"CREATE TABLE list ({columns})")
    start = time.perf_counter()
    sheet = python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
    rows = sheet.to_python()
    read = time.perf_counter()
    cells = [[str(c) if isinstance(c, date) else c for c in row] for row in rows[1:]]
    target.executemany(f"INSERT INTO list VALUES ({marks})", cells)
    target.commit()
    return {"read": read - start, "write": time.perf_counter() - read}


def run_ours(file: Path, folder: Path) -> dict[str, float]:
    """The import as window and command line do it: a dry run, then one step with its journal."""
    from brandpool.db.pool import Pool
    from brandpool.exchange import importing
    from brandpool.models.enterprise import Enterprise

    pool = Pool.create(folder / "ours.brandpool")
    start = time.perf_counter()
    reading = importing.open_file(file, Enterprise)
    opened = time.perf_counter()
    with pool.read() as session:
        planned = importing.dry_run(session, reading)
    compared = time.perf_counter()
    with pool.write(importing.title(reading), who="bench", source="import") as session:
        importing.apply(session, planned, source=file.name)
        applied = time.perf_counter()
    end = time.perf_counter()
    counts = planned.counts()
    assert counts["new"] == len(reading.table.rows), counts
    return {
        "open": opened - start,
        "dry run": compared - opened,
        "apply": applied - compared,
        "journal and commit": end - applied,
    }


def _measured(which: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", which, str(file)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def _child(which: str, file: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        parts = {"floor": run_floor, "ours": run_ours}[which](file, folder)
    finally:
        shutil.rmtree(folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = {name: round(seconds, 2) for name, seconds in parts.items()}
    print(json.dumps({"seconds": sum(parts.values()), "megabytes": memory, "parts": shown}))


def _write_list(path: Path, rows: int) -> None:
    """A list as stations keep them: every row another enterprise, values in mixed spellings."""
    import xlsxwriter

    dice = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": False})
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, HEADINGS)
    for number in range(1, rows + 1):
        for column, cell in enumerate(_row(dice, number)):
            sheet.write(number, column, cell)
    book.close()


def _row(dice: random.Random, number: int) -> list[str | float]:
    name = "".join(dice.choices("甬江鄞奉象宁海慈余姚镇北仑朝阳东方华美德信恒达通源鑫宏盛泰", k=4))
    founded = date(1995, 1, 1) + timedelta(days=dice.randrange(11_000))
    spelled = (founded.isoformat(), f"{founded.year}.{founded.month}.{founded.day}")
    return [
        f"宁波{name}{number}{dice.choice(('机械', '电子', '食品', '服装'))}有限公司",
        _credit_code(number),
        f"33020{number:08d}15",
        dice.choice(("存续", "存续", "注销")),
        dice.choice(("梅墟", "新明", "聚贤")),
        f"宁波市高新区{name}路{number % 997}号",
        f"宁波市高新区{name}路{number % 991}号{number % 13}幢",
        dice.choice(("通用设备制造业", "食品制造业", "软件和信息技术服务业")),
        dice.choice(("大型", "中型", "小型", "微型")),
        dice.choice(spelled),
        dice.choice((100, 500, "1,200", 1000.5)),
        dice.choice(("人民币", "美元")),
        dice.choice("赵钱孙李") + dice.choice("伟芳敏静"),
        dice.choice("周吴郑王") + dice.choice("磊洋艳勇"),
        f"138{number:08d}",
        f"brand{number}@example.cn",
        dice.choice("冯陈褚卫") + dice.choice("杰娟涛明"),
        f"{name}牌产品",
        dice.choice(("重点", "规上、重点", "-")),
        f"第{number}号",
    ]


def _credit_code(number: int) -> str:
    body = f"91330201MA{number:07d}"
    total = sum(_CODE_SIGNS.index(s) * w for s, w in zip(body, _WEIGHTS, strict=True))
    return body + _CODE_SIGNS[(31 - total % 31) % 31]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--list"]:
        _write_list(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
