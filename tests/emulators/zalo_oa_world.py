"""What the emulated Official Account knows: people, tokens, uploads, messages, and the events it has to tell."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.zalo_oa_rules import check_upload, checked_message, refuse

APP, OA = "4242424242", "1010101010"
APP_SECRET, OA_SECRET = "app-secret-nobody-owns", "oa-secret-nobody-owns"
FIRST_REFRESH = "refresh-token-given-by-the-operator"
ACCESS_LIFE = 90_000.0
FREE_HOURS, WINDOW_DAYS, IN_A_ROW = 48.0, 7.0, 8
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the account brought to somebody; `at` in seconds since 1970."""

    at: float
    user: str
    message_id: str
    text: str
    message: dict[str, Any]
    paid: bool

    @property
    def buttons(self) -> list[dict[str, Any]]:
        payload = (self.message.get("attachment") or {}).get("payload") or {}
        return list(payload.get("buttons", ()))


@dataclass(frozen=True, slots=True)
class Notification:
    """A ZNS that reached a phone."""

    at: float
    phone: str
    message_id: str
    template: str
    data: dict[str, str]
    tracking: str


@dataclass(slots=True)
class User:
    """Somebody with Zalo. `heard_at` is their last act towards the account, None before the first."""

    number: str
    follows: bool = False
    heard_at: float | None = None
    in_a_row: int = 0
    phone: str = ""


