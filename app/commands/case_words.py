"""What commands about citizens' cases have in common: the words of their options, and finding one case."""

from domain.cases.decisions import Source
from domain.cases.lifecycle import OPEN, State
from domain.errors import ActRefused
from domain.words import fold, squeeze
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office
from storage.views.cases import cards


def source_named(text: str) -> Source:
    """Return the source of a word, as commands or officials write it. Raises ActRefused."""
    said = fold(squeeze(text))
    for one in Source:
        if said in {one.value, fold(one.label)}:
            return one
    known = ", ".join(f"{one.value} ({one.label})" for one in Source)
    raise ActRefused(f"Không có nguồn “{squeeze(text)[:40]}”. Các nguồn: {known}.")


def states_named(text: str | None) -> tuple[State, ...]:
    """Return the states of a word: one state, "open" for all open ones, none for nothing. Raises ActRefused."""
    if text is None:
        return ()
    said = fold(squeeze(text))
    if said in {"open", "dang mo"}:
        return OPEN
    for one in State:
        if said in {one.value, fold(one.label)}:
            return (one,)
    known = ", ".join(one.value for one in State)
    raise ActRefused(f"Không có trạng thái “{squeeze(text)[:40]}”. Các trạng thái: open, {known}.")


def agency_id_of(unit: Unit, code: str | None) -> int | None:
    """Return an agency's id by its code, None for none. Raises ActRefused."""
    if code is None:
        return None
    found = office.agency(unit, code.strip())
    if found is None:
        raise ActRefused(f"Không có cơ quan nào mang mã {code}. Xem các mã bằng lệnh: nhacviec agency list.")
    return int(found.id)


def case_of(unit: Unit, code: str) -> AnyRow:
    """Return everything of a case's row by its code. Raises ActRefused."""
    found = cards.whole_by_code(unit, None, code.strip().upper())
    if found is None:
        raise ActRefused(f"Không có phản ánh, kiến nghị nào mang mã {code}.")
    return found
