from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import read
from domain.plans import Draft, DraftTask, Facts, Source, diff

FACTS = Facts("a.docx", "Kế hoạch", "1/KH-UBND", None, None, None, 2026, None, "", None)


def task(number: str, content: str, deadline: str = "Quý II", **more: object) -> DraftTask:
    made = DraftTask(
        appendix=None,
        section=("I. CHUNG",),
        number=number,
        content=content,
        lead=("Sở Tư pháp",),
        coordinating=(),
        following=(),
        deadline_raw=deadline,
        deadline=read(deadline, year=2026).deadline,
        product="Báo cáo",
        also=(),
        warnings=(),
        source=Source(None, None),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def plan(*tasks: DraftTask) -> Draft:
    return Draft(FACTS, tasks, (), ())


ONE = task("1", "Ban hành kế hoạch của đơn vị")
TWO = task("2", "Rà soát thủ tục hành chính còn vướng mắc")
THREE = task("3", "Tổ chức tập huấn cho công chức đầu mối")


def test_the_same_plan_changes_nothing() -> None:
    assert diff(plan(ONE, TWO), plan(ONE, TWO)).empty


def test_a_new_row_moves_the_numbers_and_changes_nothing_else() -> None:
    fresh = task("1", "Kiểm tra đột xuất tại cơ sở")
    found = diff(plan(ONE, TWO), plan(fresh, replace(ONE, number="2"), replace(TWO, number="3")))
    assert found.added == (fresh,)
    assert not found.changed
    assert not found.dropped


def test_a_moved_deadline_and_another_lead_are_told_field_by_field() -> None:
    moved = replace(task("2", TWO.content, "Quý III"), lead=("Sở Nội vụ",))
    (changed,) = diff(plan(ONE, TWO), plan(ONE, moved)).changed
    assert [(one.field, one.old, one.new) for one in changed.changes] == [
        ("lead", "Sở Tư pháp", "Sở Nội vụ"),
        ("deadline", "Quý II", "Quý III"),
    ]


def test_reworded_in_place_is_one_row() -> None:
    reworded = task("3", "Tổ chức tập huấn cho toàn bộ công chức đầu mối của tỉnh")
    found = diff(plan(ONE, THREE), plan(ONE, reworded))
    assert [one.changes[0].field for one in found.changed] == ["content"]


def test_something_else_at_the_same_place_is_a_new_row() -> None:
    other = task("3", "Mua sắm máy quét")
    found = diff(plan(ONE, THREE), plan(ONE, other))
    assert (found.added, found.dropped) == ((other,), (THREE,))


@given(st.permutations([ONE, TWO, THREE]), st.sets(st.sampled_from([0, 1, 2])))
def test_every_row_is_told_once(order: list[DraftTask], kept: set[int]) -> None:
    left = [one for at, one in enumerate(order) if at in kept]
    found = diff(plan(ONE, TWO, THREE), plan(*left))
    assert len(found.dropped) == 3 - len(left)
    assert found.same == len(left)
    assert not found.added
