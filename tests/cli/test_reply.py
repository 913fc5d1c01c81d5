"""nhacviec reply parse: one loose sentence, or a file with one JSON object a line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

BLANK = {"intent": "none", "task": None, "document": None, "until": None, "percent": None, "reason": None}

READ = [
    (
        "da xong nv 12, kh so 45/KH-STC ngay 18/1",
        {"intent": "done", "task": "NV-0012", "document": {"number": "45/KH-STC", "date": "2026-01-18"}},
    ),
    (
        "xin lui den thu 6 tuan sau vi cho so lieu",
        {"intent": "extend", "until": "2026-01-30", "reason": "cho so lieu"},
    ),
    ("đã xong, văn bản ngày 18/1", {"intent": "done", "document": {"number": None, "date": "2026-01-18"}}),
    ("xong theo 12/2026/QĐ-UBND", {"intent": "done", "document": {"number": "12/2026/QĐ-UBND", "date": None}}),
    ("mới xong 50%", {"intent": "progress", "percent": 50}),
    ("thêm 3 ngày", {"intent": "extend"}),
    ("xong chưa?", {"intent": "question"}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "told"), READ)
def test_a_sentence_is_read_as_scripts_take_it(cli: Cli, text: str, told: dict[str, object]) -> None:
    assert cli("reply", "parse", text, "--date", "2026-01-20", "--json").json == {**BLANK, **told}
    assert not cli.folder.exists()


SAID = [
    (
        "da xong nv 12, kh so 45/KH-STC ngay 18/1",
        "Báo đã xong; việc NV-0012; văn bản 45/KH-STC; văn bản ngày Chủ nhật 18/01/2026.",
    ),
    ("xin lùi nv 3 đến 30/1 vì chờ ký", "Xin gia hạn; việc NV-0003; đến thứ Sáu 30/01/2026; lý do: chờ ký."),
    ("xong nv 1, nv 2", "Báo đã xong; việc NV-0001, NV-0002."),
    ("thêm 5 ngày làm việc", "Xin gia hạn; thêm 5 ngày làm việc."),
    ("được 60%", "Báo đang làm, chưa xong; 60%."),
    ("trời đẹp", "Không rõ ý."),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_a_person_is_told_in_one_sentence(cli: Cli, text: str, said: str) -> None:
    assert cli("reply", "parse", text, "--date", "20/01/2026").out == said + "\n"


def test_lines_are_answered_in_their_places(cli: Cli, tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "xin lùi đến cuối tháng", "date": "2026-02-10"}, ensure_ascii=False),
        "no JSON",
        json.dumps({"text": "chưa xong", "year": 2026}, ensure_ascii=False),
        json.dumps({"text": "xin lùi đến cuối tháng"}, ensure_ascii=False),
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = cli("reply", "parse", "--lines", file, "--date", "2026-01-20").lines
    assert found[0] == {**BLANK, "intent": "extend", "until": "2026-02-28"}
    assert found[1].pop("warnings")[0].startswith("Dòng này không đọc được")
    assert found[1] == BLANK
    assert found[2] == {**BLANK, "intent": "progress"}
    assert found[3]["until"] == "2026-01-31"


def test_without_a_day_it_is_read_as_of_today(cli: Cli) -> None:
    assert cli("reply", "parse", "xin lùi đến ngày mai", "--json").json["until"] is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Thiếu cụm từ cần đọc"),
        (("đã xong", "--date", "hôm nay"), "Ngày “hôm nay” ở --date không hợp lệ"),
        (("--lines", "khong-co.jsonl"), "Không đọc được tệp “khong-co.jsonl”"),
    ],
)
def test_nothing_to_read(cli: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in cli("reply", "parse", *words, "--json").refusal
