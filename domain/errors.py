"""What can be refused, and the one Vietnamese sentence a person is shown for it.

The family tree::

    NhacviecError
    ├── DocumentRefused      a file that cannot be read as a plan
    ├── ActRefused              an act that the rules do not allow now
    │   ├── NotFound         nothing by that name, or not yours to see: the same answer for both
    │   └── Stale            somebody else changed it first
    └── OperatorError        the machine's side: settings, database, keys
        ├── SettingWrong
        ├── StorageUnavailable
        ├── StorageNewer
        ├── VaultKeyWrong
        ├── SenderLockLost
        ├── BackupUnusable
        └── OfficeNotEmpty
"""


class NhacviecError(Exception):
    """The base: its text is a whole Vietnamese sentence that says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class DocumentRefused(NhacviecError):
    """A file that cannot be read, or holds no plan."""


class ActRefused(NhacviecError):
    """An act the rules do not allow; nothing was changed."""


class NotFound(ActRefused):
    """Nothing by that name that this person may see."""

    def __init__(self, what: str = "việc này") -> None:
        super().__init__(f"Không tìm thấy {what} trong phần việc của đồng chí. Gõ viec để xem danh sách hiện có.")


class Stale(ActRefused):
    """Somebody else changed the same thing first."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or "Nội dung này vừa được người khác cập nhật. Xin mở lại để xem bản mới nhất.")


class OperatorError(NhacviecError):
    """The machine's side: a setting, the database, a key."""


class SettingWrong(OperatorError):
    """A setting is missing or unusable."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Cấu hình {name} chưa đúng: {problem}")


class StorageUnavailable(OperatorError):
    """The database cannot be opened or reached."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            f"Không mở được cơ sở dữ liệu ({cause}). "
            "Kiểm tra NHACVIEC_DATABASE_URL hoặc NHACVIEC_DATA_DIR rồi chạy lại."
        )


class StorageNewer(OperatorError):
    """The database was migrated by a newer program."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"Cơ sở dữ liệu thuộc phiên bản mới hơn chương trình (bản di trú {revision}). "
            "Cài bản nhacviec mới hơn rồi chạy lại."
        )


class VaultKeyWrong(OperatorError):
    """Sealed personal values were written under another key."""

    def __init__(self) -> None:
        super().__init__(
            "Khoá mã hoá dữ liệu cá nhân không khớp với cơ sở dữ liệu. "
            "Đặt lại NHACVIEC_SECRET_KEY đúng khoá cũ rồi chạy lại."
        )


class SenderLockLost(OperatorError):
    """Another process became the one that sends."""

    def __init__(self) -> None:
        super().__init__(
            "Một chương trình nhacviec khác đã nhận việc gửi tin, nên chương trình này dừng để không gửi trùng. "
            "Khởi động lại nếu muốn để nó chờ thay phiên."
        )


class BackupUnusable(OperatorError):
    """An archive that is none, is damaged, or has nothing to hold."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"Bản sao lưu không dùng được ({cause}). Dùng một bản khác rồi chạy lại.")


class OfficeNotEmpty(OperatorError):
    """A restore into an office in which somebody has worked."""

    def __init__(self) -> None:
        super().__init__(
            "Cơ sở dữ liệu này đã có dữ liệu nên không khôi phục đè lên. "
            "Đặt NHACVIEC_DATA_DIR (hoặc NHACVIEC_DATABASE_URL) vào nơi còn trống rồi chạy lại."
        )
