"""What an official of the office follows, and what a leader looks after: listed, added and ended in chat."""

from actions import following
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import ActRefused, NotFound
from domain.following import Follow
from domain.outgoing import Choice
from domain.people import RANK_LABELS, Role, Viewer
from domain.words import squeeze
from storage.views import following as views
from storage.views import people

WHAT = "follow_what"
CONFIRM = "follow_confirm"
RANKING = "rank_confirm"

SHOWN = 8
"""So many are offered, or can be ended, one by one."""

_LEAVE = choice("Huỷ", Verb.CANCEL)
_LIST = choice("Phần tôi theo dõi", Verb.FOLLOW, "list")


def _viewer(desk: Desk) -> tuple[Viewer, Role]:
    """Return who asks, and as what. Raises ActRefused for one who follows nothing."""
    role = views.role_of(desk.viewer) if desk.viewer is not None else None
    if desk.viewer is None or role is None:
        raise ActRefused("Phần theo dõi dành cho cán bộ Văn phòng và lãnh đạo UBND. Gõ viec để xem việc của đơn vị.")
    return desk.viewer, role


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /theodoi: what is followed, or, with words behind it, what would be followed from now on."""
    if squeeze(text):
        return _understood(desk, squeeze(text))
    viewer, role = _viewer(desk)
    followed = views.of_person(desk.unit, viewer.person_id, role)
    choices = [choice("Thêm phần theo dõi", Verb.FOLLOW, "add")]
    choices += [choice(f"Thôi theo dõi: {one.said}", Verb.FOLLOW, "drop", one.id) for one in followed[-SHOWN:]]
    choices.append(choice("Tổng hợp", Verb.DIGEST))
    return say("office/follows", followed=followed, leader=role is Role.LEADER, choices=choices)


def press(desk: Desk, button: Button) -> Reply:
    """Show the list, ask for something more, or ask once before something is followed no longer."""
    viewer, role = _viewer(desk)
    act, number = button.word(), button.number(1)
    if act == "add":
        return _ask(desk)
    if act != "drop":
        return begin(desk)
    one = next((one for one in views.of_person(desk.unit, viewer.person_id, role) if one.id == number), None)
    if one is None:
        raise NotFound("phần theo dõi này")
    return _confirm(desk, one.said, {"drop": one.id})


def _ask(desk: Desk) -> Reply:
    _, role = _viewer(desk)
    return say("office/ask_follow", leader=role is Role.LEADER, step=WHAT, choices=[_LIST, _LEAVE])


def typed(desk: Desk) -> Reply:
    """Take typed words as what is to be followed."""
    return _understood(desk, squeeze(desk.incoming.text))


def _understood(desk: Desk, text: str) -> Reply:
    viewer, _ = _viewer(desk)
    found = views.understood(desk.unit, viewer.person_id, text, desk.day)
    if not found:
        raise ActRefused(
            f"Không có cơ quan, cấp hay văn bản nào là “{text[:60]}”. Xin gõ tên hoặc mã cơ quan, “các xã, phường”,"
            " hoặc số văn bản như “15/KH-UBND phần II”."
        )
    if len(found) == 1:
        return _to_follow(desk, *found[0])
    offered = [choice(label, Verb.FOLLOWED, what.agency_id) for what, label in found[:SHOWN]]
    return say("office/which_follow", text=text, found=len(found), step=WHAT, choices=[*offered, _LIST, _LEAVE])


def picked(desk: Desk, button: Button) -> Reply:
    """Take the agency that was chosen of several."""
    viewer, _ = _viewer(desk)
    place = people.agency(desk.unit, button.number())
    if place is None:
        raise NotFound("cơ quan này")
    return _to_follow(desk, Follow(viewer.person_id, agency_id=place.id), place.name)


def _to_follow(desk: Desk, what: Follow, said: str) -> Reply:
    kept = {"agency": what.agency_id, "level": what.level, "plan": what.plan_id, "section": what.section}
    return _confirm(desk, said, {"follow": kept})


def _confirm(desk: Desk, said: str, data: dict[str, object]) -> Reply:
    _, role = _viewer(desk)
    return say(
        "office/confirm_follow",
        said=said,
        drops="drop" in data,
        leader=role is Role.LEADER,
        step=CONFIRM,
        data=data,
        choices=[choice("Đồng ý", Verb.YES, CONFIRM), choice("Quay lại", Verb.BACK), _LEAVE],
    )


def confirmed(desk: Desk, _button: Button) -> Reply:
    """Follow it from now on, or no longer."""
    viewer, role = _viewer(desk)
    if "drop" in desk.data:
        following.unfollow(desk.unit, viewer, desk.data["drop"], desk.now)
    else:
        kept = desk.data["follow"]
        what = Follow(viewer.person_id, kept["agency"], kept["level"], kept["plan"], kept["section"])
        following.follow(desk.unit, viewer, role, what, desk.now)
    return begin(desk)


def back(desk: Desk, _button: Button) -> Reply:
    """Ask again for what is to be followed, or show the list."""
    return begin(desk) if "drop" in desk.data else _ask(desk)


def rank(desk: Desk, button: Button) -> Reply:
    """Ask for somebody's rank in the office, or, with one, whether it is right."""
    one = _official(desk, button.number())
    if not button.word(1):
        return _ask_rank(desk, one)
    wanted = button.number(1)
    if wanted not in RANK_LABELS:
        raise NotFound("cấp này")
    return say(
        "people/confirm_rank",
        member=one,
        rank=RANK_LABELS[wanted],
        step=RANKING,
        data={"membership": one.membership, "rank": wanted},
        choices=[
            choice("Đồng ý", Verb.YES, RANKING),
            choice("Quay lại", Verb.RANK, one.membership),
            choice("Huỷ", Verb.CANCEL),
        ],
    )


def _ask_rank(desk: Desk, one: people.Member) -> Reply:
    now = views.rank(desk.unit, one.person_id) or 0
    others: list[Choice] = [
        choice(f"Đặt làm {label}", Verb.RANK, one.membership, rank)
        for rank, label in RANK_LABELS.items()
        if rank != now
    ]
    back = choice(f"Người của {one.agency}", Verb.PEOPLE, one.agency_id, 0)
    return say("people/ask_rank", member=one, rank=RANK_LABELS[now], choices=[*others, back, _LEAVE])


def _official(desk: Desk, membership_id: int) -> people.Member:
    one = people.member(desk.unit, membership_id, desk.day)
    if one is None or one.role is not Role.COORDINATOR or desk.viewer is None or not desk.viewer.coordinates:
        raise NotFound("người này")
    return one


def ranked(desk: Desk, _button: Button) -> Reply:
    """Give the rank, and show how it stands."""
    one = _official(desk, desk.data["membership"])
    following.set_rank(desk.unit, desk.viewer, one.person_id, desk.data["rank"], desk.now)
    return _ask_rank(desk, one)
