"""What a file really is, told from its content: the ending of its name is often wrong."""

import io
import re
import zipfile
from enum import StrEnum

from brandpool.errors import UserError
from brandpool.exchange import compound
from brandpool.i18n import _


class FileType(StrEnum):
    """The formats an import can read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    XML = "xml"
    HTML = "html"
    TEXT = "txt"


_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"SQLite format 3", "数据库文件"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"MIME-Version:", "网页存档"),
)
_HTML = re.compile(rb"<(!doctype\s+html|html|table|meta|head|body|style|div|tr)\b", re.IGNORECASE)
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def detect(data: bytes, name: str) -> FileType:
    """The format of this content; `name` is only for the sentences.

    Raises UserError with one sentence for the clerk when it is empty, protected by a password,
    cut off, or something else than a table.
    """
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise UserError(_("“{name}”是空文件，没有可导入的内容。").format(name=name))
    if name.startswith("~$"):
        raise UserError(
            _("“{name}”是表格打开时产生的临时文件，请选择不带“~$”的原文件。").format(name=name)
        )
    if data.startswith(b"PK"):
        return _zipped(data, name)
    if data.startswith(compound.MAGIC):
        return _compound(data, name)
    if data[:2] == b"\x09\x08":
        return FileType.XLS
    return _plain(data, name)


def _plain(data: bytes, name: str) -> FileType:
    for magic, what in _FOREIGN:
        if data.startswith(magic) and not (magic in (b"BM", b"MZ") and b"\0" not in data[:200]):
            raise _foreign(name, what)
    head = data[:4096].replace(b"\0", b"") if data.startswith(_TEXT_BOMS) else data[:4096]
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return FileType.XML
    if _HTML.search(head) and b"<" in head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1]:
        return FileType.HTML
    if not data.startswith(_TEXT_BOMS) and _binary(data[:4096]):
        raise _foreign(name, "不认识的文件")
    return FileType.TEXT


def _binary(head: bytes) -> bool:
    """Control characters that no text has, in any encoding but UTF-16."""
    zeros = head.count(0)
    if zeros and abs(zeros * 2 - len(head)) > len(head) // 2:
        strange = sum(byte < 9 or 13 < byte < 27 for byte in head)
        return strange > len(head) // 50
    return not zeros and sum(byte < 9 or 13 < byte < 27 for byte in head) > len(head) // 20


def _zipped(data: bytes, name: str) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            if "mimetype" in members:
                return _open_document(archive, name)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as broken:
        raise cut_off(name) from broken
    if any(member.startswith("xl/") for member in members):
        return FileType.XLSB if "xl/workbook.bin" in members else FileType.XLSX
    if any(member.startswith("word/") for member in members):
        raise _foreign(name, "Word 文档")
    if any(member.startswith("ppt/") for member in members):
        raise _foreign(name, "演示文稿")
    if any(member.startswith("Index/") for member in members):
        raise _foreign(name, "Numbers 表格")
    if any(member.endswith(".ofd") or member == "OFD.xml" for member in members):
        raise _foreign(name, "OFD 文档")
    raise UserError(_("“{name}”是压缩包，请先解压，再导入里面的表格文件。").format(name=name))


def _open_document(archive: zipfile.ZipFile, name: str) -> FileType:
    mimetype = archive.read("mimetype").decode("ascii", "replace").strip()
    if "opendocument.spreadsheet" not in mimetype:
        raise _foreign(name, "文档")
    manifest = archive.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise protected(name)
    return FileType.ODS


def _compound(data: bytes, name: str) -> FileType:
    try:
        streams = compound.streams(data)
    except compound.BrokenError as broken:
        raise cut_off(name) from broken
    if "EncryptedPackage" in streams:
        raise protected(name)
    if "WordDocument" in streams:
        raise _foreign(name, "Word 文档")
    if "PowerPoint Document" in streams:
        raise _foreign(name, "演示文稿")
    if not {"Workbook", "Book", "WORKBOOK", "BOOK"} & set(streams):
        raise _foreign(name, "不认识的文件")
    return FileType.XLS


def protected(name: str) -> UserError:
    """The sentence for a file that cannot be read without a password."""
    return UserError(
        _("“{name}”设有打开密码，请先用 WPS 或 Excel 打开，取消密码另存后再导入。").format(
            name=name
        )
    )


def cut_off(name: str) -> UserError:
    """The sentence for a file that ends too early or is damaged."""
    return UserError(
        _("“{name}”不完整或已损坏（可能没有下载完或复制中断），请重新取得该文件后再导入。").format(
            name=name
        )
    )


def _foreign(name: str, what: str) -> UserError:
    return UserError(
        _("“{name}”是{what}，不是表格，请另存为 xlsx 或 csv 后再导入。").format(
            name=name, what=_(what)
        )
    )
