"""What is public of cases: the same answers on both databases, and indexes for every way to ask."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.dialects import sqlite

from domain.words import fold
from storage.database import Database, Unit
from storage.schema import agencies, case_publications, cases, citizens, matters, people
from storage.views.cases import publications
from storage.views.cases.publications import Place, Wanted

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
SAID = ("Thu lệ phí hộ tịch", "Cổng báo lỗi", "Đất đai chậm", "Thu bản sao")


def fill(unit: Unit) -> None:
    """Four cases of two agencies, each released a year before the one before it; a fifth was taken back."""
    unit.conn.execute(insert(agencies), [_agency(1, "Sở Tư pháp"), _agency(2, "Sở Tài chính")])
    unit.conn.execute(insert(people).values(id=1, name="Mẫu", name_folded="mau", created_at=NOW))
    unit.conn.execute(insert(citizens).values(id=1, created_at=NOW))
    for at, said in enumerate((*SAID, "Đã gỡ"), 1):
        unit.conn.execute(insert(matters).values(id=at, kind="case", opened_at=NOW))
        unit.conn.execute(insert(cases), [_case(at)])
        state = "withdrawn" if said == "Đã gỡ" else "released"
        values = {"state": state, "agency_id": 1 + at % 2, "field": f"Lĩnh vực {at % 3}"}
        unit.conn.execute(
            insert(case_publications),
            [
                {
                    "case_id": at,
                    "title": said,
                    "content": said,
                    "answer": "Đã trả lời",
                    "folded": fold(said),
                    "files": {"pictures": [], "kept": []},
                    "prepared_by": 1,
                    "prepared_at": NOW,
                    "released_at": NOW - timedelta(365 * at),
                    **values,
                }
            ],
        )


def _agency(number: int, name: str) -> dict[str, Any]:
    place = {"level": "other", "relation": "subordinate", "coordinating": False, "created_at": NOW}
    return {"id": number, "code": f"S{number}", "name": name, "name_folded": fold(name), **place}


def _case(at: int) -> dict[str, Any]:
    return {
        "id": at,
        "code": f"PAKN-SL-2026-{at:06}",
        "secret_hash": "x",
        "kind": "regulation",
        "state": "published" if at < 4 else "answered",
        "citizen_id": 1,
        "channel": "web",
        "content": "0912345678",
        "about": "",
        "folded": "0912345678",
        "received_at": NOW,
        "received_on": date(2026, 1, 12),
        "answered_on": date(2026, 1, 12),
        "may_publish": True,
        "law_pack": "v1",
    }


def test_lists_searches_and_what_waits(database: Database) -> None:
    database.run_now(fill)

    def titles(unit: Unit, wanted: Wanted, after: Place | None = None) -> list[str]:
        return [one.title for one in publications.listed(unit, wanted, 3, after)]

    def look(unit: Unit) -> None:
        assert titles(unit, Wanted()) == list(SAID[:3])
        third = publications.listed(unit, Wanted(), 3)[-1]
        assert titles(unit, Wanted(), Place(third.released_at, third.id)) == [SAID[3]]
        assert titles(unit, Wanted(words="THU")) == [SAID[0], SAID[3]]
        assert titles(unit, Wanted(words="thu ho tich")) == [SAID[0]]
        assert titles(unit, Wanted(words="thu", agency_id=1)) == [SAID[3]]
        assert titles(unit, Wanted(words="0912345678")) == titles(unit, Wanted(words='" OR *')) == []
        assert titles(unit, Wanted(field="Lĩnh vực 2")) == [SAID[1]]
        assert titles(unit, Wanted(year=2025)) == [SAID[0]]
        assert publications.fields(unit) == ["Lĩnh vực 0", "Lĩnh vực 1", "Lĩnh vực 2"]
        assert [one.name for one in publications.of_agencies(unit)] == ["Sở Tài chính", "Sở Tư pháp"]
        assert [one.code[-1] for one in publications.data(unit, 1, 2)] == ["2", "3"]
        assert publications.by_code(unit, "PAKN-SL-2026-000005") is None
        assert [one.case.id for one in publications.waiting(unit, 9)] == [4, 5]
        assert publications.count(unit) == 2

    database.run_now(look)


def test_a_page_is_read_from_an_index_in_its_order(database: Database) -> None:
    def look(unit: Unit) -> None:
        if unit.conn.dialect.name != "sqlite":
            return
        for wanted in (Wanted(), Wanted(field="Lĩnh vực 1"), Wanted(agency_id=1), Wanted(year=2025)):
            asked = publications.page_of(unit, wanted, 20).compile(dialect=sqlite.dialect(paramstyle="named"))
            values = {name: str(value) for name, value in asked.params.items()}
            plan = [str(row[-1]) for row in unit.conn.execute(text(f"EXPLAIN QUERY PLAN {asked}"), values)]
            assert any("case_publications USING INDEX ix_case_publications_state" in one for one in plan), plan
            assert not any("SCAN case_publications" in one for one in plan), plan

    database.run_now(look)
