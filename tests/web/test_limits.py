"""The measures by themselves: buckets that refill, places that are given back."""

import pytest
from starlette.exceptions import HTTPException

from web.limits import Limiter, Places


def allowed(limiter: Limiter, key: str) -> bool:
    try:
        limiter.check(key)
    except HTTPException as error:
        return (error.status_code, bool(error.headers)) != (429, True)
    return True


@pytest.mark.parametrize(
    ("moments", "answers"),
    [
        ([0, 0, 0, 0], [True, True, True, False]),
        ([0, 0, 0, 9.9, 10, 10], [True, True, True, False, True, False]),
        ([0, 100, 100, 100, 100], [True, True, True, True, False]),
        ([0, 0, 0, 5, 5, 10], [True, True, True, False, False, True]),
    ],
)
def test_three_at_once_then_one_every_ten_seconds(moments: list[float], answers: list[bool]) -> None:
    now = [0.0]
    limiter = Limiter(3, 10.0, lambda: now[0])
    found = []
    for moment in moments:
        now[0] = moment
        found.append(allowed(limiter, "a"))
    assert found == answers
    assert allowed(limiter, "b")


def test_places_are_counted_by_address_and_in_all_and_given_back() -> None:
    places = Places(each=2, total=3)
    places.take("a")
    places.take("a")
    for _ in range(2):
        with pytest.raises(HTTPException) as refused:
            places.take("a")
        assert refused.value.status_code == 503
    places.take("b")
    with pytest.raises(HTTPException):
        places.take("c")
    places.leave("a")
    places.take("c")
    with pytest.raises(HTTPException):
        places.take("b")
