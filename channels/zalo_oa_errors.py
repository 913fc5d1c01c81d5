"""What the codes of the Official Account API mean for one message.

Source: developers.zalo.me, "Bảng mã lỗi", and zalo.cloud/zns/guidelines/handle-error-code. The API answers with HTTP
200 whatever it says. A code that stands in no table is not known to be a refusal.
"""

from enum import StrEnum

from domain.delivery import Reason, Refused, Unknown


class Place(StrEnum):
    """Whose codes these are: the same number means another thing at another door."""

    ACCOUNT = "account"  # openapi.zalo.me: messages and uploads
    TEMPLATE = "template"  # business.openapi.zalo.me: ZNS


FLOOD_WAIT = 1.0
"""Seconds to wait after a code that says "too fast"; the API names none."""

_MEANINGS: dict[int, tuple[Reason, str]] = {
    -32: (Reason.FLOOD, "too many requests"),
    -100: (Reason.BROKEN, "the upload is too old"),
    -200: (Reason.BROKEN, "the message could not be sent"),
    -201: (Reason.BROKEN, "a parameter is wrong"),
    -209: (Reason.ACCOUNT, "the app may not use this interface"),
    -210: (Reason.BROKEN, "too large"),
    -211: (Reason.ACCOUNT, "the account's quota is used up"),
    -212: (Reason.ACCOUNT, "the account is not registered for this interface"),
    -213: (Reason.BLOCKED, "the person does not follow the account"),
    -216: (Reason.ACCOUNT, "the access token is not valid"),
    -217: (Reason.BLOCKED, "the person refuses invitations"),
    -218: (Reason.BLOCKED, "the person takes no more messages for now"),
    -220: (Reason.ACCOUNT, "the access token is too old"),
    -221: (Reason.ACCOUNT, "the account must be verified"),
    -223: (Reason.ACCOUNT, "the account may not use this interface"),
    -224: (Reason.ACCOUNT, "the account's package does not include this"),
    -227: (Reason.BLOCKED, "the person is locked, or away for 45 days"),
    -230: (Reason.BLOCKED, "no interaction within the last days"),
    -232: (Reason.BLOCKED, "no interaction yet"),
    -233: (Reason.BROKEN, "this kind of message is not supported"),
    -234: (Reason.BROKEN, "this kind of message is not taken at night"),
    -240: (Reason.ACCOUNT, "version 2 of this interface is closed"),
    -244: (Reason.BLOCKED, "the person takes no messages of this kind"),
    -320: (Reason.ACCOUNT, "no Zalo Cloud account is connected"),
    -321: (Reason.ACCOUNT, "the Zalo Cloud account has no money left"),
    401: (Reason.ACCOUNT, "the access token is not valid"),
}
_OF_TEMPLATES: dict[int, str] = {
    -108: "the phone number is not valid",
    -109: "there is no such template",
    -111: "the template's data are missing",
    -112: "the template's data do not fit",
    -115: "no money left",
    -118: "the phone has no Zalo account",
    -124: "the access token is not valid",
    -144: "the day's quota is used up",
}

WINDOW_SHUT = frozenset({-230, -232})
"""The person has been silent for too long: a template may still reach them."""
TOKEN_STALE = {Place.ACCOUNT: frozenset({-216, -220, 401}), Place.TEMPLATE: frozenset({-124, -216, -220, 401})}
"""The access token was refused, so the call did nothing: it may be made once more with a fresh one."""
UPLOAD_STALE = -100
REFRESH_SPENT = frozenset({-14014, -118})
"""The OAuth door's words for a refresh token that is worth nothing; any other code says nothing of the token."""


def outcome_of(place: Place, code: int) -> Refused | Unknown:
    """Return what a code means. Nothing of the provider's own words is kept: they may quote what we sent.

    A template that cannot go shuts this chat for the message and no more: replies by the account go on.
    """
    if place is Place.TEMPLATE and code in _OF_TEMPLATES:
        return Refused(Reason.BLOCKED, f"template {code}: {_OF_TEMPLATES[code]}")
    if code not in _MEANINGS:
        return Unknown(f"{place} {code}")
    reason, said = _MEANINGS[code]
    return Refused(reason, f"{code}: {said}", retry_after=FLOOD_WAIT if reason is Reason.FLOOD else None)
