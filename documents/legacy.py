"""Vietnamese written for fonts of the time before Unicode (TCVN3, VNI): recognised by its commonest words.

In such a file each letter is a sign of Western Europe that only its font draws as Vietnamese: "Céng hßa" for
"Cộng hòa" in TCVN3 (TCVN 5712:1993, fonts .VnTime), "Coäng hoøa" in VNI (fonts VNI-Times). It is refused by
name, not converted: TCVN3 writes capitals with the codes of small letters and tells them by the font alone.
"""

import re
import string
from collections.abc import Iterable

from domain.words import nfc

LEGACY = (
    "Tệp “{name}” dùng bảng mã {encoding}; xin chuyển sang Unicode (phím Ctrl + Shift + F6 của UniKey, "
    "hoặc lưu lại bằng font Times New Roman) rồi gửi lại."
)
_WORDS = [
    "của",
    "và",
    "các",
    "được",
    "nhiệm",
    "vụ",
    "thực",
    "hiện",
    "nhân",
    "dân",
    "tỉnh",
    "kế",
    "hoạch",
    "thủ",
    "tục",
    "hành",
    "chính",
    "nội",
    "việc",
    "thời",
    "hạn",
    "chủ",
    "trì",
    "phối",
    "hợp",
    "sở",
    "đơn",
    "vị",
    "cấp",
    "huyện",
    "xã",
    "phường",
    "trước",
    "ngày",
    "tháng",
    "năm",
    "công",
    "văn",
    "báo",
    "cáo",
    "phòng",
    "tài",
    "giao",
    "chức",
    "số",
    "độc",
    "lập",
    "hạnh",
    "phúc",
    "cộng",
    "hòa",
    "hội",
    "nghĩa",
    "việt",
    "quyết",
    "định",
    "căn",
    "cứ",
    "trình",
    "tổ",
]
_TCVN3 = dict(
    zip(
        "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "\xa8\xa9\xaa\xab\xac\xad\xae\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1"
        "\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1"
        "\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe",
        strict=True,
    )
)
_TONED = {
    "a": "àảãáạ", "e": "èẻẽéẹ", "o": "òỏõóọ", "u": "ùủũúụ", "y": "ỳỷỹý", "ô": "ờởỡớợ", "ö": "ừửữứự",
}  # fmt: skip
_VNI = {
    **{
        letter: plain + mark
        for plain, letters in _TONED.items()
        for letter, mark in zip(letters, "øûõùï", strict=False)
    },
    **{letter: f"a{mark}" for letter, mark in zip("âầẩẫấậăằẳẵắặ", "âàåãáäêèúüéë", strict=True)},
    **{letter: f"e{mark}" for letter, mark in zip("êềểễếệ", "âàåãáä", strict=True)},
    **{letter: f"o{mark}" for letter, mark in zip("ôồổỗốộ", "âàåãáä", strict=True)},
    **dict(zip("ìỉĩíịỵơưđ", "ìæóíòîôöñ", strict=True)),
}


def _written(table: dict[str, str]) -> frozenset[str]:
    """Return the common words as an old encoding writes them, those that look alike in Unicode left out."""
    written = ("".join(table.get(letter, letter) for letter in word) for word in _WORDS)
    return frozenset(word for word in written if not word.isascii() and word not in _WORDS)


_ENCODINGS = {"TCVN3 (font .VnTime)": _written(_TCVN3), "VNI (font VNI-Times)": _written(_VNI)}
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_MODERN = re.compile("[đơưĐƠƯ\u1ea0-\u1ef9]")
_BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~–—“”‘’…]+")
_ENOUGH, _SHARE, _LETTERS_READ = 5, 0.03, 200_000


def encoding_of(lines: Iterable[str]) -> str | None:
    """Return the name of the old encoding that lines of text are in; None for Unicode and for other languages."""
    words: list[str] = []
    modern = size = 0
    for line in lines:
        words.extend(_BETWEEN.split(line.translate(_SMALL)))
        modern += len(_MODERN.findall(nfc(line)))
        size += len(line)
        if size > _LETTERS_READ:
            break
    for name, telling in _ENCODINGS.items():
        known = sum(word in telling or word.lower() in telling for word in words)
        if known >= _ENOUGH and known > modern and known > _SHARE * len(words):
            return name
    return None
