"""Vietnamese of the time before Unicode is recognised and refused by the name of its encoding."""

from pathlib import Path

import docx
import pytest

from documents import legacy
from documents.read import read
from domain.errors import DocumentRefused

TCVN3 = """Céng hßa x· héi chñ nghÜa ViÖt Nam
§éc lËp - Tù do - H¹nh phóc
KÕ ho¹ch kiÓm so¸t thñ tôc hµnh chÝnh n¨m 2024
Giao V¨n phßng chñ tr×, phèi hîp víi c¸c së, ban, ngµnh thùc hiÖn nhiÖm vô ®­îc giao tr­íc ngµy 20/01/2024."""
VNI = """Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam
Ñoäc laäp - Töï do - Haïnh phuùc
KEÁ HOAÏCH KIEÅM SOAÙT THUÛ TUÏC HAØNH CHÍNH NAÊM 2024
Giao Vaên phoøng chuû trì, phoái hôïp vôùi caùc sôû, ban, ngaønh thöïc hieän nhieäm vuï ñöôïc giao tröôùc ngaøy 20."""
NAMES = {"TCVN3 (font .VnTime)": TCVN3, "VNI (font VNI-Times)": VNI}


@pytest.mark.parametrize("encoding", NAMES)
@pytest.mark.parametrize("stored", ["latin-1", "utf-8", "utf-16"])
def test_a_text_file_is_refused_by_name(encoding: str, stored: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(NAMES[encoding].encode(stored))
    with pytest.raises(DocumentRefused) as refusal:
        read(path)
    assert refusal.value.sentence == legacy.LEGACY.format(name="a.txt", encoding=encoding)


@pytest.mark.parametrize("encoding", NAMES)
def test_a_word_document_is_refused_by_name(encoding: str, tmp_path: Path) -> None:
    book = docx.Document()
    table = book.add_table(2, 2)
    for place, line in enumerate(NAMES[encoding].splitlines()):
        table.cell(place // 2, place % 2).text = line
    book.save(str(tmp_path / "a.docx"))
    with pytest.raises(DocumentRefused, match="xin chuyển sang Unicode"):
        read(tmp_path / "a.docx")


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam. Kế hoạch thực hiện nhiệm vụ của các sở, ban, ngành. " * 5,
        "Văn phòng chủ trì, phối hợp với các sở. Ghi chú trong ngoặc: Céng hßa, ®­îc.",
        "Les élèves où ça été très âgés; naïve, Zürich, año, garçon. " * 20,
        "KE HOACH THUC HIEN NHIEM VU CUA CAC SO, BAN, NGANH " * 20,
    ],
)
def test_unicode_and_other_languages_are_left_alone(text: str) -> None:
    assert legacy.encoding_of(text.splitlines()) is None
