"""Forms, figures and publications on both databases: versions grow, nothing doubles, who is second changes nothing."""

from datetime import date

import pytest

from actions import collections as forms
from actions import figures
from domain.collections import Sheet
from domain.people import Role
from storage import collections, publications, snapshots
from storage import figures as figure_rows
from storage import people as people_rows
from storage.database import Unit
from tests.office import START, Office

pytestmark = pytest.mark.anyio

HEAD = ("Mã hồ sơ", "Đơn vị", "Số ngày trễ")
LATE = Sheet("x", (HEAD, ("H01", "Sở Tư pháp", 3), ("H02", "Sở Nội vụ", 1)))


def _opened(unit: Unit) -> int:
    outline = forms.outline(unit)
    ids = forms.units_named(unit, "Sở Tư pháp; Sở Nội vụ", START.date())
    form = forms.Form(forms.PERIODIC, "2026-01", outline.title, outline, ids, date(2026, 1, 16))
    return forms.open_form(unit, None, form, START).id


async def test_what_a_unit_sends_again_takes_the_place_of_what_it_sent(office: Office) -> None:
    chat = await office.officer("SNV", Role.OFFICER)

    def work(unit: Unit) -> None:
        form = _opened(unit)
        first, second = (row.agency_id for row in collections.units(unit, form))
        rows = [{"c2": "Hộ tịch", "c3": 12}]
        assert collections.put(unit, form, first, "giai-quyet", "", rows, START, person_id=None) == 1
        assert collections.put(unit, form, first, "giai-quyet", "", rows * 2, START, person_id=None) == 2
        (given,) = collections.given(unit, form)
        assert (len(given.rows), given.version, given.agency) == (2, 2, "Sở Tư pháp")
        assert collections.mark_sent(unit, form, first, START, person_id=None)
        assert [(row.asked, row.sent) for row in collections.listed(unit)] == [(2, 1)]
        assert [row.agency_id for row in collections.waiting_for(unit, {first, second}, with_sent=False)] == [second]
        assert collections.untold(unit, form, f"collect:{form}:day:") == [second]
        assert collections.untold(unit, form, f"collect:{form}:asked:") == [], "its officer was told at the opening"
        assert not collections.close(unit, form, 7, START)
        assert collections.close(unit, form, 1, START)
        assert not collections.close(unit, form, 2, START)
        assert not collections.mark_sent(unit, form, second, START, person_id=None), "a closed form takes nothing"

    await office.run(work)
    assert chat.role is Role.OFFICER


async def test_figures_of_a_period_stand_once_and_a_publication_moves_once(office: Office) -> None:
    def work(unit: Unit) -> None:
        for digest in ("a", "a", "b"):
            figures.import_figures(unit, None, "late_dossiers", "2026-01", [LATE], "x.xlsx", digest * 64, START)
        (kept,) = figure_rows.listed(unit)
        assert (kept.rows, kept.period) == (2, "2026-01")
        rows = figure_rows.rows_of(unit, kept.id)
        assert [(row.agency, row.figures["days"]) for row in rows] == [("Sở Tư pháp", 3), ("Sở Nội vụ", 1)]

        maker = people_rows.add_person(unit, "Lê Mẫu Chi", "Chuyên viên", "", START)
        frozen = snapshots.add(unit, "public:late_dossiers", "2026-01", date(2026, 1, 14), {"rows": []}, START)
        made = publications.add(unit, "late_dossiers", "2026-01", frozen.id, "draft", maker, START)
        assert publications.move(unit, made, 1, "approved", "draft", approved_by=maker, approved_at=START)
        assert not publications.move(unit, made, 1, "returned", "draft")
        row = publications.get(unit, made)
        assert row is not None
        assert (row.state, row.version, row.maker, row.approver_position) == (
            "approved",
            2,
            "Lê Mẫu Chi",
            "Chuyên viên",
        )
        assert publications.open_like(unit, "late_dossiers", "2026-01", ["draft", "approved"]) is not None

    await office.run(work)