@dataclass(slots=True)
class World:
    """The memory, and what people in it can do. `clock` gives seconds since 1970."""

    clock: Callable[[], float] = time.time
    package: bool = True
    """Whether the account's package pays for what is not free any more."""
    zns_quota: int = 500
    users: dict[str, User] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)
    templates: dict[str, frozenset[str]] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    hosted: dict[str, bytes] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    refresh: str = FIRST_REFRESH
    access: dict[str, float] = field(default_factory=dict)
    refreshed: int = 0
    files_url: str = ""
    arrived: Callable[[], None] = lambda: None
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def user(self, number: str) -> User:
        """Return somebody, made where they are new."""
        return self.users.setdefault(number, User(number))

    def tokens(self, refresh: str) -> dict[str, str] | None:
        """Give a fresh pair for the one refresh token that is good; it dies by that, whether the answer arrives."""
        if refresh != self.refresh:
            return None
        return self.authorise()

    def authorise(self) -> dict[str, str]:
        """Give a pair as to somebody who has just agreed on the web page."""
        self.refreshed += 1
        number = next(self._numbers)
        self.refresh, access = f"refresh-{number}-unguessable", f"access-{number}-unguessable"
        self.access[access] = self.clock() + ACCESS_LIFE
        return {"access_token": access, "refresh_token": self.refresh, "expires_in": f"{ACCESS_LIFE:.0f}"}

    def check_access(self, token: str, unknown: int = -216) -> None:
        """Raise Refusal for an access token that is unknown or too old."""
        if token not in self.access:
            refuse(unknown)
        if self.access[token] <= self.clock():
            refuse(-220 if unknown == -216 else unknown)

    def expire(self) -> None:
        """Let every access token be too old from now on."""
        self.access = dict.fromkeys(self.access, 0.0)

    def take(self, number: str, content: object) -> str:
        """Bring a tư vấn message to somebody and return its id; raises Refusal."""
        user = self.users.get(number)
        if user is None:
            refuse(-201)
        message = checked_message(content, self.uploads)
        if not user.follows and user.heard_at is None:
            refuse(-213)
        paid = self._is_paid(user)
        if paid and not self.package:
            refuse(-211)
        user.in_a_row += 1
        key = f"m{next(self._numbers):08x}"
        self.sent.append(Sent(self.clock(), number, key, message.get("text", ""), message, paid))
        return key

    def _is_paid(self, user: User) -> bool:
        silent = self.clock() - (user.heard_at or 0)
        if silent > WINDOW_DAYS * 24 * _HOUR:
            refuse(-230)
        return silent > FREE_HOURS * _HOUR or user.in_a_row >= IN_A_ROW

    def notify(self, content: dict[str, Any]) -> dict[str, Any]:
        """Bring a ZNS to a phone; raises Refusal."""
        phone, keys = str(content.get("phone", "")), self.templates.get(str(content.get("template_id")))
        if not (phone.startswith("84") and phone.isdigit() and 10 <= len(phone) <= 12):
            refuse(-108)
        if keys is None:
            refuse(-109)
        data = content.get("template_data")
        if (
            not isinstance(data, dict)
            or set(data) != keys
            or not all(isinstance(one, str) and one for one in data.values())
        ):
            refuse(-112)
        if not any(user.phone == phone for user in self.users.values()):
            refuse(-118)
        if len(self.notifications) >= self.zns_quota:
            refuse(-144)
        key = f"z{next(self._numbers):08x}"
        tracking = str(content.get("tracking_id", ""))
        self.notifications.append(Notification(self.clock(), phone, key, str(content["template_id"]), data, tracking))
        left = self.zns_quota - len(self.notifications)
        quota = {"dailyQuota": str(self.zns_quota), "remainingQuota": str(left)}
        return {"msg_id": key, "sent_time": str(int(self.clock() * 1000)), "quota": quota}

    def keep(self, kind: str, name: str, content: bytes) -> str:
        """Keep an upload and return its token; raises Refusal."""
        check_upload(kind, name, content)
        token = f"up{next(self._numbers):08x}"
        self.uploads[token], self.contents[token], self.names[token] = kind, content, name
        return token

    def says(self, number: str, text: str) -> dict[str, Any]:
        """A person writes. Returns the event."""
        return self._from(number, "user_send_text", {"text": text})

    def presses(self, number: str, title: str) -> dict[str, Any]:
        """A person presses a button of the newest message that shows one with this title, or its start.

        Raises LookupError where no message does.
        """
        for sent in reversed(self.sent):
            for button in sent.buttons if sent.user == number else ():
                if button["title"].startswith(title) and button["type"].startswith("oa.query."):
                    return self.says(number, button["payload"])
        raise LookupError(title)

    def sends_file(self, number: str, name: str, content: bytes) -> dict[str, Any]:
        """A person sends a document."""
        payload = {"url": self.host(name, content), "name": name, "size": str(len(content)), "type": name[-3:]}
        return self._from(number, "user_send_file", {"attachments": [{"type": "file", "payload": payload}]})

    def sends_image(self, number: str, content: bytes, text: str = "") -> dict[str, Any]:
        """A person sends a picture, perhaps with words."""
        url = self.host("anh.jpg", content)
        attachment = {"type": "image", "payload": {"url": url, "thumbnail": url}}
        return self._from(number, "user_send_image", {"attachments": [attachment]} | ({"text": text} if text else {}))

    def sends_sticker(self, number: str) -> dict[str, Any]:
        """A person sends a sticker."""
        payload = {"id": "1", "url": "https://zalo.example/sticker"}
        return self._from(number, "user_send_sticker", {"attachments": [{"type": "sticker", "payload": payload}]})

    def host(self, name: str, content: bytes) -> str:
        """Serve what a person sent and return its address."""
        key = f"{next(self._numbers)}-{name}"
        self.hosted[key] = content
        return f"{self.files_url}/hosted/{key}"

    def follows(self, number: str) -> dict[str, Any]:
        """A person presses "Quan tâm"."""
        user = self.user(number)
        user.follows, user.heard_at, user.in_a_row = True, self.clock(), 0
        return self._event("follow", oa_id=OA, follower={"id": number}, source="oa_profile")

    def unfollows(self, number: str) -> dict[str, Any]:
        """A person takes that back; what they did before does not count any more."""
        user = self.user(number)
        user.follows, user.heard_at = False, None
        return self._event("unfollow", oa_id=OA, follower={"id": number})

    def received(self, message_id: str) -> dict[str, Any]:
        """The provider says that a message, or a ZNS, arrived."""
        notified = next((one for one in self.notifications if one.message_id == message_id), None)
        if notified is not None:
            told = {"msg_id": message_id, "delivery_time": self._stamp(), "tracking_id": notified.tracking}
            return self._event(
                "user_received_message", sender={"id": OA}, recipient={"id": notified.phone}, message=told
            )
        user = next(one.user for one in self.sent if one.message_id == message_id)
        return self._event(
            "user_received_message", sender={"id": OA}, recipient={"id": user}, message={"msg_id": message_id}
        )

    def sees(self, *message_ids: str) -> dict[str, Any]:
        """The provider says that a person looked at messages."""
        user = next(one.user for one in self.sent if one.message_id in message_ids)
        told = {"msg_ids": list(message_ids)}
        return self._event("user_seen_message", sender={"id": OA}, recipient={"id": user}, message=told)

    def echoes(self, message_id: str) -> dict[str, Any]:
        """The provider tells of what the account itself has sent."""
        sent = next(one for one in self.sent if one.message_id == message_id)
        told = {"msg_id": message_id, "text": sent.text}
        return self._event("oa_send_text", sender={"id": OA}, recipient={"id": sent.user}, message=told)

    def taken(self) -> list[dict[str, Any]]:
        """Return the events that wait, and forget them."""
        waiting, self.events = self.events, []
        return waiting

    def _from(self, number: str, name: str, message: dict[str, Any]) -> dict[str, Any]:
        user = self.user(number)
        user.heard_at, user.in_a_row = self.clock(), 0
        told = {"msg_id": f"u{next(self._numbers):08x}"} | message
        return self._event(
            name, sender={"id": number}, recipient={"id": OA}, user_id_by_app=f"app-{number}", message=told
        )

    def _event(self, name: str, **more: Any) -> dict[str, Any]:
        event = {"app_id": APP, "event_name": name, **more, "timestamp": self._stamp()}
        self.events.append(event)
        self.arrived()
        return event

    def _stamp(self) -> str:
        return str(int(self.clock() * 1000))
